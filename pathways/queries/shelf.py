"""The national catalogue as a region sees it: every pathway with its newest version and how far the region has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, Select, bindparam, select

from pathways.catalogue.schema import UNDATED
from pathways.errors import Unknown
from pathways.models.catalogue import Pathway, PathwayGoal, PathwayVersion
from pathways.models.introduction import Introduction
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_pathway, _version, _goal, _introduction = (
    table_of(row) for row in (Pathway, PathwayVersion, PathwayGoal, Introduction)
)
_REGION: BindParameter[int] = bindparam("region")
_PATHWAYS: Select[tuple[object, ...]] = select(*_pathway.c)
_ONE = _PATHWAYS.where(_pathway.c.slug == bindparam("slug"))
_VERSIONS: Select[tuple[object, ...]] = select(*_version.c).order_by(_version.c.number.desc())
_GOALS: Select[tuple[object, ...]] = (
    select(*_goal.c).where(_goal.c.pathway_id == bindparam("pathway")).order_by(_goal.c.ordinal)
)
_INTRODUCTIONS: Select[tuple[object, ...]] = (
    select(*(_introduction.c[name] for name in ("pathway_id", "slug", "number", "phase", "place", "standing")))
    .where(_introduction.c.region_id == _REGION)
    .order_by(_introduction.c.number.desc())
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a national text."""

    label: str
    kind: str
    published_on: date | None

    @property
    def is_undated(self) -> bool:
        """Say whether it is only known that there is such a version."""
        return self.label == UNDATED


@dataclass(frozen=True, slots=True)
class Begun:
    """An introduction of the pathway in the region; only the newest one has a page."""

    slug: str
    number: int
    phase: str
    place: str
    standing: str

    @property
    def is_open(self) -> bool:
        """Say whether it is under way or rests."""
        return self.standing in {"active", "paused"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A national pathway, its versions (the newest first) and the region's introductions of it (the newest first)."""

    pathway_id: int
    slug: str
    name: str
    npo: str | None
    part: int | None
    status: str
    register: str | None
    versions: tuple[Version, ...]
    begun: tuple[Begun, ...]

    @property
    def open(self) -> Begun | None:
        """Return the introduction that is under way or rests, or None."""
        return next((one for one in self.begun if one.is_open), None)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal or indicator that the national text names."""

    name: str
    kind: str
    direction: str
    target: float | None
    unit: str | None


def list_shelved(work: UnitOfWork, *, region_id: int) -> tuple[Shelved, ...]:
    """Return every national pathway in Swedish order of the names."""
    versions, begun = _versions(work, _VERSIONS, {}), _begun(work, region_id)
    rows = sorted(work.rows(_PATHWAYS), key=lambda row: swedish_key(row["name"]))
    return tuple(_shelved(row, versions.get(row["id"], ()), begun.get(row["id"], ())) for row in rows)


def get_shelved(work: UnitOfWork, *, region_id: int, slug: str) -> tuple[Shelved, tuple[Goal, ...]]:
    """Return one pathway with its goals; an unknown one is refused with the nearest names."""
    row = work.find(_ONE, {"slug": slug})
    if row is None:
        raise Unknown("pathway", slug, work.values(select(_pathway.c.slug)))
    versions = _versions(work, _VERSIONS.where(_version.c.pathway_id == bindparam("pathway")), {"pathway": row["id"]})
    goals = tuple(
        Goal(*(goal[name] for name in ("name", "kind", "direction", "target", "unit")))
        for goal in work.rows(_GOALS, {"pathway": row["id"]})
    )
    begun = _begun(work, region_id)
    return _shelved(row, versions.get(row["id"], ()), begun.get(row["id"], ())), goals


def _versions(
    work: UnitOfWork, query: Select[tuple[object, ...]], keys: dict[str, object]
) -> dict[int, tuple[Version, ...]]:
    found: dict[int, tuple[Version, ...]] = {}
    for row in work.rows(query, keys):
        one = Version(row["label"], str(row["kind"]), row["published_on"])
        found[row["pathway_id"]] = (*found.get(row["pathway_id"], ()), one)
    return found


def _begun(work: UnitOfWork, region_id: int) -> dict[int, tuple[Begun, ...]]:
    found: dict[int, tuple[Begun, ...]] = {}
    for row in work.rows(_INTRODUCTIONS, {"region": region_id}):
        one = Begun(*(row[name] for name in ("slug", "number", "phase", "place", "standing")))
        found[row["pathway_id"]] = (*found.get(row["pathway_id"], ()), one)
    return found


def _shelved(row: Row, versions: Iterable[Version], begun: Iterable[Begun]) -> Shelved:
    return Shelved(
        pathway_id=row["id"],
        slug=row["slug"],
        name=row["name"],
        npo=row["npo"],
        part=row["part"],
        status=row["national_status"],
        register=row["quality_register"],
        versions=tuple(versions),
        begun=tuple(begun),
    )
