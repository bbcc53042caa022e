"""Reads a table made in Excel or saved as CSV into rows of text, with the row numbers that Excel shows.

Excel files, and CSV with semicolons, commas or tabs, in UTF-8 or as Swedish Excel on Windows writes it. What the
columns mean is for the caller to know.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile

from pathways.errors import PathwaysError

MOST_ROWS = 5_000
ZIP = b"PK\x03\x04"
BYTE_ORDER = "\N{ZERO WIDTH NO-BREAK SPACE}"
DELIMITERS = ";\t,"


class TableUnreadable(PathwaysError):
    """The file is neither an Excel workbook nor a text file with columns."""

    sentence = "error.table_unreadable"


class TableTooLong(PathwaysError):
    """The file has more rows than are taken at once."""

    sentence = "error.table_too_long"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number as Excel shows it, and its cells as text without spaces around them."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table: the heads of its columns and the rows below that hold anything."""

    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read_table(content: bytes) -> ReadTable:
    """Return the table in a file. Raises `TableUnreadable` for another kind of file, `TableTooLong` for a huge one."""
    rows = _from_workbook(content) if content.startswith(ZIP) else _from_text(content)
    filled = [TableRow(number, cells) for number, cells in enumerate(rows, start=1) if any(cells)]
    if not filled:
        raise TableUnreadable
    if len(filled) > MOST_ROWS + 1:
        raise TableTooLong(n=MOST_ROWS)
    return ReadTable(filled[0].cells, tuple(filled[1:]))


def _from_workbook(content: bytes) -> list[tuple[str, ...]]:
    # Here, not above: what reads workbooks takes 7 MB of every process that has once heard of it.
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise TableUnreadable from error
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None:
        raise TableUnreadable
    return [_texts(row) for row in sheet.iter_rows(max_row=MOST_ROWS + 100, values_only=True)]


def _from_text(content: bytes) -> list[tuple[str, ...]]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return [_texts(row) for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise TableUnreadable from error


def _decoded(content: bytes) -> str:
    """Swedish Excel on Windows saves CSV in cp1252; a file with NUL bytes is no text at all."""
    if b"\0" in content:
        raise TableUnreadable
    try:
        return content.decode("utf-8").removeprefix(BYTE_ORDER)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _texts(cells: Sequence[object] | Iterable[object]) -> tuple[str, ...]:
    return tuple(_text(cell) for cell in cells)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
