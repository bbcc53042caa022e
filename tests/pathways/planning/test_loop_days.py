"""Learning loops three months apart on working days, whatever the calendar does."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.planning.loops import due_on
from pathways.workdays import Workdays

WORKDAYS = Workdays()


def due(anchor: str, number: int, rule: str = "next") -> date:
    return due_on(date.fromisoformat(anchor), number, interval_months=3, rule=rule, workdays=WORKDAYS)


@pytest.mark.parametrize(
    ("anchor", "number", "rule", "expected"),
    [
        ("2021-03-25", 1, "next", "2021-06-28"),  # midsommarafton and its weekend
        ("2021-03-25", 1, "previous", "2021-06-24"),
        ("2027-03-25", 1, "next", "2027-06-28"),
        ("2021-09-24", 1, "next", "2021-12-27"),  # julafton, a Friday
        ("2021-09-30", 1, "next", "2021-12-30"),
        ("2021-10-01", 1, "next", "2022-01-03"),  # nyårsdagen
        ("2021-08-31", 1, "next", "2021-11-30"),
        ("2021-08-31", 2, "next", "2022-02-28"),
        ("2021-08-31", 3, "next", "2022-05-31"),
        ("2023-11-30", 1, "next", "2024-02-29"),  # leap day, worked
        ("2020-02-29", 4, "next", "2021-03-01"),  # 28 Feb 2021 is a Sunday
        ("2021-01-02", 1, "next", "2021-04-06"),  # långfredagen to annandag påsk
        ("2021-06-09", 1, "next", "2021-09-09"),
    ],
)
def test_a_loop_is_due_on_the_clamped_and_moved_day(anchor: str, number: int, rule: str, expected: str) -> None:
    assert due(anchor, number, rule) == date.fromisoformat(expected)


def test_a_moved_loop_does_not_drag_the_next_one_along() -> None:
    assert [due("2021-03-25", n) for n in (1, 2, 3)] == [
        date(2021, 6, 28),
        date(2021, 9, 27),
        date(2021, 12, 27),
    ]


@settings(max_examples=150, deadline=None)
@given(anchor=st.dates(date(2020, 1, 1), date(2040, 12, 31)), number=st.integers(1, 20))
def test_loops_are_worked_days_at_most_five_days_after_the_calendar_day(anchor: date, number: int) -> None:
    plain = Workdays.months_after(anchor, 3 * number)
    day = due_on(anchor, number, interval_months=3, rule="next", workdays=WORKDAYS)
    assert WORKDAYS.is_workday(day)
    assert timedelta(0) <= day - plain <= timedelta(days=5)


@settings(max_examples=100, deadline=None)
@given(anchor=st.dates(date(2020, 1, 1), date(2040, 12, 31)), number=st.integers(1, 20))
def test_later_loops_come_later(anchor: date, number: int) -> None:
    days = [due_on(anchor, n, interval_months=1, rule="next", workdays=WORKDAYS) for n in (number, number + 1)]
    assert days[0] < days[1]
