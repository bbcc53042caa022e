"""What speaks for which measure: a score from four factors, an order by it, and whether that order is sturdy (pure).

The score is a support for people who rank, never the ranking. It is the product of the factors, each raised to its
weight and put on a scale up to 100; what a measure costs is shown beside it and is no part of it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from statistics import median

TOP: Mapping[str, int] = {"gap": 4, "affected": 5, "severity": 4, "feasibility": 4}
"""The factors, each with its highest level; the lowest is 1."""

FACTORS = tuple(TOP)
CHANGE = 0.25
EXACT = 9  # decimals that count; beyond them two scores are the same

Levels = Mapping[str, float]
Weights = Mapping[str, float]
Places = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as the score sees it: its level in every factor, or None where one is not known yet."""

    ref: str
    levels: Levels | None


@dataclass(frozen=True, slots=True)
class Sturdiness:
    """Whether the order stays when weights change; `swaps` are the pairs that change places, the first one first."""

    holds: bool
    swaps: tuple[tuple[str, str], ...]


def score_of(levels: Levels, weights: Weights) -> float:
    """Return the score of one measure: 100 where every factor has its highest level."""
    total = sum(weights[factor] for factor in FACTORS)
    parts = (float((levels[factor] / TOP[factor]) ** (weights[factor] / total)) for factor in FACTORS)
    return 100 * prod(parts)


def places_by_score(measures: Iterable[Measure], weights: Weights) -> dict[str, int]:
    """Return the places of the measures that have a score, the highest first; equal scores share a place."""
    scores = {one.ref: round(score_of(one.levels, weights), EXACT) for one in measures if one.levels is not None}
    order = sorted(scores, key=lambda ref: -scores[ref])
    return {ref: 1 + sum(scores[other] > scores[ref] for other in scores) for ref in order}


def try_order(measures: Sequence[Measure], weights: Weights, *, change: float = CHANGE) -> Sturdiness:
    """Return which pairs change places when each weight may be up to `change` larger or smaller, all at once."""
    usual = places_by_score(measures, weights)
    swapped: set[tuple[str, str]] = set()
    for factors in product((1 - change, 1.0, 1 + change), repeat=len(FACTORS)):
        changed = {name: weights[name] * factor for name, factor in zip(FACTORS, factors, strict=True)}
        other = places_by_score(measures, changed)
        swapped |= {(one, two) for one in usual for two in usual if usual[one] < usual[two] and other[one] > other[two]}
    pairs = tuple(sorted(swapped, key=lambda pair: (usual[pair[0]], usual[pair[1]], pair)))
    return Sturdiness(not pairs, pairs)


def gap_level(levels: Collection[int]) -> int | None:
    """Return the factor of gap levels 0 to 3: their median, the larger where two stand in the middle, as 1 to 4."""
    return int(median(sorted(levels)) + 0.5) + 1 if levels else None


def affected_level(units: int, asked: int) -> int | None:
    """Return the factor of how many of the units asked see a gap: 1 for none, 5 for more than three quarters."""
    if asked <= 0:
        return None
    share = min(units / asked, 1.0)
    return 1 if units == 0 else 2 + sum(share > bound for bound in (0.25, 0.5, 0.75))


def middle(levels: Sequence[int]) -> float | None:
    """Return the median of what several members gave, or None where nobody gave anything."""
    return float(median(levels)) if levels else None


def list_moved(order: Sequence[str], places: Places) -> tuple[str, ...]:
    """Return the fewest measures that must have been moved to come from their places by score to an order.

    Measures of equal score may stand in any order among themselves; one without a place may stand anywhere.
    """
    placed = [ref for ref in order if ref in places]
    chains: list[list[str]] = []
    for ref in placed:  # the longest chain that keeps the order by score, ending in each measure
        before = [chain for chain in chains if places[chain[-1]] <= places[ref]]
        chains.append([*max(before, key=len, default=[]), ref])
    kept = max(chains, key=len, default=[])
    return tuple(ref for ref in placed if ref not in kept)


def list_unexplained(order: Sequence[str], places: Places, explained: Collection[str]) -> tuple[str, ...]:
    """Return the measures that stand where the score would not put them, and that nobody has given a motive for."""
    return list_moved([ref for ref in order if ref not in explained], places)


def list_in_need(order: Sequence[str], places: Places, moved: Collection[str]) -> tuple[str, ...]:
    """Return the measures that need a motive: those somebody moved where it matters, and what is left unexplained."""
    need = [*dict.fromkeys([*moved, *list_unexplained(order, places, moved)])]
    for ref in tuple(need):
        others = [one for one in need if one != ref]
        if not list_unexplained(order, places, others):
            need = others
    return tuple(ref for ref in order if ref in need)
