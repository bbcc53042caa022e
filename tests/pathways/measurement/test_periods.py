"""When periods begin and which one follows."""

from datetime import date

import pytest

from pathways.measurement.calendar import Every, begin, step


@pytest.mark.parametrize(
    ("day", "every", "start"),
    [
        (date(2024, 5, 16), Every.WEEK, date(2024, 5, 13)),
        (date(2024, 5, 16), Every.MONTH, date(2024, 5, 1)),
        (date(2024, 5, 16), Every.QUARTER, date(2024, 4, 1)),
        (date(2024, 5, 16), Every.YEAR, date(2024, 1, 1)),
        (date(2024, 12, 31), Every.WEEK, date(2024, 12, 30)),
        (date(1999, 12, 31), Every.WEEK, date(1999, 12, 27)),
    ],
)
def test_a_period_has_a_first_day(day: date, every: Every, start: date) -> None:
    assert begin(day, every) == start


@pytest.mark.parametrize("every", Every)
def test_stepping_goes_from_beginning_to_beginning(every: Every) -> None:
    start = begin(date(2024, 5, 16), every)
    for count in range(-30, 30):
        assert begin(step(start, every, count), every) == step(start, every, count)


@pytest.mark.parametrize("every", Every)
def test_every_day_lies_in_the_period_that_it_begins(every: Every) -> None:
    day = date(2026, 2, 28)
    assert begin(day, every) <= day < step(begin(day, every), every)


def test_fortnights_are_the_same_for_everybody() -> None:
    one, other = begin(date(2026, 3, 3), Every.FORTNIGHT), begin(date(2026, 3, 10), Every.FORTNIGHT)
    assert one.isoweekday() == 1
    assert (other - one).days in {0, 14}
