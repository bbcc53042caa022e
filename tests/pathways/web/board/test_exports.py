"""The board's files hold exactly the rows that the page shows, say what they are of, and never become a formula."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from pathways.web.board_address import BOARD
from tests.pathways.drive import drive_to
from tests.pathways.web.board.page import Answered, read
from tests.pathways.web.conftest import Web

VIEWS = ["", "?fas=gap_analysis", "?sortera=-dagar", "?q=osteo&lage=active", "?sena=ja&sortera=namn", "?q=finnsinte"]
EVIL = '=HYPERLINK("http://example.invalid","klicka")'


def csv_rows(answer: Answered) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def xlsx_rows(answer: Answered) -> list[list[Any]]:  # Any: a cell is of any kind
    page = load_workbook(BytesIO(answer.content)).active
    assert page is not None
    return [list(row) for row in page.iter_rows(values_only=True)]


def names_below(rows: list[list[Any]]) -> list[str]:
    """The pathways below the headings."""
    head = next(n for n, row in enumerate(rows) if row and row[0] == "Vårdförlopp")
    return [str(row[0]) for row in rows[head + 1 :] if row and row[0]]


@pytest.mark.parametrize("view", VIEWS)
def test_every_file_holds_the_rows_of_the_page_in_its_order(six: Web, view: str) -> None:
    client = six.as_("sam")
    shown = read(client.get(f"/forlopp{view}")).names
    assert names_below(csv_rows(client.get(f"/forlopp.csv{view}"))) == shown
    assert names_below(xlsx_rows(client.get(f"/forlopp.xlsx{view}"))) == shown
    told = client.get(f"/forlopp.json{view}").json()
    assert [row["pathway"] for row in told["introductions"]] == shown


def test_the_page_leads_to_the_files_of_the_very_view(six: Web) -> None:
    links = read(six.as_("sam").get("/forlopp?sena=ja&sortera=-dagar")).links
    assert links["Excel"] == "/forlopp.xlsx?sena=ja&sortera=-dagar"
    assert links["CSV"] == "/forlopp.csv?sena=ja&sortera=-dagar"


def test_a_file_says_of_which_region_day_and_selection_it_is(six: Web) -> None:
    client = six.as_("sam")
    for rows in (csv_rows(client.get("/forlopp.csv?sena=ja")), xlsx_rows(client.get("/forlopp.xlsx?sena=ja"))):
        facts = {str(row[0]): str(row[1]) for row in rows[:4]}
        assert facts["Region"] == "Region Dalarna"
        assert facts["Läget den"] == six.clock.now().date().isoformat()
        assert facts["Urval"] == "bara försenade"


def test_a_file_of_an_earlier_day_is_named_and_filled_as_of_that_day(six: Web) -> None:
    answer = six.as_("sam").get("/forlopp.csv?datum=2021-06-12")
    assert answer.headers["content-disposition"] == 'attachment; filename="forlopp-se-w-2021-06-12.csv"'
    assert names_below(csv_rows(answer)) == ["Osteoporos – sekundärprevention efter fraktur"]


def test_a_swedish_excel_opens_the_csv_as_it_is(six: Web) -> None:
    answer = six.as_("sam").get("/forlopp.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "Vårdförlopp;Fas;Läge;Dagar i fasen" in answer.content.decode("utf-8-sig")
    assert b"\r\n" in answer.content


def test_days_and_numbers_are_days_and_numbers_in_excel(six: Web) -> None:
    page = load_workbook(BytesIO(six.as_("sam").get("/forlopp.xlsx?q=kol").content)).active
    assert page is not None
    row = list(page.iter_rows())[-1]
    assert isinstance(row[7].value, datetime)
    assert isinstance(row[3].value, int)
    assert page.freeze_panes is not None
    assert page.auto_filter.ref is not None


def test_what_a_person_typed_never_becomes_a_formula(web: Web) -> None:
    driver = drive_to(web.app, web.clock, "kol", "preparation")
    driver.do("create_task", title=EVIL, due_on=driver.today.isoformat(), role="coordinator")
    client = web.as_("sam")
    page = load_workbook(BytesIO(client.get("/forlopp.xlsx").content)).active
    assert page is not None
    cell = list(page.iter_rows())[-1][8]
    assert (cell.value, cell.data_type) == (EVIL, "s")
    assert csv_rows(client.get("/forlopp.csv"))[-1][8] == f"'{EVIL}"


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_an_address_that_cannot_be_used_leads_to_the_page_that_says_why(six: Web, kind: str) -> None:
    answer = six.as_("sam").get(f"{BOARD}.{kind}?datum=2999-01-01&sena=ja")
    assert (answer.status_code, answer.headers["location"]) == (303, "/forlopp?datum=2999-01-01&sena=ja")


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_whoever_may_not_see_the_board_gets_no_file(six: Web, kind: str) -> None:
    assert six.as_("frammande").get(f"{BOARD}.{kind}").status_code == 404
    assert six.anonymous().get(f"{BOARD}.{kind}").status_code == 303
