"""Milestones are forecast from the log's stays: what others did counts, what rests is not promised, and days move."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.queries.milestones import (
    DECIDED,
    MILESTONES,
    BoardDate,
    Ways,
    forecasts,
    list_board_dates,
    milestones,
    place_of,
    read_ways,
    region_calibration,
    way_of,
    ways_of,
    what_if,
)
from pathways.queries.stays import Past, Stay
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.reading import later, today
from tests.pathways.queries.watching import watched

ZONE = ZoneInfo("Europe/Stockholm")
BEGAN = datetime(2021, 1, 11, 9, tzinfo=UTC)
TODAY = (BEGAN + timedelta(days=2000)).date()
PHASES = ("preparation", "gap_analysis", "prioritisation", "implementation", "celebration", "finished")


def gone(*days: int, standing: str = "active", phases: tuple[str, ...] = PHASES) -> tuple[Stay, ...]:
    """An introduction that left each phase after so many days, and stands in the next one."""
    starts = [BEGAN + timedelta(days=sum(days[:n])) for n in range(len(days) + 1)]
    ends = [*starts[1:], None]
    last = [*(["active"] * len(days)), standing]
    return tuple(Stay(*one) for one in zip(phases[: len(starts)], last, starts, ends, strict=True))


def read(app: App) -> Ways:
    with app.read() as work:
        return read_ways(work, region_id=app.region_id(), zone=app.profile.region.zone, today=today(app))


def own(*introductions: tuple[Stay, ...], others: tuple[tuple[Stay, ...], ...] = ()) -> Ways:
    return ways_of(Past(dict(enumerate(introductions)), others), ZONE, TODAY)


def test_a_way_tells_the_day_each_stage_was_come_to() -> None:
    reached = way_of(gone(10, 20, 30), ZONE, TODAY).reached
    assert [(reached[stage] - BEGAN.date()).days for stage in sorted(reached)] == [0, 10, 30, 60]


def test_loops_are_one_stage_and_going_back_takes_nothing_away() -> None:
    phases = ("preparation", "gap_analysis", "prioritisation", "implementation", "learning", "implementation")
    stays = gone(1, 1, 1, 90, 5, phases=phases)
    assert way_of(stays, ZONE, TODAY).reached == way_of(stays[:4], ZONE, TODAY).reached
    place = place_of(stays, ZONE, TODAY)
    assert place is not None
    assert (place.stage, place.since) == (3, stays[3].began_at.date())


def test_of_one_that_was_stopped_nothing_is_known_after_that_day() -> None:
    way = way_of(gone(10, 20, standing="stopped"), ZONE, TODAY)
    assert way.known_until == (BEGAN + timedelta(days=30)).date()


@pytest.mark.parametrize("standing", ["paused", "stopped", "closed"])
def test_what_does_not_go_on_has_no_place_and_no_forecast(standing: str) -> None:
    ways = own(*[gone(10 + n, 20) for n in range(9)], gone(standing=standing))
    assert place_of(gone(10, standing=standing), ZONE, TODAY) is None
    assert forecasts(ways, 9) == ()
    assert not milestones(ways, 9).is_running


def test_the_nearest_milestone_comes_first_and_others_fill_in() -> None:
    begun = BEGAN + timedelta(days=2000)
    fresh = (Stay("preparation", "active", begun, None),)
    alone = forecasts(own(fresh), 0)
    pooled = forecasts(own(fresh, others=tuple(gone(10 + n, 20, 30) for n in range(9))), 0)
    assert alone == ()
    assert [MILESTONES[one.milestone] for one in pooled] == ["gap_analysis", "prioritisation", "implementation"]
    assert all(not one.is_own for one in pooled)
    assert [(one.likely - TODAY).days for one in pooled if one.likely] == [14, 34, 64]


def test_an_introduction_is_never_held_against_itself() -> None:
    ways = own(*[gone(10 + n) for n in range(8)])
    assert len(ways.history_for(3).own) == 7


def test_if_the_board_meets_later_all_that_follows_is_later() -> None:
    ways = own(
        *[gone(10 + n, 20, 30 + n, 400, 50) for n in range(9)],
        (Stay("prioritisation", "active", BEGAN + timedelta(days=1990), None),),
    )
    soon, late = (what_if(ways, 9, BoardDate("HSN", "hsn", TODAY + timedelta(days=days), TODAY)) for days in (22, 52))
    assert soon is not None
    assert late is not None
    assert [MILESTONES[one.milestone] for one in soon.after] == ["celebration", "finished"]
    for one, other in zip(soon.after, late.after, strict=True):
        assert one.likely is not None
        assert other.likely is not None
        assert (other.likely - one.likely).days == 30
    # After ten days there: 20 to 28 days were left to the nine others.
    assert (soon.in_time, late.in_time) == (Fraction(3, 9), Fraction(1))


def test_what_is_decided_has_no_what_if() -> None:
    ways = own(*[gone(10, 20, 30, 40) for _ in range(9)], gone(10, 20, 30))
    assert ways.places[9].stage == DECIDED
    assert what_if(ways, 9, BoardDate("HSN", "hsn", TODAY, TODAY)) is None


def test_the_meetings_ahead_are_those_of_bodies_that_decide(either_app: App, clock: SetClock) -> None:
    with either_app.read() as work:
        found = list_board_dates(
            work, region_id=either_app.region_id(), profile=either_app.profile, today=today(either_app)
        )
    days = [one.held_on for one in found]
    assert days == sorted(days)
    assert all(one.held_on > today(either_app) and one.hand_in_on < one.held_on for one in found)
    assert "HSN" in {one.body for one in found}


def test_earlier_forecasts_are_told_with_what_came_of_them(either_app: App, clock: SetClock) -> None:
    slugs = ("sepsis", "kritisk-benischemi", "hjartsvikt-nydebuterad", "osteoporos-sekundarprevention", "epilepsi",
             "knaledsartros", "hoftledsartros-primarvard", "ibd-vuxna")  # fmt: skip
    for number, slug in enumerate(slugs):
        later(drive_to(either_app, clock, slug, "preparation"), days=10 + number)
        drive_to(either_app, clock, slug, "mapping")
    driver = drive_to(either_app, clock, "kol", "preparation")
    began = driver.today
    later(driver, days=15)
    drive_to(either_app, clock, "kol", "mapping")
    row = driver.row()
    assert row is not None
    found = milestones(read(either_app), row["id"])
    (told,) = found.before
    assert (told.made_on, told.was_kept, told.forecast.told_by) == (began, True, 8)
    later(driver, days=3)
    assert region_calibration(read(either_app)).judged == 1


def test_another_regions_introductions_are_counted_and_have_no_place(app: App, clock: SetClock) -> None:
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    try:
        later(drive_to(neighbour, clock, "kol", "mapping"))
        ways = read(app)
        assert (ways.own, ways.places, len(ways.others)) == ({}, {}, 1)
    finally:
        neighbour.database.dispose()


def test_the_ways_of_many_take_one_statement(either_app: App, clock: SetClock) -> None:
    either_app.region_id()
    for slug, place in (("kol", "executing"), ("sepsis", "mapping"), ("epilepsi", "stopped")):
        drive_to(either_app, clock, slug, place)
    with watched(either_app) as sent:
        read(either_app)
    assert len(sent) == 1
