"""How long a phase usually takes, told from those who have been through it, or that they are too few to say (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from zoneinfo import ZoneInfo

from pathways.queries.stays import Past, Stay, visits_of

FEWEST = 5
"""Of fewer introductions than these nothing is said: it would be no habit, and could point at somebody."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The middle of the days that a phase took, and of how many introductions; `is_own` tells they are the region's."""

    days: int
    introductions: int
    is_own: bool


def usual_days(past: Past, zone: ZoneInfo) -> Mapping[str, Usual]:
    """Return what is usual by phase: from the region's own where they are enough, else from all that were asked.

    A phase that too few have been through is left out.
    """
    own = _days_by_phase(past.own.values(), zone)
    everybody = _days_by_phase((*past.own.values(), *past.others), zone)
    found: dict[str, Usual] = {}
    for phase, seen in everybody.items():
        is_own = len(own.get(phase, ())) >= FEWEST
        counted = own[phase] if is_own else seen
        if len(counted) >= FEWEST:
            days = median(day for stayed in counted for day in stayed)
            found[phase] = Usual(round(days), len(counted), is_own)
    return found


def _days_by_phase(introductions: Iterable[tuple[Stay, ...]], zone: ZoneInfo) -> Mapping[str, list[list[int]]]:
    """Return, by phase, one list of days for each introduction that has been through it."""
    found: dict[str, list[list[int]]] = defaultdict(list)
    for stays in introductions:
        own: dict[str, list[int]] = defaultdict(list)
        for visit in visits_of(stays, zone):
            if visit.is_over:
                own[visit.phase].append(visit.days)
        for phase, days in own.items():
            found[phase].append(days)
    return found
