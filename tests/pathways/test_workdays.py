"""Working days: a table of real dates, and every day from 2020 to 2045 against a slow oracle written here."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.workdays import DateOutOfRange, MoveRule, Workdays, is_bridge_day

NATIONAL = Workdays()
ONE = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2045, 12, 31))

# Date of the paschal full moon by golden number, as the prayer-book tables give it for 1900-2199.
FULL_MOONS = [
    "0414",
    "0403",
    "0323",
    "0411",
    "0331",
    "0418",
    "0408",
    "0328",
    "0416",
    "0405",
    "0325",
    "0413",
    "0402",
    "0322",
    "0410",
    "0330",
    "0417",
    "0407",
    "0327",
]


def easter_by_table(year: int) -> date:
    moon = FULL_MOONS[year % 19]
    day = date(year, int(moon[:2]), int(moon[2:])) + ONE
    while day.weekday() != 6:
        day += ONE
    return day


def first_on_or_after(weekday: int, day: date) -> date:
    while day.weekday() != weekday:
        day += ONE
    return day


@cache
def days_off_by_hand(year: int) -> set[date]:
    easter = easter_by_table(year)
    fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)]
    midsummer_eve = first_on_or_after(4, date(year, 6, 19))
    all_saints = first_on_or_after(5, date(year, 10, 31))
    moving = [easter - 2 * ONE, easter, easter + ONE, easter + 39 * ONE, easter + 49 * ONE]
    return {date(year, *day) for day in fixed} | {*moving, midsummer_eve, midsummer_eve + ONE, all_saints}


def worked_by_hand(day: date) -> bool:
    return day.weekday() < 5 and day not in days_off_by_hand(day.year)


def added_by_hand(day: date, n: int) -> date:
    step = ONE if n >= 0 else -ONE
    while n == 0 and not worked_by_hand(day):
        day += ONE
    while n:
        day += step
        if worked_by_hand(day):
            n -= 1 if n > 0 else -1
    return day


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2027-06-25", False),  # midsommarafton
        ("2021-06-25", False),  # midsommarafton
        ("2020-12-24", False),  # julafton
        ("2021-12-31", False),  # nyårsafton
        ("2021-04-02", False),  # långfredagen
        ("2021-04-05", False),  # annandag påsk
        ("2038-04-26", False),  # annandag påsk, the latest of the century
        ("2021-05-13", False),  # Kristi himmelsfärdsdag
        ("2021-05-14", True),  # klämdag
        ("2022-06-06", False),  # nationaldagen
        ("2021-01-06", False),  # trettondedag jul
        ("2021-01-05", True),  # trettondagsafton is worked
        ("2024-02-29", True),  # leap day
        ("2021-04-03", False),  # påskafton, a Saturday
        ("2021-11-05", True),  # the Friday before Alla helgons dag
        ("2021-05-24", True),  # annandag pingst is worked since 2005
    ],
)
def test_known_days_are_worked_or_not_as_in_sweden(day: str, *, worked: bool) -> None:
    assert NATIONAL.is_workday(date.fromisoformat(day)) is worked


def test_every_day_from_2020_to_2045_agrees_with_the_slow_oracle() -> None:
    days = (date(2020, 1, 1) + n * ONE for n in range((date(2046, 1, 1) - date(2020, 1, 1)).days))
    assert [day for day in days if NATIONAL.is_workday(day) != worked_by_hand(day)] == []


@settings(max_examples=150, deadline=None)
@given(day=DAYS, n=st.integers(-120, 120))
def test_adding_working_days_agrees_with_counting_them_one_by_one(day: date, n: int) -> None:
    assert NATIONAL.add(day, n) == added_by_hand(day, n)


@settings(max_examples=100, deadline=None)
@given(first=DAYS, length=st.integers(-400, 400))
def test_counting_agrees_with_looking_at_each_day(first: date, length: int) -> None:
    last = first + length * ONE
    low, high = sorted((first, last))
    worked = sum(worked_by_hand(low + n * ONE) for n in range(1, (high - low).days + 1))
    assert NATIONAL.count(first, last) == (worked if last >= first else -worked)


@settings(max_examples=100, deadline=None)
@given(day=DAYS, n=st.integers(0, 250))
def test_counting_undoes_adding(day: date, n: int) -> None:
    start = NATIONAL.next_workday(day)
    assert NATIONAL.count(start, NATIONAL.add(start, n)) == n


@settings(max_examples=100, deadline=None)
@given(day=DAYS, rule=st.sampled_from([MoveRule.NEXT, MoveRule.PREVIOUS, MoveRule.NEAREST]))
def test_a_moved_day_is_worked_and_a_worked_day_is_not_moved(day: date, rule: MoveRule) -> None:
    moved = NATIONAL.move(day, rule)
    assert worked_by_hand(moved)
    assert moved == day or not worked_by_hand(day)


@pytest.mark.parametrize(
    ("day", "rule", "moved"),
    [
        ("2021-06-26", "next", "2021-06-28"),
        ("2021-06-26", "previous", "2021-06-24"),  # over midsommarafton
        ("2021-06-26", "nearest", "2021-06-28"),  # as close: the later one
        ("2021-06-25", "nearest", "2021-06-24"),
        ("2021-06-25", "keep", "2021-06-25"),
        ("2020-12-24", "next", "2020-12-28"),
        ("2021-12-31", "next", "2022-01-03"),  # over the turn of the year
        ("2022-01-01", "previous", "2021-12-30"),
        ("2021-04-02", "next", "2021-04-06"),  # over Easter
    ],
)
def test_a_day_off_moves_by_the_rule(day: str, rule: str, moved: str) -> None:
    assert NATIONAL.move(date.fromisoformat(day), rule) == date.fromisoformat(moved)


@pytest.mark.parametrize(
    ("anchor", "months", "due"),
    [
        ("2021-08-31", 3, "2021-11-30"),
        ("2021-08-31", 6, "2022-02-28"),
        ("2021-08-31", 9, "2022-05-31"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 48, "2024-02-29"),
        ("2021-12-15", 1, "2022-01-15"),
        ("2021-01-31", -2, "2020-11-30"),
        ("2021-05-31", 0, "2021-05-31"),
    ],
)
def test_months_are_clamped_to_the_last_day_of_a_short_month(anchor: str, months: int, due: str) -> None:
    assert Workdays.months_after(date.fromisoformat(anchor), months) == date.fromisoformat(due)


@settings(max_examples=100, deadline=None)
@given(anchor=DAYS, n=st.integers(0, 60))
def test_months_after_stays_in_the_right_month_and_on_the_day_or_the_last_one(anchor: date, n: int) -> None:
    due = Workdays.months_after(anchor, n)
    assert (due.year * 12 + due.month) - (anchor.year * 12 + anchor.month) == n
    assert due.day == anchor.day or (due.day < anchor.day and (due + ONE).day == 1)


@pytest.mark.parametrize("day", ["2021-05-14", "2024-12-23", "2024-12-27", "2024-12-30", "2026-01-02", "2026-01-05"])
def test_a_lone_day_between_days_off_is_a_bridge_day(day: str) -> None:
    assert is_bridge_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2021-05-13", "2021-05-12", "2021-06-24", "2021-05-15"])
def test_other_days_are_no_bridge_days(day: str) -> None:
    assert not is_bridge_day(date.fromisoformat(day))


def test_bridge_days_are_off_only_where_the_region_says_so() -> None:
    day = date(2021, 5, 14)
    assert (NATIONAL.is_workday(day), Workdays(bridge_days_free=True).is_workday(day)) == (True, False)


def test_a_closing_day_of_the_region_is_not_worked() -> None:
    workdays = Workdays(closing_days=frozenset({date(2021, 6, 24)}))
    assert workdays.move(date(2021, 6, 24), "next") == date(2021, 6, 28)


@pytest.mark.parametrize("day", [date(1899, 1, 1), date(2500, 1, 1)])
def test_a_day_outside_the_calendar_is_refused(day: date) -> None:
    with pytest.raises(DateOutOfRange):
        NATIONAL.is_workday(day)


def test_counting_months_out_of_the_calendar_is_refused() -> None:
    with pytest.raises(DateOutOfRange):
        Workdays.months_after(date(2199, 12, 1), 1)
