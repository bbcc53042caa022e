"""Which open introductions do not yet follow the newest final version of their pathway's national text."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from pathways.models.catalogue import Pathway, PathwayVersion, VersionKind
from pathways.models.gap import GapBundle, GapBundleMember, GapInvitation, InvitationState
from pathways.models.introduction import Introduction
from pathways.planning.rollout import Stand, national_of
from pathways.services.case import snapshot_of, states_held
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_introduction, _pathway, _version = table_of(Introduction), table_of(Pathway), table_of(PathwayVersion)
_invitation, _bundle, _member = table_of(GapInvitation), table_of(GapBundle), table_of(GapBundleMember)
_OPEN = (
    select(
        *_introduction.c,
        _pathway.c.slug.label("pathway_slug"),
        _pathway.c.name.label("pathway_name"),
        _bundle.c.slug.label("bundle_slug"),
        _bundle.c.name.label("bundle_name"),
    )
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .outerjoin(_member, _member.c.introduction_id == _introduction.c.id)
    .outerjoin(_bundle, _bundle.c.id == _member.c.bundle_id)
    .where(_introduction.c.region_id == bindparam("region"), _introduction.c.standing.in_(("active", "paused")))
)
_FINALS = select(_version.c.id, _version.c.pathway_id, _version.c.label, _version.c.number).where(
    _version.c.kind == VersionKind.FINAL, _version.c.pathway_id.in_(bindparam("pathways", expanding=True))
)
_ASKED = (
    select(
        _invitation.c.introduction_id,
        _invitation.c.version_id,
        func.count().label("asked"),
        func.count().filter(_invitation.c.state == InvitationState.WAITING).label("waiting"),
    )
    .where(_invitation.c.introduction_id.in_(bindparam("cases", expanding=True)), _invitation.c.voided_by.is_(None))
    .group_by(_invitation.c.introduction_id, _invitation.c.version_id)
)


@dataclass(frozen=True, slots=True)
class Joint:
    """The joint introduction that one takes part in."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """An open introduction that does not follow the newest final version yet."""

    introduction_id: int
    slug: str
    pathway_id: int
    pathway_slug: str
    pathway: str
    version: int
    phase: str
    place: str
    standing: str
    stand: Stand
    newest_id: int
    newest: str
    followed: int | None
    analysed: int | None
    joint: Joint | None


def list_behind(work: UnitOfWork, *, region_id: int, pathways: Sequence[str] = ()) -> tuple[Behind, ...]:
    """Return the region's introductions that are behind, of these pathways (by slug) or of all, in Swedish order."""
    query = _OPEN.where(_pathway.c.slug.in_(pathways)) if pathways else _OPEN
    rows = work.rows(query, {"region": region_id})
    if not rows:
        return ()
    finals: dict[int, Row] = {}
    for row in sorted(work.rows(_FINALS, {"pathways": [one["pathway_id"] for one in rows]}), key=_number):
        finals[row["pathway_id"]] = row
    rows = [row for row in rows if row["pathway_id"] in finals and _is_behind(row, finals[row["pathway_id"]])]
    if not rows:
        return ()
    asked: dict[int, dict[int, tuple[int, int]]] = {}
    for one in work.rows(_ASKED, {"cases": [row["id"] for row in rows]}):
        asked.setdefault(one["introduction_id"], {})[one["version_id"]] = (one["asked"], one["waiting"])
    found = (_behind(row, finals[row["pathway_id"]], asked.get(row["id"], {})) for row in rows)
    return tuple(sorted(found, key=lambda one: swedish_key(one.pathway)))


def _number(row: Row) -> int:
    return int(row["number"])


def _held(row: Row) -> list[str]:
    return states_held(snapshot_of(row))


def _is_behind(row: Row, newest: Row) -> bool:
    national = national_of(_held(row))
    return national in {"consultation", "superseded"} or row["adopted_version_id"] != newest["id"]


def _behind(row: Row, newest: Row, asked: dict[int, tuple[int, int]]) -> Behind:
    national, analysed = national_of(_held(row)), row["analysed_version_id"]
    anew, waiting = asked.get(newest["id"], (0, 0))
    was_asked = any(version != newest["id"] for version in asked)
    # A consultation text that is being analysed stays the analysed one until the analysis is reopened.
    drafted = national == "consultation" and analysed not in {None, newest["id"]}
    return Behind(
        introduction_id=row["id"],
        slug=row["slug"],
        pathway_id=row["pathway_id"],
        pathway_slug=row["pathway_slug"],
        pathway=row["pathway_name"],
        version=row["version"],
        phase=row["phase"],
        place=row["place"],
        standing=row["standing"],
        stand=Stand(
            national=national,
            place=row["place"],
            is_analysed=drafted or (was_asked and national != "consultation"),
            is_revised=national != "consultation" and anew > 0 and waiting == 0,
        ),
        newest_id=newest["id"],
        newest=newest["label"],
        followed=row["adopted_version_id"],
        analysed=analysed,
        joint=Joint(row["bundle_slug"], row["bundle_name"]) if row["bundle_slug"] else None,
    )
