"""When and where a body usually meets, given to its meetings that come: what somebody has decided about one stays."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select, update

from pathways.models.meeting import Summons
from pathways.models.organisation import Body, Meeting
from pathways.planning.meetings import Setting, usual_setting
from pathways.profiles.schema import Profile
from pathways.storage.unit_of_work import UnitOfWork, table_of

_body, _meeting, _summons = table_of(Body), table_of(Meeting), table_of(Summons)
NOT_KNOWN = Setting()


def give_usual_setting(
    work: UnitOfWork, body_id: int, usual: Setting, *, today: date, was: Setting = NOT_KNOWN
) -> None:
    """Give the body's coming meetings the usual time and place where they lack one, or have what was usual before.

    A meeting that people are summoned to is left alone: they were told another time, or none.
    """
    for name, wanted in usual._asdict().items():
        column, before = _meeting.c[name], getattr(was, name)
        old = column.is_(None) if before is None else or_(column.is_(None), column == before)
        which = (*_coming(body_id, today), old, column.is_distinct_from(wanted))
        work.connection.execute(update(_meeting).where(*which).values({name: wanted}))


def list_lacking(work: UnitOfWork, *, region_id: int, profile: Profile, today: date) -> tuple[tuple[int, Setting], ...]:
    """Return the bodies, with what is usual there, of which a coming meeting lacks time or place."""
    bodies = work.rows(select(_body.c.id, _body.c.slug).where(_body.c.region_id == region_id).order_by(_body.c.id))
    usual = ((row["id"], usual_setting(profile.find_body(row["slug"]))) for row in bodies)
    return tuple((body_id, setting) for body_id, setting in usual if _lacks(work, body_id, setting, today))


def _lacks(work: UnitOfWork, body_id: int, usual: Setting, today: date) -> bool:
    lacking = [_meeting.c[name].is_(None) for name, known in usual._asdict().items() if known is not None]
    if not lacking:
        return False
    query = select(_meeting.c.id).where(*_coming(body_id, today), or_(*lacking)).limit(1)
    return work.find(query) is not None


def _coming(body_id: int, today: date) -> Iterator[ColumnElement[bool]]:
    yield _meeting.c.body_id == body_id
    yield _meeting.c.held_on >= today
    yield _meeting.c.cancelled.is_(False)
    yield ~exists().where(_summons.c.meeting_id == _meeting.c.id)
