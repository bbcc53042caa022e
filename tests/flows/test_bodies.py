"""Each flow's plain function: one call into the use cases, one heartbeat, one line for the operator."""

import asyncio
from pathlib import Path

import pytest

from flows.decision_pack import decision_pack
from flows.deliver import deliver
from flows.digest import weekly_digest
from flows.errors import IntegrityBroken
from flows.integrity import integrity
from flows.learning_loop import learning_loop
from flows.mark import READY_MARK, SWEEP_MARK, mark_ready, mark_sweep
from tests.flows.fakes import Rows, due


def test_delivering_says_what_became_of_the_messages(rows: Rows) -> None:
    state = asyncio.run(deliver.fn())
    assert state.message == "sent 4, retried 1, dead 0, held 2, webhooks 3, unanswered 1"
    assert rows.beats == [("deliver", "")]


def test_the_digest_says_how_many_it_made(rows: Rows) -> None:
    state = asyncio.run(weekly_digest.fn())
    assert state.message == "digests 5"
    assert rows.beats == [("weekly-digest", "")]


def test_freezing_packs_says_how_many_it_froze(rows: Rows) -> None:
    state = asyncio.run(decision_pack.fn())
    assert state.message == "packs 6"
    assert rows.beats == [("decision-pack", "")]


def test_a_clean_night_is_noted(rows: Rows) -> None:
    assert asyncio.run(integrity.fn()).message == "ok"
    assert rows.beats == [("integrity", "ok")]


def test_findings_fail_the_nightly_check_and_are_noted(rows: Rows) -> None:
    rows.findings = ("chain broken at 7",)
    with pytest.raises(IntegrityBroken, match="1 findings: chain broken at 7"):
        asyncio.run(integrity.fn())
    assert rows.beats == [("integrity", "1 findings")]


def test_a_loop_is_opened_once_however_often_the_flow_runs(rows: Rows) -> None:
    rows.due = [due(1)]
    told = [asyncio.run(learning_loop.fn(introduction_id=1, number=1)).message for _ in range(2)]
    assert told == ["opened", "nothing left to do"]
    assert rows.opened == [(1, 1)]


@pytest.mark.parametrize(("variable", "mark"), [(SWEEP_MARK, mark_sweep), (READY_MARK, mark_ready)])
def test_a_mark_is_touched_where_the_supervisor_asked_for_it(
    variable: str, mark: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(mark)
    mark()
    monkeypatch.setenv(variable, str(tmp_path / "mark"))
    mark()
    assert (tmp_path / "mark").exists()
