"""What a point may be called: the side it lies on, the rule that marked it and the word that follows from both."""

from enum import StrEnum

from pathways.measurement.series import Direction


class Side(StrEnum):
    """Where a point lies against its phase's centre line; for a trend, the way it goes."""

    ABOVE = "above"
    BELOW = "below"
    ON = "on"


class Mark(StrEnum):
    """What a marked point is called, by side and direction."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    UP = "up"
    DOWN = "down"


class Rule(StrEnum):
    """The rule that a signal comes from."""

    RUN = "run"  # unusually long run against the median
    CROSSINGS = "crossings"  # unusually few crossings; belongs to the whole chart, not to points
    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"


OPPOSITE = {
    Mark.IMPROVEMENT: Mark.CONCERN,
    Mark.CONCERN: Mark.IMPROVEMENT,
    Mark.UP: Mark.DOWN,
    Mark.DOWN: Mark.UP,
}


def side_of(value: float, centre: float) -> Side:
    """Return the side, compared at full precision."""
    return Side.ABOVE if value > centre else Side.BELOW if value < centre else Side.ON


def mark_of(side: Side, direction: Direction) -> Mark:
    """Return what a marked point on this side is called; without a direction no word judges."""
    up = side is Side.ABOVE
    if direction is Direction.NEITHER:
        return Mark.UP if up else Mark.DOWN
    return Mark.IMPROVEMENT if up == (direction is Direction.HIGHER) else Mark.CONCERN
