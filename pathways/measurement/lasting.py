"""How much of what was planned is done, and what may be said of times that several have taken (pure).

Of fewer than five the single values are listed: a middle of three would be no habit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pathways.measurement.survival import Curve, Span, estimate

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Done:
    """How much of what was planned is done. What need not be done is left out; what was skipped counts as not done."""

    done: int
    planned: int
    not_applicable: int = 0

    @property
    def counted(self) -> int:
        """Return how many are to be done."""
        return self.planned - self.not_applicable

    @property
    def share(self) -> Fraction | None:
        """Return the part that is done; None where nothing is to be done."""
        return Fraction(self.done, self.counted) if self.counted > 0 else None


@dataclass(frozen=True, slots=True)
class Lasted:
    """What may be said of how long something takes: the spans, the shortest first, and the curve that they make.

    `subjects` counts those who have been there, each once, however often.
    """

    subjects: int
    curve: Curve
    spans: tuple[Span, ...]

    @property
    def singles(self) -> tuple[Span, ...]:
        """Return the single values where they are too few for a middle, else none."""
        return () if self.has_middle else self.spans

    @property
    def has_middle(self) -> bool:
        """Say whether there are enough for a median and a middle half."""
        return self.subjects >= FEWEST


def lasted(seen: Mapping[int, Sequence[Span]]) -> Lasted:
    """Return what may be said of spans that are given by whose they are."""
    subjects = sum(bool(spans) for spans in seen.values())
    spans = sorted((span for own in seen.values() for span in own), key=lambda span: (span.days, not span.is_over))
    return Lasted(subjects, estimate(spans), tuple(spans))


def is_slow(days: int, known: Lasted) -> bool:
    """Say whether something has gone on for longer than half of those before took; of too few nothing is said."""
    median = known.curve.median if known.has_middle else None
    return median is not None and days > median
