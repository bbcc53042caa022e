"""A meeting begins on the clock and is somewhere: as is usual for its body, until somebody decides otherwise."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.meeting import Minutes
from pathways.models.organisation import Meeting
from pathways.planning.meetings import Setting
from pathways.profiles.schema import Profile
from pathways.services.clockwork.meetings import top_up_meetings
from pathways.services.meeting.plan_meeting import move_with_all
from pathways.services.meeting.record import freeze_record, read_record, thaw_record
from pathways.services.meeting.send_summons import send_summons
from pathways.services.meeting.sitting import sitting_of
from pathways.services.set_up_region import set_up_region
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.services.meeting.stage import BODY, act, add, meetings_of, order, region_log, second_meeting
from tests.pathways.services.meeting.test_summons import delivered, messages, summon

_meeting, _minutes = table_of(Meeting), table_of(Minutes)
USUAL = Setting("09:00", "Regionhuset i Falun")
OWN = Setting("13:15", "Rum 4")


def meeting(app: App, day: date, body: str = BODY) -> Row:
    return next(row for row in meetings_of(app, body) if row["held_on"] == day)


def setting_of(app: App, day: date) -> Setting:
    row = meeting(app, day)
    return Setting(row["starts_at"], row["place"])


def change(app: App, day: date, setting: Setting | None, *, to: date | None = None) -> None:
    profile, salter = app.profile, app.salter
    act(
        app,
        lambda office: move_with_all(
            office,
            BODY,
            was_on=day,
            held_on=to or day,
            hand_in_on=day - timedelta(days=7),
            profile=profile,
            salter=salter,
            setting=setting,
        ),
    )


def forget(app: App) -> None:
    """As an upgraded region: no meeting has a time or a place."""
    with app.write() as work:
        work.connection.execute(update(_meeting).values(starts_at=None, place=None))
        work.commit()


def with_usual(profile: Profile, starts_at: time | None) -> Profile:
    bodies = tuple(
        body.model_copy(update={"series": body.series.model_copy(update={"starts_at": starts_at})})
        if body.slug == BODY and body.series
        else body
        for body in profile.bodies
    )
    return profile.model_copy(update={"bodies": bodies})


def set_up_again(app: App, profile: Profile) -> None:
    with app.write() as work:
        set_up_region(work, profile, today=app.clock.now().date())
        work.commit()


def test_a_region_that_is_set_up_has_its_meetings_at_the_usual_time_and_place(app: App) -> None:
    assert {Setting(row["starts_at"], row["place"]) for row in meetings_of(app, BODY)} == {USUAL}
    assert {row["starts_at"] for row in meetings_of(app, "forskningsberedningen")} <= {None}


def test_the_sweep_gives_meetings_of_an_upgraded_region_what_is_usual_and_leaves_those_gone_by(
    app: App, clock: SetClock
) -> None:
    forget(app)
    day = second_meeting(app)
    clock.set(clock.now() + (day - clock.now().date()))
    top_up_meetings(app, now=clock.now())
    assert setting_of(app, day) == USUAL
    assert {setting_of(app, row["held_on"]) for row in meetings_of(app, BODY) if row["held_on"] < day} == {Setting()}


def test_a_meeting_people_are_summoned_to_is_not_given_another_time_behind_their_backs(
    app: App, clock: SetClock
) -> None:
    forget(app)
    summon(app)
    top_up_meetings(app, now=clock.now())
    assert setting_of(app, second_meeting(app)) == Setting()


def test_another_usual_time_moves_the_meetings_that_had_the_old_one_and_no_others(app: App) -> None:
    days = [row["held_on"] for row in meetings_of(app, BODY) if row["held_on"] > app.clock.now().date()]
    change(app, days[2], OWN)
    set_up_again(app, with_usual(app.profile, time(14)))
    assert setting_of(app, days[1]) == Setting("14:00", USUAL.place)
    assert setting_of(app, days[2]) == OWN
    set_up_again(app, with_usual(app.profile, None))
    assert setting_of(app, days[1]) == Setting(None, USUAL.place)


def test_a_time_and_place_of_its_own_are_written_and_logged(app: App) -> None:
    day = second_meeting(app)
    change(app, day, OWN)
    assert setting_of(app, day) == OWN
    assert region_log(app, "move_meeting")[-1]["values"]["starts_at"] == "13:15"


def test_what_is_left_out_becomes_what_is_usual_and_a_move_keeps_what_is_there(app: App) -> None:
    day = second_meeting(app)
    change(app, day, Setting("13:15", None))
    assert setting_of(app, day) == Setting("13:15", USUAL.place)
    there = app.profile.workdays.next_workday(day + timedelta(days=1))
    change(app, day, None, to=there)
    assert setting_of(app, there) == Setting("13:15", USUAL.place)
    change(app, there, Setting())
    assert setting_of(app, there) == USUAL


def test_those_summoned_are_told_the_new_time_and_their_calendars_take_it_over(app: App, clock: SetClock) -> None:
    summon(app)
    day = second_meeting(app)
    change(app, day, OWN)
    change(app, day, OWN)  # the same again is told to nobody
    first, last = delivered(app, clock)
    (before,), (after,) = first.events, last.events
    assert after["UID"] == before["UID"]
    assert int(str(after["SEQUENCE"])) > int(str(before["SEQUENCE"]))
    assert isinstance(before.start, datetime)
    assert isinstance(after.start, datetime)
    assert (f"{before.start:%H:%M}", before["LOCATION"]) == USUAL
    assert (f"{after.start:%H:%M}", after["LOCATION"]) == OWN
    assert [one["values"]["change"] for one in messages(app)] == ["new", "changed"]


@pytest.mark.parametrize(("month", "hour"), [(10, 7), (11, 8)], ids=["in summer time", "in winter time"])
def test_a_summons_tells_the_same_clock_on_both_sides_of_the_change(app: App, month: int, hour: int) -> None:
    day = next(row["held_on"] for row in meetings_of(app, BODY) if row["held_on"].month == month)
    profile = app.profile
    act(app, lambda office: send_summons(office, BODY, held_on=day, profile=profile))
    begins = datetime.fromisoformat(str(messages(app)[-1]["values"]["starts_at"]))
    assert begins == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_a_meeting_lasts_until_its_last_item_ends(app: App) -> None:
    add(app, order(starts_at="11:30", minutes=60), held_on=second_meeting(app))
    summon(app)
    assert messages(app)[0]["values"]["minutes"] == 210


def test_minutes_tell_where_the_meeting_was(app: App) -> None:
    day = second_meeting(app)
    record = act(
        app, lambda office: read_record(office.work, sitting_of(office, BODY, day), region_id=office.region_id)
    )
    assert (record.starts_at, record.place) == USUAL
    assert thaw_record(freeze_record(record)[0]) == record


def test_minutes_frozen_before_meetings_had_a_place_can_still_be_read(app: App) -> None:
    day = second_meeting(app)
    record = act(
        app, lambda office: read_record(office.work, sitting_of(office, BODY, day), region_id=office.region_id)
    )
    older = freeze_record(record)[0].replace(',"place":"Regionhuset i Falun"', "").replace(',"starts_at":"09:00"', "")
    assert "Regionhuset" not in older
    assert thaw_record(older).place == ""
    with app.read() as work:
        assert work.rows(select(_minutes)) == []
