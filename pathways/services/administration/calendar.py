"""Meetings of bodies and the region's closing days: added and taken away by hand, beside what the profile gives."""

from datetime import date

from sqlalchemy import delete, select

from pathways.errors import Refused, Unknown
from pathways.models.decision import BoardCase
from pathways.models.organisation import Body, ClosingDay, Meeting
from pathways.services.administration.office import Office
from pathways.storage.unit_of_work import Row, table_of
from pathways.workdays import Workdays

_body, _meeting, _closing, _case = table_of(Body), table_of(Meeting), table_of(ClosingDay), table_of(BoardCase)


def add_meeting(
    office: Office, body: str, *, held_on: date, hand_in_on: date, workdays: Workdays, although_free: bool = False
) -> None:
    """Write a meeting. Refused are a day gone by, one that is there already, a hand-in day after the meeting, and a
    day off unless `although_free`; then the nearest working days are told.
    """
    office.permit("manage_bodies")
    body_id = _body_of(office, body)["id"]
    if held_on < office.today:
        raise Refused("error.meeting_past", held_on=held_on.isoformat())
    if hand_in_on > held_on:
        raise Refused("error.hand_in_after", hand_in_on=hand_in_on.isoformat(), held_on=held_on.isoformat())
    if not although_free and not workdays.is_workday(held_on):
        before, after = workdays.previous_workday(held_on), workdays.next_workday(held_on)
        raise Refused("error.meeting_on_day_off", before=before.isoformat(), after=after.isoformat())
    known = _meeting_row(office, body_id, held_on)
    if known is not None and not known["cancelled"]:
        raise Refused("error.meeting_known", held_on=held_on.isoformat())
    if known is not None:
        office.work.update(Meeting, {"id": known["id"]}, {"cancelled": False, "hand_in_on": hand_in_on})
    else:
        office.work.insert_one(Meeting, {"body_id": body_id, "held_on": held_on, "hand_in_on": hand_in_on})
    office.record("add_meeting", body, held_on=held_on.isoformat(), hand_in_on=hand_in_on.isoformat())


def cancel_meeting(office: Office, body: str, *, held_on: date) -> None:
    """Take a meeting away. Refused while a plan is on its way to it: choose another meeting for that plan first."""
    office.permit("manage_bodies")
    body_id = _body_of(office, body)["id"]
    meeting = _meeting_row(office, body_id, held_on)
    if meeting is None or meeting["cancelled"]:
        known = select(_meeting.c.held_on).where(_meeting.c.body_id == body_id, _meeting.c.cancelled.is_(False))
        raise Unknown("meeting", held_on.isoformat(), (day.isoformat() for day in office.work.values(known)))
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


def _body_of(office: Office, slug: str) -> Row:
    row = office.work.find(select(_body).where(_body.c.region_id == office.region_id, _body.c.slug == slug))
    if row is None:
        raise Unknown(
            "body", slug, office.work.values(select(_body.c.slug).where(_body.c.region_id == office.region_id))
        )
    return row


def _meeting_row(office: Office, body_id: int, held_on: date) -> Row | None:
    return office.work.find(select(_meeting).where(_meeting.c.body_id == body_id, _meeting.c.held_on == held_on))
