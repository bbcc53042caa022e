"""A meeting that is moved keeps its id and agenda; the day it leaves never returns, and plans go along."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import Refused, Unknown
from pathways.models.decision import BoardCase
from pathways.services.administration.calendar import add_meeting, cancel_meeting
from pathways.services.clockwork.meetings import add_meetings_in_sight, top_up_meetings
from pathways.services.meeting.plan_meeting import move_with_all
from pathways.services.verify.run import verify
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.services.meeting.stage import (
    BODY,
    act,
    add,
    items_at,
    meetings_of,
    order,
    region_log,
    second_meeting,
)

_case = table_of(BoardCase)


def move(app: App, was_on: date, held_on: date, *, hand_in_on: date | None = None, body: str = BODY) -> None:
    act(
        app,
        lambda office: move_with_all(
            office,
            body,
            was_on=was_on,
            held_on=held_on,
            hand_in_on=hand_in_on or min(was_on, held_on),
            profile=app.profile,
            salter=app.salter,
        ),
    )


def workday_after(app: App, day: date, days: int = 1) -> date:
    return app.profile.workdays.next_workday(day + timedelta(days=days))


def topped_up(app: App, years: int = 0) -> int:
    today = app.clock.now().date().replace(year=app.clock.now().year + years)
    with app.write() as work:
        added = add_meetings_in_sight(work, region_id=app.region_id(), profile=app.profile, today=today)
        work.commit()
    return added


def test_a_moved_meeting_keeps_its_id_and_its_agenda(app: App) -> None:
    day = second_meeting(app)
    add(app, order(), held_on=day)
    before = next(row["id"] for row in meetings_of(app, BODY) if row["held_on"] == day)
    there = workday_after(app, day)
    move(app, day, there)
    assert next(row["id"] for row in meetings_of(app, BODY) if row["held_on"] == there) == before
    assert [row["title"] for row in items_at(app, there)] == ["Rangordning av KOL"]
    assert region_log(app, "move_meeting")[0]["values"]["was_on"] == day.isoformat()


def test_a_moved_meeting_can_be_moved_back(either_app: App) -> None:
    app = either_app
    day = second_meeting(app)
    before = meetings_of(app, BODY)
    there = workday_after(app, day)
    move(app, day, there)
    move(app, there, day)
    assert [(row["id"], row["held_on"]) for row in meetings_of(app, BODY)] == [
        (row["id"], row["held_on"]) for row in before
    ]


def test_a_move_to_a_day_off_is_refused_with_the_nearest_working_days(app: App) -> None:
    with pytest.raises(Refused, match="meeting_on_day_off") as refusal:
        move(app, second_meeting(app), date(2021, 12, 25))
    assert (refusal.value.values["before"], refusal.value.values["after"]) == ("2021-12-23", "2021-12-27")


def test_a_move_onto_another_meeting_or_of_none_is_refused(app: App) -> None:
    day = second_meeting(app)
    third = next(row["held_on"] for row in meetings_of(app, BODY) if row["held_on"] > day)
    with pytest.raises(Refused, match="meeting_known"):
        move(app, day, third)
    with pytest.raises(Unknown):
        move(app, day + timedelta(days=1), third)
    with pytest.raises(Refused, match="hand_in_after"):
        move(app, day, workday_after(app, day), hand_in_on=day + timedelta(days=30))
    with pytest.raises(Refused, match="meeting_past"):
        move(app, day, date(2021, 6, 1), hand_in_on=date(2021, 5, 1))


def test_a_plan_on_its_way_goes_along_and_the_log_stays_whole(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "awaiting_decision")
    with app.read() as work:
        day = work.value(select(_case.c.meeting_on))
    there = workday_after(app, day)
    move(app, day, there, hand_in_on=day, body="hsn")
    with app.read() as work:
        row = work.find(select(_case.c.meeting_on, _case.c.hand_in_on))
    assert row == {"meeting_on": there, "hand_in_on": day}
    assert [one["title"] for one in items_at(app, there, "hsn")] != []
    assert verify(app) == ()


def test_the_horizon_is_topped_up_once_and_only_once(either_app: App) -> None:
    app = either_app
    assert topped_up(app) == 0
    assert topped_up(app, years=1) > 0
    assert topped_up(app, years=1) == 0


def test_what_was_cancelled_or_moved_never_returns(app: App) -> None:
    cancelled, moved = (row["held_on"] for row in meetings_of(app, BODY)[2:4])
    act(app, lambda office: cancel_meeting(office, BODY, held_on=cancelled))
    there = workday_after(app, moved, 20)
    move(app, moved, there)
    days = [row["held_on"] for row in meetings_of(app, BODY)]
    assert topped_up(app) == 0
    assert [row["held_on"] for row in meetings_of(app, BODY)] == days


def test_a_closing_day_added_later_makes_no_second_meeting(app: App) -> None:
    day = second_meeting(app)
    calendar = app.profile.calendar.model_copy(update={"closing_days": (day,)})
    profile = app.profile.model_copy(update={"calendar": calendar})
    profile.__dict__.pop("workdays", None)
    with app.write() as work:
        added = add_meetings_in_sight(work, region_id=app.region_id(), profile=profile, today=clock_day(app))
    assert added == 0


def clock_day(app: App) -> date:
    return app.clock.now().date()


def test_an_extra_meeting_ahead_is_left_alone(app: App) -> None:
    day = workday_after(app, second_meeting(app), 3)
    workdays = app.profile.workdays
    act(app, lambda office: add_meeting(office, BODY, held_on=day, hand_in_on=day, workdays=workdays))
    assert topped_up(app) == 0


def test_the_sweep_tops_up_once_a_day(app: App, clock: SetClock) -> None:
    top_up_meetings(app, now=clock.now())
    clock.set(clock.now() + timedelta(days=400))
    assert top_up_meetings(app, now=clock.now()) > 0
    assert top_up_meetings(app, now=clock.now()) == 0
    clock.set(clock.now() + timedelta(days=1))
    assert top_up_meetings(app, now=clock.now()) >= 0
