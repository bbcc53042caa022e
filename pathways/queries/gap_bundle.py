"""Joint gap analyses: which there are, which introductions take part, and how the units stand across them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, bindparam, func, select

from pathways.errors import Unknown
from pathways.models.catalogue import Pathway
from pathways.models.gap import GapAnswer, GapBundle, GapBundleMember, GapInvitation, InvitationState
from pathways.models.introduction import Introduction
from pathways.models.organisation import Unit
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.services.gap.asking import ASKING
from pathways.services.gap.steps import list_steps
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_bundle, _member, _introduction = table_of(GapBundle), table_of(GapBundleMember), table_of(Introduction)
_pathway, _invitation, _answer = table_of(Pathway), table_of(GapInvitation), table_of(GapAnswer)
_unit = table_of(Unit)
_REGION = bindparam("region", type_=_bundle.c.region_id.type)
_CASES: BindParameter[int] = bindparam("cases", expanding=True)

_BUNDLES = (
    select(_bundle.c.id, _bundle.c.slug, _bundle.c.name, _bundle.c.made_at)
    .where(_bundle.c.region_id == _REGION)
    .order_by(_bundle.c.made_at.desc())
)
_MEMBERS = (
    select(
        _member.c.bundle_id,
        _introduction.c.id,
        _introduction.c.slug,
        _introduction.c.version,
        _introduction.c.place,
        _introduction.c.phase,
        _introduction.c.standing,
        _introduction.c.analysed_version_id,
        _pathway.c.name.label("pathway"),
    )
    .join(_introduction, _introduction.c.id == _member.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(_introduction.c.region_id == _REGION)
    .order_by(_member.c.bundle_id, _member.c.ordinal)
)
_INVITED = select(_invitation).where(
    _invitation.c.introduction_id.in_(_CASES),
    _invitation.c.bundle_id == bindparam("bundle"),
    _invitation.c.voided_by.is_(None),
)
_ASKED = (
    select(_invitation.c.introduction_id, _invitation.c.unit_id)
    .join(_introduction, _introduction.c.id == _invitation.c.introduction_id)
    .where(
        _invitation.c.introduction_id.in_(_CASES),
        _invitation.c.version_id == _introduction.c.analysed_version_id,
        _invitation.c.voided_by.is_(None),
    )
)
_ANSWERED = (
    select(_answer.c.introduction_id, _answer.c.unit_id, _answer.c.version_id, func.count().label("steps"))
    .where(_answer.c.introduction_id.in_(_CASES), _answer.c.voided_by.is_(None))
    .group_by(_answer.c.introduction_id, _answer.c.unit_id, _answer.c.version_id)
)
_UNITS = select(_unit.c.id, _unit.c.slug, _unit.c.name, _unit.c.kind, _unit.c.active).where(
    _unit.c.region_id == _REGION
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleMember:
    """An introduction of a bundle. `asks` says that units can be invited to it now."""

    introduction_id: int
    slug: str
    pathway: str
    phase: str
    place: str
    version: int
    asks: bool


@dataclass(frozen=True, slots=True)
class Bundle:
    """A joint gap analysis by name."""

    bundle_id: int
    slug: str
    name: str
    made_at: datetime
    members: tuple[BundleMember, ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        """Return the introductions in the order of the form."""
        return tuple(member.slug for member in self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleUnit:
    """How a unit stands across the bundle. `parts` tells by introduction: its state and how many steps of how many."""

    slug: str
    name: str
    kind: str
    due_on: date
    is_late: bool
    parts: Mapping[str, tuple[str, int, int]]

    @property
    def is_done(self) -> bool:
        """Say whether nothing is waited for."""
        return all(state != InvitationState.WAITING for state, _, _ in self.parts.values())


@dataclass(frozen=True, slots=True)
class FreeUnit:
    """A unit that can be invited: to these introductions of the bundle it has not been asked yet."""

    slug: str
    name: str
    kind: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BundlePage:
    """A bundle with its units."""

    bundle: Bundle
    units: tuple[BundleUnit, ...]
    free: tuple[FreeUnit, ...]


def list_bundles(work: UnitOfWork, *, region_id: int) -> tuple[Bundle, ...]:
    """Return the bundles of a region, the newest first."""
    members: dict[int, list[Row]] = {}
    for row in work.rows(_MEMBERS, {"region": region_id}):
        members.setdefault(row["bundle_id"], []).append(row)
    return tuple(
        Bundle(
            row["id"],
            row["slug"],
            row["name"],
            row["made_at"],
            tuple(_member_of(member) for member in members.get(row["id"], ())),
        )
        for row in work.rows(_BUNDLES, {"region": region_id})
    )


def find_bundle(work: UnitOfWork, *, region_id: int, slug: str) -> Bundle:
    """Return the bundle of that name; raise `Unknown` for another."""
    bundles = list_bundles(work, region_id=region_id)
    for bundle in bundles:
        if bundle.slug == slug:
            return bundle
    raise Unknown("gap_bundle", slug, (bundle.slug for bundle in bundles))


def bundle_page(work: UnitOfWork, *, region_id: int, slug: str, profile: Profile, now: datetime) -> BundlePage:
    """Return a bundle with how its units stand, and the units that can still be invited."""
    bundle = find_bundle(work, region_id=region_id, slug=slug)
    cases = {member.introduction_id: member for member in bundle.members}
    keys = {"cases": list(cases), "bundle": bundle.bundle_id}
    units = {row["id"]: row for row in work.rows(_UNITS, {"region": region_id})}
    invited = work.rows(_INVITED, keys)
    answered = {
        (row["introduction_id"], row["unit_id"], row["version_id"]): row["steps"]
        for row in work.rows(_ANSWERED, {"cases": list(cases)})
    }
    asked = {(row["introduction_id"], row["unit_id"]) for row in work.rows(_ASKED, {"cases": list(cases)})}
    versions = {int(row["version_id"]) for row in invited}
    steps = {one: len(found) for one, found in list_steps(work, profile, *versions).items()} if versions else {}
    today = local_date(now, profile.region.zone)
    lines = [
        _unit_line(units[unit_id], [row for row in invited if row["unit_id"] == unit_id], cases, answered, steps, today)
        for unit_id in dict.fromkeys(row["unit_id"] for row in invited)
    ]
    open_members = [member for member in bundle.members if member.asks]
    free = [
        FreeUnit(
            row["slug"],
            row["name"],
            str(row["kind"]),
            tuple(one.slug for one in open_members if (one.introduction_id, unit_id) not in asked),
        )
        for unit_id, row in units.items()
        if row["active"]
    ]
    return BundlePage(
        bundle,
        tuple(sorted(lines, key=lambda one: (one.is_done, swedish_key(one.name)))),
        tuple(sorted((one for one in free if one.missing), key=lambda one: (one.kind, swedish_key(one.name)))),
    )


def _member_of(row: Row) -> BundleMember:
    return BundleMember(
        introduction_id=row["id"],
        slug=row["slug"],
        pathway=row["pathway"],
        phase=row["phase"],
        place=row["place"],
        version=row["version"],
        asks=row["place"] in ASKING and row["analysed_version_id"] is not None,
    )


def _unit_line(
    unit: Row,
    rows: list[Row],
    cases: Mapping[int, BundleMember],
    answered: Mapping[tuple[int, int, int], int],
    steps: Mapping[int, int],
    today: date,
) -> BundleUnit:
    parts = {
        cases[row["introduction_id"]].slug: (
            str(row["state"]),
            answered.get((row["introduction_id"], row["unit_id"], row["version_id"]), 0),
            steps[row["version_id"]],
        )
        for row in rows
    }
    due_on = min(row["due_on"] for row in rows)
    waits = any(state == InvitationState.WAITING for state, _, _ in parts.values())
    return BundleUnit(
        slug=unit["slug"],
        name=unit["name"],
        kind=str(unit["kind"]),
        due_on=due_on,
        is_late=waits and due_on < today,
        parts=parts,
    )
