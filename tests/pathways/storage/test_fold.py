"""The fold of a log is the state it led to: every row of every kind, and the introduction's own columns."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.models.base import CaseRow
from pathways.models.case_rows import CASE_TABLES
from pathways.models.introduction import OWN_COLUMNS, Event, Introduction
from pathways.models.plan import Activity
from pathways.services.verify import verify
from pathways.settings import Settings
from pathways.storage.fold import Folded, fold
from pathways.storage.log import plain
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.conftest import START
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.reviewing import ready

_event, _introduction = table_of(Event), table_of(Introduction)


@pytest.fixture(scope="module")
def whole(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """An introduction that came all the way, through a pause and an adjusted plan; these tests only read it."""
    clock, copy = SetClock(START), shutil.copy(furnished_file, tmp_path_factory.mktemp("whole") / "forlopp.db")
    app = build_app(Settings(), clock=clock, database_url=f"sqlite:///{copy}")
    driver = drive_to(app, clock, "kol", "communicated")
    driver.do("open_comment_round", closes_on=(driver.today + timedelta(days=14)).isoformat(), units=["vc-falun"])
    driver.do("comment_plan", by="vcf", unit="vc-falun", overall="Bra plan")
    driver.do("close_comment_round", outcome="held", summary="En synpunkt")
    task = driver._own(of_table="task")[-1]["ref"]
    driver.do("comment_task", task=task, text="Vi väntar på Mora")
    driver.do("attach_file", task=task, name="protokoll.pdf", content=b"%PDF-1.7")
    drive_to(app, clock, "kol", "ranking")
    first, second = (str(row["ref"]) for row in driver._own(of=Activity))
    scores = [{"activity": first, "severity": 4}, {"activity": second, "severity": 1}]
    driver.do("score_activities", by="lg", scores=scores)
    moves = [{"activity": second, "motive": "Brådskar"}]
    driver.do("rank", by="lg", order=[second, first], motive="Efter samtal", moves=moves)
    driver.do("assess_complexity", by="lg", domains=[{"domain": "staff", "level": "complex"}])
    drive_to(app, clock, "kol", "executing")
    _learn(driver)
    drive_to(app, clock, "kol", "adjusting")
    drive_to(app, clock, "kol", "paused")
    drive_to(app, clock, "kol", "evaluating")
    driver.do("write_evaluation", by="ordf", remarks=[{"line": "reach", "text": "Alla vårdcentraler"}])
    driver.do("record_lesson", by="res", text="Öva på plats", hinders=["people"])
    yield drive_to(app, clock, "kol", "closed")
    app.database.dispose()


def _learn(driver: Driver) -> None:
    """A loop with a prediction, a measure with frozen lines, a signed review with a later note, and a hold check."""
    driver.do("set_readiness", by="res", lines=[{"line": "baseline", "answer": "yes"}])
    shape = {"kind": "process", "direction": "higher", "every": "week", "unit": "antal"}
    driver.do("define_indicator", name="Samordnade planer", **shape)
    monday = driver.today - timedelta(days=driver.today.weekday())
    values = [{"period": (monday - timedelta(weeks=n)).isoformat(), "value": 40 + n % 5} for n in range(1, 15)]
    driver.do("record_values", indicator="samordnade-planer", values=values)
    last = (monday - timedelta(weeks=1)).isoformat()
    driver.do("freeze_baseline", indicator="samordnade-planer", through=last, reason="Före start")
    ready(driver)
    driver.do("sign_review", by="ordf", number=1)
    driver.do("add_review_note", by="ordf", number=1, body="Vi glömde kommunen", kind="note")
    driver.do("open_hold_check", people=["ordf", "res", "vcf"], due_on=(driver.today + timedelta(days=14)).isoformat())


def events_of(app: App) -> list[Row]:
    with app.read() as work:
        return work.rows(select(_event).order_by(_event.c.seq))


def folded(app: App) -> Folded:
    return fold(events_of(app))


@pytest.mark.parametrize("table", CASE_TABLES)
def test_every_kind_of_row_is_in_the_fold(whole: Driver, table: str) -> None:
    with whole.app.read() as work:
        stored = set(work.values(select(table_of(CASE_TABLES[table]).c.ref)))
    assert stored
    assert set(folded(whole.app).of(table)) == stored


def test_the_fold_agrees_with_every_column_of_every_row(whole: Driver) -> None:
    assert verify(whole.app) == ()


def test_the_fold_has_the_introductions_own_columns(whole: Driver) -> None:
    with whole.app.read() as work:
        row = work.find(select(_introduction))
    assert row is not None
    assert {name: plain(row[name]) for name in OWN_COLUMNS if row[name] is not None} == {
        name: value for name, value in folded(whole.app).own.items() if value is not None
    }


def test_the_fold_has_the_position(whole: Driver) -> None:
    state = folded(whole.app)
    assert (state.place, state.standing, state.configuration) == ("closed", "closed", ("closed",))


def test_the_fold_of_a_part_is_the_state_of_that_moment(whole: Driver) -> None:
    events = events_of(whole.app)
    earlier = fold(event for event in events if event["place"] != "closed" and event["seq"] <= 8)
    assert (earlier.place, earlier.seq, earlier.of("activity")) == ("preparation", 8, {})


def test_a_row_that_a_correction_made_void_is_left_out(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "awaiting_decision")
    seq = driver.do("report").seq
    driver.adopt()
    driver.do("correct", undo_to=seq, reason="Fel nämnd")
    state = folded(app)
    assert [ref for (table, ref) in state.rows if table == "decision"] != []
    assert (state.of("decision"), state.place) == ({}, "awaiting_decision")


def test_a_text_stands_in_the_fold_by_its_digest(whole: Driver) -> None:
    activity = next(iter(folded(whole.app).of("activity").values()))
    assert set(activity["title"]) == {"text"}  # type: ignore[call-overload]  # a value of the log is an object


def test_nothing_folds_to_nothing() -> None:
    assert (fold(()).seq, fold(()).rows) == (0, {})


@pytest.mark.parametrize("kind", CASE_TABLES.values(), ids=CASE_TABLES)
def test_texts_and_clockwork_name_columns_that_exist(kind: type[CaseRow]) -> None:
    assert set(kind.model_fields) >= kind.TEXTS | kind.CLOCKWORK


def test_every_row_class_of_an_introduction_is_known_by_its_table() -> None:
    def below(kind: type[CaseRow]) -> set[type[CaseRow]]:
        return {one for sub in kind.__subclasses__() for one in {sub, *below(sub)}}

    assert set(CASE_TABLES.values()) == below(CaseRow)


def test_dates_fold_to_the_text_that_json_has(whole: Driver) -> None:
    decision = next(iter(folded(whole.app).of("decision").values()))
    assert date.fromisoformat(str(decision["meeting_on"])) < whole.today
