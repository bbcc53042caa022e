"""The link in a task's mail: looking changes nothing, a button does, once; and how to get a new one."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from notifications.channels.memory import MemoryChannel
from pathways.bootstrap.delivery import build_post
from pathways.models.access import UsedLink
from pathways.models.task import TaskState
from pathways.services.access.task_link import LIFE, make_task_link
from pathways.services.clockwork.delivery import deliver_due
from pathways.storage.unit_of_work import table_of
from tests.pathways.services.judge import last_event, own, person_id, told, traces
from tests.pathways.web.work.conftest import Desk
from tests.pathways.web.work.looking import follow, form, forms, words

_used = table_of(UsedLink)
REASON = "Semester"


def link(desk: Desk, ref: str, person: str = "m1") -> str:
    token = make_task_link(
        secret=desk.app.secret,
        person_id=person_id(desk.app, person),
        introduction_id=own(desk.kol)["id"],
        ref=ref,
        made_at=desk.app.clock.now(),
    )
    return f"/u/{token}"


def used(desk: Desk) -> int:
    with desk.app.read() as work:
        count: int = work.value(select(func.count()).select_from(_used))
    return count


def test_looking_at_a_link_shows_the_task_and_changes_nothing(desk: Desk) -> None:
    address, client = link(desk, desk.task()), desk.web.anonymous()
    before = traces(desk.app)
    for _ in range(3):
        shown = client.get(address)
    assert (shown.status_code, traces(desk.app)) == (200, before)
    assert words(shown).startswith("KOL · Gapanalys Ring Mora Sista dag Senast fredag 18 juni 2021")
    assert {action.rpartition("/")[2] for action in forms(shown) if action.startswith("/u/")} == {
        "klar",
        "mer-tid",
        "inte-min",
    }


def test_a_link_says_the_same_reason_as_the_page_after_a_login(desk: Desk) -> None:
    ref = next(row["ref"] for row in desk.kol._own(of_table="task") if row["item"] == "samla-patientens-rost")
    shown = desk.web.anonymous().get(link(desk, ref, "res"))
    assert "Du är utvecklingsresurs i arbetsgruppen för KOL." in words(shown)


def test_a_task_is_done_from_its_mail_in_two_steps(desk: Desk) -> None:
    ref, client = desk.task(), desk.web.anonymous()
    address = link(desk, ref)
    answer = form(client.get(address), "/klar").send(client, outcome="Ringt")
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert words(follow(client, answer)).startswith("KOL Tack! Uppgiften är klar Det gällde uppgiften ”Ring Mora”.")
    assert (desk.row(ref)["state"], desk.row(ref)["outcome"]) == (TaskState.DONE, "Ringt")
    assert last_event(desk.kol)["actor_id"] == person_id(desk.app, "m1")
    assert used(desk) == 1


def test_more_time_is_asked_for_from_the_mail(desk: Desk) -> None:
    ref, client = desk.task(), desk.web.anonymous()
    answer = form(client.get(link(desk, ref)), "/mer-tid").send(client, due_on="2021-09-01", snooze_reason=REASON)
    said = words(follow(client, answer))
    assert "Uppgiften har fått en ny sista dag" in said
    assert "Sista dagen är onsdag 1 september 2021. Du får en påminnelse med en ny länk före dess." in said


def test_a_task_is_handed_back_from_the_mail(desk: Desk) -> None:
    ref, client = desk.task(), desk.web.anonymous()
    answer = form(client.get(link(desk, ref)), "/inte-min").send(client, decline_reason="Fel person")
    assert "Uppgiften är tillbaka hos samordnaren" in words(follow(client, answer))
    assert desk.row(ref)["assignee_id"] == person_id(desk.app, "sam")


def test_pressing_twice_does_it_once(desk: Desk) -> None:
    ref, client = desk.task(), desk.web.anonymous()
    shown = form(client.get(link(desk, ref)), "/klar")
    first, version = shown.send(client, outcome="Ringt"), own(desk.kol)["version"]
    second = shown.send(client, outcome="Ringt igen")
    assert (first.headers["location"], own(desk.kol)["version"]) == (second.headers["location"], version)
    assert desk.row(ref)["outcome"] == "Ringt"


@pytest.mark.parametrize(
    ("way", "typed", "status", "said"),
    [
        ("klar", {"outcome": ""}, 422, "Fyll i: Vad ledde uppgiften till?"),
        ("mer-tid", {"due_on": "2021-06-01", "snooze_reason": REASON}, 409, "Det nya datumet 1 juni 2021"),
        ("inte-min", {"decline_reason": ""}, 422, "Fyll i: Varför är det inte din uppgift?"),
    ],
)
def test_a_faulty_form_comes_back_and_leaves_the_link_unused(
    desk: Desk, way: str, typed: dict[str, str], status: int, said: str
) -> None:
    ref, client = desk.task(), desk.web.anonymous()
    answer = form(client.get(link(desk, ref)), f"/{way}").send(client, **typed)
    assert (answer.status_code, said in words(answer), used(desk)) == (status, True, 0)
    again = form(answer, f"/{way}")
    assert (
        again.send(client, outcome="Ringt", due_on="2021-09-01", snooze_reason=REASON, decline_reason="Nej").status_code
        == 303
    )


def test_a_task_that_somebody_else_did_meanwhile_is_told(desk: Desk) -> None:
    ref, client = desk.task(), desk.web.anonymous()
    shown = form(client.get(link(desk, ref)), "/klar")
    desk.kol.do("complete_task", by="ordf", task=ref, outcome="Jag ringde")
    answer = shown.send(client, outcome="Ringt")
    assert answer.status_code == 409
    assert "ändrade Åsa Öberg uppgiften" in words(answer)
    assert "Det du skrev Ringt" in words(answer)
    later = client.get(link(desk, ref))
    assert "Uppgiften är redan avslutad: klar. Det gjorde Åsa Öberg 9 juni 2021 kl. 10.00." in words(later)


def test_a_task_that_is_no_longer_theirs_is_shown_with_nothing_to_press(desk: Desk) -> None:
    ref, client = desk.task(), desk.web.anonymous()
    address = link(desk, ref)
    shown = form(client.get(address), "/klar")
    desk.kol.do("delegate_task", task=ref, to="m3")
    assert "Uppgiften ligger inte längre hos dig. Den ligger hos Eva Lind." in words(client.get(address))
    assert shown.send(client, outcome="Ringt").status_code == 409
    assert desk.row(ref)["state"] == TaskState.OPEN


def test_a_link_opens_its_own_task_and_nothing_else(desk: Desk) -> None:
    ref, other = desk.task("m1"), desk.task("m1")
    client = desk.web.anonymous()
    client.get(link(desk, ref))
    for path in ("/", "/forlopp", "/inkorg", "/min-profil", f"/forlopp/kol/uppgift/{other}"):
        assert client.get(path).headers.get("location", "").startswith("/logga-in"), path
    assert client.post(f"/forlopp/kol/uppgift/{other}/klar", data={"outcome": "x"}).status_code == 303
    assert client.post(f"{link(desk, ref)}/lamna-over", data={"to": "m3"}).status_code == 404
    assert client.post(f"{link(desk, ref)}/kommentar", data={"comment": "x"}).status_code == 404
    assert desk.row(other)["state"] == TaskState.OPEN


@pytest.mark.parametrize("wrong", ["x", "0" * 64, "å", "%00", "a" * 3000])
def test_a_link_that_nobody_made_is_no_page(desk: Desk, wrong: str) -> None:
    assert desk.web.anonymous().get(f"/u/{wrong}").status_code == 404
    assert desk.web.anonymous().post(f"/u/{wrong}/klar", data={"outcome": "x"}).status_code == 404
    assert desk.web.anonymous().post(f"/u/{wrong}/ny").status_code == 404


def test_a_changed_link_is_no_page(desk: Desk) -> None:
    address = link(desk, desk.task())
    changed = address[:-1] + ("a" if address[-1] != "a" else "b")
    assert desk.web.anonymous().get(changed).status_code == 404


# -- how to get a new one


def deliver(desk: Desk) -> MemoryChannel:
    channel = MemoryChannel()
    deliver_due(desk.app, build_post(desk.app, channel), now=desk.app.clock.now())
    return channel


def with_plain_mail(desk: Desk, person: str) -> None:
    with desk.app.write() as work:
        from pathways.models.organisation import Person

        work.update(Person, {"slug": person}, {"address": f"{person}@forlopp.example"})
        work.commit()


def newest_link(desk: Desk, person: str) -> str:
    letters = [
        one.rendered.text for one in deliver(desk).kept if one.recipient.person_id == str(person_id(desk.app, person))
    ]
    return "/u/" + letters[-1].partition("/u/")[2].split()[0]


def test_the_mail_about_a_task_carries_a_link_that_works(desk: Desk) -> None:
    with_plain_mail(desk, "m1")
    ref, client = desk.task(), desk.web.anonymous()
    address = newest_link(desk, "m1")
    assert form(client.get(address), "/klar").send(client, outcome="Ringt").status_code == 303
    assert desk.row(ref)["state"] == TaskState.DONE


def test_an_expired_link_says_so_and_a_button_mails_a_new_one(desk: Desk) -> None:
    with_plain_mail(desk, "m1")
    client = desk.web.anonymous()
    address = link(desk, desk.task("m1", due_on="2021-12-01"))
    desk.web.clock.set(desk.web.clock.now() + LIFE + timedelta(minutes=1))
    gone = client.get(address)
    assert gone.status_code == 410
    assert words(gone).startswith("Länken gäller inte längre Länken är för gammal eller har redan använts.")
    deliver(desk)
    sent = form(gone, "/ny").send(client)
    assert words(sent).startswith("En ny länk är på väg")
    assert client.get(newest_link(desk, "m1")).status_code == 200


def test_a_new_link_is_mailed_once_a_day_however_often_it_is_asked_for(desk: Desk) -> None:
    client, address = desk.web.anonymous(), link(desk, desk.task("m1", due_on="2021-12-01"))
    before = len(told(desk.app))
    for _ in range(3):
        assert client.post(f"{address}/ny").status_code == 200
    assert len(told(desk.app)) == before + 1
    desk.days_pass(1)
    client.post(f"{address}/ny")
    assert len(told(desk.app)) == before + 2


def test_no_link_is_mailed_for_a_task_that_is_done(desk: Desk) -> None:
    ref, client = desk.task(), desk.web.anonymous()
    address, before = link(desk, ref), len(told(desk.app))
    desk.kol.do("complete_task", by="m1", task=ref, outcome="Ringt")
    answer = client.post(f"{address}/ny")
    assert (answer.status_code, len(told(desk.app))) == (410, before)
    assert "är redan avslutad: klar." in words(answer)


def test_a_link_to_somebody_who_has_left_is_no_page(desk: Desk) -> None:
    from pathways.models.organisation import Person

    address = link(desk, desk.task())
    with desk.app.write() as work:
        work.update(Person, {"slug": "m1"}, {"active": False})
        work.commit()
    assert desk.web.anonymous().get(address).status_code == 404


def test_a_form_from_another_site_does_nothing(desk: Desk) -> None:
    ref, client = desk.task(), desk.web.anonymous()
    answer = client.post(f"{link(desk, ref)}/klar", data={"outcome": "Ha"}, headers={"origin": "https://evil.example"})
    assert (answer.status_code, desk.row(ref)["state"]) == (403, TaskState.OPEN)


def test_the_page_speaks_the_persons_own_language(desk: Desk) -> None:
    from pathways.models.organisation import Person

    with desk.app.write() as work:
        work.update(Person, {"slug": "m1"}, {"language": "en"})
        work.commit()
    assert "Are you done?" in words(desk.web.anonymous().get(link(desk, desk.task())))
