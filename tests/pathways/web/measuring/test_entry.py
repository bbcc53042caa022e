"""Values typed, pasted or sent as a file: shown row by row before anything is stored, and everything wrong is told."""

import re
from io import BytesIO

import pytest
import xlsxwriter
from starlette.testclient import TestClient

from pathways.measurement.series import PointState
from pathways.models.measure import ValueSource
from pathways.services.task.files import LARGEST
from tests.pathways.drive import Driver
from tests.pathways.services.judge import person_id
from tests.pathways.services.measuring import PLANNED, WAITING, record, standing
from tests.pathways.web.conftest import Web
from tests.pathways.web.measuring.scene import DAYS, SHARE
from tests.pathways.web.plan.reading import Form, form_at

CHECK, STORE = f"{DAYS}/varden", f"{DAYS}/varden/spara"
OF_SHARE = f"{SHARE}/varden"
PASTE = {"way": "paste", "state": "final", "decimal": "comma", "unit": ""}


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def check(client: TestClient, way: str = CHECK, **answers: str) -> str:
    answer = client.post(way, data={**PASTE, **answers})
    assert answer.status_code == 200, text_of(answer.text)
    return answer.text


def store(client: TestClient, page: str, way: str = STORE, **answers: str) -> int:
    form: Form = form_at(page, way)
    return client.post(way, data={**form, **{name: [value] for name, value in answers.items()}}).status_code


def refused(client: TestClient, way: str = CHECK, **answers: str) -> str:
    answer = client.post(way, data={**PASTE, **answers})
    assert answer.status_code == 422
    return text_of(answer.text)


def test_a_pasted_column_is_shown_first_and_stored_when_it_is_confirmed(web: Web, empty: Driver) -> None:
    client = web.as_("ana")
    page = check(client, first="2021-10", rows="12,5\n1 234\n\n14")
    words = text_of(page)
    assert "Nya: 3. Ersätter: 0. Finns redan: 0. Inget är sparat ännu." in words
    assert "1 tom rad blir en lucka" in words
    assert standing(empty) == []
    assert store(client, page) == 303
    kept = standing(empty)
    assert [(row["period"].isoformat(), row["value"]) for row in kept] == [
        ("2021-10-01", 12.5),
        ("2021-11-01", 1234.0),
        ("2022-01-01", 14.0),
    ]
    assert {(row["source"], row["entered_by"]) for row in kept} == {(ValueSource.PASTE, person_id(web.app, "ana"))}
    assert "3 värden är sparade." in client.get(DAYS).text


def test_percentages_and_counts_are_pasted_as_people_write_them(web: Web, empty: Driver) -> None:
    client = web.as_("sam")
    page = check(client, OF_SHARE, rows="2021-10\t71 %\n2021-11\t64,5 %")
    assert store(client, page, f"{SHARE}/varden/spara") == 303
    page = check(client, OF_SHARE, rows="Period\tTäljare\tNämnare\nnov 2021\t5\t7", unit="medicin")
    assert store(client, page, f"{SHARE}/varden/spara") == 303
    assert [(row["value"], row["denominator"]) for row in standing(empty)] == [
        (71.0, None),
        (64.5, None),
        (100 * 5 / 7, 7.0),
    ]


def test_a_single_value_is_typed_in_a_form(web: Web, empty: Driver) -> None:
    client = web.as_("sam")
    form = form_at(client.get(f"{SHARE}/varden").text, OF_SHARE)
    assert form["period"] == ["2022-02"]  # the last month that is over
    answer = client.post(OF_SHARE, data={**form, "numerator": ["34"], "denominator": ["48"], "state": ["preliminary"]})
    assert store(client, answer.text, f"{SHARE}/varden/spara") == 303
    (kept,) = standing(empty)
    assert (kept["numerator"], kept["state"], kept["source"]) == (34.0, PointState.PRELIMINARY, ValueSource.FORM)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"rows": "tolv", "first": "2021-10"}, "Rad 1, Värde: ”tolv” är inget tal; skriv till exempel 12,5."),
        ({"rows": "2021-10\t3\n2021-10\t4"}, "Rad 2, Period: perioden som börjar 2021-10-01 står redan på rad 1"),
        ({"rows": "2022-10\t3"}, "ligger i framtiden"),
        ({"rows": "Period\tVärde\tEnhet\n2021-10\t3\tÄlvdalens kommun"}, "deltar inte"),
        ({"rows": "Period\tVärde\tEnhet\n2021-10\t3\tMora"}, "Rad 2, Enhet: ”Mora” är ingen enhet i regionen"),
        ({"rows": "3"}, "Skriv första perioden, eller ha perioderna i en egen kolumn"),
        ({"rows": "3", "first": "snart"}, "”snart” är ingen period av rätt längd"),
        ({"rows": ""}, "Det finns inga värden att läsa"),
        ({"rows": "1\t2\t3"}, "kolumnerna går inte att känna igen"),
    ],
)
def test_what_is_wrong_is_told_by_row_value_and_what_was_expected(
    web: Web, empty: Driver, answers: dict[str, str], told: str
) -> None:
    assert told in refused(web.as_("sam"), **answers)
    assert standing(empty) == []


def test_a_denominator_smaller_than_its_numerator_is_told(web: Web, empty: Driver) -> None:
    told = refused(web.as_("sam"), OF_SHARE, rows="2021-10\t8\t7")
    assert "Rad 1, Nämnare: nämnaren 7 är mindre än täljaren 8." in told


def test_what_was_typed_is_not_lost_when_it_is_refused(web: Web, empty: Driver) -> None:
    answer = web.as_("sam").post(CHECK, data={**PASTE, "rows": "12,5\nfel", "first": "2021-10", "unit": "medicin"})
    form = form_at(answer.text, CHECK)
    assert (form["rows"], form["first"], form["unit"]) == (["12,5\nfel"], ["2021-10"], ["medicin"])


def test_many_faults_are_told_up_to_a_limit(web: Web, empty: Driver) -> None:
    told = refused(web.as_("sam"), first="2005-01", rows="\n".join(["fel"] * 60))
    assert "Rad 40" in told
    assert "Och 20 rader till har fel." in told


def test_a_whole_column_with_points_is_read_anew_by_one_button(web: Web, empty: Driver) -> None:
    client = web.as_("sam")
    rows = "12.5\n13.5\n14"
    answer = client.post(CHECK, data={**PASTE, "rows": rows, "first": "2021-10"})
    assert answer.status_code == 422
    assert "Läs punkt som decimaltecken" in answer.text
    page = check(client, rows=rows, first="2021-10", decimal="point")
    assert store(client, page) == 303
    assert [row["value"] for row in standing(empty)] == [12.5, 13.5, 14.0]


def test_jumps_and_what_is_replaced_are_shown_as_warnings_and_can_be_stored(web: Web, full: Driver) -> None:
    client = web.as_("sam")
    page = check(client, rows="2021-03\t310\n2021-04\t28\n2023-02\t21")
    words = text_of(page)
    assert "Nya: 1. Ersätter: 1. Finns redan: 1." in words
    assert "310 ligger långt från de andra värdena" in words
    assert "Förut: 30 dagar, Slutligt" in words
    assert "perioden som börjar 2023-02-01 är inte slut" in words
    assert store(client, page, reason="Skrivfel i registret") == 303
    first, newest = standing(full, indicator=full_ref(full))[0], standing(full, indicator=full_ref(full))[-1]
    assert (first["value"], first["state"], newest["state"]) == (310.0, PointState.CORRECTED, PointState.PRELIMINARY)
    assert "Skrivfel i registret" in client.get(DAYS).text


def full_ref(driver: Driver) -> str:
    """The ref of the indicator of days."""
    return str(min(row["indicator"] for row in standing(driver)))


def test_a_column_whose_decimal_sign_was_lost_is_told_above_the_rows(web: Web, full: Driver) -> None:
    page = check(web.as_("sam"), first="2020-01", rows="301\n288\n295\n310")
    assert "är decimaltecknet rätt?" in text_of(page)


def test_what_changed_between_look_and_confirmation_is_shown_again(web: Web, empty: Driver) -> None:
    client = web.as_("sam")
    page = check(client, rows="2021-10\t12")
    record(empty, WAITING, [{"period": "2021-10", "value": 15}], by="ana")
    answer = client.post(STORE, data=form_at(page, STORE))
    assert answer.status_code == 200
    assert "Något har ändrats sedan du kontrollerade" in answer.text
    assert "Förut: 15 dagar" in text_of(answer.text)
    assert [row["value"] for row in standing(empty)] == [15.0]
    assert store(client, answer.text) == 303
    assert [row["value"] for row in standing(empty)] == [12.0]


def test_storing_twice_stores_once(web: Web, empty: Driver) -> None:
    client = web.as_("sam")
    page = check(client, rows="2021-10\t12")
    assert [store(client, page), store(client, page)] == [303, 303]
    assert len(standing(empty)) == 1


def test_whoever_comes_back_to_the_confirmation_begins_again(web: Web, empty: Driver) -> None:
    assert web.as_("sam").get(STORE).headers["location"] == f"{DAYS}/varden"
    assert web.as_("lg").get(STORE).status_code == 404


def test_nothing_new_is_said_and_not_stored(web: Web, full: Driver) -> None:
    page = check(web.as_("sam"), rows="2021-03\t30")
    assert "Alla värden finns redan" in page


def workbook(*rows: tuple[object, ...]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "data.xlsx",
            workbook(("Period", "Värde", "Enhet"), ("2021-10", 12.5, "Medicinkliniken"), ("2021-11", 13, "")),
        ),
        ("data.csv", "Period;Värde;Enhet\r\n2021-10;12,5;medicin\r\n2021-11;13;\r\n".encode("cp1252")),
        ("data.csv", b"period,value,unit\n2021-10,12.5,medicin\n2021-11,13,\n"),
    ],
)
def test_a_file_is_read_whether_from_excel_or_as_csv(web: Web, empty: Driver, name: str, content: bytes) -> None:
    client = web.as_("sam")
    sign = "point" if content.startswith(b"period") else "comma"
    data = {**PASTE, "way": "file", "decimal": sign}
    answer = client.post(CHECK, data=data, files={"file": (name, content)})
    assert answer.status_code == 200, text_of(answer.text)
    assert store(client, answer.text) == 303
    assert [(row["unit_id"] is None, row["value"], row["source"]) for row in standing(empty)] == [
        (True, 13.0, ValueSource.FILE),
        (False, 12.5, ValueSource.FILE),
    ]


def test_percent_cells_of_a_workbook_are_converted_by_one_button(web: Web, empty: Driver) -> None:
    client = web.as_("sam")
    content = workbook(("Period", "Andel"), ("2021-10", 0.71), ("2021-11", 0.645), ("2021-12", 0.7))
    data = {**PASTE, "way": "file"}
    page = client.post(OF_SHARE, data=data, files={"file": ("andelar.xlsx", content)}).text
    assert "en andel skrivs i procent" in page
    again = client.post(OF_SHARE, data=form_at(page, OF_SHARE)).text
    assert "Räkna om till procent" not in again
    assert store(client, again, f"{SHARE}/varden/spara") == 303
    assert [row["value"] for row in standing(empty)] == [71.0, 64.5, 70.0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Fil: välj en fil att läsa."),
        (b"PK\x03\x04 trasig", "Fil"),
        (b"\x00\x01\x02", "Fil"),
        (b"x" * (LARGEST + 100_000), "Fil: den är för stor."),
    ],
)
def test_a_file_that_cannot_be_read_is_told(web: Web, empty: Driver, content: bytes, told: str) -> None:
    data = {**PASTE, "way": "file"}
    answer = web.as_("sam").post(CHECK, data=data, files={"file": ("data.xlsx", content)} if content else None)
    assert answer.status_code == 422
    assert told in text_of(answer.text)


def test_a_unit_enters_its_own_values_and_no_others(web: Web, empty: Driver) -> None:
    client = web.as_("vcf")
    page = client.get(f"{DAYS}/varden")
    assert page.status_code == 200
    assert "Medicinkliniken" not in page.text
    assert "Hela regionen" not in page.text
    told = refused(client, rows="Period\tVärde\tEnhet\n2021-10\t3\tmedicin", unit="vc-falun")
    assert "du kan bara lägga in värden för din egen enhet" in told
    assert store(client, check(client, rows="2021-10\t3", unit="vc-falun")) == 303
    assert len(standing(empty)) == 1
    assert refused(client, rows="2021-11\t3", unit="")


@pytest.mark.parametrize("who", ["lg", "chef", "frammande"])
def test_others_find_no_way_in(web: Web, empty: Driver, who: str) -> None:
    client = web.as_(who)
    assert client.get(f"{DAYS}/varden").status_code == 404
    assert client.post(CHECK, data={**PASTE, "rows": "2021-10\t3"}).status_code == 404
    assert client.post(STORE, data={**PASTE, "rows": "2021-10\t3"}).status_code == 404


def test_formulas_and_markup_in_cells_are_only_text(web: Web, empty: Driver) -> None:
    answer = web.as_("sam").post(CHECK, data={**PASTE, "rows": "=1+1\n<script>alert(1)</script>", "first": "2021-10"})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


def test_values_of_a_share_stand_in_the_chart_at_once(web: Web, empty: Driver) -> None:
    client = web.as_("sam")
    page = check(client, OF_SHARE, rows="\n".join(f"2021-{month:02}\t{20 + month}\t40" for month in range(1, 13)))
    assert store(client, page, f"{SHARE}/varden/spara") == 303
    assert len(standing(empty)) == 12
    assert PLANNED in client.get(SHARE).text
