"""The log's few moving events tell how long introductions stayed where, and no length of a log is felt."""

import re

import pytest
from sqlalchemy import text

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.introduction import MAY_MOVE, moved
from pathways.queries.stays import Past, load_stays, visits_of
from states.outline import Outline
from states.snapshot import Phase, Standing
from states.versions import CHARTS, get_outline
from tests.benchmarks.raw import listening
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.reading import later


def read_past(app: App, code: str | None = None) -> Past:
    with app.read() as work:
        return load_stays(work, region_id=app.region_id(code), until=app.clock.now())


def phases(app: App, slug: str = "kol") -> list[tuple[str, str]]:
    driver_id = next(iter(read_past(app).own))
    return [(stay.phase, stay.standing) for stay in read_past(app).own[driver_id]]


def phase_and_standing(outline: Outline, state: str) -> tuple[str, ...]:
    """The phase and the standing that a state lies in; states beside the track lie in no phase."""
    return tuple(
        above for above in outline.lineage(outline.histories.get(state, state)) if above in {*Phase, *Standing}
    )


@pytest.mark.parametrize("chart", CHARTS)
def test_no_other_command_leads_to_another_phase_or_standing(chart: str) -> None:
    outline = get_outline(chart)
    moving = {
        str(move.command)
        for move in outline.moves
        if move.command is not None
        and move.target is not None
        and phase_and_standing(outline, move.source) != phase_and_standing(outline, move.target)
    }
    assert moving <= set(MAY_MOVE)


def test_a_chart_moves_by_itself_only_to_where_the_index_sees_it() -> None:
    targets = {move.target for chart in CHARTS for move in get_outline(chart).moves if move.command is None}
    assert targets == {"closed"}
    assert "standing = 'closed'" in moved()


def test_every_change_of_phase_or_standing_in_a_log_is_a_stay(either_app: App, clock: SetClock) -> None:
    for place in ("mapping", "paused", "ranking", "reviewing", "adjusting", "executing", "closed"):
        later(drive_to(either_app, clock, "kol", place))
    with either_app.read() as work:
        log = work.rows(text("select phase, standing from event order by seq"))
    told = [(row["phase"], row["standing"]) for row in log]
    runs = [one for n, one in enumerate(told) if n == 0 or told[n - 1] != one]
    assert phases(either_app) == runs


def test_a_stay_ends_where_the_next_begins_and_the_last_goes_on(app: App, clock: SetClock) -> None:
    later(drive_to(app, clock, "kol", "mapping"), days=9)
    drive_to(app, clock, "kol", "ranking")
    (stays,) = read_past(app).own.values()
    assert [stay.ended_at for stay in stays] == [*[stay.began_at for stay in stays[1:]], None]


def test_what_a_correction_undid_was_never_stayed_in(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "communicated")
    held = driver.do("report", reason="Allt väl").seq
    drive_to(either_app, clock, "kol", "ranking")
    later(driver, days=5)
    driver.do("correct", undo_to=held, reason="Fel vårdförlopp")
    assert phases(either_app) == [("preparation", "active"), ("gap_analysis", "active")]


def test_a_correction_that_is_itself_undone_leaves_what_it_had_undone(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "communicated")
    held = driver.do("report", reason="Allt väl").seq
    moved = drive_to(app, clock, "kol", "ranking")
    newest = moved.do("report", reason="I fas").seq
    driver.do("correct", undo_to=held, reason="Fel vårdförlopp")
    driver.do("correct", undo_to=newest, reason="Det var rätt ändå")
    assert phases(app)[-1] == ("prioritisation", "active")


def test_a_rest_is_no_part_of_the_days_of_a_visit(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "mapping")
    later(driver, days=10)
    drive_to(app, clock, "kol", "paused")
    later(driver, days=40)
    driver.do("resume")
    later(driver, days=5)
    drive_to(app, clock, "kol", "ranking")
    (stays,) = read_past(app).own.values()
    visit = visits_of(stays, app.profile.region.zone)[1]
    assert (visit.phase, visit.days, visit.is_over) == ("gap_analysis", 15, True)


@pytest.mark.parametrize(("place", "is_over"), [("closed", True), ("stopped", False), ("finished", False)])
def test_a_phase_is_gone_through_when_it_was_left_or_the_introduction_closed(
    app: App, clock: SetClock, place: str, is_over: bool
) -> None:
    drive_to(app, clock, "kol", place)
    (stays,) = read_past(app).own.values()
    assert visits_of(stays, app.profile.region.zone)[-1].is_over is is_over


def test_as_of_an_earlier_moment_later_moves_are_not_told(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "mapping")
    then = later(driver)
    before = read_past(either_app)
    later(driver)
    drive_to(either_app, clock, "kol", "closed")
    drive_to(either_app, clock, "sepsis", "mapping")
    with either_app.read() as work:
        assert load_stays(work, region_id=either_app.region_id(), until=then) == before


def test_others_introductions_are_told_without_whose_they_are(app: App, clock: SetClock) -> None:
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    try:
        drive_to(neighbour, clock, "kol", "ranking")
        drive_to(app, clock, "sepsis", "mapping")
        past = read_past(app)
        assert (len(past.own), len(past.others)) == (1, 1)
        assert [stay.phase for stay in past.others[0]] == ["preparation", "gap_analysis", "prioritisation"]
    finally:
        neighbour.database.dispose()


def test_the_log_is_read_along_the_index_of_what_may_move_and_never_as_a_whole(
    either_app: App, clock: SetClock
) -> None:
    drive_to(either_app, clock, "kol", "closed")
    is_sqlite = either_app.database.is_sqlite
    with listening(either_app.database.engine) as heard:
        read_past(either_app)
    ((statement, given),) = [one for one in heard.statements if "last_moved" in one[0]]
    with either_app.database.engine.connect() as connection:
        if not is_sqlite:  # its tables are so short here that it would rather read them whole
            connection.exec_driver_sql("set local enable_seqscan = off")
        explain = "explain query plan " if is_sqlite else "explain "
        told = "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain}{statement}", given))
    assert "ix_event_moved" in told
    assert not re.search(r"(Seq Scan on|SCAN) event\b", told)
