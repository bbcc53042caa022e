"""`/moten/{body}/{day}/protokoll` to read, fill in and approve, with the documents that the approval makes."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import InvalidOrder, MeetingRefused, NotAllowed, PathwaysError, Problem
from pathways.exports.minutes_paper import build_paper
from pathways.models.meeting import MinutesState
from pathways.queries.documents import list_meeting_documents
from pathways.queries.meeting_page import MeetingPage
from pathways.services.meeting.fixed_papers import Fixing
from pathways.services.meeting.minutes import (
    UP_WITHIN,
    MinutesForm,
    approve_minutes,
    keep_minutes,
    lacking,
    put_up_notice,
)
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web import minutes_fields as questions
from pathways.web.document_shown import TONES
from pathways.web.forms import YES, Keys, first
from pathways.web.meeting_read import find_meeting
from pathways.web.meeting_sections import list_meeting_sections
from pathways.web.minutes_read import is_public, paper_to_read
from pathways.web.office import administer
from pathways.web.posted import FormDep
from pathways.web.refusals import shown
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/moten/{body}/{day}")
KEEP = "keep_minutes"
UNREADABLE, CONFLICT = 422, 409


@router.get("/protokoll")
def show_minutes(visit: VisitDep, body: str, day: str) -> Response:
    """Show the minutes as they will read, with what is still to fill in."""
    return _page(visit, body, day)


@router.post("/protokoll")
def keep(visit: VisitDep, body: str, day: str, form: FormDep) -> Response:
    """Keep what is known of the minutes."""
    told = MinutesForm(
        chair=first(form, "chair"),
        secretary=first(form, "secretary"),
        approvers=tuple(one for one in form.get("approvers", ()) if one),
        opened_at=first(form, "opened_at"),
        closed_at=first(form, "closed_at"),
        kept_at=first(form, "kept_at"),
    )
    page = _meeting(visit, body, day)
    try:
        administer(visit, KEEP, lambda office: keep_minutes(office, body, page.sitting.held_on, told))
    except PathwaysError as error:
        return _refused(visit, body, day, form, error)
    return visit.redirect(f"{page.address}/protokoll", "web.decide.told.kept")


@router.post("/protokoll/justera")
def approve(visit: VisitDep, body: str, day: str, form: FormDep) -> Response:
    """Approve the minutes; 409 with everything that is lacking."""
    page = _meeting(visit, body, day)
    if not visit.may(KEEP):
        raise NotFound
    approved_on = questions.day_of(first(form, "approved_on"))
    faults = [] if approved_on else [Problem("approved_on", "web.decide.minutes.day_wrong", {})]
    if first(form, "sure") != YES:
        faults.append(Problem("sure", "web.decide.minutes.approve_unsure", {}))
    if approved_on is None or faults:
        return _page(visit, body, day, form, problems=faults, status=UNREADABLE)
    fixing = Fixing(profile=visit.profile, build=build_paper, register_no=first(form, "register_no"))
    try:
        administer(
            visit,
            KEEP,
            lambda office: approve_minutes(office, body, page.sitting.held_on, approved_on=approved_on, fixing=fixing),
        )
    except PathwaysError as error:
        return _refused(visit, body, day, form, error)
    return visit.redirect(f"{page.address}/protokoll", "web.decide.told.approved")


@router.post("/protokoll/anslag")
def post_notice(visit: VisitDep, body: str, day: str, form: FormDep) -> Response:
    """Record when the notice of the approved minutes is up and when it comes down."""
    page = _meeting(visit, body, day)
    if not visit.may(KEEP):
        raise NotFound
    up_on, down_on = questions.day_of(first(form, "up_on")), questions.day_of(first(form, "down_on"))
    faults = [] if up_on else [Problem("up_on", "web.decide.minutes.day_wrong", {})]
    if first(form, "down_on") and down_on is None:
        faults.append(Problem("down_on", "web.decide.minutes.day_wrong", {}))
    if up_on is None or faults:
        return _page(visit, body, day, form, problems=faults, status=UNREADABLE)
    try:
        administer(
            visit,
            KEEP,
            lambda office: put_up_notice(office, body, page.sitting.held_on, up_on=up_on, down_on=down_on),
        )
    except PathwaysError as error:
        return _refused(visit, body, day, form, error)
    return visit.redirect(f"{page.address}/protokoll#anslag", "web.decide.told.notice")


def _meeting(visit: Visit, body: str, day: str) -> MeetingPage:
    with visit.read() as work:
        return find_meeting(visit, work, body, day)


def _refused(visit: Visit, body: str, day: str, form: FormDep, error: PathwaysError) -> Response:
    """Show the page again with what is wrong at its question, and the rest above."""
    if isinstance(error, NotAllowed):
        raise error
    if isinstance(error, MeetingRefused):
        status = UNREADABLE if all(one.field for one in error.reasons) else CONFLICT
        return _page(visit, body, day, form, problems=error.reasons, status=status)
    if isinstance(error, InvalidOrder):
        return _page(visit, body, day, form, problems=error.problems, status=UNREADABLE)
    told = shown(error, visit.wording)
    return _page(visit, body, day, form, others=(told.text,), status=UNREADABLE if told.status == 404 else told.status)


def _page(
    visit: Visit,
    body: str,
    day: str,
    form: FormDep | None = None,
    *,
    problems: list[Problem] | tuple[Problem, ...] = (),
    others: tuple[str, ...] = (),
    status: int = 200,
) -> Response:
    with visit.read() as work:
        page = find_meeting(visit, work, body, day)
        paper = paper_to_read(visit, work, page).paper
        listed = list_meeting_documents(work, region_id=visit.visitor.region_id, meeting_id=page.sitting.meeting_id)
        writes = visit.may(KEEP)
        is_ahead = page.sitting.cancelled or page.sitting.held_on > visit.today
        can_fill = writes and page.can_change and not is_ahead
        fields = questions.minutes_fields(visit, work, page) if can_fill else ()
        missing = _missing(visit, work, page) if fields else []
    errors = {one.field: visit.wording.sentence(one.sentence, one.values) for one in problems if one.field}
    typed = form or {}
    fill = [questions.filled(one, typed, errors) for one in fields]
    approving = [questions.filled(one, typed, errors) for one in questions.approve_fields(visit)] if fields else []
    notice = [questions.filled(one, typed, errors) for one in _notice(visit, page)] if writes else []
    return visit.page(
        "meeting/minutes.html",
        status=status,
        page=page,
        sections=list_meeting_sections(visit, page, "/protokoll"),
        minutes=page.minutes,
        approved=page.sitting.closed,
        is_ahead=is_ahead,
        paper=paper,
        blocks=questions.blocks_of(paper),
        public=is_public(visit),
        documents=listed if visit.may("see_documents") else (),
        tones=TONES,
        fill=fill,
        asks_approvers=any(one.name == "approvers" for one in fill),
        approving=approving,
        notice=notice,
        notice_late=_is_late(page),
        missing=missing,
        faulty=[*fill, *approving, *notice],
        others=[*others, *(visit.wording.sentence(one.sentence, one.values) for one in problems if not one.field)],
        keys=Keys(),
        has_errors=bool(problems or others),
    )


def _missing(visit: Visit, work: UnitOfWork, page: MeetingPage) -> list[str]:
    """Return what remains before the minutes can be approved, told before anybody presses the button."""
    day = max(page.sitting.held_on, visit.today)
    found = lacking(work, page.sitting, page.minutes, approved_on=day, today=visit.today)
    return [visit.wording.sentence(one.sentence, one.values) for one in found if one.field != "approved_on"]


def _notice(visit: Visit, page: MeetingPage) -> tuple[questions.Field, ...]:
    if page.minutes is None or page.minutes["state"] != MinutesState.APPROVED:
        return ()
    return questions.notice_fields(visit, page.minutes)


def _is_late(page: MeetingPage) -> bool:
    row = page.minutes
    if row is None or row["notice_up_on"] is None or row["approved_on"] is None:
        return False
    up_on: date = row["notice_up_on"]
    approved_on: date = row["approved_on"]
    return up_on > approved_on + UP_WITHIN
