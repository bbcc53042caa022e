"""Årets implementation in a region: its years, what is nominated, how far the jury has come, and the results."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, exists, select

from pathways.models.catalogue import Pathway
from pathways.models.holding import Award, AwardJuror, JuryVote, Nomination
from pathways.models.introduction import Introduction
from pathways.models.organisation import Person, Unit
from pathways.services.celebrate.award import CELEBRATED
from pathways.storage.unit_of_work import Row, UnitOfWork, constant, table_of

_award, _juror, _nomination, _vote = (table_of(row) for row in (Award, AwardJuror, Nomination, JuryVote))
_introduction, _pathway, _unit, _person = (table_of(row) for row in (Introduction, Pathway, Unit, Person))
_YEARS = select(_award).where(_award.c.region_id == bindparam("region")).order_by(_award.c.year.desc())
_NOMINATED = (
    select(
        *(_nomination.c[name] for name in ("id", "award_id", "motive", "nominated_by")),
        _introduction.c.slug,
        _pathway.c.name.label("pathway"),
        _unit.c.name.label("unit"),
    )
    .join(_award, _award.c.id == _nomination.c.award_id)
    .join(_introduction, _introduction.c.id == _nomination.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .outerjoin(_unit, _unit.c.id == _nomination.c.unit_id)
    .where(_award.c.region_id == bindparam("region"))
    .order_by(_nomination.c.id)
)
_JURY = (
    select(_juror.c.person_id, _person.c.slug, _person.c.name)
    .join(_person, _person.c.id == _juror.c.person_id)
    .where(_juror.c.award_id == bindparam("award"))
    .order_by(_person.c.name)
)
_VOTES = select(_vote).where(_vote.c.award_id == bindparam("award"))
_WAITED_FOR = (
    select(_award.c.year)
    .join(_juror, _juror.c.award_id == _award.c.id)
    .where(
        _award.c.region_id == bindparam("region"),
        _juror.c.person_id == bindparam("person"),
        _award.c.published_at.is_(None),
        exists().where(_nomination.c.award_id == _award.c.id),
        ~exists().where(_vote.c.award_id == _award.c.id, _vote.c.person_id == _juror.c.person_id),
    )
    .order_by(_award.c.year)
)
_CELEBRATED = (
    select(_introduction.c.slug, _pathway.c.name.label("pathway"))
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _introduction.c.place.in_([constant(place) for place in sorted(CELEBRATED)]),
    )
    .order_by(_pathway.c.name)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationView:
    """A nominated introduction, perhaps for one unit's part; `votes` is None until the result is published."""

    id: int
    slug: str
    pathway: str
    unit: str | None
    motive: str
    votes: int | None
    is_winner: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardView:
    """One year. `mine` is the vote of the juror who looks, None for anybody else."""

    year: int
    nominate_until: date
    published_at: datetime | None
    motive: str | None
    nominations: tuple[NominationView, ...]
    jury: tuple[Row, ...]
    voted: int
    is_juror: bool
    mine: Row | None

    @property
    def winner(self) -> NominationView | None:
        """Return what was chosen."""
        return next((one for one in self.nominations if one.is_winner), None)

    def is_open(self, today: date) -> bool:
        """Say whether one may nominate."""
        return self.published_at is None and today <= self.nominate_until


def list_awards(work: UnitOfWork, *, region_id: int) -> list[tuple[Row, NominationView | None]]:
    """Return the years of a region with what was chosen, the newest first."""
    years = work.rows(_YEARS, {"region": region_id})
    chosen = {row["id"]: row for row in work.rows(_NOMINATED, {"region": region_id})}
    return [
        (year, _view(chosen[year["winner_id"]], None, year["winner_id"]) if year["published_at"] else None)
        for year in years
    ]


def find_award_view(work: UnitOfWork, *, region_id: int, year: int, person_id: int) -> AwardView | None:
    """Return one year as a person sees it, or None where the region has not opened it."""
    row = next((one for one in work.rows(_YEARS, {"region": region_id}) if one["year"] == year), None)
    if row is None:
        return None
    jury = work.rows(_JURY, {"award": row["id"]})
    votes = work.rows(_VOTES, {"award": row["id"]})
    counts = Counter(vote["nomination_id"] for vote in votes) if row["published_at"] else None
    nominated = (one for one in work.rows(_NOMINATED, {"region": region_id}) if one["award_id"] == row["id"])
    return AwardView(
        year=row["year"],
        nominate_until=row["nominate_until"],
        published_at=row["published_at"],
        motive=row["motive"],
        nominations=tuple(_view(one, counts, row["winner_id"]) for one in nominated),
        jury=tuple(jury),
        voted=len(votes),
        is_juror=person_id in {one["person_id"] for one in jury},
        mine=next((vote for vote in votes if vote["person_id"] == person_id), None),
    )


def list_awaited_votes(work: UnitOfWork, *, region_id: int, person_id: int) -> list[int]:
    """Return the years in whose jury a person sits and has not voted, where there is something to vote on."""
    return work.values(_WAITED_FOR, {"region": region_id, "person": person_id})


def list_celebrated(work: UnitOfWork, *, region_id: int) -> list[Row]:
    """Return the introductions that may be nominated, by the pathway's name."""
    return work.rows(_CELEBRATED, {"region": region_id})


def _view(row: Row, counts: Counter[int] | None, winner: int | None) -> NominationView:
    return NominationView(
        id=row["id"],
        slug=row["slug"],
        pathway=row["pathway"],
        unit=row["unit"],
        motive=row["motive"],
        votes=None if counts is None else counts[row["id"]],
        is_winner=winner == row["id"],
    )
