"""A promise on the wall clock is kept through the year, on both nights when clocks change too."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from pathways.planning.instants import local_instant

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        ("2021-01-15", "08:00", "2021-01-15T07:00"),
        ("2021-07-15", "08:00", "2021-07-15T06:00"),
        ("2021-03-28", "01:59", "2021-03-28T00:59"),
        ("2021-03-28", "02:30", "2021-03-28T01:30"),  # does not exist: 03:30 on the wall
        ("2021-03-28", "03:30", "2021-03-28T01:30"),
        ("2021-03-28", "08:00", "2021-03-28T06:00"),
        ("2021-10-31", "02:30", "2021-10-31T00:30"),  # comes twice: the first
        ("2021-10-31", "03:00", "2021-10-31T02:00"),
        ("2021-10-31", "08:00", "2021-10-31T07:00"),
    ],
)
def test_the_wall_clock_promise_is_kept(day: str, at: str, expected: str) -> None:
    instant = local_instant(date.fromisoformat(day), time.fromisoformat(at), STOCKHOLM)
    assert instant == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_the_instant_is_aware_and_utc() -> None:
    assert local_instant(date(2021, 6, 9), time(8), STOCKHOLM).tzinfo is UTC


def test_a_time_that_does_not_exist_is_shown_an_hour_later() -> None:
    instant = local_instant(date(2021, 3, 28), time(2, 30), STOCKHOLM)
    assert instant.astimezone(STOCKHOLM).time() == time(3, 30)


def test_a_fold_mark_on_the_time_changes_nothing() -> None:
    day = date(2021, 10, 31)
    assert local_instant(day, time(2, 30, fold=1), STOCKHOLM) == local_instant(day, time(2, 30), STOCKHOLM)
