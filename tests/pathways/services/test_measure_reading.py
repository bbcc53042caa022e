"""Figures and periods as people in Sweden write them, and what is not taken for one."""

from datetime import date

import pytest

from pathways.measurement.calendar import Every
from pathways.services.measure.figures import Decimal, read_figure
from pathways.services.measure.periods import label, next_period, read_period

HARD, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", 12.5),
        ("12", 12.0),
        (" 12 ", 12.0),
        ("1 234", 1234.0),
        (f"1{HARD}234,5", 1234.5),
        (f"12{NARROW}345{NARROW}678", 12345678.0),
        ("71 %", 71.0),
        (f"71,4{HARD}%", 71.4),
        ("71%", 71.0),
        ("-3,25", -3.25),
        ("\N{MINUS SIGN}3", -3.0),
        ("-0", 0.0),
        ("0,0", 0.0),
        ("", None),
        ("  ", None),
        ("%", None),
    ],
)
def test_a_figure_is_read_as_people_write_it(text: str, number: float | None) -> None:
    assert read_figure(text) == number


@pytest.mark.parametrize(
    ("text", "decimal", "sentence"),
    [
        ("12.5", Decimal.COMMA, "order.figure_point"),
        ("1.234", Decimal.COMMA, "order.figure_point"),
        ("12,5", Decimal.POINT, "order.figure_comma"),
        ("1.234,5", Decimal.COMMA, "order.figure"),
        ("1,234.5", Decimal.POINT, "order.figure"),
        ("tolv", Decimal.COMMA, "order.figure"),
        ("12 34", Decimal.COMMA, "order.figure"),
        ("1 2345", Decimal.COMMA, "order.figure"),
        ("12,5,6", Decimal.COMMA, "order.figure"),
        ("5-6", Decimal.COMMA, "order.figure"),
        ("<5", Decimal.COMMA, "order.figure"),
        ("nan", Decimal.EITHER, "order.figure"),
        ("inf", Decimal.EITHER, "order.figure"),
        ("1e5", Decimal.COMMA, "order.figure"),
        ("٣", Decimal.COMMA, "order.figure"),
        ("9" * 30, Decimal.COMMA, "order.figure_too_large"),
        ("1e99", Decimal.EITHER, "order.figure_too_large"),
    ],
)
def test_what_is_no_figure_says_what_was_expected(text: str, decimal: Decimal, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        read_figure(text, decimal)


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("12.5", Decimal.POINT, 12.5),
        ("1 234.5", Decimal.POINT, 1234.5),
        ("12.5", Decimal.EITHER, 12.5),
        ("12,5", Decimal.EITHER, 12.5),
        ("1.5e-05", Decimal.EITHER, 0.000015),
    ],
)
def test_a_point_is_read_where_somebody_said_so(text: str, decimal: Decimal, number: float) -> None:
    assert read_figure(text, decimal) == number


@pytest.mark.parametrize(
    ("text", "every", "first"),
    [
        ("2026-05-14", Every.MONTH, date(2026, 5, 1)),
        ("2026-05", Every.MONTH, date(2026, 5, 1)),
        ("2026-5", Every.MONTH, date(2026, 5, 1)),
        ("maj 2026", Every.MONTH, date(2026, 5, 1)),
        ("Oktober 2026", Every.MONTH, date(2026, 10, 1)),
        ("okt. 2026", Every.MONTH, date(2026, 10, 1)),
        ("2026-W18", Every.WEEK, date(2026, 4, 27)),
        ("2026v18", Every.WEEK, date(2026, 4, 27)),
        ("v. 18 2026", Every.WEEK, date(2026, 4, 27)),
        ("vecka 18, 2026", Every.WEEK, date(2026, 4, 27)),
        ("v18-2026", Every.WEEK, date(2026, 4, 27)),
        ("2026-04-29", Every.WEEK, date(2026, 4, 27)),
        ("2026-W53", Every.WEEK, date(2026, 12, 28)),
        ("2026-Q2", Every.QUARTER, date(2026, 4, 1)),
        ("2026K2", Every.QUARTER, date(2026, 4, 1)),
        ("kv 2 2026", Every.QUARTER, date(2026, 4, 1)),
        ("2026-05", Every.QUARTER, date(2026, 4, 1)),
        ("2026", Every.YEAR, date(2026, 1, 1)),
        ("2026-11-30", Every.YEAR, date(2026, 1, 1)),
    ],
)
def test_a_period_is_read_as_people_write_it(text: str, every: Every, first: date) -> None:
    assert read_period(text, every) == first


@pytest.mark.parametrize(
    ("text", "every"),
    [
        *(("2026-13", Every.MONTH), ("2026", Every.MONTH), ("maj", Every.MONTH), ("2026-W18", Every.MONTH)),
        *(("2026-02-30", Every.MONTH), ("foo 2026", Every.MONTH), ("", Every.MONTH)),
        *(("2026-W54", Every.WEEK), ("2026-05", Every.WEEK), ("v. 0 2026", Every.WEEK), ("2025-W53", Every.WEEK)),
        *(("2026-Q5", Every.QUARTER), ("2026", Every.QUARTER), ("2026-05", Every.YEAR), ("26", Every.YEAR)),
    ],
)
def test_what_is_no_period_of_that_length_is_refused(text: str, every: Every) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        read_period(text, every)


@pytest.mark.parametrize("every", Every)
def test_a_period_can_be_read_back_from_its_label(every: Every) -> None:
    period = read_period("2026-11-30", every)
    assert read_period(label(period, every), every) == period


def test_the_next_period_follows_the_newest_and_is_never_ahead() -> None:
    today = date(2026, 5, 14)
    assert next_period([], Every.MONTH, today) == date(2026, 4, 1)
    assert next_period([date(2026, 1, 1)], Every.MONTH, today) == date(2026, 2, 1)
    assert next_period([date(2026, 5, 1)], Every.MONTH, today) == date(2026, 5, 1)
