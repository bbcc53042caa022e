"""Årets implementation: one a year and region, nominations of celebrated introductions, a jury's votes, the result.

Introductions are nominated, perhaps for one unit's part in them; never persons. Who may do what is asked here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, select, union

from pathways.errors import NotAllowed, Refused, Unknown
from pathways.models.holding import Award, AwardJuror, JuryVote, Nomination
from pathways.models.introduction import Appointment, Introduction
from pathways.models.organisation import RegionRole, Unit
from pathways.services.policy import ADMINISTRATION, may_act
from pathways.services.roster import person_id_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

CELEBRATED = frozenset({"celebrated", "finished", "closed"})
FEWEST_JURORS = 3
LONGEST_MOTIVE = 2000
SHORTEST_MOTIVE = 10

_award, _juror, _nomination, _vote = (table_of(row) for row in (Award, AwardJuror, Nomination, JuryVote))
_introduction, _unit = table_of(Introduction), table_of(Unit)
_AWARD = select(_award).where(_award.c.region_id == bindparam("region"), _award.c.year == bindparam("year"))
_JURORS = select(_juror.c.person_id).where(_juror.c.award_id == bindparam("award"))
_NOMINATED = select(_nomination).where(_nomination.c.award_id == bindparam("award"))
_VOTES = select(_vote).where(_vote.c.award_id == bindparam("award"))
_CASE = (
    select(_introduction.c.id, _introduction.c.place)
    .where(_introduction.c.region_id == bindparam("region"), _introduction.c.slug == bindparam("slug"))
    .order_by(_introduction.c.number.desc())
    .limit(1)
)
_role, _appointment = table_of(RegionRole), table_of(Appointment)
_HELD = union(
    select(_role.c.role).where(_role.c.region_id == bindparam("region"), _role.c.person_id == bindparam("person")),
    select(_appointment.c.role)
    .join(_introduction, _introduction.c.id == _appointment.c.introduction_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _appointment.c.person_id == bindparam("person"),
        _appointment.c.voided_by.is_(None),
        _appointment.c.until_on.is_(None),
    ),
)
_UNIT = select(_unit.c.id).where(_unit.c.region_id == bindparam("region"), _unit.c.slug == bindparam("slug"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts: a person of a region, with the roles held anywhere in it."""

    person_id: int
    region_id: int
    roles: frozenset[str]

    def require(self, action: str) -> None:
        """Let through whoever has a role for it; the others are told which roles do."""
        if not may_act(action, self.roles):
            raise NotAllowed(action, sorted(str(role) for role in ADMINISTRATION[action]))


def acting_as(work: UnitOfWork, *, region_id: int, person_id: int) -> Acting:
    """Return a person with every role held in the region or in any of its introductions."""
    held = work.values(_HELD, {"region": region_id, "person": person_id})
    return Acting(person_id=person_id, region_id=region_id, roles=frozenset(str(role) for role in held))


def open_award(
    work: UnitOfWork, acting: Acting, *, year: int, nominate_until: date, jurors: Iterable[str], today: date
) -> None:
    """Open a year with its jury of at least three people, or change both until the result is published."""
    acting.require("manage_award")
    if not today.year - 1 <= year <= today.year + 1:
        raise Refused("error.award_year", year=year)
    if nominate_until < today:
        raise Refused(
            "error.not_in_the_future", field="nominate_until", day=nominate_until.isoformat(), today=today.isoformat()
        )
    people = list(dict.fromkeys(person_id_of(work, acting.region_id, slug) for slug in jurors))
    if len(people) < FEWEST_JURORS:
        raise Refused("error.award_jury_small", n=FEWEST_JURORS)
    row = work.find(_AWARD, {"region": acting.region_id, "year": year})
    if row is None:
        award_id = work.insert_one(
            Award, {"region_id": acting.region_id, "year": year, "nominate_until": nominate_until}
        )
    else:
        _refuse_published(row)
        award_id = int(row["id"])
        work.update(Award, {"id": award_id}, {"nominate_until": nominate_until})
        left_out = {one for one in work.values(_JURORS, {"award": award_id}) if one not in people}
        work.connection.execute(delete(_juror).where(_juror.c.award_id == award_id))
        work.connection.execute(
            delete(_vote).where(_vote.c.award_id == award_id, _vote.c.person_id.in_(sorted(left_out)))
        )
    work.insert(AwardJuror, [{"award_id": award_id, "person_id": person_id} for person_id in people])


def nominate(
    work: UnitOfWork, acting: Acting, *, year: int, introduction: str, unit: str | None, motive: str, today: date
) -> None:
    """Put a celebrated introduction forward, perhaps for one unit's part in it, while nominations are open."""
    acting.require("nominate_award")
    award = find_award(work, acting.region_id, year)
    _refuse_published(award)
    if today > award["nominate_until"]:
        raise Refused("error.award_nominations_over", day=award["nominate_until"].isoformat())
    case = work.find(_CASE, {"region": acting.region_id, "slug": introduction})
    if case is None:
        known = select(_introduction.c.slug).where(_introduction.c.region_id == acting.region_id)
        raise Unknown("introduction", introduction, work.values(known))
    if case["place"] not in CELEBRATED:
        raise Refused("error.award_not_celebrated")
    unit_id = _unit_id(work, acting.region_id, unit)
    same = {(row["introduction_id"], row["unit_id"]) for row in work.rows(_NOMINATED, {"award": award["id"]})}
    if (case["id"], unit_id) in same:
        raise Refused("error.award_nominated")
    work.insert_one(
        Nomination,
        {
            "award_id": award["id"],
            "introduction_id": case["id"],
            "unit_id": unit_id,
            "motive": _motive(motive),
            "nominated_by": acting.person_id,
            "nominated_at": work.now,
        },
    )


def vote(work: UnitOfWork, acting: Acting, *, year: int, nomination: int, motive: str) -> None:
    """Give a juror's one vote, or change it; it is told to nobody before the result is published."""
    award = find_award(work, acting.region_id, year)
    _refuse_published(award)
    if acting.person_id not in work.values(_JURORS, {"award": award["id"]}):
        raise Refused("error.award_not_juror")
    _nomination_of(work, award, nomination)
    key = {"award_id": award["id"], "person_id": acting.person_id}
    given = {"nomination_id": nomination, "motive": _motive(motive), "voted_at": work.now}
    if work.update(JuryVote, key, given) == 0:
        work.insert(JuryVote, [{**key, **given}])


def publish(work: UnitOfWork, acting: Acting, *, year: int, nomination: int, motive: str) -> None:
    """Publish which nomination the jury chose and why, once every juror has voted."""
    acting.require("manage_award")
    award = find_award(work, acting.region_id, year)
    _refuse_published(award)
    _nomination_of(work, award, nomination)
    jurors = work.values(_JURORS, {"award": award["id"]})
    votes = work.rows(_VOTES, {"award": award["id"]})
    if len(votes) < len(jurors):
        raise Refused("error.award_votes_missing", n=len(jurors) - len(votes))
    given = [row["nomination_id"] for row in votes]
    if given.count(nomination) < max(given.count(one) for one in given):
        raise Refused("error.award_not_most_votes")
    published = {"winner_id": nomination, "motive": _motive(motive), "published_at": work.now}
    work.update(Award, {"id": award["id"]}, {**published, "published_by": acting.person_id})


def find_award(work: UnitOfWork, region_id: int, year: int) -> Row:
    """Return a region's award of a year; refuse a year that was not opened."""
    row = work.find(_AWARD, {"region": region_id, "year": year})
    if row is None:
        raise Refused("error.award_not_open", year=year)
    return row


def _nomination_of(work: UnitOfWork, award: Row, nomination: int) -> None:
    known = {row["id"] for row in work.rows(_NOMINATED, {"award": award["id"]})}
    if nomination not in known:
        raise Refused("error.award_no_nomination")


def _unit_id(work: UnitOfWork, region_id: int, unit: str | None) -> int | None:
    if not unit:
        return None
    found = work.value(_UNIT, {"region": region_id, "slug": unit})
    if found is None:
        raise Unknown("unit", unit, work.values(select(_unit.c.slug).where(_unit.c.region_id == region_id)))
    return int(found)


def _motive(text: str) -> str:
    text = text.strip()
    if not SHORTEST_MOTIVE <= len(text) <= LONGEST_MOTIVE:
        raise Refused("error.award_motive", shortest=SHORTEST_MOTIVE, longest=LONGEST_MOTIVE)
    return text


def _refuse_published(award: Row) -> None:
    if award["published_at"] is not None:
        raise Refused("error.award_published", year=award["year"])
