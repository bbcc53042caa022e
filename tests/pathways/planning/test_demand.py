"""What is asked of units in which quarter, as tables."""

from datetime import date

import pytest

from pathways.planning.demand import NOTHING, Asking, Kind, Quarter, loads, quarter_of, quarters_from, spread

TODAY = date(2021, 11, 22)
HOURS = {"gap_analysis": 6.0, "task": 1.5}


def asking(on: date, kind: Kind = Kind.TASK, *, unit: int = 1, case: int = 1, expected: bool = False) -> Asking:
    return Asking(unit_id=unit, introduction_id=case, kind=kind, on=on, is_expected=expected)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2021, 1, 1), Quarter(2021, 1)),
        (date(2021, 3, 31), Quarter(2021, 1)),
        (date(2021, 4, 1), Quarter(2021, 2)),
        (date(2021, 12, 31), Quarter(2021, 4)),
    ],
)
def test_every_day_has_its_quarter(day: date, quarter: Quarter) -> None:
    assert quarter_of(day) == quarter
    assert quarter.begins_on <= day < quarter.following.begins_on


def test_five_quarters_go_over_the_turn_of_the_year() -> None:
    assert [(one.year, one.number) for one in quarters_from(TODAY)] == [
        (2021, 4),
        (2022, 1),
        (2022, 2),
        (2022, 3),
        (2022, 4),
    ]


@pytest.mark.parametrize(
    ("from_on", "until_on", "days"),
    [
        (None, date(2022, 2, 1), [date(2022, 2, 1)]),
        (date(2021, 1, 1), date(2021, 12, 1), [TODAY]),
        (date(2021, 1, 1), date(2022, 4, 1), [TODAY, date(2022, 1, 1), date(2022, 4, 1)]),
        (None, date(2021, 1, 1), [TODAY]),
        (date(2022, 2, 1), date(2022, 1, 1), [date(2022, 2, 1)]),
    ],
)
def test_what_goes_on_weighs_in_each_of_its_quarters(from_on: date | None, until_on: date, days: list[date]) -> None:
    assert list(spread(from_on, until_on, today=TODAY)) == days


def test_what_one_pathway_asks_of_one_kind_is_one_demand() -> None:
    asked = [
        asking(date(2021, 12, 1)),
        asking(date(2021, 12, 2), expected=True),
        asking(date(2021, 12, 3), Kind.GAP_ANALYSIS),
        asking(date(2021, 12, 3), case=2),
    ]
    load = loads(asked, HOURS, today=TODAY, quarters=quarters_from(TODAY))[1][Quarter(2021, 4)]
    assert (load.asks, load.tasks, load.hours) == (3, 4, 10.5)
    assert [(part.introduction_id, part.kind, part.n, part.expected) for part in load.parts] == [
        (1, Kind.GAP_ANALYSIS, 1, 0),
        (1, Kind.TASK, 2, 1),
        (2, Kind.TASK, 1, 0),
    ]


def test_what_is_late_weighs_now_and_what_lies_far_off_not_at_all() -> None:
    found = loads(
        [asking(date(2020, 1, 1)), asking(date(2023, 1, 1), unit=2)],
        HOURS,
        today=TODAY,
        quarters=quarters_from(TODAY),
    )
    assert list(found) == [1]
    assert list(found[1]) == [Quarter(2021, 4)]


def test_of_nothing_nothing_is_asked() -> None:
    assert (NOTHING.asks, NOTHING.tasks, NOTHING.hours) == (0, 0, 0)
