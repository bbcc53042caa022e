"""The gap analysis as a whole: who was asked, what they answered, as a distribution, and what can be done about it."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from pathways.models.gap import GapInvitation, InvitationState
from pathways.models.introduction import Event
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.watching import watched
from tests.pathways.services.judge import told
from tests.pathways.web.conftest import Web, over
from tests.pathways.web.gap.conftest import BASE, error_links, hidden, words
from tests.pathways.web.gap.scene import FINAL, WOUNDS, answer_all, case_rows, publish_steps


@pytest.fixture
def answered(driver: Driver) -> Driver:
    """Both units have answered: they see large gaps in step 2, one does not know of step 4."""
    answer_all(driver, "vc-falun", {2: 3, 4: "dont_know"}, current_state="Ingen gör det")
    answer_all(driver, "medicin", {2: 2, 4: 1, 5: "not_applicable"})
    return driver


def page(web: Web, who: str = "sam", path: str = "") -> str:
    answer = web.as_(who).get(f"{BASE}{path}")
    assert answer.status_code == 200, answer.text[:300]
    return answer.text


def order(html: str) -> list[str]:
    """The steps in the order of the picture."""
    picture = html.partition('class="gap-steps"')[2].partition("</ol>")[0]
    return [one.partition(".")[0].strip() for one in words(f"<main{picture}</main>").split("Steg ")[1:]]


def test_it_says_which_version_and_how_far_the_units_have_come(web: Web, answered: Driver) -> None:
    answered.do("invite_units", units=["alvdalen"], due_on="2021-06-20")
    answered.do("excuse_unit", unit="alvdalen", reason="Inga sådana patienter")
    shown = words(page(web))
    assert "remissversionen remiss 2021" in shown
    assert "Inbjudna enheter 3 Har svarat 2 Väntar vi på 0 Undantagna 1" in shown
    assert "Inga sådana patienter" in shown


def test_a_unit_that_is_late_is_said_to_be(web: Web, driver: Driver) -> None:
    driver.go_to(case_rows(driver, GapInvitation)[0]["due_on"])
    assert "Sent" not in words(page(web))
    driver.go_to(driver.today.replace(day=2))
    assert "Sent" in words(page(web))


def test_every_step_is_a_distribution_with_numbers_and_words(web: Web, answered: Driver) -> None:
    html = page(web)
    assert "Ställ diagnos inom fyra veckor från första besök. Måttligt: 1, Stort: 1" in html
    assert "1 vet inte" in words(html)
    assert "medel" not in words(html).lower()


def test_the_largest_gaps_come_first_and_the_pathways_order_is_a_click_away(web: Web, answered: Driver) -> None:
    assert order(page(web)) == ["2", "4", "1", "3", "5"]
    assert order(page(web, path="?ordning=steg")) == ["1", "2", "3", "4", "5"]


def test_the_same_figures_stand_in_a_table(web: Web, answered: Driver) -> None:
    table = words(page(web)).partition("Antal enheter per svar")[2]
    assert "2. Ställ diagnos inom fyra veckor från första besök 0 0 1 1 0 0 0" in table


def test_units_that_have_not_answered_are_counted_apart(web: Web, driver: Driver) -> None:
    answer_all(driver, "medicin")
    assert "1 har inte svarat." in words(page(web))


def test_the_causes_are_counted(web: Web, answered: Driver) -> None:
    assert "Kompetens 2 2 2" in words(page(web)).partition("Vad gapen beror på")[2]


def test_answers_stand_side_by_side_step_by_step(web: Web, answered: Driver) -> None:
    shown = words(page(web, "res", "/steg/2"))
    for text in ("Vårdcentralen Falun", "Medicinkliniken", "Ingen gör det", "Utbilda alla", "Kompetens"):
        assert text in shown


def test_those_who_have_not_answered_are_named_and_the_excused_are_not(web: Web, driver: Driver) -> None:
    answer_all(driver, "medicin")
    driver.do("invite_units", units=["alvdalen"], due_on="2021-07-01")
    driver.do("excuse_unit", unit="alvdalen", reason="Inga patienter")
    assert "En enhet har inte svarat: Vårdcentralen Falun." in words(page(web, path="/steg/1"))


@pytest.mark.parametrize("path", ["/steg/0", "/steg/6", "/steg/x", "/export.pdf"])
def test_what_is_not_there_is_not_found(web: Web, answered: Driver, path: str) -> None:
    assert web.as_("sam").get(f"{BASE}{path}").status_code == 404


@pytest.mark.parametrize(
    ("who", "picture", "answers", "invite"),
    [
        ("sam", 200, 200, 200),
        ("ordf", 200, 200, 200),
        ("m1", 200, 200, 404),
        ("ana", 200, 200, 404),
        ("vcf", 200, 404, 404),
        ("lg", 200, 404, 404),
        ("frammande", 404, 404, 404),
    ],
)
def test_each_sees_what_the_policy_table_opens(
    web: Web, answered: Driver, who: str, picture: int, answers: int, invite: int
) -> None:
    client = web.as_(who)
    assert client.get(BASE).status_code == picture
    assert {client.get(f"{BASE}{path}").status_code for path in ("/steg/1", "/export.csv")} == {answers}
    assert client.get(f"{BASE}/bjud-in").status_code == invite


def test_whoever_does_not_lead_is_offered_nothing_to_press(web: Web, driver: Driver) -> None:
    shown = words(page(web, "lg"))
    assert "Bjud in" not in shown
    assert "Påminn Vård" not in shown


def test_answers_under_five_are_told_as_they_are(web: Web, answered: Driver) -> None:
    assert "2 av 2 enheter ser ett måttligt eller stort gap" in words(page(web))


def test_the_answers_come_as_csv_that_excel_takes_for_text(web: Web, driver: Driver) -> None:
    answer_all(driver, "medicin", current_state="=1+1")
    answer = web.as_("sam").get(f"{BASE}/export.csv")
    assert answer.headers["content-disposition"] == f'attachment; filename="gapanalys-{WOUNDS}-2021-06-09.csv"'
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    head = next(number for number, row in enumerate(rows) if row and row[0] == "Enhet")
    assert rows[head + 1][:5] == ["Medicinkliniken", "Klinik", "1", rows[head + 1][3], "Inget gap"]
    assert "'=1+1" in rows[head + 1]


def test_the_answers_come_as_a_workbook_without_names_of_people(web: Web, answered: Driver) -> None:
    content = web.as_("sam").get(f"{BASE}/export.xlsx").content
    cells = [str(cell.value) for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows() for cell in row]
    assert "Vårdcentralen Falun" in cells
    assert not any("Åkesson" in cell for cell in cells)


def test_units_are_invited_by_kind_with_a_last_day(web: Web, driver: Driver) -> None:
    client = web.as_("res")
    form = client.get(f"{BASE}/bjud-in").text
    assert "Kommuner" in form
    assert "Vårdcentralen Falun" not in words(form)
    data = {"command_id": hidden(form, "command_id"), "units-municipality": "alvdalen", "due_on": "2021-07-01"}
    assert client.post(f"{BASE}/bjud-in", data=data).headers["location"] == BASE
    assert len(case_rows(driver, GapInvitation)) == 3
    assert "Inbjudan är skickad till 1 enhet." in client.get(BASE).text
    assert [one.to for one in told(web.app)][-1] == "alv"


def test_a_whole_kind_is_one_tick(web: Web, driver: Driver, feet: Driver) -> None:
    path = f"/forlopp/{feet.slug}/gapanalys/bjud-in"
    data = {
        "units-hospital_clinic": "alla:hospital_clinic",
        "units-primary_care_centre": "vc-falun",
        "due_on": "2021-07-01",
    }
    assert web.as_("sam").post(path, data=data).status_code == 303
    assert len(case_rows(feet, GapInvitation)) == 2


def test_pressing_twice_invites_once(web: Web, driver: Driver) -> None:
    client = web.as_("sam")
    data = {"command_id": "en", "units-municipality": "alvdalen", "due_on": "2021-07-01"}
    answers = [client.post(f"{BASE}/bjud-in", data=data) for _ in range(2)]
    assert {answer.headers["location"] for answer in answers} == {BASE}
    assert len(case_rows(driver, GapInvitation)) == 3


@pytest.mark.parametrize(
    ("data", "link"),
    [
        ({"due_on": "2021-07-01"}, "#f-units-municipality"),
        ({"units-municipality": "alvdalen", "due_on": "i morgon"}, "#f-due_on"),
        ({"units-municipality": "alvdalen", "due_on": "2021-06-08"}, "#f-due_on"),
        ({"units-municipality": "mora", "due_on": "2021-07-01"}, "#f-units-municipality"),
    ],
)
def test_an_invitation_that_cannot_be_sent_is_shown_again(
    web: Web, driver: Driver, data: dict[str, str], link: str
) -> None:
    answer = web.as_("sam").post(f"{BASE}/bjud-in", data=data)
    assert answer.status_code == 422
    assert error_links(answer.text) == [link]
    assert data["due_on"] in answer.text
    assert len(case_rows(driver, GapInvitation)) == 2


def test_a_unit_is_reminded_by_a_button_and_then_left_in_peace(web: Web, driver: Driver) -> None:
    client = web.as_("res")
    data = {"command_id": "en", "unit": "vc-falun", "unit_name": "Vårdcentralen Falun"}
    assert client.post(f"{BASE}/paminn", data=data).headers["location"] == BASE
    shown = words(client.get(BASE).text)
    assert "Påmind 9 juni 2021" in shown
    assert "Kan påminnas igen 14 juni 2021" in shown
    assert client.post(f"{BASE}/paminn", data={**data, "command_id": "två"}).status_code == 409
    reminded = [one for one in told(web.app) if one.kind == "task_reminder"]
    assert [one.to for one in reminded] == ["vcf"]


def test_a_stranger_reminds_nobody(web: Web, driver: Driver) -> None:
    assert web.as_("lg").post(f"{BASE}/paminn", data={"unit": "vc-falun"}).status_code == 404
    assert case_rows(driver, GapInvitation, reminders=0, state=InvitationState.WAITING)


def test_an_earlier_day_shows_what_was_known_then(web: Web, driver: Driver) -> None:
    driver.go_to(driver.today.replace(day=15))
    answer_all(driver, "medicin", {2: 3})
    shown = words(page(web, path="?datum=2021-06-10"))
    assert "Har svarat 0" in shown
    assert "Bjud in enheter" not in shown
    assert "Har svarat 1" in words(page(web))


@pytest.mark.parametrize("typed", ["igår", "2021-13-01", "2031-01-01"])
def test_a_day_that_cannot_be_shown_is_told_at_its_field(web: Web, driver: Driver, typed: str) -> None:
    answer = web.as_("sam").get(f"{BASE}?datum={typed}")
    assert answer.status_code == 422
    assert error_links(answer.text) == ["#f-datum"]


def test_before_the_gap_analysis_begins_the_page_says_what_comes_first(web: Web) -> None:
    Driver(web.app, web.clock, "kol").do("start")
    answer = web.as_("sam").get("/forlopp/kol/gapanalys")
    assert answer.status_code == 200
    assert "Gapanalysen har inte börjat" in words(answer.text)


def test_units_are_asked_about_a_newer_version_on_its_own_page(web: Web, driver: Driver) -> None:
    publish_steps(web.app, driver.slug, "2021", "final", FINAL)
    client = web.as_("sam")
    assert f'href="{BASE}/bjud-in?version=2021"' in client.get(f"{BASE}?version=2021").text
    form = client.get(f"{BASE}/bjud-in?version=2021").text
    names = ("command_id", "of_version", "back_to")
    data = {**{name: hidden(form, name) for name in names}, "units-hospital_clinic": "medicin", "due_on": "2021-07-01"}
    answer = client.post(f"{BASE}/bjud-in?version=2021", data=data)
    assert answer.headers["location"] == f"{BASE}?version=2021"
    assert "Medicinkliniken Väntar på svar 0 av 5 1 juli 2021" in words(client.get(f"{BASE}?version=2021").text)


def test_a_version_that_the_pathway_does_not_have_is_refused(web: Web, driver: Driver) -> None:
    assert web.as_("sam").get(f"{BASE}?version=1812").status_code == 409


@pytest.fixture
def neighbour(web: Web) -> Iterator[Web]:
    """The same cast in another region, on the same database."""
    app = furnished_app(str(web.app.database.url), web.clock, code="SE-X", name="Region Gävleborg")
    yield over(app, web.clock)
    app.database.dispose()


def test_another_regions_gap_analysis_is_not_there(neighbour: Web, answered: Driver) -> None:
    client = neighbour.as_("sam", code="SE-X")
    paths = ("", "/steg/1", "/export.csv", "/jamfor", "/bjud-in", "/vc-falun", "/vc-falun/granska")
    assert {client.get(f"{BASE}{path}").status_code for path in paths} == {404}
    posts = ("/bjud-in", "/paminn", "/jamfor", "/vc-falun/granska", "/vc-falun/steg/1")
    assert {client.post(f"{BASE}{path}", data={"unit": "vc-falun"}).status_code for path in posts} <= {404, 422}
    with answered.app.read() as work:
        events = work.value(select(func.count()).select_from(table_of(Event)))
    assert events == answered_events(answered)


def answered_events(driver: Driver) -> int:
    """How many events the first region has, all of them from before."""
    event = table_of(Event)
    with driver.app.read() as work:
        found: int = work.value(select(func.count()).where(event.c.region_id == driver.app.region_id()))
    return found


@pytest.mark.parametrize(("path", "most"), [("", 14), ("/steg/2", 14), ("/export.csv", 14), ("/bjud-in", 14)])
def test_a_page_takes_few_statements_however_many_units(web: Web, answered: Driver, path: str, most: int) -> None:
    client = web.as_("sam")
    client.get(f"{BASE}{path}")
    with watched(web.app) as sent:
        client.get(f"{BASE}{path}")
    assert len(sent) <= most, "\n".join(sent)
