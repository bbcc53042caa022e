"""Judges one phase: how far up the staircase it stands, its lines, and what its rules find.

Everything here sees the phase's own points alone, so that no run, trend, range or rule can pass its border.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pathways.measurement.classic import find_shifts, find_trends
from pathways.measurement.critical import LEAST_USEFUL
from pathways.measurement.judgement import Centre, JudgedPhase, Stair
from pathways.measurement.marks import Rule
from pathways.measurement.runs import RunAnalysis, analyse_runs
from pathways.measurement.series import Direction, Phase, Point, RuleSet, Settings
from pathways.measurement.special import Stretch
from pathways.measurement.values import middle
from pathways.measurement.xmr import XmrAnalysis, analyse_xmr

LEAST_MEDIAN = 5  # points before a provisional median is drawn
LEAST_LIMITS = 12  # baseline points before limits are drawn
FIRM_LIMITS = 20
_HIGHER = {Direction.HIGHER: True, Direction.LOWER: False, Direction.NEITHER: None}


@dataclass(frozen=True, slots=True)
class Findings:
    """A judged phase and the stretches that its rules mark, by position among the phase's points."""

    phase: JudgedPhase
    stretches: tuple[Stretch, ...]
    places: tuple[int, ...]  # of the points that count


def judge_phase(phase: Phase, points: Sequence[Point], settings: Settings) -> Findings:
    """Return the phase's lines and findings; a gap and a preliminary point count for nothing."""
    values = [point.value if point.counts else None for point in points]
    places = tuple(place for place, value in enumerate(values) if value is not None)
    found = [value for value in values if value is not None]
    frozen = _count_frozen(phase, points)
    baseline = found[: frozen or None]
    runs = analyse_runs(values, centre=middle(baseline) if baseline else None)
    restless = settings.rules is RuleSet.XMR and len(baseline) >= LEAST_LIMITS and analyse_runs(baseline).signal
    xmr = None
    if settings.rules is RuleSet.XMR and len(baseline) >= LEAST_LIMITS and not restless:
        xmr = _xmr(values, frozen, settings)
    stair = _stair(len(found), runs, baseline=len(baseline), short=0 < frozen < LEAST_USEFUL, limits=xmr is not None)
    lines = _Lines(runs, xmr, shown=bool(frozen) or len(found) >= LEAST_MEDIAN)
    judged = JudgedPhase(
        starts=phase.starts,
        ends=max((point.period for point in points if point.value is not None), default=phase.starts),
        stair=stair,
        cause=phase.cause,
        centre=lines.centre,
        centre_kind=lines.kind,
        lower=_cut(xmr.lower, settings) if xmr else None,
        upper=_cut(xmr.upper, settings) if xmr else None,
        near_lower=_cut(xmr.near_lower, settings) if xmr else None,
        near_upper=_cut(xmr.near_upper, settings) if xmr else None,
        baseline_through=phase.frozen_through if frozen else None,
        trial=stair is Stair.TRIAL,
        runs=runs,
        xmr=xmr,
        restless=restless,
        flat=xmr.is_flat if xmr else len(found) >= LEAST_USEFUL and len(set(found)) == 1,
        short=0 < frozen < LEAST_USEFUL,
        gap_in_baseline=bool(baseline) and places[len(baseline) - 1] - places[0] >= len(baseline),
        final=len(found),
        baseline_points=len(baseline),
    )
    return Findings(judged, _stretches(judged, values, settings), places)


@dataclass(frozen=True, slots=True)
class _Lines:
    """The centre line that is drawn."""

    runs: RunAnalysis
    xmr: XmrAnalysis | None
    shown: bool

    @property
    def centre(self) -> float | None:
        if self.xmr:
            return self.xmr.mean
        return self.runs.centre if self.shown else None

    @property
    def kind(self) -> Centre:
        if self.centre is None:
            return Centre.NONE
        return Centre.MEAN if self.xmr else Centre.MEDIAN


def _count_frozen(phase: Phase, points: Sequence[Point]) -> int:
    if phase.frozen_through is None:
        return 0
    return sum(point.counts and point.period <= phase.frozen_through for point in points)


def _xmr(values: Sequence[float | None], frozen: int, settings: Settings) -> XmrAnalysis:
    return analyse_xmr(
        values,
        baseline=frozen or None,
        screen=settings.screen,
        two_of_three=settings.two_of_three,
        higher_is_better=_HIGHER[settings.direction],
    )


def _stair(final: int, runs: RunAnalysis, *, baseline: int, short: bool, limits: bool) -> Stair:
    if limits:
        return Stair.FIRM if baseline >= FIRM_LIMITS else Stair.TRIAL
    if final < LEAST_MEDIAN:
        return Stair.EARLY if final else Stair.EMPTY
    return Stair.PROVISIONAL if short or runs.useful < LEAST_USEFUL else Stair.RUNS


def _stretches(phase: JudgedPhase, values: Sequence[float | None], settings: Settings) -> tuple[Stretch, ...]:
    if phase.xmr:
        return phase.xmr.stretches
    if phase.stair < Stair.RUNS or phase.runs is None or phase.runs.centre is None:
        return ()
    if settings.rules is RuleSet.CLASSIC:
        shifts = (Stretch(Rule.SHIFT, run.side, run.places) for run in find_shifts(values, phase.runs.centre))
        trends = (Stretch(Rule.TREND, trend.side, trend.places) for trend in find_trends(values))
        return (*trends, *shifts)
    return tuple(Stretch(Rule.RUN, run.side, run.places) for run in phase.runs.long_runs)


def _cut(limit: float | None, settings: Settings) -> float | None:
    """Limits are drawn where values can be; the rules keep the uncut ones, for a cut limit can never be passed."""
    if limit is None or not (settings.share or settings.count):
        return limit
    return min(max(limit, 0.0), 100.0) if settings.share else max(limit, 0.0)
