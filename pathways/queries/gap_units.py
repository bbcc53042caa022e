"""The units around a gap analysis: their names, who answers for them, and how each stands with its answer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from pathways.models.gap import GapBundle, GapInvitation, InvitationState
from pathways.models.organisation import Unit
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.queries.people import load_names
from pathways.services.gap.remind_unit import next_reminder_on
from pathways.services.roster import Roster, roster_of
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_unit, _bundle, _invitation = table_of(Unit), table_of(GapBundle), table_of(GapInvitation)
_UNITS = select(_unit.c.id, _unit.c.slug, _unit.c.name, _unit.c.kind, _unit.c.active).where(
    _unit.c.region_id == bindparam("region")
)
_BUNDLES = select(_bundle.c.id, _bundle.c.slug, _bundle.c.name).where(_bundle.c.region_id == bindparam("region"))


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit by its three names: number, address, and what people call it."""

    unit_id: int
    slug: str
    name: str
    kind: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """How one unit stands: what it was asked, what it has answered, and when it was last reminded.

    `to_review` counts the steps that the unit must look at again since the text changed. `remind_from` is the first
    day on which a reminder may be sent, None where it may be at once; `representative` is None where nobody answers.
    """

    slug: str
    name: str
    kind: str
    state: str
    due_on: date
    is_late: bool
    excuse: str | None
    answered: int
    steps: int
    to_review: int
    representative: str | None
    reminded_on: date | None
    reminders: int
    remind_from: date | None
    bundle: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The units of a region, who answers for them, and the bundles that they may be asked in."""

    units: Mapping[int, UnitName]
    people: Mapping[int, str]
    bundles: Mapping[int, tuple[str, str]]
    roster: Roster

    def representative(self, unit_id: int) -> str | None:
        """Return who answers for a unit today."""
        person_id = self.roster.holder(Role.UNIT_REPRESENTATIVE, unit_id=unit_id)
        return self.people.get(person_id) if person_id is not None else None


def load_surroundings(work: UnitOfWork, *, region_id: int, introduction_id: int, today: date) -> Surroundings:
    """Return the units, people and bundles of a region as one introduction's gap analysis meets them."""
    keys = {"region": region_id}
    units = {
        row["id"]: UnitName(row["id"], row["slug"], row["name"], str(row["kind"]), row["active"])
        for row in work.rows(_UNITS, keys)
    }
    bundles = {row["id"]: (row["slug"], row["name"]) for row in work.rows(_BUNDLES, keys)}
    roster = roster_of(work, introduction_id=introduction_id, region_id=region_id, today=today)
    return Surroundings(units, load_names(work, region_id=region_id).names, bundles, roster)


def list_units(
    invited: Iterable[Row],
    answers: Iterable[Row],
    around: Surroundings,
    profile: Profile,
    *,
    steps: tuple[str, ...],
    review: frozenset[str],
    today: date,
) -> tuple[UnitLine, ...]:
    """Return the invited units: those that are waited for first, then by name."""
    known: dict[int, set[str]] = {}
    for row in answers:
        known.setdefault(row["unit_id"], set()).add(row["step"])
    lines = [
        _line(row, around, profile, steps=steps, known=known.get(row["unit_id"], set()), review=review, today=today)
        for row in invited
    ]
    return tuple(sorted(lines, key=lambda one: (one.state != InvitationState.WAITING, swedish_key(one.name))))


def list_uninvited(invited: Iterable[Row], around: Surroundings) -> tuple[UnitName, ...]:
    """Return the units at work that were not asked, by kind and name."""
    asked = {row["unit_id"] for row in invited}
    free = [unit for unit in around.units.values() if unit.active and unit.unit_id not in asked]
    return tuple(sorted(free, key=lambda unit: (unit.kind, swedish_key(unit.name))))


def count_states(lines: Iterable[UnitLine]) -> Counter[str]:
    """Return how many units stand where."""
    return Counter(line.state for line in lines)


def _line(
    row: Row,
    around: Surroundings,
    profile: Profile,
    *,
    steps: tuple[str, ...],
    known: set[str],
    review: frozenset[str],
    today: date,
) -> UnitLine:
    unit = around.units[row["unit_id"]]
    waits = row["state"] == InvitationState.WAITING
    remind_from = next_reminder_on(profile, row["reminded_on"])
    return UnitLine(
        slug=unit.slug,
        name=unit.name,
        kind=unit.kind,
        state=str(row["state"]),
        due_on=row["due_on"],
        is_late=waits and row["due_on"] < today,
        excuse=row["excuse"],
        answered=len(known & {*steps}),
        steps=len(steps),
        to_review=len(review - known) if waits and row["carried_from"] is not None else 0,
        representative=around.representative(unit.unit_id),
        reminded_on=row["reminded_on"],
        reminders=row["reminders"],
        remind_from=remind_from if remind_from is not None and remind_from > today else None,
        bundle=around.bundles.get(row["bundle_id"]),
    )
