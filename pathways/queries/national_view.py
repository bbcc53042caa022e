"""What the regions of one installation show each other: versions, phases and times as sums, and shared experience.

The one module that reads on purpose across regions for others to see. It asks for keys, versions, phases and times,
and for the columns of what was shared by choice: never for a text, a person, a task or a decision of another region.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, literal_column, null, select, text

from pathways.models.catalogue import Pathway, PathwayVersion
from pathways.models.introduction import Event, Introduction, moved
from pathways.models.national import SharedExperience
from pathways.models.organisation import Region
from pathways.queries.history import CORRECT
from pathways.queries.stays import stays_of, visits_of
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Phase

FEWEST = 3
"""Of a figure with fewer regions behind it nothing is said: it could point at one of them."""

_introduction, _event, _region = table_of(Introduction), table_of(Event), table_of(Region)
_pathway, _version, _shared = table_of(Pathway), table_of(PathwayVersion), table_of(SharedExperience)
_REGIONS = select(func.count()).select_from(_region)
_FOLLOWED = (
    select(
        _pathway.c.slug,
        _pathway.c.name,
        _region.c.name.label("region"),
        _version.c.label,
        _version.c.number,
        _introduction.c.pathway_id,
    )
    .select_from(_introduction)
    .join(_region, _region.c.id == _introduction.c.region_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .outerjoin(_version, _version.c.id == _introduction.c.adopted_version_id)
    .where(_introduction.c.standing.in_(("active", "paused")))
)
_NEWEST = select(_version.c.pathway_id, func.max(_version.c.number).label("number")).where(
    _version.c.kind == literal_column("'final'")
)
_PHASES = (
    select(_introduction.c.phase, _introduction.c.region_id, func.count().label("introductions"))
    .where(_introduction.c.standing.in_(("active", "paused")))
    .group_by(_introduction.c.phase, _introduction.c.region_id)
)
_MOVES = (
    select(
        _event.c.introduction_id,
        _event.c.region_id,
        *(_event.c[name] for name in ("seq", "at", "phase", "standing")),
        case(
            (_event.c.command == literal_column(f"'{CORRECT}'"), _event.c.payload["given", "undo_to"].as_integer()),
            else_=null(),
        ).label("undo_to"),
    )
    .where(text(moved("event")))
    .order_by(_event.c.introduction_id, _event.c.at, _event.c.seq)
)
_SHARED = (
    select(
        *(_shared.c[name] for name in ("id", "step", "how", "result", "months", "contact_role", "shared_on")),
        _region.c.name.label("region"),
        _pathway.c.slug,
        _pathway.c.name.label("pathway"),
    )
    .join(_region, _region.c.id == _shared.c.region_id)
    .join(_pathway, _pathway.c.id == _shared.c.pathway_id)
    .where(_shared.c.withdrawn_on.is_(None))
    .order_by(_shared.c.shared_on.desc(), _shared.c.id.desc())
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One version of a pathway's text and the regions that follow it; without a label, those that follow none yet."""

    label: str | None
    is_newest: bool
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowedPathway:
    """A pathway that some region introduces, with who follows which version, the newest first."""

    slug: str
    name: str
    versions: tuple[Followed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseFigure:
    """How many introductions are in a phase, and how long it took; None where too few regions are behind a figure.

    `own` is the reader's own region, of which nothing is left out: it sees its introductions elsewhere as well.
    """

    phase: str
    own: int
    own_median_days: int | None
    introductions: int | None
    median_days: int | None
    measured: int | None


@dataclass(frozen=True, slots=True)
class NationalView:
    """All regions of the installation together."""

    regions: int
    pathways: tuple[FollowedPathway, ...]
    phases: tuple[PhaseFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """How a region closed a gap, in the words it chose to share."""

    number: int
    region: str
    pathway: str
    pathway_slug: str
    step: str
    how: str
    result: str
    months: int | None
    contact_role: str
    shared_on: date


def national_view(work: UnitOfWork, *, region_id: int, zone: ZoneInfo) -> NationalView:
    """Return who follows what and the figures of all regions; a figure of fewer than three regions is left out."""
    newest = {row["pathway_id"]: row["number"] for row in work.rows(_NEWEST.group_by(_version.c.pathway_id))}
    days = _days_by_phase(work.rows(_MOVES), zone)
    counts: dict[str, dict[int, int]] = {}
    for row in work.rows(_PHASES):
        counts.setdefault(row["phase"], {})[row["region_id"]] = row["introductions"]
    return NationalView(
        int(work.value(_REGIONS)),
        _pathways(work.rows(_FOLLOWED), newest),
        tuple(_figure(str(one), counts.get(one, {}), days.get(one, {}), region_id=region_id) for one in Phase),
    )


def list_experiences(work: UnitOfWork, *, wanted: str = "") -> tuple[Experience, ...]:
    """Return what regions have shared and not withdrawn, the newest first; each word of `wanted` must be in it."""
    found = (_experience(row) for row in work.rows(_SHARED))
    words = wanted.casefold().split()
    return tuple(one for one in found if all(word in _searched(one) for word in words))


def _pathways(rows: Iterable[Row], newest: Mapping[int, int]) -> tuple[FollowedPathway, ...]:
    by_slug: dict[str, list[Row]] = {}
    for row in rows:
        by_slug.setdefault(row["slug"], []).append(row)
    found = [FollowedPathway(slug, own[0]["name"], _versions(own, newest)) for slug, own in by_slug.items()]
    return tuple(sorted(found, key=lambda one: swedish_key(one.name)))


def _versions(rows: Sequence[Row], newest: Mapping[int, int]) -> tuple[Followed, ...]:
    by_number: dict[int, list[Row]] = {}
    for row in rows:
        by_number.setdefault(row["number"] or 0, []).append(row)
    return tuple(
        Followed(
            label=own[0]["label"],
            is_newest=bool(number) and number == newest.get(own[0]["pathway_id"]),
            regions=tuple(sorted((row["region"] for row in own), key=swedish_key)),
        )
        for number, own in sorted(by_number.items(), reverse=True)
    )


def _days_by_phase(rows: Sequence[Row], zone: ZoneInfo) -> dict[str, dict[int, list[int]]]:
    """Return the days of finished visits by phase and region."""
    found: dict[str, dict[int, list[int]]] = {}
    for _, log in groupby(rows, key=itemgetter("introduction_id")):
        moves = list(log)
        for visit in visits_of(stays_of(moves), zone):
            if visit.is_over:
                found.setdefault(visit.phase, {}).setdefault(moves[0]["region_id"], []).append(visit.days)
    return found


def _figure(phase: str, counts: Mapping[int, int], days: Mapping[int, Sequence[int]], *, region_id: int) -> PhaseFigure:
    measured = [day for own in days.values() for day in own]
    own = days.get(region_id)
    return PhaseFigure(
        phase=phase,
        own=counts.get(region_id, 0),
        own_median_days=round(median(own)) if own else None,
        introductions=sum(counts.values()) if len(counts) >= FEWEST else None,
        median_days=round(median(measured)) if len(days) >= FEWEST else None,
        measured=len(measured) if len(days) >= FEWEST else None,
    )


def _experience(row: Row) -> Experience:
    return Experience(
        number=row["id"],
        region=row["region"],
        pathway=row["pathway"],
        pathway_slug=row["slug"],
        step=row["step"],
        how=row["how"],
        result=row["result"] or "",
        months=row["months"],
        contact_role=row["contact_role"],
        shared_on=row["shared_on"],
    )


def _searched(one: Experience) -> str:
    return f"{one.pathway} {one.step} {one.how} {one.result} {one.region}".casefold()
