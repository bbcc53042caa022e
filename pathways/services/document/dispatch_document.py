"""Write down that a fixed document was sent: to whom, and on which day."""

from datetime import date

from pathways.errors import DocumentRefused, Problem, Refused
from pathways.models.document import DocumentState
from pathways.services.administration.office import Office
from pathways.services.document.shelf import ACTION, change, get_document, subject_of

LONGEST_TO = 200


def dispatch_document(office: Office, document_id: int, *, to: str, on: date | None) -> None:
    """Mark a fixed document as dispatched; one that is not fixed, or was sent before, is refused.

    Refused with all that is wrong: nobody named, no day, a day ahead or before the document was fixed.
    """
    office.permit(ACTION)
    row = get_document(office.work, document_id, region_id=office.region_id)
    if row["state"] == DocumentState.WORKING_PAPER:
        raise Refused("error.document_not_fixed", title=row["title"])
    if row["state"] == DocumentState.DISPATCHED:
        raise Refused("error.document_is_dispatched", title=row["title"], on=row["dispatched_on"].isoformat())
    receiver = " ".join(to.split())
    wrong = [*_wrong_receiver(receiver), *_wrong_day(on, fixed_on=row["fixed_at"].date(), today=office.today)]
    if wrong:
        raise DocumentRefused(wrong)
    change(office, row, {"state": DocumentState.DISPATCHED, "dispatched_to": receiver, "dispatched_on": on})
    assert on is not None, "a missing day was refused"
    office.record("dispatch_document", subject_of(row), on=on.isoformat())


def _wrong_receiver(receiver: str) -> list[Problem]:
    if not receiver:
        return [Problem("to", "error.document_receiver_missing", {})]
    if len(receiver) > LONGEST_TO:
        return [Problem("to", "input.too_long", {"given": f"{receiver[:20]}...", "n": LONGEST_TO})]
    return []


def _wrong_day(on: date | None, *, fixed_on: date, today: date) -> list[Problem]:
    if on is None:
        return [Problem("on", "error.document_day_missing", {})]
    if on > today:
        return [Problem("on", "error.document_day_ahead", {"on": on.isoformat(), "today": today.isoformat()})]
    if on < fixed_on:
        return [Problem("on", "error.document_day_before_fixed", {"on": on.isoformat(), "fixed": fixed_on.isoformat()})]
    return []
