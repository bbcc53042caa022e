"""The comment round's pages: units say what they think, the group answers each view, and the round is closed."""

import pytest

from pathways.models.plan import CommentRound
from pathways.models.plan_comment import CommentInvitation, PlanComment
from pathways.models.task import Task
from tests.pathways.drive import Driver
from tests.pathways.services.judge import row, rows
from tests.pathways.web.conftest import Web
from tests.pathways.web.plan.reading import changed, count_statements, fill, form_at
from tests.pathways.web.plan.scene import at_round, refs

ROUND = "/forlopp/kol/plan/synpunkter"
OPEN, CLOSE, MINE = f"{ROUND}/oppna", f"{ROUND}/avsluta", f"{ROUND}/medicin"


@pytest.fixture
def opened(web: Web) -> Driver:
    """Two units are asked; vc-falun has given three views."""
    return at_round(web.app, web.clock)


def bodies(driver: Driver, unit: str = "medicin") -> dict[str, str]:
    asked = {"medicin": 2, "vc-falun": 1}
    return {one["activity_ref"]: one["body"] for one in rows(driver, PlanComment) if one["unit_id"] == asked[unit]}


def test_a_round_is_opened_for_the_units_that_answered_the_gap_analysis(web: Web, plan: Driver) -> None:
    client = web.as_("res")
    form = fill(client, OPEN)
    assert form["units"] == ["medicin", "vc-falun"]
    assert client.post(OPEN, data=form).headers["location"] == ROUND
    tasks = rows(plan, Task, item="lamna-synpunkter")
    assert [(task["state"], task["due_on"]) for task in tasks] == [("open", row(plan, CommentRound)["closes_on"])] * 2
    assert "0 av 2 enheter har svarat" in client.get(ROUND).text


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"units": []}, "f-units"),
        ({"closes_on": "sommaren"}, "f-closes_on"),
        ({"closes_on": "2021-06-01"}, "f-closes_on"),
    ],
)
def test_a_round_without_units_or_a_day_ahead_is_not_opened(
    web: Web, plan: Driver, answers: dict[str, object], fault: str
) -> None:
    client = web.as_("res")
    answer = client.post(OPEN, data=fill(client, OPEN, **answers))
    assert answer.status_code == 422
    assert f'href="#{fault}"' in answer.text
    assert rows(plan, CommentRound) == []


def test_the_unit_is_led_from_its_task_to_the_plan(web: Web, opened: Driver) -> None:
    client = web.as_("med")
    task = row(opened, Task, item="lamna-synpunkter", state="open")
    assert f'href="{ROUND}"' in client.get(f"/forlopp/kol/uppgift/{task['ref']}").text
    assert client.get(ROUND).headers["location"] == MINE


def test_a_unit_gives_its_views_and_its_task_is_done(web: Web, opened: Driver) -> None:
    client, (first, *_) = web.as_("med"), refs(opened)
    form = fill(client, MINE, **{f"synpunkt-{first}": "För tidigt", "helhet": "Bra"})
    assert client.post(MINE, data=form).headers["location"] == MINE
    assert bodies(opened) == {first: "För tidigt", "": "Bra"}
    assert row(opened, CommentInvitation, unit_id=2)["state"] == "answered"
    assert {task["state"] for task in rows(opened, Task, item="lamna-synpunkter")} == {"done"}


def test_views_can_be_changed_and_taken_back_until_the_round_closes(web: Web, opened: Driver) -> None:
    client, (first, second, _) = web.as_("vcf"), refs(opened)
    address = f"{ROUND}/vc-falun"
    form = fill(client, address, **{f"synpunkt-{first}": "Lägg den i oktober.", f"synpunkt-{second}": ""})
    assert client.post(address, data=form).status_code == 303
    assert bodies(opened, "vc-falun") == {first: "Lägg den i oktober.", "": "Bra plan."}


def test_that_a_unit_has_no_views_is_an_answer(web: Web, opened: Driver) -> None:
    client = web.as_("med")
    assert client.post(MINE, data=fill(client, MINE, inga="yes")).status_code == 303
    assert bodies(opened) == {}
    assert "2 av 2 enheter har svarat" in web.as_("sam").get(ROUND).text


@pytest.mark.parametrize(
    ("answers", "told"), [({}, "Skriv minst en synpunkt"), ({"inga": "yes", "helhet": "Bra"}, "både")]
)
def test_a_unit_must_say_something_and_not_contradict_itself(
    web: Web, opened: Driver, answers: dict[str, object], told: str
) -> None:
    client = web.as_("med")
    answer = client.post(MINE, data=fill(client, MINE, **answers))
    assert answer.status_code == 422
    assert told in answer.text
    assert 'href="#f-inga"' in answer.text
    assert bodies(opened) == {}


def test_a_view_that_is_too_long_is_not_lost(web: Web, opened: Driver) -> None:
    client = web.as_("med")
    answer = client.post(MINE, data=fill(client, MINE, helhet="x" * 2001))
    assert answer.status_code == 422
    assert form_at(answer.text, MINE)["helhet"] == ["x" * 2001]
    assert form_at(client.get(MINE).text, MINE)["helhet"] == ["x" * 2001]


def test_pressing_twice_gives_the_views_once(web: Web, opened: Driver) -> None:
    client = web.as_("med")
    form = fill(client, MINE, helhet="Bra")
    assert [client.post(MINE, data=form).status_code for _ in range(2)] == [303, 303]
    assert bodies(opened) == {"": "Bra"}


def test_a_colleague_who_answered_first_is_shown_beside(web: Web, opened: Driver) -> None:
    client = web.as_("med")
    form = fill(client, MINE, helhet="Min syn")
    opened.do("comment_plan", by="sam", unit="medicin", overall="Samordnarens anteckning")
    answer = client.post(MINE, data=form)
    assert answer.status_code == 409
    assert "Min syn" in answer.text
    assert "Samordnarens anteckning" in answer.text
    assert client.post(MINE, data=form_at(answer.text, MINE)).status_code == 303
    assert bodies(opened) == {"": "Min syn"}


def test_the_views_stand_side_by_side_with_who_has_not_answered(web: Web, opened: Driver) -> None:
    opened.do("comment_plan", by="med", unit="medicin", views=[{"activity": refs(opened)[0], "text": "Bra tid."}])
    page = web.as_("lg").get(ROUND).text
    about = page[page.index("Utbilda alla vårdcentraler") :]
    assert about.index("Bra tid.") < about.index("Lägg utbildningen efter sommaren.")
    assert "4 synpunkter har inget svar än." in page


def test_a_unit_is_told_how_its_view_was_handled(web: Web, opened: Driver) -> None:
    client, view = web.as_("res"), rows(opened, PlanComment)[0]
    address = f"{ROUND}/svar/{view['ref']}"
    answer = client.post(address, data=fill(client, address, answer="Ja"))
    assert answer.status_code == 422
    assert 'href="#f-handling"' in answer.text
    form = fill(client, address, handling="taken_in", answer="Utbildningen börjar i september.")
    assert client.post(address, data=form).status_code == 303
    opened.do("close_comment_round", outcome="held", summary="Enheterna är nöjda")
    told = web.as_("vcf").get(f"{ROUND}/vc-falun").text
    assert "Utbildningen börjar i september." in told
    assert "Enheterna är nöjda" in told


def test_a_unit_is_reminded_once_in_three_days(web: Web, opened: Driver) -> None:
    client = web.as_("res")
    form = form_at(client.get(ROUND).text, f"{ROUND}/paminn")
    assert client.post(f"{ROUND}/paminn", data=form).status_code == 303
    assert "Kan påminnas igen" in client.get(ROUND).text
    again = client.post(f"{ROUND}/paminn", data=changed(form, {"command_id": "x"}))
    assert again.status_code == 409


def test_the_round_is_closed_with_a_summary(web: Web, opened: Driver) -> None:
    client = web.as_("res")
    page = client.get(CLOSE).text
    assert "Medicinkliniken" in page
    answer = client.post(CLOSE, data=fill(client, CLOSE))
    assert answer.status_code == 422
    assert 'href="#f-summary"' in answer.text
    assert client.post(CLOSE, data=fill(client, CLOSE, summary="Två vill vänta")).status_code == 303
    assert (row(opened, CommentRound)["state"], row(opened, CommentRound)["summary"]) == ("held", "Två vill vänta")
    assert {task["state"] for task in rows(opened, Task, item="lamna-synpunkter")} == {"done", "cancelled"}
    assert web.as_("med").post(MINE, data={"helhet": "För sent"}).status_code == 409


def test_a_round_is_waived_with_a_reason(web: Web, plan: Driver) -> None:
    client = web.as_("res")
    assert client.post(CLOSE, data=fill(client, CLOSE)).status_code == 422
    assert client.post(CLOSE, data=fill(client, CLOSE, reason="Alla satt med i gruppen")).status_code == 303
    assert row(plan, CommentRound)["state"] == "waived"
    assert "Alla satt med i gruppen" in client.get(ROUND).text


@pytest.mark.parametrize("who", ["alv", "frammande", "reg"])
def test_others_find_no_round(web: Web, opened: Driver, who: str) -> None:
    client = web.as_(who)
    assert client.get(ROUND).status_code == 404
    assert client.get(MINE).status_code == 404
    assert client.post(MINE, data={"helhet": "Bra"}).status_code == 404


@pytest.mark.parametrize("path", ["/oppna", "/avsluta", "/svar/19.8"])
def test_a_member_of_the_management_group_reads_and_steers_nothing(web: Web, opened: Driver, path: str) -> None:
    assert web.as_("lg").get(ROUND).status_code == 200
    assert web.as_("lg").get(ROUND + path).status_code == 404


def test_the_page_asks_the_database_as_often_however_many_views_there_are(web: Web, opened: Driver) -> None:
    client = web.as_("sam")
    few = count_statements(web.app, client, ROUND)
    views = [{"activity": ref, "text": "Bra"} for ref in refs(opened)]
    opened.do("comment_plan", by="med", unit="medicin", views=views)
    assert few == count_statements(web.app, client, ROUND) <= 22
