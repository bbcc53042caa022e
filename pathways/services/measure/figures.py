"""Reads figures as people in Sweden write them: "12,5", "1 234", "71 %", "−3". Pure.

A point is no decimal sign in Swedish, and "1.234" could be either: it is read only where somebody has said what it is.
"""

import re
from enum import StrEnum

from pathways.errors import Problem

LARGEST = 1_000_000_000_000
"""Beyond this a value is a slip of the pen, and no two databases write it alike."""
SHOWN = 60

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u2007']+")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_EXPONENT = re.compile(r"-?[0-9]+(\.[0-9]+)?e[-+]?[0-9]{1,2}", re.IGNORECASE)
_GROUPED = re.compile(r"-?[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?")


class Decimal(StrEnum):
    """Which sign stands before the decimals in what came in."""

    COMMA = "comma"  # as people write in Swedish
    POINT = "point"  # as many programs write
    EITHER = "either"  # cells of a workbook: numbers have a point there, texts a comma


def read_figure(text: str, decimal: Decimal = Decimal.COMMA) -> float | None:
    """Return the number in a cell, None where there is none; `ValueError` carries the sentence of what is wrong."""
    cell = text.strip().translate(_MINUS)
    cell = cell.removesuffix("%").rstrip()
    cell = _SPACES.sub(" ", cell)
    if not cell:
        return None
    if " " in cell and not _GROUPED.fullmatch(cell):
        raise ValueError("order.figure")
    cell = cell.replace(" ", "")
    if decimal is Decimal.COMMA and "." in cell and _PLAIN.fullmatch(cell):
        raise ValueError("order.figure_point")
    if decimal is Decimal.POINT and "," in cell and _PLAIN.fullmatch(cell.replace(",", ".")):
        raise ValueError("order.figure_comma")
    if decimal is not Decimal.POINT:
        cell = cell.replace(",", ".") if cell.count(",") + cell.count(".") == 1 else cell
    known = _PLAIN.fullmatch(cell) or (decimal is Decimal.EITHER and _EXPONENT.fullmatch(cell))
    if not known:
        raise ValueError("order.figure")
    return whole_or_fail(float(cell))


def whole_or_fail(value: float) -> float:
    """Return a number that can be kept; minus nought is nought."""
    if not abs(value) < LARGEST:
        raise ValueError("order.figure_too_large")
    return value + 0.0


def figure_problem(field: str, given: str, error: ValueError) -> Problem:
    """Return what is wrong with a cell, with what stands in it and how it should have been written."""
    cell = given.strip()[:SHOWN]
    wanted = cell.replace(".", ",") if str(error) == "order.figure_point" else cell.replace(",", ".")
    return Problem(field, str(error), {"given": cell, "expected": wanted})
