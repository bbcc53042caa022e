"""Move or cancel a meeting with all that hangs on it: the plans on their way to it, and those who were summoned."""

from datetime import date

from sqlalchemy import select

from pathways.models.decision import BoardCase
from pathways.models.introduction import Introduction
from pathways.planning.meetings import Setting, usual_setting
from pathways.profiles.schema import Profile
from pathways.services.administration.calendar import cancel_meeting, move_meeting
from pathways.services.administration.office import Office
from pathways.services.ask import Ask
from pathways.services.case import Salter
from pathways.services.frame import carry_out
from pathways.services.meeting.follow_meeting import USE_CASE, FollowMeeting
from pathways.services.meeting.send_summons import tell_cancelled, tell_changed, tell_moved
from pathways.services.meeting.sitting import Sitting, open_sitting
from pathways.storage.unit_of_work import table_of
from states.snapshot import ENDED

_case, _introduction = table_of(BoardCase), table_of(Introduction)


def move_with_all(
    office: Office,
    body: str,
    *,
    was_on: date,
    held_on: date,
    hand_in_on: date,
    profile: Profile,
    salter: Salter,
    although_free: bool = False,
    setting: Setting | None = None,
) -> None:
    """Move a meeting: its agenda stays with it, plans on their way to it go along, and those summoned are told.

    `setting` is its new time and place, None to leave them; what is left out in it becomes what is usual. All of it
    happens or nothing. Refused is what `move_meeting` refuses, and a meeting with approved minutes.
    """
    office.permit("manage_bodies")
    sitting = open_sitting(office, body, was_on)
    kept = Setting(sitting.starts_at, sitting.place)
    wanted = _or_usual(setting, profile, body) if setting is not None else kept
    move_meeting(
        office,
        body,
        was_on=was_on,
        held_on=held_on,
        hand_in_on=hand_in_on,
        workdays=profile.workdays,
        although_free=although_free,
        setting=wanted,
    )
    order = FollowMeeting(was_on=was_on, meeting_on=held_on, hand_in_on=hand_in_on)
    for slug in _on_their_way(office, sitting):
        carry_out(
            office.work,
            USE_CASE,
            order,
            Ask(),
            region_id=office.region_id,
            slug=slug,
            profile=profile,
            salter=salter,
        )
    if held_on != was_on:
        tell_moved(office, body, held_on=held_on, was_on=was_on, profile=profile)
    elif wanted != kept:
        tell_changed(office, body, held_on=held_on, profile=profile)


def cancel_and_tell(office: Office, body: str, *, held_on: date, profile: Profile) -> None:
    """Cancel a meeting and tell those who were summoned; refused while a plan is on its way to it."""
    cancel_meeting(office, body, held_on=held_on)
    tell_cancelled(office, body, held_on=held_on, profile=profile)


def _or_usual(setting: Setting, profile: Profile, body: str) -> Setting:
    usual = usual_setting(profile.find_body(body))
    return Setting(setting.starts_at or usual.starts_at, setting.place or usual.place)


def _on_their_way(office: Office, sitting: Sitting) -> list[str]:
    """Return the introductions whose plan waits for the meeting, in the order in which they are always locked."""
    query = (
        select(_introduction.c.slug)
        .join(_case, _case.c.introduction_id == _introduction.c.id)
        .where(
            _introduction.c.region_id == office.region_id,
            _introduction.c.standing.not_in(sorted(ENDED)),
            _case.c.body_id == sitting.body_id,
            _case.c.meeting_on == sitting.held_on,
            _case.c.closed.is_(False),
            _case.c.voided_by.is_(None),
        )
        .order_by(_introduction.c.slug)
    )
    return office.work.values(query)
