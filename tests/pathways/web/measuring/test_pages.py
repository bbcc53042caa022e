"""What is measured: the list, one indicator's page, its files, who may see small counts, and an earlier day."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from pathways.models.measure import Indicator
from pathways.models.plan import Activity
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import row, rows
from tests.pathways.services.measuring import PLANNED, WAITING, define, record
from tests.pathways.web.conftest import Web
from tests.pathways.web.measuring.scene import DAYS, MEASURING, SHARE
from tests.pathways.web.plan.reading import count_statements, fill, form_at


def text_of(page: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_where_nothing_is_measured_the_goals_of_the_catalogue_are_offered(web: Web) -> None:
    drive_to(web.app, web.clock, "kol", "preparation")
    client = web.as_("sam")
    page = client.get(MEASURING).text
    assert "Inget mäts ännu" in page
    ways = re.findall(rf'href="({MEASURING}/ny\?mal=\d+)"', page)
    assert ways
    form = form_at(client.get(ways[0]).text, f"{MEASURING}/ny")
    assert form["name"][0]
    assert form["goal"] == [ways[0].rpartition("=")[2]]


def test_a_goal_of_the_catalogue_becomes_an_indicator_and_is_offered_no_more(web: Web) -> None:
    driver = drive_to(web.app, web.clock, "kol", "preparation")
    client = web.as_("ana")
    way = re.findall(rf'href="({MEASURING}/ny\?mal=\d+)"', client.get(MEASURING).text)[0]
    form = form_at(client.get(way).text, f"{MEASURING}/ny")
    if not form["unit"][0]:
        form["share"] = ["yes"]
    assert client.post(f"{MEASURING}/ny", data=form).status_code == 303
    assert row(driver, Indicator)["goal_id"] == int(form["goal"][0])
    assert way not in client.get(MEASURING).text


def test_every_indicator_stands_in_one_row_with_its_curve(web: Web, full: Driver) -> None:
    page = web.as_("lg").get(MEASURING).text
    assert page.count("<svg") >= 2
    assert "Dagar till första besök" in text_of(page)
    assert "Ny indikator" not in page  # a member of the management group reads
    assert web.as_("frammande").get(MEASURING).status_code == 404


def test_an_indicator_is_told_in_words_chart_and_table(web: Web, full: Driver) -> None:
    page = web.as_("sam").get(DAYS).text
    words = text_of(page)
    assert "Väntan kostar lungfunktion." in words
    assert "Kalenderdagar från remiss." in words
    assert "Utbilda alla enheter" in words  # the activity's real start is a line
    assert page.count('<svg class="chart') >= 1
    assert "mars 2021" in words


def test_units_are_shown_beside_each_other_on_one_scale_or_each_on_its_own(web: Web, full: Driver) -> None:
    client = web.as_("sam")
    page = client.get(SHARE).text
    assert "Enhet för enhet" in page
    assert f"{SHARE}?enhet=medicin" in page
    assert client.get(f"{SHARE}?skala=fri").status_code == 200
    assert "Medicinkliniken" in text_of(client.get(f"{SHARE}?enhet=medicin").text)
    assert client.get(f"{SHARE}?enhet=mora").status_code == 404


@pytest.mark.parametrize(("who", "shown"), [("sam", True), ("ana", True), ("vcf", True), ("med", False), ("lg", False)])
def test_small_counts_are_shown_to_those_who_measure_and_to_the_unit_itself(
    web: Web, full: Driver, who: str, *, shown: bool
) -> None:
    client = web.as_(who)
    page = client.get(f"{SHARE}?enhet=vc-falun").text
    csv = client.get(f"{SHARE}/export.csv?enhet=vc-falun").text
    hidden = "färre än fem personer står bakom" in page
    assert hidden is not shown
    assert (";3;30;" in csv) is shown
    assert ";6;30;" in csv  # what is large enough is there for everybody


def test_an_old_small_value_is_not_told_to_others_either(web: Web, full: Driver) -> None:
    value = {"period": "2021-01", "unit": "vc-falun", "numerator": 9, "denominator": 30}
    record(full, PLANNED, [value], reason="Räknades om")
    assert "(3 av 30)" in text_of(web.as_("sam").get(f"{SHARE}?enhet=vc-falun").text)
    page = text_of(web.as_("lg").get(f"{SHARE}?enhet=vc-falun").text)
    assert "färre än fem" in page
    assert "(3 av 30)" not in page


def test_a_series_is_given_as_files(web: Web, full: Driver) -> None:
    client = web.as_("sam")
    answer = client.get(f"{DAYS}/export.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    values = [cell for line in sheet.iter_rows(values_only=True) for cell in line]
    assert {30, 24} <= {value for value in values if isinstance(value, int | float)}
    assert client.get(f"{DAYS}/export.csv").content.startswith("\N{ZERO WIDTH NO-BREAK SPACE}".encode())
    assert client.get(f"{DAYS}/export.exe").status_code == 404


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_the_chart_is_given_as_a_picture_a_drawing_and_a_document(
    web: Web, full: Driver, kind: str, begins: bytes
) -> None:
    assert f'href="{DAYS}/export.{kind}"' in web.as_("sam").get(DAYS).text
    assert web.as_("lg").get(f"{DAYS}/export.{kind}").content.startswith(begins)


def test_who_entered_which_value_when_and_how_is_told_and_that_it_came_late(web: Web, full: Driver) -> None:
    record(full, WAITING, [{"period": "2023-01", "value": 21}], by="ana", source="paste")
    page = text_of(web.as_("lg").get(DAYS).text)
    assert "20 feb. 2023, Anders Nyström Inklistrat" in page
    assert "20 feb. 2023, Sara Åkesson Sent inlagt Från ett annat system" in page


def test_the_small_values_of_others_are_not_told_with_who_entered_them(web: Web, full: Driver) -> None:
    page = text_of(web.as_("lg").get(f"{SHARE}?enhet=vc-falun").text)
    assert "(3 av 30)" not in page
    assert "(6 av 30)" in page


def test_after_a_correction_both_truths_can_be_read(web: Web, full: Driver) -> None:
    before = full.today
    full.go_to(before + timedelta(days=3))
    record(full, WAITING, [{"period": "2021-03", "value": 99}], by="ana", reason="Två remisser saknades")
    client = web.as_("sam")
    then, now = client.get(f"{DAYS}/export.csv?datum={before}").text, client.get(f"{DAYS}/export.csv").text
    assert "2021-03-01;mars 2021;30;" in then
    assert "2021-03-01;mars 2021;99;" in now
    page = text_of(client.get(DAYS).text)
    assert "Två remisser saknades" in page
    assert "Anders Nyström" in page
    assert "Två remisser saknades" not in text_of(client.get(f"{DAYS}?datum={before}").text)


@pytest.mark.parametrize(
    ("day", "told"), [("2023-13-01", "2023-13-01"), ("1999-01-01", "2000"), ("2098-01-01", "2098")]
)
def test_a_day_that_cannot_be_shown_is_told_at_its_field(web: Web, full: Driver, day: str, told: str) -> None:
    for way in (MEASURING, DAYS):
        answer = web.as_("sam").get(f"{way}?datum={day}")
        assert answer.status_code == 422
        assert told in answer.text


def test_before_the_introduction_began_the_page_says_so(web: Web, full: Driver) -> None:
    assert web.as_("sam").get(f"{MEASURING}?datum=2021-01-01").status_code == 422


def test_an_indicator_is_defined_changed_and_retired_on_its_pages(web: Web, empty: Driver) -> None:
    client = web.as_("res")
    address = f"{MEASURING}/ny"
    form = fill(
        client, address, name="Antal i väntan", kind="balancing", direction="lower", share="no", unit="personer"
    )
    wrong = client.post(address, data={**form, "target": ["många"], "unit": [""]})
    assert wrong.status_code == 422
    assert "Mål: ”många” är inget tal" in text_of(wrong.text)
    assert "Antal i väntan" in wrong.text
    assert client.post(address, data={**form, "target": ["12,5"]}).headers["location"] == MEASURING
    made = rows(empty, Indicator)[-1]
    assert (made["target"], made["unit"], made["screen"]) == (12.5, "personer", True)
    own = f"{MEASURING}/{made['slug']}"
    form = fill(client, f"{own}/andra", target="", availability="cannot_yet", owner="ana")
    assert client.post(f"{own}/andra", data=form).status_code == 303
    changed = rows(empty, Indicator)[-1]
    assert (changed["target"], changed["availability"], bool(changed["task"])) == (None, "cannot_yet", True)
    assert "Till uppgiften" in client.get(own).text
    assert client.post(f"{own}/avsluta", data={"reason": ""}).status_code == 422
    assert client.post(f"{own}/avsluta", data={"reason": "Mäts i registret"}).status_code == 303
    assert "Mäts i registret" in client.get(own).text
    assert client.get(f"{own}/andra").status_code == 404


def test_what_was_not_touched_in_the_form_is_not_changed(web: Web, full: Driver) -> None:
    client = web.as_("sam")
    form = fill(client, f"{DAYS}/andra")
    full.do("change_indicator", indicator=WAITING, target=18)
    assert client.post(f"{DAYS}/andra", data=form).status_code == 303
    assert next(one for one in rows(full, Indicator) if one["slug"] == WAITING)["target"] == 18.0


def test_whoever_changes_the_definition_is_told_that_lines_can_begin_anew(web: Web, full: Driver) -> None:
    client = web.as_("sam")
    form = fill(client, f"{DAYS}/andra", definition="Vardagar från remiss.")
    assert client.post(f"{DAYS}/andra", data=form).status_code == 303
    assert "Sätt då linjerna på nytt med skälet ändrad definition" in client.get(DAYS).text


@pytest.mark.parametrize("way", ["/ny", f"/{WAITING}/andra", f"/{WAITING}/avsluta", f"/{WAITING}/utgangslage"])
@pytest.mark.parametrize("who", ["vcf", "lg", "chef", "frammande"])
def test_only_those_who_measure_find_the_forms(web: Web, full: Driver, way: str, who: str) -> None:
    client = web.as_(who)
    assert client.get(MEASURING + way).status_code == 404
    assert client.post(MEASURING + way, data={"reason": "Jag vill"}).status_code == 404


def test_a_baseline_is_frozen_lines_are_set_anew_and_taken_back(web: Web, full: Driver) -> None:
    client = web.as_("sam")
    form = fill(client, f"{DAYS}/utgangslage", reason="Allt före utbildningen")
    assert form["through"] == ["2022-01"]  # the last month before the first activity
    assert client.post(f"{DAYS}/utgangslage", data={**form, "reason": [""]}).status_code == 422
    assert client.post(f"{DAYS}/utgangslage", data=form).status_code == 303
    page = client.get(DAYS).text
    assert "värden i rad ligger på samma sida om den frysta linjen" in page
    form = fill(client, f"{DAYS}/nya-linjer", reason="Ny mottagning")
    refused = client.post(f"{DAYS}/nya-linjer", data=form)
    assert refused.status_code == 422
    assert refused.text.count("alla fyra frågor ska besvaras med ja") >= 4
    yes = {name: ["yes"] for name in ("shift_sustained", "cause_known", "wanted_or_accepted", "expected_to_last")}
    assert client.post(f"{DAYS}/nya-linjer", data={**form, **yes}).status_code == 303
    assert "Ny mottagning" in client.get(DAYS).text
    assert client.post(f"{DAYS}/ta-tillbaka", data={"reason": "För tidigt"}).status_code == 303
    page = client.get(DAYS).text
    assert "Ny mottagning" not in page
    assert "Allt före utbildningen" in page


def test_too_few_values_make_no_baseline(web: Web, empty: Driver) -> None:
    record(empty, WAITING, [{"period": "2022-01", "value": 3}])
    client = web.as_("sam")
    form = fill(client, f"{DAYS}/utgangslage", reason="Vi vill")
    answer = client.post(f"{DAYS}/utgangslage", data=form)
    assert answer.status_code == 422
    assert "minst 10 behövs" in answer.text


def test_the_pages_ask_the_database_no_more_for_many_units_than_for_few(web: Web, full: Driver) -> None:
    for number in range(8):
        define(full, name=f"Ett mått till, nummer {number}")
    client = web.as_("sam")
    counts = {way: count_statements(web.app, client, way) for way in (MEASURING, SHARE)}
    assert max(counts.values()) <= 16, counts


def test_another_regions_indicator_is_not_there(web: Web, full: Driver) -> None:
    assert web.as_("sam").get("/forlopp/kol/matning/nagot-annat").status_code == 404


def test_the_day_an_activity_really_began_is_typed_in_the_plan_and_drawn_in_the_charts(web: Web, full: Driver) -> None:
    client = web.as_("sam")
    ref = rows(full, Activity)[1]["ref"]
    way = f"/forlopp/kol/plan/aktivitet/{ref}/lage"
    form = fill(client, way, state="under_way", started_on="2022-06-13")
    assert client.post(way, data=form).status_code == 303
    assert "Start 13 juni 2022: Ändra rutinen" in text_of(client.get(DAYS).text)
    assert "13 juni 2022" in text_of(client.get("/forlopp/kol/plan").text)
    form = fill(client, way)
    assert form["started_on"] == ["2022-06-13"]
