"""The meetings that a region has written, and its profile with them in place of the series that guessed them."""

from datetime import date

from sqlalchemy import bindparam, select

from pathways.models.organisation import Body, Meeting
from pathways.planning.held_meetings import Kept, days_of
from pathways.profiles.schema import Body as BodyProfile
from pathways.profiles.schema import Profile
from pathways.storage.unit_of_work import UnitOfWork, table_of

_meeting, _body = table_of(Meeting), table_of(Body)
_KEPT = (
    select(_body.c.slug, _meeting.c.held_on, _meeting.c.cancelled)
    .join(_body, _body.c.id == _meeting.c.body_id)
    .where(_body.c.region_id == bindparam("region"))
    .order_by(_meeting.c.held_on, _body.c.slug)
)
YEARS_BACK, YEARS_AHEAD = 2, 4


def kept_meetings(work: UnitOfWork, *, region_id: int) -> tuple[Kept, ...]:
    """Return every meeting that a region has written, cancelled ones too."""
    return tuple(Kept(row["slug"], row["held_on"], row["cancelled"]) for row in work.rows(_KEPT, {"region": region_id}))


def profile_with_meetings(work: UnitOfWork, *, region_id: int, profile: Profile, today: date) -> Profile:
    """Return the profile as planning is to see it: bodies meet when the region has written that they do.

    A few years around today are known; a day further off has no meetings.
    """
    kept = kept_meetings(work, region_id=region_id)
    bodies = tuple(_settled(body, kept, profile, today=today) for body in profile.bodies)
    return profile.model_copy(update={"bodies": bodies})


def _settled(body: BodyProfile, kept: tuple[Kept, ...], profile: Profile, *, today: date) -> BodyProfile:
    days = days_of(
        body,
        kept,
        first=date(today.year - YEARS_BACK, 1, 1),
        last=date(today.year + YEARS_AHEAD, 12, 31),
        free_months=profile.meeting_free_months,
        workdays=profile.workdays,
    )
    return body.model_copy(update={"known_meetings": days, "series": None})
