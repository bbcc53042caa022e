"""The four rules of the XmR chart, each alone, on a series without missing values.

As "Making Data Count" of NHS England states them. Every function returns stretches of positions and their side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pathways.measurement.marks import Rule, Side, side_of
from pathways.measurement.series import TwoOfThree

SHIFT = 7
TREND = 7


@dataclass(frozen=True, slots=True)
class Stretch:
    """The positions that one rule marks together."""

    rule: Rule
    side: Side
    places: tuple[int, ...]


def find_outside(values: Sequence[float], lower: float, upper: float) -> list[Stretch]:
    """Return each point strictly outside a limit; on the limit is inside."""
    return [
        Stretch(Rule.OUTSIDE, Side.ABOVE if value > upper else Side.BELOW, (place,))
        for place, value in enumerate(values)
        if value > upper or value < lower
    ]


def find_shifts(values: Sequence[float], mean: float, *, length: int = SHIFT) -> list[Stretch]:
    """Return each run of seven or more strictly on one side of the mean; a point on the mean breaks it."""
    found: list[Stretch] = []
    start = 0
    sides = [side_of(value, mean) for value in values]
    for end in range(1, len(sides) + 1):
        if end == len(sides) or sides[end] is not sides[start]:
            if sides[start] is not Side.ON and end - start >= length:
                found.append(Stretch(Rule.SHIFT, sides[start], tuple(range(start, end))))
            start = end
    return found


def find_trends(values: Sequence[float], *, length: int = TREND) -> list[Stretch]:
    """Return each stretch of seven or more points all rising or all falling; equal neighbours break it."""
    found: list[Stretch] = []
    steps = [side_of(after, before) for before, after in pairwise(values)]
    start = 0
    for end in range(1, len(steps) + 1):
        if end == len(steps) or steps[end] is not steps[start]:
            if steps[start] is not Side.ON and end - start + 1 >= length:
                found.append(Stretch(Rule.TREND, steps[start], tuple(range(start, end + 1))))
            start = end
    return found


def find_two_of_three(
    values: Sequence[float],
    mean: float,
    *,
    near: tuple[float, float],
    outer: tuple[float, float],
    variant: TwoOfThree = "2023",
) -> list[Stretch]:
    """Return windows of three on one side of the mean with two or more beyond the near limit; only those are marked.

    In the older variant a point beyond the outer limit does not count; the NHS team announced in November 2023 that
    it does.
    """
    sides = [side_of(value, mean) for value in values]
    beyond = [_is_beyond(value, near, outer, variant=variant) for value in values]
    found: list[Stretch] = []
    for start, side in enumerate(sides[:-2]):
        if sum(beyond[start : start + 3]) < 2 or side is Side.ON:  # two of three
            continue
        if sides[start + 1] is side and sides[start + 2] is side:
            marked = tuple(place for place in range(start, start + 3) if beyond[place])
            found.append(Stretch(Rule.TWO_OF_THREE, side, marked))
    return found


def _is_beyond(value: float, near: tuple[float, float], outer: tuple[float, float], *, variant: TwoOfThree) -> bool:
    if variant == "older" and not outer[0] <= value <= outer[1]:
        return False
    return value < near[0] or value > near[1]
