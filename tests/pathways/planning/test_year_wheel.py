"""A year put under its months: nothing is lost, nothing twice, and what lasts over new year stands in both years."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.planning.year_wheel import (
    Kind,
    Occasion,
    meeting_occasions,
    months_of,
    national_occasions,
    report_occasions,
)

YEARS = st.integers(2021, 2060)


def spans(year: int, kind: Kind) -> list[str]:
    return [f"{one.on} {one.until_on}" for one in national_occasions(year) if one.kind == kind]


def test_a_year_sees_the_consultation_that_opened_the_year_before() -> None:
    assert spans(2026, Kind.CONSULTATION) == [
        "2025-11-17 2026-02-13",
        "2026-02-16 2026-04-14",
        "2026-04-15 2026-06-12",
        "2026-09-15 2026-11-13",
        "2026-11-16 2027-02-12",
    ]


def test_a_year_has_the_eight_light_rounds_and_the_rest_of_december() -> None:
    assert len(spans(2026, Kind.LIGHT)) == 9
    assert spans(2026, Kind.LIGHT)[0] == "2025-12-01 2026-01-29"


def test_the_state_is_told_on_31_march_and_30_september() -> None:
    assert sorted(f"{one.on:%m-%d} {one.about}" for one in report_occasions(2026)) == ["03-31 annual", "09-30 interim"]


def test_a_meeting_in_january_has_its_hand_in_day_in_the_year_before() -> None:
    pair = [(date(2027, 1, 12), date(2026, 12, 15))]
    assert [one.kind for one in meeting_occasions("rs", pair, 2026)] == [Kind.HAND_IN]
    assert [one.kind for one in meeting_occasions("rs", pair, 2027)] == [Kind.MEETING]


def test_a_month_without_meetings_is_free_and_still_shows_what_it_holds() -> None:
    months = months_of(2026, [Occasion(date(2026, 7, 3), Kind.LOOP)], free_months=(7,))
    assert [month.first.month for month in months if month.is_free] == [7]
    assert [line.on for line in months[6].lines] == [date(2026, 7, 3)]


def test_what_lasts_stands_where_it_begins_and_where_it_ends() -> None:
    months = months_of(2026, national_occasions(2026), free_months=())
    february = [(line.on.day, line.is_end) for line in months[1].lines if line.occasion.kind == Kind.CONSULTATION]
    assert february == [(13, True), (16, False)]


def test_a_leap_day_is_under_february() -> None:
    months = months_of(2028, [Occasion(date(2028, 2, 29), Kind.MEETING, body="hsn")], free_months=())
    assert [line.on.day for line in months[1].lines] == [29]


@settings(max_examples=60, deadline=None)
@given(YEARS)
def test_every_day_of_the_nation_is_under_its_own_month_in_order(year: int) -> None:
    occasions = [*national_occasions(year), *report_occasions(year)]
    months = months_of(year, occasions, free_months=())
    lines = [line for month in months for line in month.lines]
    assert len(lines) == sum(
        (one.on.year == year) + (one.until_on is not None and one.until_on.year == year) for one in occasions
    )
    assert all(line.on.month == month.first.month and line.on.year == year for month in months for line in month.lines)
    assert [line.on for line in lines] == sorted(line.on for line in lines)
