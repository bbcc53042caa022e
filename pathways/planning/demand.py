"""What is asked of units in which quarter (pure): counted from single askings, with hours by an estimate.

An asking is one thing that one introduction wants of one unit on a day. Those that were due before now weigh on now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

QUARTERS = 5


class Kind(StrEnum):
    """What is asked of a unit."""

    GAP_ANALYSIS = "gap_analysis"  # answer the gap analysis
    COMMENT_ROUND = "comment_round"  # say what it thinks of the plan
    ACTIVITY = "activity"  # take part in an activity of the plan
    CHECKLIST = "checklist"  # a task that every unit gets
    TASK = "task"  # a task that somebody at the unit has
    LOOP = "loop"  # take part in a learning loop


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @property
    def begins_on(self) -> date:
        """Return its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def following(self) -> "Quarter":
        """Return the next one."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One thing that one introduction asks of one unit. `is_expected` says that nobody has asked yet."""

    unit_id: int
    introduction_id: int
    kind: Kind
    on: date
    is_expected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one introduction asks of a unit in a quarter, of one kind: how many times, of which some are expected."""

    introduction_id: int
    kind: Kind
    n: int
    expected: int
    hours: float


@dataclass(frozen=True, slots=True)
class Load:
    """All that is asked of a unit in a quarter."""

    parts: tuple[Part, ...]

    @property
    def asks(self) -> int:
        """Return how many things are asked: what one pathway asks of one kind is one, however often."""
        return len(self.parts)

    @property
    def tasks(self) -> int:
        """Return how many single things there are to do."""
        return sum(part.n for part in self.parts)

    @property
    def hours(self) -> float:
        """Return the hours by the estimate."""
        return sum(part.hours for part in self.parts)

    @property
    def introductions(self) -> frozenset[int]:
        """Return which introductions ask."""
        return frozenset(part.introduction_id for part in self.parts)


NOTHING = Load(())


def quarter_of(day: date) -> Quarter:
    """Return the quarter that a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarters_from(today: date, n: int = QUARTERS) -> tuple[Quarter, ...]:
    """Return this quarter and those after it."""
    found = [quarter_of(today)]
    while len(found) < n:
        found.append(found[-1].following)
    return tuple(found)


def spread(from_on: date | None, until_on: date, *, today: date) -> tuple[date, ...]:
    """Return a day in every quarter that something goes on in, from today at the earliest; late, it is due today."""
    begins = max(today, from_on or until_on)
    days, quarter = [begins], quarter_of(begins)
    while (quarter := quarter.following).begins_on <= until_on:
        days.append(quarter.begins_on)
    return tuple(days)


def loads(
    askings: Iterable[Asking], hours: Mapping[str, float], *, today: date, quarters: Sequence[Quarter]
) -> dict[int, dict[Quarter, Load]]:
    """Return the load of every unit by quarter; what lies after the last quarter is left out."""
    counted: dict[tuple[int, Quarter, int, Kind], list[bool]] = {}
    for one in askings:
        quarter = quarter_of(max(one.on, today))
        if quarter in quarters:
            key = (one.unit_id, quarter, one.introduction_id, one.kind)
            counted.setdefault(key, []).append(one.is_expected)
    found: dict[int, dict[Quarter, list[Part]]] = {}
    for (unit_id, quarter, introduction_id, kind), expected in counted.items():
        part = Part(
            introduction_id=introduction_id,
            kind=kind,
            n=len(expected),
            expected=sum(expected),
            hours=len(expected) * hours.get(kind, 0.0),
        )
        found.setdefault(unit_id, {}).setdefault(quarter, []).append(part)
    return {
        unit_id: {quarter: Load(tuple(sorted(parts, key=_order))) for quarter, parts in own.items()}
        for unit_id, own in found.items()
    }


def _order(part: Part) -> tuple[int, int]:
    return part.introduction_id, list(Kind).index(part.kind)
