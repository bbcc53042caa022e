"""The decision basis: its text in versions, and the gap picture, the ranked plan and the costs that it rests on.

A version shows the figures as they stood when it was written. While the plan is still being ranked, the newest text is
shown with the figures of today.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select

from pathways.models.decision import BoardCase
from pathways.models.decision_basis import BasisVersion
from pathways.models.organisation import Body
from pathways.profiles.schema import Profile
from pathways.queries.gap import GapOverview, gap_overview
from pathways.queries.material import Head, Material
from pathways.queries.people import load_names
from pathways.queries.present import load_head, load_rows
from pathways.queries.ranking import RankingPage, ranking_page
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

KINDS = (BasisVersion, BoardCase)
WRITTEN_IN = frozenset({"preparation", "mapping", "revising", "communicated", "ranking"})
"""The places at which the basis is still being written."""

_body = table_of(Body)
_BODIES = select(_body.c.id, _body.c.slug, _body.c.name, _body.c.short).where(_body.c.region_id == bindparam("region"))


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the text: for which body and meeting, by whom and when."""

    row: Row
    body: str
    body_slug: str
    by: str | None

    @property
    def number(self) -> int:
        """Return the version's number."""
        return int(self.row["number"])

    @property
    def made_at(self) -> datetime:
        """Return when it was written."""
        made_at: datetime = self.row["made_at"]
        return made_at


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisPage:
    """A version of the basis (None before the first) with its figures, which are of `as_of`, or of now."""

    head: Head
    shown: Version | None
    versions: tuple[Version, ...]
    case: Row | None
    gap: GapOverview
    ranking: RankingPage
    as_of: datetime | None

    @property
    def newest(self) -> Version | None:
        """Return the newest version."""
        return self.versions[0] if self.versions else None

    @property
    def is_written(self) -> bool:
        """Say whether the basis is still being written."""
        return self.head.is_open and self.head.place in WRITTEN_IN


def basis_page(
    work: UnitOfWork,
    *,
    region_id: int,
    slug: str,
    person_id: int,
    profile: Profile,
    today: date,
    now: datetime,
    number: int | None = None,
) -> BasisPage:
    """Return the newest basis, or version `number` of it; one that does not exist is shown as the newest."""
    head = load_head(work, region_id=region_id, slug=slug)
    material = Material(head, load_rows(work, KINDS, region_id=region_id, introduction_id=head.introduction_id))
    versions = _versions(work, material, region_id)
    asked = next((one for one in versions if one.number == number), None)
    shown = asked or (versions[0] if versions else None)
    is_frozen = shown is not None and (asked is not None or head.place not in WRITTEN_IN)
    as_of = shown.made_at if is_frozen and shown is not None else None
    waiting = [row for row in material.of(BoardCase) if not row["closed"]]
    return BasisPage(
        head=head,
        shown=shown,
        versions=versions,
        case=waiting[-1] if waiting else None,
        gap=gap_overview(work, region_id=region_id, slug=slug, profile=profile, now=now, as_of=as_of),
        ranking=ranking_page(
            work,
            region_id=region_id,
            slug=slug,
            person_id=person_id,
            profile=profile,
            today=today,
            now=now,
            as_of=as_of,
        ),
        as_of=as_of,
    )


def _versions(work: UnitOfWork, material: Material, region_id: int) -> tuple[Version, ...]:
    """Return the versions, the newest first."""
    bodies = {row["id"]: row for row in work.rows(_BODIES, {"region": region_id})}
    names = load_names(work, region_id=region_id).names
    rows = sorted(material.of(BasisVersion), key=lambda row: -int(row["number"]))
    return tuple(
        Version(row, bodies[row["body_id"]]["name"], bodies[row["body_id"]]["slug"], names.get(row["made_by"]))
        for row in rows
    )
