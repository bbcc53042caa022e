"""National consultation windows 2020-2030, worked out by hand from the shift rules."""

from datetime import date

import pytest

from pathways.planning.consultation import (
    NATIONAL,
    Window,
    WindowKind,
    next_window,
    window_containing,
    windows_of,
)

BY_HAND = """
2021 02-15 04-14 04-15 06-14 09-15 11-12 11-15 2022-02-14
2022 02-15 04-14 04-19 06-14 09-15 11-14 11-15 2023-02-14
2023 02-15 04-14 04-17 06-14 09-15 11-14 11-15 2024-02-14
2024 02-15 04-12 04-15 06-14 09-16 11-14 11-15 2025-02-14
2025 02-17 04-14 04-15 06-13 09-15 11-14 11-17 2026-02-13
2026 02-16 04-14 04-15 06-12 09-15 11-13 11-16 2027-02-12
2027 02-15 04-14 04-15 06-14 09-15 11-12 11-15 2028-02-14
2028 02-15 04-13 04-18 06-14 09-15 11-14 11-15 2029-02-14
2029 02-15 04-13 04-16 06-14 09-17 11-14 11-15 2030-02-14
2030 02-15 04-12 04-15 06-14 09-16 11-14 11-15 2031-02-14
"""


@pytest.mark.parametrize("row", BY_HAND.strip().splitlines())
def test_the_four_windows_of_a_year_move_off_days_off(row: str) -> None:
    year, *days = row.split()
    whole = [date.fromisoformat(day if len(day) == 10 else f"{year}-{day}") for day in days]
    expected = tuple(Window(whole[n], whole[n + 1]) for n in range(0, 8, 2))
    assert windows_of(int(year)) == expected


def test_the_two_ad_hoc_windows_of_2020_are_listed_as_they_were() -> None:
    spans = [(window.opens_on, window.closes_on) for window in windows_of(2020)]
    assert spans == [(date(2020, 1, 27), date(2020, 3, 6)), (date(2020, 9, 16), date(2020, 11, 27))]


@pytest.mark.parametrize("year", range(2021, 2046))
def test_there_are_eight_light_rounds_a_year_and_none_in_january_june_july_august(year: int) -> None:
    rounds = windows_of(year, WindowKind.LIGHT)
    assert [window.opens_on.month for window in rounds] == [2, 3, 4, 5, 9, 10, 11, 12]


@pytest.mark.parametrize("year", range(2021, 2046))
@pytest.mark.parametrize("kind", WindowKind)
def test_every_window_opens_and_closes_on_a_working_day(year: int, kind: WindowKind) -> None:
    days = [day for window in windows_of(year, kind) for day in (window.opens_on, window.closes_on)]
    assert all(NATIONAL.is_workday(day) for day in days)


def test_light_rounds_of_2022_are_moved_like_the_others() -> None:
    spans = [f"{w.opens_on:%m-%d} {w.closes_on:%m-%d}" for w in windows_of(2022, WindowKind.LIGHT)]
    assert spans == [
        "02-01 03-01",
        "03-01 03-29",
        "04-01 04-29",
        "05-02 05-30",
        "09-01 09-29",
        "10-03 10-28",
        "11-01 11-29",
        "12-01 01-27",
    ]


@pytest.mark.parametrize(
    ("day", "closes_on"),
    [
        ("2021-06-08", "2021-06-14"),
        ("2021-04-15", "2021-06-14"),
        ("2021-06-14", "2021-06-14"),
        ("2022-01-10", "2022-02-14"),  # opened the year before
        ("2021-06-15", None),
        ("2021-11-13", None),  # the weekend between two windows
        ("2021-07-01", None),
    ],
)
def test_a_day_is_in_its_window_or_in_none(day: str, closes_on: str | None) -> None:
    window = window_containing(date.fromisoformat(day))
    assert (window and window.closes_on.isoformat()) == closes_on


def test_where_two_light_rounds_meet_the_newer_one_counts() -> None:
    window = window_containing(date(2022, 3, 1), WindowKind.LIGHT)
    assert window is not None
    assert window.opens_on == date(2022, 3, 1)


@pytest.mark.parametrize(
    ("day", "opens_on"),
    [
        ("2021-06-09", "2021-09-15"),
        ("2021-09-15", "2021-11-15"),
        ("2021-12-01", "2022-02-15"),
        ("2019-05-01", "2020-01-27"),
    ],
)
def test_the_next_window_is_the_first_to_open_after_the_day(day: str, opens_on: str) -> None:
    window = next_window(date.fromisoformat(day))
    assert window is not None
    assert window.opens_on == date.fromisoformat(opens_on)
