"""Takes missing values out of a series and keeps the places of those that are there."""

from collections.abc import Sequence
from math import isfinite


def present(values: Sequence[float | None]) -> tuple[list[int], list[float]]:
    """Return the positions and values that exist; None, NaN and infinity are missing."""
    places: list[int] = []
    found: list[float] = []
    for place, value in enumerate(values):
        if value is not None and isfinite(value):
            places.append(place)
            found.append(value)
    return places, found


def middle(values: Sequence[float]) -> float:
    """Return the median; of an even number the mean of the two middle values. Refuses an empty series."""
    ordered = sorted(values)
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2
