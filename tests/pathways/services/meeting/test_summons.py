"""A summons is a mail with a calendar file; what changes afterwards is told to those who were summoned, nobody else."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from sqlalchemy import select

from notifications.channels.memory import MemoryChannel
from notifications.tables import outbox_message
from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.errors import Refused
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.meeting.plan_meeting import cancel_and_tell, move_with_all
from pathways.services.meeting.send_summons import send_summons
from pathways.storage.unit_of_work import Row
from tests.pathways.services.meeting.stage import BODY, act, add, join, meetings_of, order, second_meeting


def summon(app: App, *, seen: int | None = None) -> int:
    day, profile = second_meeting(app), app.profile
    return act(app, lambda office: send_summons(office, BODY, held_on=day, profile=profile, seen=seen))


def messages(app: App) -> list[Row]:
    with app.read() as work:
        return work.rows(select(outbox_message).where(outbox_message.c.kind == "summons").order_by(outbox_message.c.id))


def delivered(app: App, clock: SetClock) -> list[icalendar.Calendar]:
    channel = MemoryChannel(name="address")
    clock.set(clock.now() + timedelta(minutes=1))
    deliver_due(app, build_post(app, channel), now=clock.now())
    files = [kept.rendered.attachments[0].content for kept in channel.kept if kept.rendered.kind == "summons"]
    return [icalendar.Calendar.from_ical(file) for file in files]


def test_every_member_is_told_the_day_and_the_agenda(app: App) -> None:
    join(app, "chef", BODY)
    add(app, order("Rangordning av KOL", starts_at="09:00", minutes=45), held_on=second_meeting(app))
    assert summon(app) == 2
    told = messages(app)
    assert len(told) == 2
    assert told[0]["values"]["items"] == ["Rangordning av KOL"]
    assert told[0]["values"]["minutes"] == 45


def test_the_mail_brings_a_calendar_file_named_after_the_meeting(app: App, clock: SetClock) -> None:
    add(app, order(starts_at="09:00", minutes=45), held_on=second_meeting(app))
    summon(app)
    meeting = next(row for row in meetings_of(app, BODY) if row["held_on"] == second_meeting(app))
    (calendar,) = delivered(app, clock)
    (event,) = calendar.events
    assert event["UID"] == f"meeting-{meeting['id']}@SE-W"
    assert (calendar["METHOD"], event["SEQUENCE"]) == ("PUBLISH", 0)
    assert event.start == datetime(2021, 8, 16, 9, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_pressing_twice_tells_nobody_twice_and_summoning_anew_raises_the_number(either_app: App) -> None:
    app = either_app
    summon(app)
    with pytest.raises(Refused, match="summons_sent"):
        summon(app)
    summon(app, seen=0)
    assert [one["values"]["event_sequence"] for one in messages(app)] == [0, 1]


def test_a_body_without_members_is_not_summoned(app: App) -> None:
    day, profile = second_meeting(app, "ksg"), app.profile
    with pytest.raises(Refused, match="nobody_to_summon"):
        act(app, lambda office: send_summons(office, "ksg", held_on=day, profile=profile))


def test_a_cancelled_meeting_is_taken_out_of_the_calendars_of_those_summoned(app: App, clock: SetClock) -> None:
    summon(app)
    join(app, "chef", BODY)  # came after the summons
    day, profile = second_meeting(app), app.profile
    act(app, lambda office: cancel_and_tell(office, BODY, held_on=day, profile=profile))
    first, last = delivered(app, clock)
    (before,), (after,) = first.events, last.events
    assert (last["METHOD"], after["STATUS"]) == ("CANCEL", "CANCELLED")
    assert after["UID"] == before["UID"]
    assert int(str(after["SEQUENCE"])) > int(str(before["SEQUENCE"]))


def test_a_moved_meeting_keeps_its_name_in_calendars_and_gets_its_new_day(app: App, clock: SetClock) -> None:
    summon(app)
    day = second_meeting(app)
    moved = app.profile.workdays.next_workday(day + timedelta(days=1))
    act(
        app,
        lambda office: move_with_all(
            office, BODY, was_on=day, held_on=moved, hand_in_on=day, profile=app.profile, salter=app.salter
        ),
    )
    first, last = delivered(app, clock)
    (before,), (after,) = first.events, last.events
    assert after["UID"] == before["UID"]
    assert isinstance(after.start, datetime)
    assert after.start.date() == moved
    assert int(str(after["SEQUENCE"])) > int(str(before["SEQUENCE"]))
    assert messages(app)[-1]["values"]["was_on"] == day.isoformat()


def test_where_nobody_was_summoned_nobody_is_told(app: App) -> None:
    day, profile = second_meeting(app), app.profile
    act(app, lambda office: cancel_and_tell(office, BODY, held_on=day, profile=profile))
    assert messages(app) == []


def test_a_meeting_that_has_been_is_not_summoned(app: App, clock: SetClock) -> None:
    day, profile = second_meeting(app), app.profile
    clock.set(clock.now() + (day - clock.now().date()) + timedelta(days=1))
    with pytest.raises(Refused, match="meeting_past"):
        act(app, lambda office: send_summons(office, BODY, held_on=day, profile=profile))
