"""A table as a file: text stays text, and the program that opens it finds days, numbers and headings."""

import re
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pathways.documents import table_export
from pathways.documents.table_export import Sheet, write_csv, write_xlsx

PRODUCT = Path(table_export.__file__).parents[2]


def sheet(*row: str | int | float | date | None) -> Sheet:
    return Sheet(title="Prov: [1]/2*?", facts=[("Region", "Dalarna")], headings=["A", "B", "C"][: len(row)], rows=[row])


@pytest.mark.parametrize("begun", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠1"])
def test_in_csv_a_text_that_begins_like_a_formula_is_said_to_be_text(begun: str) -> None:
    assert f"'{begun}".encode() in write_csv(sheet(begun))


@pytest.mark.parametrize("plain", ["Ring Älvdalen", "a=b", "1 + 1", "§ 7", "’citat’"])
def test_in_csv_any_other_text_is_as_it_was(plain: str) -> None:
    assert write_csv(sheet(plain)).decode("utf-8-sig").splitlines()[-1] == plain


def test_in_csv_numbers_and_days_are_no_text() -> None:
    assert write_csv(sheet(-5, date(2021, 6, 9), None)).decode("utf-8-sig").splitlines()[-1] == "-5;2021-06-09;"


def test_in_csv_a_semicolon_and_a_line_break_stay_inside_their_cell() -> None:
    assert '"a;b"' in write_csv(sheet("a;b")).decode("utf-8-sig")
    assert '"a\nb"' in write_csv(sheet("a\nb")).decode("utf-8-sig")


def test_in_excel_cells_keep_their_kind() -> None:
    page = load_workbook(BytesIO(write_xlsx(sheet("=1+1", 7, date(2021, 6, 9))))).active
    assert page is not None
    text, number, day = list(page.iter_rows())[-1]
    assert (text.data_type, text.value) == ("s", "=1+1")
    assert (number.data_type, number.value) == ("n", 7)
    assert day.value == datetime(2021, 6, 9)  # noqa: DTZ001  as Excel keeps a day


def test_a_title_that_excel_would_not_take_is_made_one_that_it_does() -> None:
    book = load_workbook(BytesIO(write_xlsx(sheet("a"))))
    assert book.active is not None
    assert book.active.title == "Prov   1  2  "


def test_an_empty_table_is_a_file_too() -> None:
    empty = Sheet(title="Tom", facts=[], headings=["A"], rows=[])
    assert load_workbook(BytesIO(write_xlsx(empty))).active is not None
    assert write_csv(empty).decode("utf-8-sig") == "\r\nA\r\n"


def test_only_one_module_knows_the_library_that_writes_workbooks() -> None:
    importers = {
        path.name
        for path in (PRODUCT / "pathways").rglob("*.py")
        if re.search(r"^\s*(import|from) xlsxwriter", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert importers == {"table_export.py"}
