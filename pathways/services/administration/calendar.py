"""Meetings of bodies and the region's closing days: added and taken away by hand, beside what the profile gives."""

from datetime import date

from sqlalchemy import delete, select

from pathways.errors import Refused, Unknown
from pathways.models.decision import BoardCase
from pathways.models.meeting import AgendaItem
from pathways.models.organisation import Body, ClosingDay, Meeting
from pathways.planning.meetings import Setting
from pathways.services.administration.office import Office
from pathways.storage.unit_of_work import Row, table_of
from pathways.workdays import Workdays

_body, _meeting, _closing, _case = table_of(Body), table_of(Meeting), table_of(ClosingDay), table_of(BoardCase)
_item = table_of(AgendaItem)
NOT_KNOWN = Setting()


def add_meeting(
    office: Office,
    body: str,
    *,
    held_on: date,
    hand_in_on: date,
    workdays: Workdays,
    although_free: bool = False,
    setting: Setting = NOT_KNOWN,
) -> None:
    """Write a meeting; one without time or place is given the usual ones by the sweep.

    Refused are a day gone by, one that is there already, a hand-in day after the meeting, and a day off unless
    `although_free`; then the nearest working days are told.
    """
    office.permit("manage_bodies")
    body_id = _body_of(office, body)["id"]
    _refuse_day(office, held_on, hand_in_on=hand_in_on, workdays=workdays, although_free=although_free)
    known = _meeting_row(office, body_id, held_on)
    if known is not None and not known["cancelled"]:
        raise Refused("error.meeting_known", held_on=held_on.isoformat())
    if known is not None:
        again = {"cancelled": False, "hand_in_on": hand_in_on, **setting._asdict()}
        office.work.update(Meeting, {"id": known["id"]}, again)
    else:
        days = {"held_on": held_on, "hand_in_on": hand_in_on}
        office.work.insert_one(Meeting, {"body_id": body_id, **days, **setting._asdict()})
    office.record("add_meeting", body, held_on=held_on.isoformat(), hand_in_on=hand_in_on.isoformat())


def move_meeting(
    office: Office,
    body: str,
    *,
    was_on: date,
    held_on: date,
    hand_in_on: date,
    workdays: Workdays,
    although_free: bool = False,
    setting: Setting | None = None,
) -> int:
    """Move a meeting to another day, time or place, or its last day to hand in alone; it keeps its id and its agenda.

    The day that it leaves stays written as cancelled, or its series would bring it back. Refused is what `add_meeting`
    refuses, and a meeting that has been. Returns its id. Plans on their way to it are the caller's to bring along.
    """
    office.permit("manage_bodies")
    body_id = _body_of(office, body)["id"]
    meeting = _meeting_row(office, body_id, was_on)
    if meeting is None or meeting["cancelled"]:
        raise _unknown_meeting(office, body_id, was_on)
    if was_on < office.today:
        raise Refused("error.meeting_past", held_on=was_on.isoformat())
    _refuse_after_decisions(office, meeting)
    _refuse_day(office, held_on, hand_in_on=hand_in_on, workdays=workdays, although_free=although_free)
    if held_on != was_on:
        _leave_behind(office, body_id, meeting, held_on)
    where = setting._asdict() if setting is not None else {}
    office.work.update(Meeting, {"id": meeting["id"]}, {"held_on": held_on, "hand_in_on": hand_in_on, **where})
    days = {"was_on": was_on.isoformat(), "held_on": held_on.isoformat(), "hand_in_on": hand_in_on.isoformat()}
    clock = {"starts_at": setting.starts_at} if setting is not None else {}
    office.record("move_meeting", body, **days, **clock)
    return int(meeting["id"])


def cancel_meeting(office: Office, body: str, *, held_on: date) -> None:
    """Take a meeting away. Refused while a plan is on its way to it: choose another meeting for that plan first.

    One at which something has been decided stays where it was.
    """
    office.permit("manage_bodies")
    body_id = _body_of(office, body)["id"]
    meeting = _meeting_row(office, body_id, held_on)
    if meeting is None or meeting["cancelled"]:
        raise _unknown_meeting(office, body_id, held_on)
    _refuse_after_decisions(office, meeting)
    waiting = select(_case.c.ref).where(
        _case.c.body_id == body_id,
        _case.c.meeting_on == held_on,
        _case.c.closed.is_(False),
        _case.c.voided_by.is_(None),
    )
    if office.work.find(waiting.limit(1)) is not None:
        raise Refused("error.meeting_has_cases", held_on=held_on.isoformat())
    office.work.update(Meeting, {"id": meeting["id"]}, {"cancelled": True})
    office.record("cancel_meeting", body, held_on=held_on.isoformat())


def list_bodies(office: Office) -> list[tuple[Row, list[Row]]]:
    """Return the region's bodies with their meetings from today on."""
    bodies = office.work.rows(select(_body).where(_body.c.region_id == office.region_id).order_by(_body.c.id))
    query = (
        select(_meeting)
        .join(_body, _body.c.id == _meeting.c.body_id)
        .where(
            _body.c.region_id == office.region_id, _meeting.c.held_on >= office.today, _meeting.c.cancelled.is_(False)
        )
        .order_by(_meeting.c.held_on)
    )
    meetings = office.work.rows(query)
    return [(body, [one for one in meetings if one["body_id"] == body["id"]]) for body in bodies]


def add_closing_day(office: Office, closed_on: date) -> None:
    """Write a day on which the region is closed; dates worked out from now on step over it."""
    office.permit("manage_closing_days")
    if closed_on in list_closing_days(office):
        raise Refused("error.closing_day_known", closed_on=closed_on.isoformat())
    office.work.insert(ClosingDay, [{"region_id": office.region_id, "closed_on": closed_on}])
    office.record("add_closing_day", closed_on.isoformat())


def remove_closing_day(office: Office, closed_on: date) -> None:
    """Take a closing day away; dates that were worked out with it stay as they are."""
    office.permit("manage_closing_days")
    mine = (_closing.c.region_id == office.region_id, _closing.c.closed_on == closed_on)
    if office.work.connection.execute(delete(_closing).where(*mine)).rowcount != 1:
        raise Unknown("closing_day", closed_on.isoformat(), ())
    office.record("remove_closing_day", closed_on.isoformat())


def list_closing_days(office: Office) -> list[date]:
    """Return the region's closing days in order."""
    query = select(_closing.c.closed_on).where(_closing.c.region_id == office.region_id)
    return office.work.values(query.order_by(_closing.c.closed_on))


def _refuse_day(office: Office, held_on: date, *, hand_in_on: date, workdays: Workdays, although_free: bool) -> None:
    if held_on < office.today:
        raise Refused("error.meeting_past", held_on=held_on.isoformat())
    if hand_in_on > held_on:
        raise Refused("error.hand_in_after", hand_in_on=hand_in_on.isoformat(), held_on=held_on.isoformat())
    if not although_free and not workdays.is_workday(held_on):
        before, after = workdays.previous_workday(held_on), workdays.next_workday(held_on)
        days = {"held_on": held_on, "before": before, "after": after}
        raise Refused("error.meeting_on_day_off", **{name: day.isoformat() for name, day in days.items()})


def _leave_behind(office: Office, body_id: int, meeting: Row, held_on: date) -> None:
    """Keep the day that a meeting leaves as a cancelled one; a cancelled one on the new day changes places with it."""
    there = _meeting_row(office, body_id, held_on)
    if there is not None and not there["cancelled"]:
        raise Refused("error.meeting_known", held_on=held_on.isoformat())
    if there is None:
        office.work.update(Meeting, {"id": meeting["id"]}, {"held_on": held_on})
        left = {"body_id": body_id, "held_on": meeting["held_on"], "hand_in_on": meeting["hand_in_on"]}
        office.work.insert_one(Meeting, {**left, "cancelled": True})
        return
    # No two meetings of a body share a day, not even for a moment: the cancelled one waits on a day of its own.
    office.work.update(Meeting, {"id": there["id"]}, {"held_on": date.min})
    office.work.update(Meeting, {"id": meeting["id"]}, {"held_on": held_on})
    office.work.update(Meeting, {"id": there["id"]}, {"held_on": meeting["held_on"]})


def _unknown_meeting(office: Office, body_id: int, held_on: date) -> Unknown:
    known = select(_meeting.c.held_on).where(_meeting.c.body_id == body_id, _meeting.c.cancelled.is_(False))
    return Unknown("meeting", held_on.isoformat(), (day.isoformat() for day in office.work.values(known)))


def _body_of(office: Office, slug: str) -> Row:
    row = office.work.find(select(_body).where(_body.c.region_id == office.region_id, _body.c.slug == slug))
    if row is None:
        raise Unknown(
            "body", slug, office.work.values(select(_body.c.slug).where(_body.c.region_id == office.region_id))
        )
    return row


def _meeting_row(office: Office, body_id: int, held_on: date) -> Row | None:
    return office.work.find(select(_meeting).where(_meeting.c.body_id == body_id, _meeting.c.held_on == held_on))


def _refuse_after_decisions(office: Office, meeting: Row) -> None:
    """Refuse to touch a meeting that has decided something: its minutes tell when that was."""
    decided = select(_item.c.id).where(_item.c.meeting_id == meeting["id"], _item.c.outcome.is_not(None))
    if office.work.find(decided.limit(1)) is not None:
        raise Refused("error.meeting_has_decisions", held_on=meeting["held_on"].isoformat())
