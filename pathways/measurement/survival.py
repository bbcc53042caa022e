"""How long things last when some are still going on: the product-limit estimate of Kaplan and Meier (pure).

What goes on counts for as long as it is known to have lasted, so that the slow ones are not left out. Shares are exact
fractions: whether a half has ended is never a matter of rounding.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

HALF, QUARTER, THREE_QUARTERS = Fraction(1, 2), Fraction(1, 4), Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class Span:
    """How many days something took, or, where it is not over, has taken so far."""

    days: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which something ended: how many had lasted until then, how many ended, and the share left after it."""

    days: int
    at_risk: int
    ended: int
    left: Fraction


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that lasts for longer than so many days. Beyond the last step nothing is known."""

    steps: tuple[Step, ...]
    count: int
    running: int

    def left_after(self, days: int) -> Fraction:
        """Return the share that lasts for longer than so many days."""
        return next((step.left for step in reversed(self.steps) if step.days <= days), Fraction(1))

    def days_until(self, share: Fraction) -> int | None:
        """Return the first day by which at least this share has ended; None where too many are still going on."""
        return next((step.days for step in self.steps if 1 - step.left >= share), None)

    @property
    def median(self) -> int | None:
        """Return the days by which half have ended; None where more than half may still go on."""
        return self.days_until(HALF)

    @property
    def middle_half(self) -> tuple[int | None, int | None]:
        """Return the days by which a quarter and three quarters have ended."""
        return self.days_until(QUARTER), self.days_until(THREE_QUARTERS)


def estimate(spans: Iterable[Span]) -> Curve:
    """Return the curve of some spans. One that runs counts on the day it has come to, after those that ended then."""
    given = list(spans)
    ended = Counter(span.days for span in given if span.is_over)
    return Curve(tuple(_steps(given, ended)), len(given), sum(not span.is_over for span in given))


def _steps(given: Sequence[Span], ended: Counter[int]) -> Iterable[Step]:
    lasting = sorted(span.days for span in given)
    left, gone = Fraction(1), 0
    for days in sorted(ended):
        while lasting[gone] < days:
            gone += 1
        at_risk = len(lasting) - gone
        left *= 1 - Fraction(ended[days], at_risk)
        yield Step(days, at_risk, ended[days], left)
