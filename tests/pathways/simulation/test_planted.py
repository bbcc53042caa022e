"""Measurement as a whole on invented series: what was planted is found, and nothing where nothing was."""

from collections import Counter
from pathlib import Path

import pytest

from pathways.simulation.result import SimulationResult, Verdict
from tests.pathways.simulation.conftest import simulate_in

SEEDS = (1, 2, 3)


pytestmark = pytest.mark.slow


def test_every_introduction_past_its_preparation_is_measured_every_week_and_month(result: SimulationResult) -> None:
    assert {one.every for one in result.series} == {"week", "month"}
    assert len(result.series) >= 2 * result.introductions - 4  # those that have only just begun are not
    assert all(one.before + one.after >= 8 for one in result.series)


def test_what_was_planted_in_a_pathway_is_in_both_its_series(result: SimulationResult) -> None:
    moved = {one.slug: {bool(row.shift) for row in result.series if row.slug == one.slug} for one in result.series}
    assert all(len(kinds) == 1 for kinds in moved.values())
    assert {True, False} == {kind for kinds in moved.values() for kind in kinds}


def test_the_json_tells_of_every_series(result: SimulationResult) -> None:
    told = result.to_json()["series"]
    assert isinstance(told, list)
    assert [one["verdict"] for one in told] == [one.verdict for one in result.series]


def test_planted_shifts_are_found_and_quiet_series_stay_silent(tmp_path: Path) -> None:
    found = Counter(one.verdict for seed in SEEDS for one in simulate_in(tmp_path, months=36, seed=seed).series)
    planted = found[Verdict.FOUND] + found[Verdict.MISSED]
    quiet = found[Verdict.SILENT] + found[Verdict.FALSE_ALARM]
    assert min(planted, quiet) >= 20
    assert found[Verdict.FOUND] / planted > 0.85  # two deviations, a year and more of weeks: nearly always seen
    assert found[Verdict.FALSE_ALARM] / quiet < 0.2  # 7 % at thirteen new points, and a few more after a year
