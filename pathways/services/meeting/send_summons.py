"""Summon the members of a body to a meeting: a mail with a calendar file; and tell those summoned of what changes."""

from collections.abc import Iterable
from datetime import date, time

from sqlalchemy import select

from notifications.message import JsonValue, Message, MessageKind, Urgency
from notifications.outbox import put
from pathways.errors import Refused
from pathways.models.meeting import Summons
from pathways.models.organisation import Person
from pathways.planning.agenda import Slot, hours_of
from pathways.planning.instants import local_instant
from pathways.profiles.schema import Profile
from pathways.services.administration.office import Office
from pathways.services.announce import leave_at
from pathways.services.calendar.dates import meeting_uid
from pathways.services.calendar.sequence import next_sequence
from pathways.services.meeting.sitting import Sitting, open_sitting, sitting_of, standing_items
from pathways.services.members import members_of
from pathways.storage.unit_of_work import Row, table_of

NEW, MOVED, CHANGED, CANCELLED = "new", "moved", "changed", "cancelled"
_summons, _person = table_of(Summons), table_of(Person)


def send_summons(office: Office, body: str, *, held_on: date, profile: Profile, seen: int | None = None) -> int:
    """Summon every member, with the agenda as it stands, and return how many are told.

    `seen` is the number of the summons that the person looked at, None before the first: if another has gone out
    since, it is refused, so that pressing twice tells nobody twice. A meeting gone by, and a body without members,
    are refused.
    """
    office.permit("manage_agenda")
    sitting = open_sitting(office, body, held_on)
    if held_on < office.today:
        raise Refused("error.meeting_past", held_on=held_on.isoformat())
    known = _known(office, sitting)
    if (known["sequence"] if known is not None else None) != seen:
        raise Refused("error.summons_sent", held_on=held_on.isoformat())
    members = members_of(office.work, region_id=office.region_id, body_id=sitting.body_id, kind=sitting.kind)
    if not members:
        raise Refused("error.nobody_to_summon", body=sitting.name)
    people = [member.person_id for member in members]
    # The feed has told calendars of the day already: the mail's file is of the same number, or calendars drop it.
    least = next_sequence(office.work, region_id=office.region_id, uid=_uid(sitting, profile)) - 1
    sequence = _note(office, sitting, known, people, least=least)
    _tell(office, sitting, people, profile=profile, change=NEW, sequence=sequence)
    office.record("send_summons", sitting.subject, people=len(people))
    return len(people)


def tell_moved(office: Office, body: str, *, held_on: date, was_on: date, profile: Profile) -> None:
    """Tell those who were summoned that the meeting, which is on `held_on` now, was moved; nobody else."""
    _tell_change(office, sitting_of(office, body, held_on), profile=profile, change=MOVED, was_on=was_on)


def tell_changed(office: Office, body: str, *, held_on: date, profile: Profile) -> None:
    """Tell those who were summoned that the meeting has another time or place; nobody else."""
    _tell_change(office, sitting_of(office, body, held_on), profile=profile, change=CHANGED)


def tell_cancelled(office: Office, body: str, *, held_on: date, profile: Profile) -> None:
    """Tell those who were summoned that the meeting is cancelled; nobody else."""
    _tell_change(office, sitting_of(office, body, held_on), profile=profile, change=CANCELLED)


def _tell_change(
    office: Office, sitting: Sitting, *, profile: Profile, change: str, was_on: date | None = None
) -> None:
    known = _known(office, sitting)
    if known is None:
        return
    here = select(_person.c.id).where(_person.c.region_id == office.region_id, _person.c.active)
    active = set(office.work.values(here))
    people = [one for one in known["person_ids"] if one in active]
    least = next_sequence(office.work, region_id=office.region_id, uid=_uid(sitting, profile))
    sequence = _note(office, sitting, known, known["person_ids"], least=least)
    _tell(office, sitting, people, profile=profile, change=change, sequence=sequence, was_on=was_on)


def _known(office: Office, sitting: Sitting) -> Row | None:
    return office.work.find(select(_summons).where(_summons.c.meeting_id == sitting.meeting_id))


def _uid(sitting: Sitting, profile: Profile) -> str:
    return meeting_uid(sitting.meeting_id, profile.region.code)


def _note(office: Office, sitting: Sitting, known: Row | None, people: list[int], *, least: int) -> int:
    """Write that the calendars of these people are told, and return the number of this telling: `least` or more."""
    values = {"sent_at": office.work.now, "person_ids": sorted({*(known["person_ids"] if known else ()), *people})}
    sequence = max(least, int(known["sequence"]) + 1 if known is not None else 0)
    if known is None:
        key = {"meeting_id": sitting.meeting_id, "region_id": office.region_id, "sequence": sequence}
        office.work.insert(Summons, [{**key, **values}])
    else:
        office.work.update(Summons, {"meeting_id": sitting.meeting_id}, {**values, "sequence": sequence})
    return sequence


def _tell(
    office: Office,
    sitting: Sitting,
    people: Iterable[int],
    *,
    profile: Profile,
    change: str,
    sequence: int,
    was_on: date | None = None,
) -> None:
    items = standing_items(office.work, sitting)
    slots = [Slot(row["id"], row["starts_at"], row["minutes"]) for row in items if row["starts_at"]]
    hours = hours_of(sitting.starts_at, slots)
    values: dict[str, JsonValue] = {
        "link": f"/moten/{sitting.body}/{sitting.held_on.isoformat()}",
        "why": "why.body_member",
        "body": sitting.name,
        "meeting_on": sitting.held_on.isoformat(),
        "starts_at": None,
        "minutes": None,
        "place": sitting.place,
        "change": change,
        "was_on": was_on.isoformat() if was_on else None,
        "items": [row["title"] for row in items],
        "event_uid": _uid(sitting, profile),
        "event_sequence": sequence,
    }
    if hours is not None:
        begins = local_instant(sitting.held_on, time.fromisoformat(hours[0]), profile.region.zone)
        values |= {"starts_at": begins.isoformat(), "minutes": hours[1]}
    not_before = leave_at(profile, office.work.now)
    messages = [
        Message(
            kind=MessageKind.SUMMONS,
            recipient=str(person_id),
            region=profile.region.code,
            dedup_key=f"summons:{sitting.meeting_id}:{sequence}:{person_id}",
            values=values,
            urgency=Urgency.AT_ONCE,
            not_before=not_before,
        )
        for person_id in people
    ]
    put(office.work.connection, messages, now=office.work.now)
