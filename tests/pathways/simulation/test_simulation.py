import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from notifications.tables import outbox_message
from pathways.bootstrap import App
from pathways.models.introduction import Event, Introduction
from pathways.models.loop import Celebration, LearningLoop, LoopState
from pathways.models.organisation import Origin
from pathways.planning.instants import local_date
from pathways.services.verify import verify
from pathways.settings import Settings
from pathways.simulation.report import render_report
from pathways.simulation.result import SimulationResult
from pathways.simulation.simulate import simulate
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.simulation.conftest import START, simulate_in

ROOT = Path(__file__).parents[3]
loop, introduction, event = table_of(LearningLoop), table_of(Introduction), table_of(Event)


def loops_by_day_of_month(app: App) -> Sequence[Row]:
    """Loops that the clock opened: those of a reopened case stand on the day it was reopened."""
    reopened = select(event.c.introduction_id).where(event.c.command == "reopen")
    query = (
        select(loop.c.number, loop.c.due_on, loop.c.opened_on, loop.c.state, introduction.c.anchor_on)
        .join(introduction, introduction.c.id == loop.c.introduction_id)
        .where(loop.c.voided_by.is_(None), introduction.c.id.not_in(reopened))
    )
    with app.read() as work:
        return work.rows(query)


def test_two_runs_with_the_same_seed_are_equal_byte_for_byte(tmp_path: Path) -> None:
    one = simulate_in(tmp_path / "one", months=3, seed=7)
    other = simulate_in(tmp_path / "other", months=3, seed=7)
    assert one.after(seconds=0) == other.after(seconds=0)
    assert render_report(one) == render_report(other)


@pytest.mark.slow
def test_two_processes_that_order_their_sets_in_another_way_give_the_same_three_years(tmp_path: Path) -> None:
    told = []
    asked = ("--from", START.isoformat(), "--months", "36", "--seed", "1")
    for order in ("1", "2"):
        file = tmp_path / f"{order}.json"
        subprocess.run(
            [sys.executable, "-m", "pathways.cli.main", "simulate", *asked, "--json", str(file)],
            env={**os.environ, "PYTHONHASHSEED": order, "FORLOPP_HOME": str(tmp_path / order), "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
        )
        told.append({**json.loads(file.read_text()), "seconds": 0})
    assert told[0] == told[1]


@pytest.mark.slow
def test_another_seed_gives_another_history(tmp_path: Path) -> None:
    other = simulate_in(tmp_path, months=1, seed=8)
    assert other.digest != simulate_in(tmp_path, months=1, seed=9).digest


@pytest.mark.slow
def test_a_second_run_begins_anew_and_not_on_top_of_the_first(tmp_path: Path) -> None:
    first = simulate_in(tmp_path, months=1, seed=3)
    assert simulate_in(tmp_path, months=1, seed=3).digest == first.digest


@pytest.mark.slow
def test_every_loop_is_due_three_months_after_the_one_before_on_a_working_day(simulated: App) -> None:
    workdays = simulated.profile.workdays
    loops = loops_by_day_of_month(simulated)
    assert len(loops) >= 5
    for row in loops:
        assert row["due_on"] == workdays.next_workday(workdays.months_after(row["anchor_on"], 3 * row["number"]))


@pytest.mark.slow
def test_the_clock_opens_every_loop_on_the_day_it_is_due(simulated: App) -> None:
    opened = [row for row in loops_by_day_of_month(simulated) if row["state"] != LoopState.SKIPPED]
    assert [row["opened_on"] for row in opened] == [row["due_on"] for row in opened]


@pytest.mark.slow
def test_nothing_is_found_wrong_afterwards(simulated: App, result: SimulationResult) -> None:
    assert verify(simulated) == ()
    assert result.to_json()["verify"] == "ok"


@pytest.mark.slow
def test_the_figures_are_those_of_the_database(simulated: App, result: SimulationResult) -> None:
    with simulated.read() as work:
        held = select(func.count()).select_from(loop).where(loop.c.state == LoopState.HELD, loop.c.voided_by.is_(None))
        celebrated = select(func.count()).select_from(table_of(Celebration))
        stopped = select(func.count()).select_from(introduction).where(introduction.c.standing == "stopped")
        counted = {
            "introductions": work.value(select(func.count()).select_from(introduction)),
            "celebrated": work.value(celebrated),
            "stopped": work.value(stopped),
            "loops_held": work.value(held),
            "messages": work.value(select(func.count()).select_from(outbox_message)),
            "events": work.value(select(func.count()).select_from(event)),
        }
    told = result.to_json()
    assert {name: told[name] for name in counted} == counted


@pytest.mark.slow
def test_the_last_quarter_of_the_board_agrees_with_the_introductions(simulated: App, result: SimulationResult) -> None:
    with simulated.read() as work:
        rows = work.rows(select(introduction.c.slug, introduction.c.phase, introduction.c.standing))
    now = {row["slug"]: row["phase"] if row["standing"] == "active" else row["standing"] for row in rows}
    assert result.quarters[-1].standings == now


@pytest.mark.slow
def test_people_only_work_on_working_days(simulated: App) -> None:
    with simulated.read() as work:
        rows = work.rows(select(event.c.at).where(event.c.actor_id.is_not(None)))
    days = {local_date(row["at"], simulated.profile.region.zone) for row in rows}
    assert all(simulated.profile.workdays.is_workday(day) for day in days)


@pytest.mark.slow
def test_the_region_says_that_it_is_simulated(simulated: App) -> None:
    region = simulated.find_region()
    assert region is not None
    assert region["origin"] == Origin.SIMULATION


@pytest.mark.slow
@pytest.mark.parametrize("command", ["snooze_task", "delegate_task", "skip_task", "decide", "pause", "hold_loop"])
def test_people_behave_like_people(simulated: App, command: str) -> None:
    with simulated.read() as work:
        count = work.value(select(func.count()).select_from(event).where(event.c.command == command))
    assert count > 0


@pytest.mark.slow
def test_no_mail_is_left_behind(simulated: App) -> None:
    with simulated.read() as work:
        states = work.values(text("select distinct state from outbox_message"))
    assert set(states) <= {"sent", "held", "skipped"}


@pytest.mark.slow
def test_progress_is_told_from_the_first_month_to_the_last(tmp_path: Path) -> None:

    told: list[tuple[float, str]] = []
    simulate(
        Settings(home=tmp_path), start=START, months=2, seed=1, progress=lambda part, word: told.append((part, word))
    )
    assert told == sorted(told)
    assert told[-1] == (1.0, "2021-08")


@pytest.mark.slow
@pytest.mark.parametrize("start", [date(2023, 12, 24), date(2027, 2, 28)])
def test_it_may_begin_on_any_day(tmp_path: Path, start: date) -> None:
    assert simulate_in(tmp_path, months=2, seed=1, start=start).verify == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_at_least_five_of_ten_pathways_are_celebrated_in_three_years(tmp_path: Path, seed: int) -> None:
    told = simulate_in(tmp_path, months=36, seed=seed)
    assert (told.introductions, told.verify) == (10, ())
    assert told.celebrated >= 5
    assert told.seconds < 60


@pytest.mark.slow
def test_a_year_of_trouble_holds_every_kind_of_it(tmp_path: Path) -> None:
    told = simulate_in(tmp_path, months=36, seed=1)
    looks = {mark.look for line in told.timelines for mark in line.marks}
    assert looks >= {
        "decision_return",
        "decision_decline",
        "loop_late",
        "loop_skipped",
        "revision",
        "follow_up_slipped",
    }
    assert any(stretch.standing == "paused" for line in told.timelines for stretch in line.stretches)
