"""The series as people entered and confirmed it: points, phases, interventions and how it is to be judged.

Nothing here is computed from the values. A region's words for these members stand in the texts, not here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from pathways.measurement.calendar import Every, step

__all__ = [
    "Cause",
    "Direction",
    "Every",
    "Intervention",
    "Phase",
    "Point",
    "PointState",
    "RuleSet",
    "Settings",
    "TwoOfThree",
    "fill",
]

Cause = Literal["first", "reset", "definition"]
TwoOfThree = Literal["2023", "older"]


class PointState(StrEnum):
    """How far a value can be trusted."""

    PRELIMINARY = "preliminary"  # drawn hollow, never part of a baseline, a limit or a signal
    FINAL = "final"
    CORRECTED = "corrected"  # counts as final; that it was changed is told


class Direction(StrEnum):
    """Which way is better; the words of a marked point follow it."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"  # no word such as "improvement" is used


class RuleSet(StrEnum):
    """The rules that a series is judged by."""

    RUNS = "runs"  # median, longest run and crossings: what everybody starts with
    XMR = "xmr"  # mean and limits, when a quiet baseline of twelve points exists
    CLASSIC = "classic"  # shift of six and trend of five, for regions that have taught them


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period's value; `value` is None where the period is missing."""

    period: date  # the period's first day
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    state: PointState = PointState.FINAL

    @property
    def counts(self) -> bool:
        """Whether the point takes part in lines and rules: it has a value, and it is not preliminary."""
        return self.value is not None and self.state is not PointState.PRELIMINARY


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch with lines of its own, as people confirmed it; it lasts until the next one starts."""

    starts: date
    frozen_through: date | None = None  # the last period of the baseline; None: not frozen yet
    cause: Cause = "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """An activity's real start or stop, drawn as a numbered line; it never resets anything."""

    number: int
    on: date
    stops: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How one indicator is judged."""

    every: Every
    direction: Direction = Direction.NEITHER
    rules: RuleSet = RuleSet.RUNS
    screen: bool = True  # leave out very wide moving ranges once (Nelson 1982)
    two_of_three: TwoOfThree = "2023"
    target: float | None = None
    second_target: float | None = None
    share: bool = False  # the value is numerator / denominator in percent
    count: bool = False  # a count: drawn limits stop at nought
    lag_days: int = 0  # from the end of a period until its value can be had

    def value_of(self, point: Point) -> float | None:
        """Return the value that is judged; a share comes from its own counts, so that ties are real ties."""
        if not self.share or point.numerator is None or point.denominator is None:
            return point.value
        return 100 * point.numerator / point.denominator if point.denominator > 0 else None


def fill(points: Sequence[Point], every: Every) -> tuple[Point, ...]:
    """Return the points in order of period with an empty one for each missing period; of two the later given stays."""
    latest = {point.period: point for point in points}
    if not latest:
        return ()
    found: list[Point] = []
    for period in sorted(latest):
        while found and (following := step(found[-1].period, every)) < period:
            found.append(Point(period=following, value=None))
        found.append(latest[period])
    return tuple(found)
