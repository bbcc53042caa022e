"""Who was there: one entry for each member of the body, from the day of the meeting until its minutes are approved."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete

from pathways.errors import Refused, Unknown
from pathways.models.meeting import Attendance
from pathways.services.administration.office import Office
from pathways.services.meeting.sitting import open_sitting
from pathways.services.members import members_of
from pathways.storage.unit_of_work import table_of

_attendance = table_of(Attendance)


def record_attendance(office: Office, body: str, *, held_on: date, present: Collection[str]) -> int:
    """Write for every member whether they are there, and return how many are. Refused before the day."""
    office.permit("manage_agenda")
    sitting = open_sitting(office, body, held_on)
    if held_on > office.today:
        raise Refused("error.meeting_ahead", held_on=held_on.isoformat())
    members = members_of(office.work, region_id=office.region_id, body_id=sitting.body_id, kind=sitting.kind)
    known = {member.slug for member in members}
    strange = next((slug for slug in present if slug not in known), None)
    if strange is not None:
        raise Unknown("person", strange, known)
    office.work.connection.execute(delete(_attendance).where(_attendance.c.meeting_id == sitting.meeting_id))
    there = frozenset(present)
    key = {"region_id": office.region_id, "meeting_id": sitting.meeting_id}
    rows = [{**key, "person_id": one.person_id, "present": one.slug in there} for one in members]
    office.work.insert(Attendance, rows)
    office.record("record_attendance", sitting.subject, present=len(there), members=len(members))
    return len(there)
