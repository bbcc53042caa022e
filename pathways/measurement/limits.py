"""The lines of an XmR chart: mean and limits from moving ranges, with very wide ranges left out once.

Factor 2.66 as in the method that NHS England publishes (3 / 1.128, rounded); screening after Nelson 1982 and the
Health Care Data Guide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

FACTOR = 2.66
SCREEN = 3.267  # a range not below this many mean ranges is left out
NEAR = 2 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Mean and limits of a baseline; the limits are None where it has no variation."""

    mean: float
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    mean_range: float | None  # of the ranges that were used
    ranges: int
    left_out: int


def compute_limits(baseline: Sequence[float], *, screen: bool = True, factor: float = FACTOR) -> Limits:
    """Return the lines that the baseline gives; refuses an empty one. Zero variation gives no limits."""
    mean = fsum(baseline) / len(baseline)
    ranges = [abs(after - before) for before, after in pairwise(baseline)]
    used = _screened(ranges) if screen else ranges
    mean_range = fsum(used) / len(used) if used else None
    reach = factor * mean_range if mean_range else None
    return Limits(
        mean=mean,
        lower=None if reach is None else mean - reach,
        upper=None if reach is None else mean + reach,
        near_lower=None if reach is None else mean - NEAR * reach,
        near_upper=None if reach is None else mean + NEAR * reach,
        mean_range=mean_range,
        ranges=len(ranges),
        left_out=len(ranges) - len(used),
    )


def _screened(ranges: Sequence[float]) -> Sequence[float]:
    wide = SCREEN * fsum(ranges) / len(ranges) if ranges else 0.0
    return [one for one in ranges if one < wide] if wide else ranges
