"""Set up a region from its profile: the region itself, its bodies with their meetings, its units and people.

Running it again brings bodies and meetings in line with the profile and adds what is missing; it removes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from pathways.errors import Refused
from pathways.models.organisation import Body, ClosingDay, Meeting, Origin, Person, Region, RegionRole, Unit, UnitKind
from pathways.planning.meetings import Setting, list_meetings, usual_setting
from pathways.profiles.schema import Body as BodyProfile
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.services.usual_setting import give_usual_setting
from pathways.storage.unit_of_work import UnitOfWork, table_of

_region, _body, _unit, _person = table_of(Region), table_of(Body), table_of(Unit), table_of(Person)
_meeting, _closing = table_of(Meeting), table_of(ClosingDay)
MEETING_HORIZON_MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit to be there."""

    slug: str
    name: str
    kind: UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person to be there, with region-wide roles and perhaps a unit to answer for."""

    slug: str
    name: str
    address: str | None = None
    language: str = "sv"
    unit: str | None = None
    roles: tuple[Role, ...] = field(default=())


def set_up_region(
    work: UnitOfWork,
    profile: Profile,
    *,
    today: date,
    origin: Origin = Origin.REAL,
    units: Sequence[NewUnit] = (),
    people: Sequence[NewPerson] = (),
) -> int:
    """Write the region and return its id; invented data and real data never share a region (`Refused`)."""
    region_id = _write_region(work, profile, origin)
    for body in profile.bodies:
        _write_body(work, region_id, body, profile, today=today)
    known_days = set(work.values(select(_closing.c.closed_on).where(_closing.c.region_id == region_id)))
    days = [day for day in profile.calendar.closing_days if day not in known_days]
    work.insert(ClosingDay, [{"region_id": region_id, "closed_on": day} for day in days])
    for unit in units:
        if work.find(select(_unit.c.id).where(_unit.c.region_id == region_id, _unit.c.slug == unit.slug)) is None:
            values = {"region_id": region_id, "slug": unit.slug, "name": unit.name, "kind": unit.kind}
            work.insert_one(Unit, values)
    for person in people:
        add_person(work, region_id, person)
    return region_id


def add_person(work: UnitOfWork, region_id: int, person: NewPerson) -> int:
    """Write a person and their region-wide roles, or return the id of the one who is there already."""
    known = work.value(select(_person.c.id).where(_person.c.region_id == region_id, _person.c.slug == person.slug))
    if known is not None:
        return int(known)
    unit_id = None
    if person.unit is not None:
        unit_id = work.value(select(_unit.c.id).where(_unit.c.region_id == region_id, _unit.c.slug == person.unit))
    person_id = work.insert_one(
        Person,
        {
            "region_id": region_id,
            "slug": person.slug,
            "name": person.name,
            "address": person.address,
            "language": person.language,
            "unit_id": unit_id,
        },
    )
    for role in person.roles:
        work.insert_one(RegionRole, {"region_id": region_id, "person_id": person_id, "role": role})
    return person_id


def _write_region(work: UnitOfWork, profile: Profile, origin: Origin) -> int:
    columns = {
        "name": profile.region.name,
        "time_zone": profile.region.time_zone,
        "language": profile.region.default_language,
        "profile_version": profile.version,
    }
    known = work.find(select(_region.c.id, _region.c.origin).where(_region.c.code == profile.region.code))
    if known is None:
        return work.insert_one(Region, {"code": profile.region.code, "origin": origin, **columns})
    if known["origin"] != origin:
        raise Refused("error.other_origin", region=profile.region.name)
    work.update(Region, {"id": known["id"]}, columns)
    return int(known["id"])


def _write_body(work: UnitOfWork, region_id: int, body: BodyProfile, profile: Profile, *, today: date) -> None:
    columns = {
        "name": body.name,
        "short": body.short,
        "kind": str(body.kind),
        "series": body.series.model_dump(mode="json") if body.series else None,
    }
    query = select(_body.c.id, _body.c.series).where(_body.c.region_id == region_id, _body.c.slug == body.slug)
    known = work.find(query)
    if known is None:
        body_id = work.insert_one(Body, {"region_id": region_id, "slug": body.slug, **columns})
    else:
        body_id = int(known["id"])
        work.update(Body, {"id": body_id}, columns)
    _write_meetings(work, body_id, body, profile, today=today)
    was = _setting_in(known["series"]) if known is not None else Setting()
    give_usual_setting(work, body_id, usual_setting(body), today=today, was=was)


def _setting_in(series: dict[str, str | None] | None) -> Setting:
    """Return what was usual by the series as it was stored."""
    kept = series or {}
    starts_at = kept.get("starts_at")
    return Setting(starts_at[:5] if starts_at else None, kept.get("place"))


def _write_meetings(work: UnitOfWork, body_id: int, body: BodyProfile, profile: Profile, *, today: date) -> None:
    """Add the meetings that have come into sight, and move the hand-in days of those ahead to the profile's lead."""
    query = select(_meeting.c.held_on, _meeting.c.hand_in_on).where(_meeting.c.body_id == body_id)
    known = {row["held_on"]: row["hand_in_on"] for row in work.rows(query)}
    last = profile.workdays.months_after(today, MEETING_HORIZON_MONTHS)
    meetings = list_meetings(body, today, last, free_months=profile.meeting_free_months, workdays=profile.workdays)
    new = [meeting for meeting in meetings if meeting.meeting_on not in known]
    work.insert(
        Meeting,
        [{"body_id": body_id, "held_on": one.meeting_on, "hand_in_on": one.hand_in_on} for one in new],
    )
    for meeting in meetings:
        if known.get(meeting.meeting_on, meeting.hand_in_on) != meeting.hand_in_on:
            key = {"body_id": body_id, "held_on": meeting.meeting_on}
            work.update(Meeting, key, {"hand_in_on": meeting.hand_in_on})
