"""What the gap analysis and the members' levels say of each activity, as the score takes it (pure)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pathways.models.gap import InvitationState, Verdict
from pathways.models.plan import ActivityState
from pathways.planning.ranking import FACTORS, TOP, Measure, affected_level, gap_level, middle
from pathways.services.evidence import GAP_LEVEL
from pathways.storage.unit_of_work import Row

DERIVED = ("gap", "affected")
"""The factors that the gap analysis gives where no member gave another level."""


@dataclass(frozen=True, slots=True)
class FactorSpread:
    """What is known of one factor: the middle of what members gave, or what the gap analysis gives; and the spread."""

    level: float | None
    given: tuple[int, ...]
    is_derived: bool

    @property
    def lowest(self) -> int | None:
        """Return the lowest level that a member gave."""
        return min(self.given, default=None)

    @property
    def highest(self) -> int | None:
        """Return the highest level that a member gave."""
        return max(self.given, default=None)


@dataclass(frozen=True, slots=True)
class Support:
    """What speaks for one activity: its factors, the gap levels behind them, and the units that see a gap."""

    ref: str
    factors: Mapping[str, FactorSpread]
    gap_levels: Counter[int]
    units: int
    asked: int

    @property
    def measure(self) -> Measure:
        """Return the activity as the score sees it; without a level in every factor it has no score."""
        levels = {name: spread.level for name, spread in self.factors.items()}
        known = {name: level for name, level in levels.items() if level is not None}
        return Measure(self.ref, known if len(known) == len(FACTORS) else None)


def list_support(
    activities: Iterable[Row],
    links: Iterable[Row],
    answers: Iterable[Row],
    scores: Iterable[Row],
    invitations: Iterable[Row],
) -> list[Support]:
    """Return what speaks for each activity that has not been stopped, in the order of the activities."""
    by_ref = {row["ref"]: row for row in answers if row["verdict"] == Verdict.LEVEL}
    linked: dict[str, list[Row]] = defaultdict(list)
    for link in links:
        if link["answer_ref"] in by_ref:
            linked[link["activity_ref"]].append(by_ref[link["answer_ref"]])
    given: dict[str, list[Row]] = defaultdict(list)
    for score in scores:
        given[score["activity_ref"]].append(score)
    asked = len({row["unit_id"] for row in invitations if row["state"] != InvitationState.EXCUSED})
    return [
        _support(row["ref"], linked[row["ref"]], given[row["ref"]], asked)
        for row in activities
        if row["state"] != ActivityState.STOPPED
    ]


def _support(ref: str, answers: Sequence[Row], scores: Sequence[Row], asked: int) -> Support:
    units = len({row["unit_id"] for row in answers if row["level"] >= GAP_LEVEL})
    derived = {
        "gap": gap_level([row["level"] for row in answers]),
        "affected": affected_level(units, asked) if answers else None,
    }
    factors = {name: _spread([row[name] for row in scores], derived.get(name)) for name in TOP}
    return Support(ref, factors, Counter(row["level"] for row in answers), units, asked)


def _spread(levels: Iterable[int | None], derived: int | None) -> FactorSpread:
    given = tuple(sorted(level for level in levels if level is not None))
    if given:
        return FactorSpread(middle(given), given, is_derived=False)
    return FactorSpread(float(derived) if derived is not None else None, (), is_derived=derived is not None)
