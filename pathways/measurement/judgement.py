"""What a judged series is: the shapes that charts, reviews and reports read. Nothing is decided here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from pathways.measurement.marks import Mark, Rule, Side
from pathways.measurement.runs import RunAnalysis
from pathways.measurement.series import Cause, Point
from pathways.measurement.xmr import XmrAnalysis


class Stair(IntEnum):
    """What the number of points allows, so that a later stair may do all that an earlier one may."""

    EMPTY = 0
    EARLY = 1  # one to four points: points and line only
    PROVISIONAL = 2  # five to nine: a provisional median, no signals
    RUNS = 3  # ten or more useful points: both run rules
    TRIAL = 4  # 12 to 19 quiet baseline points: trial limits
    FIRM = 5  # 20 or more


class Centre(StrEnum):
    """What the centre line is."""

    MEDIAN = "median"
    MEAN = "mean"
    NONE = "none"


class Status(StrEnum):
    """What the chart says of change at its latest final point."""

    TOO_EARLY = "too_early"
    QUIET = "quiet"
    CHANGED = "changed"  # few crossings only: something has changed, look at the curve
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    UP = "up"
    DOWN = "down"


class TargetStatus(StrEnum):
    """Whether the present way of working reaches the target."""

    MET = "met"
    MISSED = "missed"
    SOMETIMES = "sometimes"
    LEVEL_MET = "level_met"  # no variation: value and target compared directly
    LEVEL_MISSED = "level_missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPoint:
    """One period as the chart draws it."""

    point: Point
    phase: int  # position in `Judgement.phases`
    side: Side | None = None  # None: no value, or no centre line yet
    mark: Mark | None = None
    rule: str | None = None  # a `Rule`
    useful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPhase:
    """One phase with its lines; None where there is no such line."""

    starts: date
    ends: date  # the last period that has a value, or `starts`
    stair: Stair
    cause: Cause = "first"
    centre: float | None = None
    centre_kind: Centre = Centre.NONE
    lower: float | None = None
    upper: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None
    baseline_through: date | None = None  # as frozen by people; None: not frozen
    trial: bool = False  # the limits rest on fewer than twenty points
    runs: RunAnalysis | None = None
    xmr: XmrAnalysis | None = None
    restless: bool = False  # the baseline shows a run signal: limits from it would mean nothing, offer to split
    flat: bool = False  # no variation: no limits, no signals
    short: bool = False  # frozen on fewer than ten points: change against it cannot be shown
    gap_in_baseline: bool = False
    final: int = 0  # points that count
    baseline_points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One finding that is unusual by chance."""

    rule: Rule
    phase: int
    mark: Mark | None = None  # None: the rule has no direction
    side: Side | None = None
    since: date | None = None
    until: date | None = None
    count: int = 0  # useful points of it; for crossings, how many there are
    ongoing: bool = False  # the latest useful point is part of it
    ties: bool = False  # points on the line lie within it and are not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetSuggestion:
    """Nine or more useful points lie on one side of the frozen line: people may set it anew, the system never does."""

    since: date
    until: date
    count: int
    side: Side
    mark: Mark
    ongoing: bool  # the latest useful point is part of it
    desired: bool | None  # None: the indicator has no direction
    investigate: tuple[str, ...] = ()  # in this order, where the change is not desired


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence by its text id and raw values; `pathways.measurement.telling.say` puts them into words."""

    id: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A series with all that may honestly be said about it."""

    points: tuple[JudgedPoint, ...]
    phases: tuple[JudgedPhase, ...]
    stair: Stair  # of the latest phase
    status: Status
    opposite: Mark | None = None  # carried by a point among the last twelve, where it contradicts `status`
    signal: Signal | None = None  # the one that the sentence tells: the latest in the latest phase
    signals: tuple[Signal, ...] = ()
    target_status: TargetStatus | None = None
    second_target_status: TargetStatus | None = None
    reset: ResetSuggestion | None = None
    headline: Telling = Telling("measure.headline.too_early")
    telling: tuple[Telling, ...] = ()  # the four sentences: what, latest, signal, what to do with it
    notes: tuple[Telling, ...] = ()  # what must be said beside them
    missing: int = 0  # points missing until the run rules may speak
    ready_about: date | None = None  # the day on which they will be there, if none is left out
    weak: bool = False  # fewer than two thirds of the points are useful
