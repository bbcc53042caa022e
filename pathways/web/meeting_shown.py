"""Shows a meeting's page, and carries out what changes a meeting: a refusal comes back as words."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from fastapi.responses import Response

from pathways.errors import Refused
from pathways.planning.agenda import Slot, span_of
from pathways.queries.documents import DocumentLine, list_meeting_documents
from pathways.queries.meeting_page import MeetingPage
from pathways.services.administration.office import Office
from pathways.web.forms import Field, Option
from pathways.web.meeting_sections import list_meeting_sections
from pathways.web.office import administer, words_of
from pathways.web.visit import Visit

T = TypeVar("T")
MANAGE = "manage_agenda"
CONFLICT = 409


def attempt(visit: Visit, act: Callable[[Office], object]) -> tuple[str, str] | None:
    """Change the meeting; return the sentence's id and the words of the rule that refuses it, or None when done."""
    try:
        administer(visit, MANAGE, act)
    except Refused as error:
        return error.sentence, words_of(visit, error)[1]
    return None


def show_meeting_page(visit: Visit, page: MeetingPage, *, others: Sequence[str] = ()) -> Response:
    """Answer with the meeting; `others` are the rules that refused what was asked."""
    leads = visit.may(MANAGE) and page.can_change
    return visit.page(
        "meeting/meeting.html",
        status=CONFLICT if others else 200,
        page=page,
        sections=list_meeting_sections(visit, page, ""),
        leads_agenda=leads,
        others=others,
        has_errors=bool(others),
        attendance=_checklist(visit, page) if leads and page.sitting.held_on <= visit.today and page.members else None,
        documents=_documents(visit, page),
        total=_total(visit, page),
    )


def _documents(visit: Visit, page: MeetingPage) -> tuple[DocumentLine, ...]:
    """Return the minutes and their extracts, once they are approved and for who reads documents."""
    if not page.sitting.closed or not visit.may("see_documents"):
        return ()
    with visit.read() as work:
        key = {"region_id": visit.visitor.region_id, "meeting_id": page.sitting.meeting_id}
        return list_meeting_documents(work, **key)


def _checklist(visit: Visit, page: MeetingPage) -> Field:
    options = tuple(Option(value=one.slug, label=one.name, hint=visit.wording.roles(one.roles)) for one in page.members)
    there = tuple(one.slug for one in page.members if page.present.get(one.person_id))
    label = visit.texts.say("web.meeting.who_is_there")
    return Field(name="present", label=label, kind="checkboxes", options=options, value=there)


def _total(visit: Visit, page: MeetingPage) -> str:
    """Return from when to when the items have their times; empty where none has."""
    rows = [item.row for item in page.items if item.row["starts_at"]]
    span = span_of([Slot(row["id"], row["starts_at"], row["minutes"]) for row in rows])
    if span is None:
        return ""
    begin, minutes = span
    hours, rest = divmod(60 * int(begin[:2]) + int(begin[3:]) + minutes, 60)
    sign = visit.texts.say("web.meeting.clock_sign")
    end = f"{min(hours, 23):02d}{sign}{rest:02d}"
    return visit.texts.say("web.meeting.total", begin=begin.replace(":", sign), end=end)
