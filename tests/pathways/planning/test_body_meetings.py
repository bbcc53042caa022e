"""Meetings of Dalarna's bodies: the known ones beat the rule, July is free, and papers come in time."""

from datetime import date
from typing import Literal

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.planning.meetings import Setting, find_next_meeting, lead_date, list_meetings, nth_weekday, usual_setting
from pathways.planning.rules import Lead, LeadUnit
from pathways.profiles.load import load_shipped_profile
from pathways.profiles.schema import Body, BodyLead, Series
from pathways.profiles.vocabulary import BodyKind, Weekday
from pathways.workdays import Workdays

DALARNA = load_shipped_profile()


def body(slug: str) -> Body:
    found = DALARNA.find_body(slug)
    assert found is not None
    return found


def meeting_days(of: Body, first: str, last: str, free: tuple[int, ...] = (7,)) -> list[str]:
    first_on, last_on = date.fromisoformat(first), date.fromisoformat(last)
    meetings = list_meetings(of, first_on, last_on, free_months=free, workdays=DALARNA.workdays)
    return [meeting.meeting_on.isoformat() for meeting in meetings]


def thursdays(nth: Literal[1, 2, 3, 4, -1] = 1) -> Body:
    return Body(
        slug="group",
        name="Group",
        kind=BodyKind.COMMITTEE,
        series=Series(weekday=Weekday.THURSDAY, nth=nth),
        lead=BodyLead(summons=5, committee=5, hand_in=7),
        lead_unit=LeadUnit.WORKDAYS,
    )


def test_the_first_thursday_of_each_month_but_july() -> None:
    assert meeting_days(thursdays(), "2021-05-01", "2021-09-30") == [
        "2021-05-06",
        "2021-06-03",
        "2021-08-05",
        "2021-09-02",
    ]


def test_a_meeting_on_a_day_off_moves_to_the_next_working_day() -> None:
    assert meeting_days(thursdays(), "2022-01-01", "2022-01-31") == ["2022-01-07"]  # 6 Jan is trettondedag jul


@settings(max_examples=80, deadline=None)
@given(
    year=st.integers(2020, 2045),
    month=st.integers(1, 12),
    weekday=st.integers(0, 6),
    nth=st.sampled_from([1, 2, 3, 4, -1]),
)
def test_the_nth_weekday_agrees_with_the_recurrence_rule(year: int, month: int, weekday: int, nth: int) -> None:
    rule = rrule.rrule(
        rrule.MONTHLY,
        count=1,
        dtstart=date(year, month, 1),
        byweekday=rrule.weekday(weekday, nth),
    )
    assert nth_weekday(year, month, weekday=weekday, nth=nth) == rule[0].date()


def test_known_meetings_of_the_board_take_the_place_of_the_series_in_their_month() -> None:
    found = meeting_days(body("hsn"), "2020-11-01", "2022-02-28")
    assert {"2020-12-01", "2021-04-20", "2021-11-23", "2022-02-22"} <= set(found)
    assert len([day for day in found if day.startswith("2021-11")]) == 1


def test_a_known_meeting_is_marked_as_known_and_a_guess_is_not() -> None:
    meetings = list_meetings(
        body("rs"), date(2021, 6, 1), date(2021, 9, 30), free_months=(7,), workdays=DALARNA.workdays
    )
    assert {m.meeting_on.isoformat(): m.is_known for m in meetings} == {
        "2021-06-08": True,
        "2021-08-10": False,
        "2021-09-14": False,
    }


@pytest.mark.parametrize(
    ("today", "meeting_on"),
    [("2021-10-26", "2021-11-23"), ("2021-10-27", "2021-12-21"), ("2021-06-09", "2021-09-21")],
)
def test_the_next_meeting_is_the_first_whose_hand_in_is_not_past(today: str, meeting_on: str) -> None:
    meeting = find_next_meeting(body("hsn"), date.fromisoformat(today), free_months=(7,), workdays=DALARNA.workdays)
    assert meeting is not None
    assert meeting.meeting_on == date.fromisoformat(meeting_on)


def test_a_body_without_meetings_has_no_next_one() -> None:
    silent = thursdays().model_copy(update={"series": None})
    assert find_next_meeting(silent, date(2021, 6, 9), free_months=(), workdays=DALARNA.workdays) is None


def test_a_lead_in_days_that_ends_on_a_day_off_moves_before_it() -> None:
    day = lead_date(body("hsn"), date(2022, 2, 3), lead=Lead.HAND_IN, workdays=DALARNA.workdays)
    assert day == date(2022, 1, 5)  # 28 days before is 6 January


def test_a_lead_in_working_days_counts_only_those() -> None:
    day = lead_date(thursdays(), date(2021, 6, 28), lead=Lead.SUMMONS, workdays=Workdays())
    assert day == date(2021, 6, 18)  # over midsommarafton


def test_a_body_meets_at_its_usual_time_and_place_where_the_profile_knows_them() -> None:
    assert usual_setting(body("hsn")) == Setting("09:30", "Regionhuset i Falun")
    assert usual_setting(body("forskningsberedningen")) == Setting()
    assert usual_setting(thursdays()) == Setting()
    assert usual_setting(None) == Setting()
