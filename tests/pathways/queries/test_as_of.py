"""What was shown on a day is told again from the log alone, and a correction leaves both truths standing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import Refused, Unknown
from pathways.models.case_rows import CASE_TABLES
from pathways.queries.material import Material
from pathways.queries.moment import NotThere, end_of_day
from pathways.queries.past import load_past_one
from pathways.queries.present import load_head, load_rows
from pathways.queries.views import BoardRow
from tests.pathways.drive import PLACES, drive_to
from tests.pathways.queries.reading import ONE_TICK, later, read_board, read_row, show

KINDS = tuple(CASE_TABLES.values())
ON_THE_WAY = tuple(place for place in PLACES if place not in {"paused", "stopped"})


def without_names(row: BoardRow) -> dict[str, object]:
    """A board row as the log can tell it: roles without the names of those who hold them in the whole region."""
    return {
        **{name: getattr(row, name) for name in BoardRow.__slots__ if name != "waits_for"},
        "waits_for": [one.role for one in row.waits_for],
    }


def compared(material: Material) -> dict[str, object]:
    """All that material holds, but for what no event tells: the machinery's columns, and the head's own region."""
    rows = {
        kind.__tablename__: [
            {name: value for name, value in row.items() if name not in {*kind.CLOCKWORK, "region_id"}}
            for row in material.of(kind)
        ]
        for kind in KINDS
    }
    return {"head": material.head, "rows": rows}


def test_the_log_tells_every_row_as_the_tables_hold_it(either_app: App, clock: SetClock) -> None:
    for place in (*ON_THE_WAY[:6], "paused", *ON_THE_WAY[6:]):
        driver = drive_to(either_app, clock, "kol", place)
        with either_app.read() as work:
            mine = {"region_id": either_app.region_id()}
            head = load_head(work, slug="kol", **mine)
            now = Material(head, load_rows(work, KINDS, introduction_id=head.introduction_id, **mine))
            then = load_past_one(work, KINDS, slug="kol", as_of=driver.clock.now(), **mine)
        assert compared(then) == compared(now), place
        later(driver)


def test_the_board_of_an_earlier_day_is_the_board_that_was_shown_then(either_app: App, clock: SetClock) -> None:
    shown: dict[datetime, list[dict[str, object]]] = {}
    for place in (*ON_THE_WAY[:4], "paused", *ON_THE_WAY[4:]):
        driver = drive_to(either_app, clock, "kol", place)
        at = later(driver)
        shown[at] = [without_names(row) for row in read_board(either_app)]
        later(driver)
    drive_to(either_app, clock, "sepsis", "mapping")
    told = {at: [without_names(row) for row in read_board(either_app, at)] for at in shown}
    assert told == shown


def test_the_page_of_an_earlier_day_is_the_page_that_was_shown_then(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "adjusting")
    driver = drive_to(app, clock, "kol", "executing")
    at, shown = clock.now(), show(app, "kol")
    later(driver)
    drive_to(app, clock, "kol", "closed")
    told = show(app, "kol", at)
    parts = ("tasks", "timers", "people", "decisions", "loops", "activities", "gap", "history")
    assert {name: getattr(told, name) for name in parts} == {name: getattr(shown, name) for name in parts}


def test_the_past_offers_nothing(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    assert show(app, "kol", clock.now()).offers == ()


def test_before_the_first_introduction_the_board_is_empty(either_app: App, clock: SetClock) -> None:
    began = clock.now()
    drive_to(either_app, clock, "kol", "preparation")
    assert read_board(either_app, began - ONE_TICK) == ()
    assert [row.slug for row in read_board(either_app, began)] == ["kol"]


def test_before_its_first_event_an_introduction_is_not_there_and_its_first_day_is_told(
    either_app: App, clock: SetClock
) -> None:
    began = clock.now()
    drive_to(either_app, clock, "kol", "preparation")
    with pytest.raises(NotThere) as refusal:
        show(either_app, "kol", began - ONE_TICK)
    assert refusal.value.values["first"] == began.isoformat()


def test_an_unknown_name_is_refused_with_the_nearest(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "preparation")
    with pytest.raises(Unknown) as refusal:
        show(app, "kool", clock.now())
    assert refusal.value.nearest == ("kol",)


def test_a_moment_that_lies_ahead_is_refused(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "preparation")
    ahead = clock.now() + ONE_TICK
    for ask in (lambda: read_board(app, ahead), lambda: show(app, "kol", ahead)):
        with pytest.raises(Refused, match=r"error\.as_of_in_future"):
            ask()


def test_a_moment_without_a_time_zone_is_refused(app: App) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        read_board(app, datetime(2021, 6, 1))  # noqa: DTZ001  that is the point


def test_of_two_events_at_one_instant_the_later_one_counts(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")  # the clock stood still all the way
    assert read_row(app, "kol", clock.now()).place == "mapping"


def test_a_stopped_introduction_is_told_again_after_a_new_start(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "stopped")
    before = later(driver)
    later(driver)
    drive_to(either_app, clock, "kol", "mapping")
    assert (show(either_app, "kol", before).position.number, show(either_app, "kol").position.number) == (1, 2)
    assert [row.place for row in read_board(either_app)] == ["stopped", "mapping"]


def test_a_correction_leaves_both_truths(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "mapping")
    held = driver.do("report", reason="Allt väl").seq
    wrong = drive_to(either_app, clock, "kol", "communicated").clock.now()
    later(driver)
    corrected = driver.do("correct", undo_to=held, reason="Fel vårdförlopp").seq
    before, after = show(either_app, "kol", wrong), show(either_app, "kol", clock.now())
    assert (before.position.place, after.position.place) == ("communicated", "mapping")
    assert before.history == after.history[:-1]
    assert after.history[-1].undoes == (corrected - 1,)


def test_a_text_erased_by_law_is_gone_from_the_past_too(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    driver.do("report", reason="Anna Andersson sade ja")
    with app.write() as work:
        work.connection.exec_driver_sql("update log_text set body = null, salt = null")
        work.commit()
    assert show(app, "kol", clock.now()).history[-1].reason is None


def test_a_later_import_into_the_catalogue_does_not_change_the_past(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "communicated")
    driver.complete_required_tasks()
    at, shown = clock.now(), read_row(app, "kol", clock.now())
    with app.write() as work:
        work.connection.exec_driver_sql(
            "insert into pathway_version (pathway_id, number, label, kind)"
            " select id, 99, 'revision', 'final' from pathway where slug = 'kol'"
        )
        work.commit()
    later(driver)
    assert read_row(app, "kol", at) == shown


def test_as_of_a_day_means_its_last_instant_in_the_region(app: App) -> None:
    now = datetime(2021, 7, 1, 8, tzinfo=UTC)
    at = end_of_day(date(2021, 6, 9), profile=app.profile, now=now)
    assert at == datetime(2021, 6, 9, 22, tzinfo=UTC) - ONE_TICK


def test_as_of_today_means_now(app: App) -> None:
    now = datetime(2021, 7, 1, 8, tzinfo=UTC)
    assert end_of_day(date(2021, 7, 1), profile=app.profile, now=now) == now


def test_as_of_tomorrow_is_refused(app: App) -> None:
    now = datetime(2021, 7, 1, 8, tzinfo=UTC)
    with pytest.raises(Refused, match=r"error\.as_of_in_future"):
        end_of_day(now.date() + timedelta(days=1), profile=app.profile, now=now)
