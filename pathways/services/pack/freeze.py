"""Freezes the pack of a meeting: content with its hash, the hash in the region's log, and a mail to each member.

What is frozen never changes; freezing again gives the next number, and the earlier ones stay. What a pack holds is
built by `queries.pack`, which the caller brings along.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, func, select

from notifications.message import Message, MessageKind, Urgency
from notifications.outbox import put
from pathways.errors import Refused
from pathways.models.administration import RegionEvent
from pathways.models.pack import Pack
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.services.administration.office import Office
from pathways.services.announce import leave_at
from pathways.services.members import members_of
from pathways.services.pack.due import due_meetings
from pathways.services.pack.meeting import BodyMeeting, meeting_by_id
from pathways.storage.unit_of_work import UnitOfWork, table_of

ACTION = "freeze_pack"
Build = Callable[[UnitOfWork, BodyMeeting, Profile], str]
"""Makes the content of a meeting's pack as of the transaction's instant."""

_pack = table_of(Pack)
_NEWEST = select(func.max(_pack.c.number)).where(_pack.c.meeting_id == bindparam("meeting"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A pack that has just been frozen."""

    pack_id: int
    number: int
    frozen_at: datetime
    sha256: str


def freeze_by_hand(
    office: Office, meeting: BodyMeeting, *, profile: Profile, build: Build, number: int | None = None
) -> Frozen:
    """Freeze as a person: at any time until the meeting's day is over, then it is refused.

    `number` is the one that was asked for: where somebody froze it meanwhile, or the button was pressed twice, it is
    refused and nothing happens.
    """
    office.permit(ACTION)
    following = next_number(office.work, meeting)
    if number is not None and number != following:
        raise Refused("error.pack_frozen_meanwhile", number=following - 1)
    return _freeze(office.work, meeting, profile=profile, build=build, by=office.actor_id)


def freeze_by_system(work: UnitOfWork, meeting: BodyMeeting, *, profile: Profile, build: Build) -> Frozen:
    """Freeze as the clock, or as somebody at the shell."""
    return _freeze(work, meeting, profile=profile, build=build, by=None)


def freeze_all_due(work: UnitOfWork, *, region_id: int, profile: Profile, build: Build) -> int:
    """Freeze what the clock is to freeze now, and return how many; a second call at the same time freezes none."""
    due = due_meetings(work, region_id=region_id, profile=profile)
    for meeting_id in due:
        meeting = meeting_by_id(work, meeting_id, region_id=region_id)
        freeze_by_system(work, meeting, profile=profile, build=build)
    return len(due)


def next_number(work: UnitOfWork, meeting: BodyMeeting) -> int:
    """Return the number that the next pack of a meeting gets."""
    return int(work.value(_NEWEST, {"meeting": meeting.meeting_id}) or 0) + 1


def _freeze(work: UnitOfWork, meeting: BodyMeeting, *, profile: Profile, build: Build, by: int | None) -> Frozen:
    if meeting.cancelled:
        raise Refused("error.pack_meeting_cancelled", held_on=meeting.held_on.isoformat())
    if local_date(work.now, profile.region.zone) > meeting.held_on:
        raise Refused("error.pack_meeting_over", held_on=meeting.held_on.isoformat())
    content = build(work, meeting, profile)
    digest = sha256(content.encode()).hexdigest()
    # Two who freeze at once ask for the same number: the database refuses the second, who tries again.
    number = next_number(work, meeting)
    pack_id = work.insert_one(
        Pack,
        {
            "region_id": meeting.region_id,
            "meeting_id": meeting.meeting_id,
            "number": number,
            "frozen_at": work.now,
            "frozen_by": by,
            "content": content,
            "sha256": digest,
        },
    )
    values = {"number": number, "sha256": digest}
    event = {"region_id": meeting.region_id, "at": work.now, "actor_id": by, "action": ACTION}
    work.insert(RegionEvent, [{**event, "subject": meeting.subject, "values": values}])
    _tell_members(work, meeting, profile, number=number, by=by)
    return Frozen(pack_id=pack_id, number=number, frozen_at=work.now, sha256=digest)


def _tell_members(work: UnitOfWork, meeting: BodyMeeting, profile: Profile, *, number: int, by: int | None) -> None:
    """Tell each member of the body but whoever froze it; in the night they are left in peace."""
    members = members_of(work, region_id=meeting.region_id, body_id=meeting.body_id, kind=meeting.kind)
    not_before = leave_at(profile, work.now)
    put(
        work.connection,
        [
            Message(
                kind=MessageKind.PACK_READY,
                recipient=str(member.person_id),
                region=meeting.region,
                dedup_key=f"pack:{meeting.meeting_id}:{number}:{member.person_id}",
                values={
                    "link": f"{meeting.path}?nummer={number}",
                    "why": "why.body_member",
                    "body": meeting.body_short,
                    "meeting_on": meeting.held_on.isoformat(),
                    "number": number,
                },
                urgency=Urgency.AT_ONCE,
                not_before=not_before,
            )
            for member in members
            if member.person_id != by
        ],
        now=work.now,
    )
