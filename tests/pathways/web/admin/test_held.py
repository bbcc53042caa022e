"""What somebody looks after stands on one page, also when they have left, and is handed over in one go."""

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.introduction import Appointment
from pathways.models.organisation import Body, Person, RegionRole
from pathways.models.plan import Activity
from pathways.models.task import Task, TaskState
from pathways.profiles.vocabulary import Role
from pathways.storage.unit_of_work import table_of
from tests.browser import MODES, OpenPage, axe_violations, chromium, console_faults, open_page, overflow
from tests.pathways.drive import Driver, drive_to
from tests.pathways.queries.watching import watched
from tests.pathways.services.judge import person_id
from tests.pathways.web.conftest import Web, opened_as, over
from tests.pathways.web.work.looking import follow, form, notices, words

__all__ = ["chromium", "open_page"]

HERE = "/admin/personer/res/kvar"
_appointment, _task, _activity = table_of(Appointment), table_of(Task), table_of(Activity)


@pytest.fixture
def driver(web: Web, app: App, clock: SetClock) -> Driver:
    """KOL is carried out; Rut leads it, answers for its activities and has tasks."""
    return drive_to(app, clock, "kol", "executing")


def leave(app: App, person: str) -> None:
    with app.write() as work:
        work.update(Person, {"slug": person}, {"active": False})
        work.commit()


def roles_of(app: App, person: str) -> list[str]:
    query = select(_appointment.c.role).where(
        _appointment.c.person_id == person_id(app, person), _appointment.c.until_on.is_(None)
    )
    with app.read() as work:
        return sorted(str(role) for role in work.values(query))


def tasks_of(app: App, person: str) -> int:
    query = select(_task.c.ref).where(_task.c.assignee_id == person_id(app, person), _task.c.state == TaskState.OPEN)
    with app.read() as work:
        return len(work.values(query))


def activities_of(app: App, person: str) -> int:
    with app.read() as work:
        query = select(_activity.c.ref).where(_activity.c.responsible_id == person_id(app, person))
        return len(work.values(query))


def test_all_that_somebody_who_has_left_looks_after_is_listed(web: Web, driver: Driver) -> None:
    leave(web.app, "res")
    client = web.as_("sam")
    assert HERE in client.get("/admin/personer").text
    page = words(client.get(HERE))
    assert "Rut Ängström arbetar inte kvar." in page
    assert "KOL: utvecklingsresurs" in page
    assert "KOL: Utbilda alla enheter" in page
    assert "Öppna uppgifter" in page


def test_everything_is_handed_over_in_one_go(web: Web, driver: Driver) -> None:
    before = (tasks_of(web.app, "res"), activities_of(web.app, "res"))
    assert min(before) > 0
    leave(web.app, "res")
    client = web.as_("sam")
    answer = form(client.get(HERE), "/kvar").send(client, to="m3")
    assert answer.status_code == 303
    page = follow(client, answer)
    assert "överlämnade till Eva Lind" in notices(page)
    assert "Inget att lämna över" in words(page)
    assert (tasks_of(web.app, "m3"), activities_of(web.app, "m3")) == before
    assert roles_of(web.app, "res") == []
    assert "development_resource" in roles_of(web.app, "m3")


def test_the_chair_is_handed_over_and_there_is_one(web: Web, driver: Driver) -> None:
    client = web.as_("sam")
    answer = client.post("/admin/personer/ordf/kvar", data={"roles": "kol|lag_chair", "to": "m3"})
    assert answer.status_code == 303
    assert roles_of(web.app, "ordf") == []
    assert "lag_chair" in roles_of(web.app, "m3")


def test_a_role_that_the_other_has_already_is_only_ended(web: Web, driver: Driver) -> None:
    answer = web.as_("sam").post("/admin/personer/m1/kvar", data={"roles": "kol|lag_member", "to": "m2"})
    assert answer.status_code == 303
    assert (roles_of(web.app, "m1"), roles_of(web.app, "m2")) == ([], ["lag_member"])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"to": "m3"}, "Välj vad som ska lämnas över."),
        ({"roles": "kol|development_resource"}, "Välj någon som arbetar här."),
        ({"roles": "kol|development_resource", "to": "res"}, "Välj någon som arbetar här."),
        ({"roles": "annat|lag_chair", "to": "m3"}, "Välj vad som ska lämnas över."),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_changes(
    web: Web, driver: Driver, data: dict[str, str], told: str
) -> None:
    answer = web.as_("sam").post(HERE, data=data)
    assert answer.status_code == 422
    assert told in words(answer)
    assert "development_resource" in roles_of(web.app, "res")


def test_an_administrator_who_lets_somebody_leave_is_shown_what_is_left_and_who_can_hand_it_over(
    web: Web, driver: Driver
) -> None:
    answer = web.as_("adm").post("/admin/personer/res/sluta")
    assert answer.status_code == 409
    page = words(answer)
    assert "Lämna över" in page
    assert "KOL: utvecklingsresurs" in page
    assert "Samordnare och avdelningschef kan lämna över." in page
    assert web.as_("adm").post(HERE, data={"roles": "kol|development_resource", "to": "m3"}).status_code == 404


def test_a_role_held_in_the_region_and_in_a_body_is_told_once(web: Web) -> None:
    with web.app.write() as work:
        body = work.value(select(table_of(Body).c.id).limit(1))
        held = {"region_id": web.app.region_id(), "person_id": person_id(web.app, "ana"), "body_id": body}
        work.insert_one(RegionRole, {**held, "role": Role.ANALYST})
        work.commit()
    page = words(web.as_("sam").get("/admin/personer"))
    assert "Anders Nyström analytiker" in page
    assert "analytiker, analytiker" not in page


def test_others_find_no_such_page(web: Web, driver: Driver) -> None:
    for person in ("res", "m1", "lg", "frammande"):
        assert web.as_(person).get(HERE).status_code == 404
    assert web.as_("sam").get("/admin/personer/finns-inte/kvar").status_code == 404


def test_however_many_people_the_list_takes_few_statements(web: Web, driver: Driver) -> None:
    client = web.as_("sam")
    with watched(web.app) as sent:
        client.get("/admin/personer")
    assert len(sent) <= 5, "\n".join(sent)


def test_it_is_the_same_in_english_and_on_postgresql(postgres_app: App, clock: SetClock) -> None:
    drive_to(postgres_app, clock, "kol", "executing")
    client = over(postgres_app, clock).as_("sam")
    client.post("/sprak", data={"language": "en", "till": "/"})
    assert "What Rut Ängström looks after" in words(client.get(HERE))
    assert client.get("/admin/personer").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_the_page_is_free_of_faults_in_every_mode(web: Web, driver: Driver, open_page: OpenPage, mode: str) -> None:
    leave(web.app, "res")
    with opened_as(web, "sam", open_page) as go:
        page = go(HERE, **MODES[mode])
        assert axe_violations(page) == []
        assert overflow(page) == 0
        assert console_faults(page) == []
