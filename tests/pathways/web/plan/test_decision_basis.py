"""The decision basis: read and printed from the data, written in versions, and never lost to a colleague."""

from datetime import timedelta

import pytest

from pathways.models.decision_basis import BasisVersion
from tests.pathways.drive import Driver
from tests.pathways.services.judge import row, rows
from tests.pathways.web.conftest import Web
from tests.pathways.web.plan.reading import count_statements, fill, form_at
from tests.pathways.web.plan.scene import at_basis, refs

BASIS = "/forlopp/kol/underlag"
WRITE = f"{BASIS}/skriv"


@pytest.fixture
def written(web: Web) -> Driver:
    """A ranked plan with a first version of its basis."""
    return at_basis(web.app, web.clock)


def meeting(driver: Driver) -> str:
    return f"hsn|{driver._next_meeting().isoformat()}"


def test_the_basis_tells_the_gap_picture_the_ranked_plan_and_what_was_left_out(web: Web, written: Driver) -> None:
    page = web.as_("lg").get(BASIS).text
    for told in (
        "Nämnden antar handlingsplanen.",
        "2 av 2 enheter har svarat",
        "Journalmallen behövs innan någon utbildas.",
        "Rutinen skrivs när utbildningen är klar",
        "270\N{NO-BREAK SPACE}000 kr en gång",
        "Färre akuta inläggningar.",
    ):
        assert told in page
    assert page.index("Journalmall för årskontroll") < page.index("Utbilda alla vårdcentraler")


def test_what_is_not_written_yet_is_said(web: Web, ranking: Driver) -> None:
    assert web.as_("sam").get(BASIS).text.count("Inte skrivet än.") == 4


def test_the_first_version_begins_with_a_suggestion(web: Web, ranking: Driver) -> None:
    client = web.as_("sam")
    form = fill(client, WRITE, meeting=meeting(ranking), basis="Planen stänger sex av åtta gap.")
    assert "Nämnden antar handlingsplanen för KOL" in form["proposal"][0]
    assert client.post(WRITE, data=form).headers["location"] == BASIS
    made = row(ranking, BasisVersion)
    assert (made["number"], made["summary"], made["background"]) == (1, "Planen stänger sex av åtta gap.", None)


def test_every_saving_is_a_version_that_can_be_read_with_the_figures_of_its_day(web: Web, written: Driver) -> None:
    written.go_to(written.today + timedelta(days=1))
    client = web.as_("sam")
    written.do("update_activity", activity=refs(written)[0], title="Utbilda regionens vårdcentraler")
    assert client.post(WRITE, data=fill(client, WRITE, basis="Ny text")).status_code == 303
    assert [one["number"] for one in rows(written, BasisVersion)] == [1, 2]
    first = client.get(f"{BASIS}?version=1").text
    assert "Utbilda alla vårdcentraler i spirometri" in first
    assert "Nämnden föreslås anta planen." in first
    assert "Utbilda regionens vårdcentraler" in client.get(BASIS).text


@pytest.mark.parametrize("version", ["9", "x", "-1", "99999999999999"])
def test_a_version_that_does_not_exist_is_shown_as_the_newest(web: Web, written: Driver, version: str) -> None:
    page = web.as_("sam").get(f"{BASIS}?version={version}")
    assert page.status_code == 200
    assert "Nämnden föreslås anta planen." in page.text


def test_what_is_missing_is_said_at_the_question_and_nothing_is_lost(web: Web, ranking: Driver) -> None:
    client = web.as_("sam")
    answer = client.post(WRITE, data=fill(client, WRITE, basis="", background="En lång bakgrund"))
    assert answer.status_code == 422
    assert 'href="#f-basis"' in answer.text
    assert 'href="#f-meeting"' in answer.text
    assert form_at(answer.text, WRITE)["background"] == ["En lång bakgrund"]
    assert form_at(client.get(WRITE).text, WRITE)["background"] == ["En lång bakgrund"]
    assert rows(ranking, BasisVersion) == []


@pytest.mark.parametrize(
    "answers", [{"body": "hsn", "meeting_on": "2021-06-01"}, {"meeting": "ksg|2021-09-08"}, {"meeting": "hsn|snart"}]
)
def test_a_meeting_that_cannot_decide_is_refused_at_the_question(
    web: Web, written: Driver, answers: dict[str, object]
) -> None:
    client = web.as_("sam")
    answer = client.post(WRITE, data=fill(client, WRITE, **answers))
    assert answer.status_code == 422
    assert 'href="#f-meeting"' in answer.text


def test_an_extra_meeting_can_be_named_by_its_day(web: Web, written: Driver) -> None:
    client = web.as_("sam")
    assert client.post(WRITE, data=fill(client, WRITE, body="hsn", meeting_on="2021-08-25")).status_code == 303
    assert rows(written, BasisVersion)[-1]["meeting_on"].isoformat() == "2021-08-25"


def test_a_version_that_somebody_wrote_meanwhile_is_shown_beside_mine(web: Web, written: Driver) -> None:
    client = web.as_("sam")
    form = fill(client, WRITE, proposal="Mitt förslag")
    body, day = meeting(written).split("|")
    written.do(
        "make_decision_basis", by="chef", body=body, meeting_on=day, basis="Chefens text", proposal="Chefens förslag"
    )
    answer = client.post(WRITE, data=form)
    assert answer.status_code == 409
    assert "Mitt förslag" in answer.text
    assert "Chefens förslag" in answer.text
    assert client.post(WRITE, data=form_at(answer.text, WRITE)).status_code == 303
    assert rows(written, BasisVersion)[-1]["proposal"] == "Mitt förslag"


def test_pressing_twice_writes_one_version(web: Web, written: Driver) -> None:
    client = web.as_("sam")
    form = fill(client, WRITE, basis="Ny text")
    assert [client.post(WRITE, data=form).status_code for _ in range(2)] == [303, 303]
    assert len(rows(written, BasisVersion)) == 2


def test_a_submitted_basis_shows_the_figures_of_the_day_it_was_written(web: Web, written: Driver) -> None:
    written.complete_required_tasks()
    written.do("submit_for_decision")
    written.go_to(written.today + timedelta(days=1))
    written.do("update_activity", activity=refs(written)[0], title="Något annat")
    page = web.as_("reg").get(BASIS).text
    assert "Utbilda alla vårdcentraler i spirometri" in page
    assert "Ändra texten" not in page


@pytest.mark.parametrize(("who", "reads"), [("lg", 200), ("res", 200), ("reg", 200), ("frammande", 404)])
def test_staff_read_the_basis_and_only_those_who_steer_write_it(
    web: Web, written: Driver, who: str, reads: int
) -> None:
    client = web.as_(who)
    assert client.get(BASIS).status_code == reads
    assert client.get(WRITE).status_code == 404
    assert client.post(WRITE, data={"basis": "Ny text"}).status_code == 404


def test_the_page_asks_the_database_as_often_however_long_the_plan_is(web: Web, written: Driver) -> None:
    client = web.as_("sam")
    few = count_statements(web.app, client, BASIS)
    for number in range(6):
        written.do("plan_activity", title=f"Aktivitet {number}", kind="routine")
    assert few == count_statements(web.app, client, BASIS) <= 40
