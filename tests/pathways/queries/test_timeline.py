"""The timeline tells what was gone through, what is planned and what is reckoned; of a past day it tells the same."""

from datetime import datetime, timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.queries.board import board
from pathways.queries.timeline import Lane, timeline
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.reading import later, read_board, today
from tests.pathways.queries.watching import watched

SLUGS = ("kol", "sepsis", "kritisk-benischemi", "hjartsvikt-nydebuterad", "osteoporos-sekundarprevention")


def read_timeline(app: App, as_of: datetime | None = None) -> tuple[Lane, ...]:
    with app.read() as work:
        return timeline(work, region_id=app.region_id(), profile=app.profile, today=today(app), as_of=as_of)


def lane_of(app: App, as_of: datetime | None = None) -> Lane:
    (lane,) = read_timeline(app, as_of)
    return lane


def planned(lane: Lane) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for mark in lane.marks:
        if not mark.is_done:
            found.setdefault(mark.kind, []).append(mark.number)
    return found


def test_each_lane_begins_with_the_line_of_the_board(either_app: App, clock: SetClock) -> None:
    for slug, place in zip(SLUGS, ("preparation", "ranking", "executing", "paused", "closed"), strict=True):
        drive_to(either_app, clock, slug, place)
    assert [lane.line.row for lane in read_timeline(either_app)] == list(read_board(either_app))


def test_the_phases_gone_through_follow_on_each_other_up_to_today(either_app: App, clock: SetClock) -> None:
    for place in ("mapping", "ranking", "executing"):
        driver = drive_to(either_app, clock, "kol", place)
        later(driver, days=20)
    gone = [bar for bar in lane_of(either_app).bars if bar.kind == "actual"]
    assert [bar.phase for bar in gone] == ["gap_analysis", "prioritisation", "implementation"]
    assert [bar.from_on for bar in gone[1:]] == [bar.until_on for bar in gone[:-1]]
    assert gone[-1].until_on == driver.today


def test_a_rest_is_a_bar_of_its_own_and_has_no_forecast(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "mapping")
    later(driver, days=10)
    drive_to(app, clock, "kol", "paused")
    later(driver, days=10)
    lane = lane_of(app)
    assert [bar.kind for bar in lane.bars] == ["actual", "rest"]
    assert planned(lane) == {"return": [1]}


def test_the_meeting_chosen_is_a_milestone_and_ends_the_phase(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "awaiting_decision")
    lane = lane_of(either_app)
    meeting = next(mark for mark in lane.marks if mark.kind == "meeting")
    assert meeting.body == "HSN"
    forecast = next(bar for bar in lane.bars if bar.kind == "forecast")
    assert (forecast.until_on, forecast.basis) == (meeting.on, "known")


def test_loops_to_come_are_milestones_and_the_decision_is_a_done_one(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "executing")
    lane = lane_of(either_app)
    assert planned(lane) == {"learning_loop": [1, 2, 3, 4]}
    (done,) = [mark for mark in lane.marks if mark.is_done]
    assert (done.kind, done.outcome) == ("decided", "adopt")


def test_a_held_loop_and_the_follow_ups_are_milestones(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "finished")
    lane = lane_of(app)
    assert {mark.kind for mark in lane.marks if mark.is_done} == {"decided", "held", "celebrated"}
    assert planned(lane) == {"follow_up": [6, 12]}


def test_a_milestone_whose_day_has_passed_is_late(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "executing")
    due = next(mark.on for mark in lane_of(app).marks if mark.kind == "learning_loop")
    driver.go_to(due + timedelta(days=3))
    kinds = [mark.kind_on(driver.today) for mark in lane_of(app).marks if mark.kind == "learning_loop"]
    assert kinds == ["late", "planned", "planned", "planned"]


@pytest.mark.parametrize("place", ["closed", "stopped"])
def test_what_has_ended_has_neither_forecast_nor_milestones(app: App, clock: SetClock, place: str) -> None:
    later(drive_to(app, clock, "kol", "executing"))
    drive_to(app, clock, "kol", place)
    lane = lane_of(app)
    assert {bar.kind for bar in lane.bars} == {"actual"}
    assert lane.marks == ()


def test_the_timeline_of_an_earlier_day_is_the_one_that_was_shown_then(either_app: App, clock: SetClock) -> None:
    shown: dict[datetime, tuple[object, object]] = {}
    for place in ("mapping", "awaiting_decision", "executing", "paused", "reviewing", "finished"):
        driver = drive_to(either_app, clock, "kol", place)
        at = later(driver)
        shown[at] = (lane_of(either_app).bars, lane_of(either_app).marks)
        later(driver)
    told = {at: (lane_of(either_app, at).bars, lane_of(either_app, at).marks) for at in shown}
    assert told == shown


def test_another_regions_introductions_have_no_lane(app: App, clock: SetClock) -> None:
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    try:
        drive_to(neighbour, clock, "kol", "executing")
        drive_to(app, clock, "sepsis", "preparation")
        assert [lane.line.row.slug for lane in read_timeline(app)] == ["sepsis"]
    finally:
        neighbour.database.dispose()


@pytest.mark.parametrize("is_past", [False, True], ids=["now", "as of then"])
def test_a_long_timeline_takes_as_many_statements_as_a_short_one(
    either_app: App, clock: SetClock, is_past: bool
) -> None:
    either_app.region_id()
    drive_to(either_app, clock, SLUGS[0], "mapping")
    as_of = clock.now() if is_past else None
    with watched(either_app) as short:
        read_timeline(either_app, as_of)
    for slug, place in zip(SLUGS[1:], ("preparation", "ranking", "adjusting", "closed"), strict=True):
        drive_to(either_app, clock, slug, place)
    as_of = clock.now() if is_past else None
    with watched(either_app) as long:
        assert len(read_timeline(either_app, as_of)) == len(SLUGS)
    assert len(long) == len(short) == (7 if is_past else 6)


@pytest.mark.parametrize("is_past", [False, True], ids=["now", "as of then"])
def test_every_statement_of_the_timeline_is_filtered_by_region(app: App, clock: SetClock, is_past: bool) -> None:
    drive_to(app, clock, "kol", "executing")
    with watched(app) as sent:
        read_timeline(app, clock.now() if is_past else None)
    assert [statement for statement in sent if "region_id = " not in statement] == []


def test_the_board_asks_the_database_four_times(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "executing")
    region_id = either_app.region_id()
    with either_app.read() as work, watched(either_app) as sent:
        board(work, region_id=region_id, profile=either_app.profile, today=today(either_app))
    assert len(sent) == 4
