"""The XmR chart of one stretch of values: its lines, and one label a point."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pathways.measurement.limits import FACTOR, compute_limits
from pathways.measurement.marks import Mark, Rule, mark_of
from pathways.measurement.series import Direction, TwoOfThree
from pathways.measurement.special import Stretch, find_outside, find_shifts, find_trends, find_two_of_three
from pathways.measurement.values import present

PRECEDENCE = (Rule.OUTSIDE, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT, Rule.RUN)
_DIRECTIONS = {None: Direction.NEITHER, True: Direction.HIGHER, False: Direction.LOWER}


@dataclass(frozen=True, slots=True, kw_only=True)
class XmrAnalysis:
    """Lines, uncut, and for each given value a label and its word, or None."""

    mean: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    labels: tuple[Rule | None, ...]
    marks: tuple[Mark | None, ...] = ()
    stretches: tuple[Stretch, ...] = ()  # every finding, by position in the series as it was given
    mean_range: float | None = None
    ranges: int = 0
    left_out: int = 0

    @property
    def is_flat(self) -> bool:
        """Whether there is no variation to set limits from."""
        return self.mean is not None and self.upper is None


def analyse_xmr(
    values: Sequence[float | None],
    *,
    baseline: int | None = None,
    screen: bool = True,
    factor: float = FACTOR,
    two_of_three: TwoOfThree = "2023",
    higher_is_better: bool | None = None,
) -> XmrAnalysis:
    """Return the chart of a series with missing values as None.

    `baseline` is how many of the first existing values set the lines; None is all of them. A label is the first match
    of: outside, trend, two of three, shift. Without variation in the baseline there are no limits and no labels.
    """
    places, found = present(values)
    if not found or (baseline is not None and baseline < 1):
        empty = (None,) * len(values)
        return XmrAnalysis(
            mean=None, lower=None, upper=None, near_lower=None, near_upper=None, labels=empty, marks=empty
        )
    lines = compute_limits(found[:baseline], screen=screen, factor=factor)
    stretches: list[Stretch] = []
    if None not in (outer := (lines.lower, lines.upper)) and None not in (near := (lines.near_lower, lines.near_upper)):
        stretches = _find(found, lines.mean, near, outer, variant=two_of_three)  # type: ignore[arg-type]  # not None
    placed = tuple(Stretch(one.rule, one.side, tuple(places[at] for at in one.places)) for one in stretches)
    labelled = label(placed)
    direction = _DIRECTIONS[higher_is_better]
    return XmrAnalysis(
        mean=lines.mean,
        lower=lines.lower,
        upper=lines.upper,
        near_lower=lines.near_lower,
        near_upper=lines.near_upper,
        labels=tuple(labelled[at].rule if at in labelled else None for at in range(len(values))),
        marks=tuple(mark_of(labelled[at].side, direction) if at in labelled else None for at in range(len(values))),
        stretches=placed,
        mean_range=lines.mean_range,
        ranges=lines.ranges,
        left_out=lines.left_out,
    )


def label(stretches: Iterable[Stretch]) -> dict[int, Stretch]:
    """Return the one finding that names each position: by precedence, and of two trends the later."""
    found: dict[int, Stretch] = {}
    ordered = sorted(stretches, key=lambda one: (-PRECEDENCE.index(one.rule), one.places[0]))
    for stretch in ordered:
        found.update(dict.fromkeys(stretch.places, stretch))
    return found


def _find(
    values: Sequence[float],
    mean: float,
    near: tuple[float, float],
    outer: tuple[float, float],
    *,
    variant: TwoOfThree,
) -> list[Stretch]:
    return [
        *find_outside(values, *outer),
        *find_trends(values),
        *find_two_of_three(values, mean, near=near, outer=outer, variant=variant),
        *find_shifts(values, mean),
    ]
