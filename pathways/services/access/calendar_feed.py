"""The addresses at which calendars are read: made, shown once, revoked, and found again by what they hold.

Only a digest of the secret is kept, so nobody who reads the database can read a calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, or_, select, update

from pathways.models.calendar import CalendarFeed, FeedScope
from pathways.models.introduction import Appointment, Introduction
from pathways.models.organisation import Person, Region, RegionRole
from pathways.services.access.token import digest_of, new_token
from pathways.services.policy import VIEWS
from pathways.storage.unit_of_work import UnitOfWork, table_of

SEES_REGION = sorted(VIEWS["see_board"])
_feed, _person, _region = table_of(CalendarFeed), table_of(Person), table_of(Region)
_role, _appointment, _introduction = table_of(RegionRole), table_of(Appointment), table_of(Introduction)
_holds_a_role = or_(
    exists().where(_role.c.person_id == _feed.c.person_id, _role.c.role.in_(SEES_REGION)),
    exists().where(
        _appointment.c.person_id == _feed.c.person_id,
        _appointment.c.voided_by.is_(None),
        _appointment.c.until_on.is_(None),
        _appointment.c.role.in_(SEES_REGION),
        _appointment.c.introduction_id == _introduction.c.id,
        _introduction.c.region_id == _feed.c.region_id,
    ),
)
_FOUND = (
    select(
        _feed.c.person_id,
        _feed.c.scope,
        _feed.c.region_id,
        _region.c.code,
        _region.c.name.label("region_name"),
        _person.c.name,
        _person.c.language,
    )
    .join(_person, and_(_person.c.id == _feed.c.person_id, _person.c.region_id == _feed.c.region_id))
    .join(_region, _region.c.id == _feed.c.region_id)
    .where(
        _feed.c.token_hash == bindparam("token_hash"),
        _feed.c.revoked_at.is_(None),
        _person.c.active,
        or_(_feed.c.scope == FeedScope.PERSONAL, _holds_a_role),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Whose dates an address gives, and in which language."""

    person_id: int
    person: str
    language: str
    scope: FeedScope
    region_id: int
    region_code: str
    region_name: str


def make_feed(work: UnitOfWork, *, region_id: int, person_id: int, scope: FeedScope) -> str:
    """Return the secret of a new address, which can be read here once. The person's earlier one ends at once."""
    revoke_feed(work, region_id=region_id, person_id=person_id, scope=scope)
    secret = new_token()
    row = {"token_hash": digest_of(secret), "region_id": region_id, "person_id": person_id}
    work.insert(CalendarFeed, [{**row, "scope": scope, "made_at": work.now}])
    return secret


def revoke_feed(work: UnitOfWork, *, region_id: int, person_id: int, scope: FeedScope) -> bool:
    """End the person's address at once; say whether there was one to end."""
    mine = (_feed.c.region_id == region_id, _feed.c.person_id == person_id, _feed.c.scope == scope)
    ended = update(_feed).where(*mine, _feed.c.revoked_at.is_(None)).values(revoked_at=work.now)
    return work.connection.execute(ended).rowcount > 0


def list_feeds(work: UnitOfWork, *, region_id: int, person_id: int) -> Mapping[FeedScope, datetime]:
    """Return since when the person has had which address."""
    query = select(_feed.c.scope, _feed.c.made_at).where(
        _feed.c.region_id == region_id, _feed.c.person_id == person_id, _feed.c.revoked_at.is_(None)
    )
    return {FeedScope(row["scope"]): row["made_at"] for row in work.rows(query)}


def find_feed(work: UnitOfWork, secret: str) -> Feed | None:
    """Return what an address gives; None where it is unknown or revoked, or its person has left or lost their role.

    The secret is looked up by its digest, so that the time it takes tells nothing of how much of it was right.
    """
    row = work.find(_FOUND, {"token_hash": digest_of(secret)})
    if row is None:
        return None
    return Feed(
        person_id=row["person_id"],
        person=row["name"],
        language=row["language"],
        scope=FeedScope(row["scope"]),
        region_id=row["region_id"],
        region_code=row["code"],
        region_name=row["region_name"],
    )
