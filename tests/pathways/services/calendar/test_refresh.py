"""Entries follow what happens: names never change, only real change raises the number, and nothing is ever deleted."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import event, select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.meeting import AgendaItem, ItemKind
from pathways.models.organisation import Body, Meeting
from pathways.models.task import Task
from pathways.planning.instants import local_instant
from pathways.services.ask import Ask
from pathways.services.calendar.dates import suggested_meeting
from pathways.services.calendar.refresh import Refreshed, refresh_entries
from pathways.services.clockwork.calendars import refresh_calendars
from pathways.services.clockwork.sweep import sweep
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app, profile_named
from tests.pathways.services.calendar.conftest import Entries

NOTHING = Refreshed()
_meeting, _body, _task = table_of(Meeting), table_of(Body), table_of(Task)


def hold_meeting(app: App, held_on: date, **values: object) -> None:
    with app.write() as work:
        board = work.value(select(_body.c.id).where(_body.c.region_id == app.region_id(), _body.c.slug == "hsn"))
        assert work.update(Meeting, {"body_id": board, "held_on": held_on}, values) == 1
        work.commit()


def test_a_region_at_rest_has_its_meetings_hand_in_days_and_the_nations_windows(entries: Entries) -> None:
    entries.refresh()
    assert {row["kind"] for row in entries.all().values()} == {
        "meeting",
        "hand_in",
        "consultation_opens",
        "consultation_closes",
        "light_opens",
        "light_closes",
    }
    board = [row for row in entries.all("meeting").values() if row["on"] == date(2021, 11, 23)]
    assert [row["values"]["body"] for row in board] == ["hsn"]
    assert "consultation-2021-09-opens@SE-W" in entries.all()


def test_a_second_refresh_changes_nothing_and_says_so(entries: Entries) -> None:
    assert entries.is_behind()
    assert entries.refresh().added > 100
    before = entries.all()
    assert not entries.is_behind()
    assert entries.refresh() == NOTHING
    assert entries.refresh(whole=True) == NOTHING
    assert entries.all() == before


def test_a_meeting_that_moves_its_hand_in_day_keeps_its_name(entries: Entries, app: App) -> None:
    entries.refresh()
    old = next(row for row in entries.all("hand_in").values() if row["values"]["held_on"] == "2021-11-23")
    hold_meeting(app, date(2021, 11, 23), hand_in_on=date(2021, 10, 20))
    entries.refresh(whole=True)
    new = entries.all()[old["uid"]]
    assert (new["on"], new["sequence"], new["cancelled"]) == (date(2021, 10, 20), 1, False)


def test_a_meeting_without_a_time_of_its_own_has_the_hours_of_its_agenda(entries: Entries, app: App) -> None:
    hold_meeting(app, date(2021, 11, 23), starts_at=None)
    entries.refresh()
    old = next(row for row in entries.all("meeting").values() if row["on"] == date(2021, 11, 23))
    assert old["starts_at"] is None
    with app.write() as work:
        (meeting,) = (int(old["uid"].split("-")[1].split("@")[0]),)
        for position, (starts_at, minutes) in enumerate((("09:00", 20), ("09:20", 40))):
            row = {"region_id": app.region_id(), "meeting_id": meeting, "position": position, "added_at": work.now}
            times = {"starts_at": starts_at, "minutes": minutes, "kind": ItemKind.INFORMATION, "title": "Läget"}
            work.insert_one(AgendaItem, {**row, **times})
        work.commit()
    entries.refresh(whole=True)
    new = entries.all()[old["uid"]]
    assert new["starts_at"].astimezone(app.profile.region.zone).time() == time(9, 0)
    assert (new["minutes"], new["sequence"]) == (60, 1)


def test_another_time_or_place_changes_the_entry_under_its_name(entries: Entries, app: App) -> None:
    entries.refresh()
    old = next(row for row in entries.all("meeting").values() if row["on"] == date(2021, 11, 23))
    assert (old["minutes"], old["values"]["place"]) == (120, "Regionhuset i Falun")
    hold_meeting(app, date(2021, 11, 23), starts_at="13:15", place="Rum 4")
    assert entries.refresh() == Refreshed(changed=1)  # found without being asked to look at everything
    new = entries.all()[old["uid"]]
    assert new["starts_at"].astimezone(app.profile.region.zone).time() == time(13, 15)
    assert (new["values"]["place"], new["sequence"]) == ("Rum 4", 1)


def test_a_cancelled_meeting_is_marked_and_stays_and_comes_back_under_its_name(entries: Entries, app: App) -> None:
    entries.refresh()
    old = next(row for row in entries.all("meeting").values() if row["on"] == date(2021, 11, 23))
    hold_meeting(app, date(2021, 11, 23), cancelled=True)
    assert entries.refresh() == Refreshed(cancelled=2)  # the meeting and its hand-in day
    gone = entries.all()[old["uid"]]
    assert (gone["cancelled"], gone["sequence"]) == (True, 1)
    assert entries.refresh(whole=True) == NOTHING
    hold_meeting(app, date(2021, 11, 23), cancelled=False)
    assert entries.refresh() == Refreshed(changed=2)
    back = entries.all()[old["uid"]]
    assert (back["cancelled"], back["sequence"]) == (False, 2)


def test_a_task_stands_on_its_day_for_whoever_has_it_and_goes_when_it_is_done(
    entries: Entries, app: App, clock: SetClock
) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    driver.do("create_task", title="Ring Säter", role="coordinator", person="sam", due_on="2021-07-01")
    entries.refresh()
    mine = [row for row in entries.all("task").values() if row["on"] == date(2021, 7, 1)]
    (row,) = mine
    assert row["uid"].startswith("task-")
    assert "Ring" not in str(row["values"]), "free text stays with the task"
    ref = row["values"]["ref"]
    driver.do("snooze_task", task=ref, due_on="2021-07-05", reason="Semester")
    entries.refresh()
    moved = entries.all()[row["uid"]]
    assert (moved["on"], moved["sequence"]) == (date(2021, 7, 5), 1)
    driver.do("delegate_task", task=ref, to="m3")
    entries.refresh()
    handed = entries.all()[row["uid"]]
    assert handed["person_id"] != row["person_id"]
    driver.do("complete_task", task=ref, outcome="Klart")
    entries.refresh()
    done = entries.all()[row["uid"]]
    assert (done["cancelled"], done["sequence"]) == (True, 3)


def test_a_loop_is_one_date_from_planned_to_held(entries: Entries, app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "executing")
    entries.refresh()
    planned = entries.one("loop_planned")
    zone = app.profile.region.zone
    assert planned["starts_at"].astimezone(zone).time() == time(8, 0)
    driver.open_due_loop()
    entries.refresh()
    opened = entries.one("loop_open")
    assert (opened["uid"], opened["sequence"]) == (planned["uid"], planned["sequence"] + 1)
    assert (opened["on"], opened["starts_at"]) == suggested_meeting(app.profile, driver.today)
    driver.go_to(driver.today + timedelta(days=3))
    driver.hold_loop()
    entries.refresh()
    held = entries.all()[planned["uid"]]
    assert (held["cancelled"], held["sequence"]) == (False, opened["sequence"]), "what was held stays as it was"
    assert entries.one("loop_planned")["values"] == {"number": 2}


def test_a_rest_takes_dates_away_and_a_return_brings_them_back(entries: Entries, app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "executing")
    entries.refresh()
    uid = entries.one("loop_planned")["uid"]
    drive_to(app, clock, "kol", "paused")
    entries.refresh()
    assert [row["cancelled"] for row in entries.all("loop_planned", "task").values()].count(False) == 0
    driver.do("resume")
    entries.refresh()
    assert entries.all()[uid]["cancelled"] is False


def test_follow_ups_stand_and_stay_when_they_have_been_done(entries: Entries, app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "finished")
    entries.refresh()
    assert [row["values"]["months"] for row in entries.all("follow_up").values()] == [6, 12]
    driver.follow_up()
    entries.refresh()
    assert [row["cancelled"] for row in entries.all("follow_up").values()] == [False, False]
    assert [row["cancelled"] for row in entries.all("task").values()].count(False) == 0


def test_a_closing_day_moves_the_loop_that_is_open(entries: Entries, app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "reviewing")
    entries.refresh()
    opened = entries.one("loop_open")
    closed = (*app.profile.calendar.closing_days, opened["on"])
    calendar = app.profile.calendar.model_copy(update={"closing_days": closed})
    fresh = app.profile.model_copy(update={"calendar": calendar})
    fresh.__dict__.pop("workdays", None)
    app.profiles = {"SE-W": fresh}
    entries.refresh()
    moved = entries.one("loop_open")
    assert (moved["uid"], moved["sequence"]) == (opened["uid"], opened["sequence"] + 1)
    assert moved["on"] > opened["on"]


def test_what_lies_more_than_a_year_back_is_left_as_it_was(entries: Entries, clock: SetClock) -> None:
    entries.refresh()
    clock.set(datetime(2023, 1, 9, 8, 0, tzinfo=UTC))
    entries.refresh()
    assert entries.all()["consultation-2021-09-opens@SE-W"]["cancelled"] is False


def test_each_region_has_its_own_entries(entries: Entries, app: App, clock: SetClock) -> None:
    furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg").database.dispose()
    app.profiles = {**app.profiles, "SE-X": profile_named(app.profile, "SE-X", "Region Gävleborg")}
    assert refresh_calendars(app, now=clock.now()) > 200
    assert refresh_calendars(app, now=clock.now()) == 0
    assert all(uid.endswith("@SE-W") for uid in entries.all())


def test_the_sweep_keeps_entries_in_line(entries: Entries, app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "executing")
    sweep(app, now=clock.now())
    assert entries.one("loop_planned")
    assert not entries.is_behind()


def test_a_refresh_that_breaks_off_leaves_nothing_behind(entries: Entries, app: App) -> None:
    with app.write() as work:
        refresh_entries(work, app.region_id(), app.clock.now(), profile=app.profile)  # and nobody commits
    assert entries.all() == {}
    assert entries.is_behind()


@pytest.mark.parametrize("introductions", [1, 4])
def test_how_many_statements_it_takes_does_not_grow(
    entries: Entries, app: App, clock: SetClock, introductions: int
) -> None:
    for slug in ("kol", "sepsis", "knaledsartros", "epilepsi")[:introductions]:
        drive_to(app, clock, slug, "preparation")
    entries.refresh()
    assert count(app, entries.is_behind) == 2
    assert count(app, entries.refresh) == 2
    clock.set(clock.now() + timedelta(seconds=1))
    app.run(
        "kol", "create_task", {"title": "Ring Säter", "role": "coordinator", "due_on": "2021-07-01"}, Ask(actor="sam")
    )
    assert count(app, entries.refresh) == 6  # two asked, two read, one added, one note


def test_times_stay_on_the_wall_clock_over_both_switches(app: App) -> None:
    zone = app.profile.region.zone
    for day in (date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26), date(2028, 2, 29)):
        _, starts_at = suggested_meeting(app.profile, app.profile.workdays.add(day, -5))
        assert starts_at.astimezone(zone).time() == time(13, 0)
        assert local_instant(day, time(8), zone).astimezone(zone).hour == 8


def count(app: App, act: Callable[[], object]) -> int:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().upper().split(" ")[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}:
            sent.append(statement)

    event.listen(app.database.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(app.database.engine, "before_cursor_execute", note)
    return len(sent)
