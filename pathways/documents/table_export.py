"""Writes tables as a file for Excel, or as CSV that a Swedish Excel opens as it is.

What people typed stays text: a cell that begins like a formula never becomes one.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | date | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_LONGEST_NAME = 31  # Excel's own limit for the name of a sheet
_FORBIDDEN_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_NARROWEST, _WIDEST = 8, 48
_LANDSCAPE_A4 = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with what must be known to read it: facts as pairs of label and value, above the headings."""

    title: str
    facts: Sequence[tuple[str, str]]
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    decimal_comma: bool = False  # in the CSV: else a Swedish Excel takes 3.5 for a day in May


def write_xlsx(*sheets: Sheet, created: datetime | None = None) -> bytes:
    """Return the workbook: facts, then the table with its headings kept in sight, filtered and repeated on paper.

    Each table has a page of its own. `created` is the day that the file says it was made, where it is not now.
    """
    import xlsxwriter  # noqa: PLC0415  2 MB that a process pays for with its first workbook

    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"title": sheets[0].title, **({"created": created} if created else {})})
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = _Formats(
            day=book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            plain=book.add_format({"valign": "top", "text_wrap": True}),
        )
        for name, sheet in zip(_page_names(sheets), sheets, strict=True):
            page = book.add_worksheet(name)
            for number, (label, value) in enumerate(sheet.facts):
                page.write_string(number, 0, label, bold)
                page.write_string(number, 1, value)
            _write_table(page, sheet, head=head, formats=formats)
    return made.getvalue()


def _page_names(sheets: Sequence[Sheet]) -> list[str]:
    """Return the names of the pages, each once: Excel takes no two that differ in small and large letters alone."""
    found: list[str] = []
    for sheet in sheets:
        plain = sheet.title.translate(_FORBIDDEN_IN_A_NAME)
        taken = {one.lower() for one in found}
        tries = (plain[:_LONGEST_NAME], *(f"{plain[: _LONGEST_NAME - 3]} {n}" for n in range(2, len(sheets) + 2)))
        found.append(next(one for one in tries if one.lower() not in taken))
    return found


def write_csv(sheet: Sheet) -> bytes:
    """Return the same as text: marked as UTF-8, parted by semicolons, days as 2026-12-03."""
    made = StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(label), harmless(value)] for label, value in sheet.facts)
    writer.writerow([])
    writer.writerow([harmless(heading) for heading in sheet.headings])
    mark = "," if sheet.decimal_comma else "."
    writer.writerows([_as_text(cell, mark) for cell in row] for row in sheet.rows)
    return made.getvalue().encode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class _Formats:
    day: "Format"
    plain: "Format"


def _write_table(page: "Worksheet", sheet: Sheet, *, head: "Format", formats: _Formats) -> None:
    first = len(sheet.facts) + 1
    for column, heading in enumerate(sheet.headings):
        page.write_string(first, column, heading, head)
        page.set_column(column, column, _width(sheet, column))
    for number, row in enumerate(sheet.rows, start=first + 1):
        for column, cell in enumerate(row):
            _write_cell(page, cell, row=number, column=column, formats=formats)
    last = max(first + len(sheet.rows), first + 1)
    page.autofilter(first, 0, last, len(sheet.headings) - 1)
    page.freeze_panes(first + 1, 1)
    page.repeat_rows(first)
    page.set_landscape()
    page.set_paper(_LANDSCAPE_A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&F&R&P / &N")


def _write_cell(page: "Worksheet", cell: Cell, *, row: int, column: int, formats: _Formats) -> None:
    if cell is None:
        page.write_blank(row, column, None, formats.plain)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, formats.day)
    elif isinstance(cell, str):
        page.write_string(row, column, cell, formats.plain)
    else:
        page.write_number(row, column, cell, formats.plain)


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(_as_text(row[column])) for row in sheet.rows), default=0)
    return min(_WIDEST, max(_NARROWEST, longest, len(sheet.headings[column]) // 2) + 2)


def _as_text(cell: Cell, decimal_mark: str = ".") -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else str(cell).replace(".", decimal_mark)


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe before it says that it is text."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text
