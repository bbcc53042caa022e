"""`/forlopp/{slug}/plan/synpunkter`: units say what they think of the draft plan, and are told what became of it."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import IntroductionChanged, InvalidOrder, Refused
from pathways.queries.log_page import list_changes
from pathways.queries.plan_comments import AskedUnit, CommentsPage, View, comments_page
from pathways.services.drafts import KeptDraft, drop_draft, find_draft, keep_draft
from pathways.services.frame import is_known
from pathways.services.plan.parts import LONG
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web import comment_fields as questions
from pathways.web.forms import Keys, first, keys_of
from pathways.web.introduction_sections import list_sections
from pathways.web.plan_shown import require_in
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/plan/synpunkter")
UNREADABLE, CONFLICT = 422, 409
TRIES = 3
Typed = questions.Typed


@router.get("")
def show_round(visit: VisitDep, slug: str) -> Response:
    """Show who was asked and the views side by side; a unit's representative is led to the unit's own page."""
    page = _read(visit, slug)
    mine = [one for one in page.asked if one.owns]
    if not visit.may("see_plan_comments", page.head.introduction_id):
        if not mine:
            raise NotFound
        return visit.redirect(f"{_root(slug)}/{mine[0].unit.slug}")
    leads = page.head.is_open and visit.may("answer_plan_comment", page.head.introduction_id)
    return visit.page(
        "plan/round.html",
        page=page,
        plan=page.plan,
        mine=mine,
        leads=leads,
        keys=Keys(),
        sections=list_sections(visit, slug, "/plan"),
    )


@router.get("/oppna")
def ask_whom(visit: VisitDep, slug: str) -> Response:
    """Ask which units are to comment, and until when."""
    return _open_page(visit, slug, {}, Keys())


@router.post("/oppna")
def open_round(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Open the round; each unit gets a task."""
    page, keys = _read(visit, slug), keys_of(form)
    require_in(visit, "open_comment_round", page.head.introduction_id)
    units = [slug for slug in form.get(questions.UNITS, []) if slug]
    faults = {} if units else {questions.UNITS: visit.texts.say("web.plan.round_form.fault.units")}
    if not first(form, questions.CLOSES_ON):
        faults[questions.CLOSES_ON] = visit.texts.say("web.plan.round_form.fault.day")
    if faults:
        return _open_page(visit, slug, form, keys, faults)
    data = {"units": units, "closes_on": first(form, questions.CLOSES_ON)}
    try:
        visit.run(slug, "open_comment_round", data, keys=Keys(command_id=keys.command_id))
    except InvalidOrder:
        faults = {questions.CLOSES_ON: visit.texts.say("web.plan.round_form.fault.day")}
        return _open_page(visit, slug, form, keys, faults)
    except Refused as error:
        if error.sentence != "error.not_in_the_future":
            raise
        faults = {questions.CLOSES_ON: visit.texts.say("web.plan.round_form.fault.past")}
        return _open_page(visit, slug, form, keys, faults)
    return visit.redirect(_root(slug), "web.plan.round_form.opened", n=len(units))


@router.post("/paminn")
def remind(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Remind one unit now."""
    keys = Keys(command_id=keys_of(form).command_id)
    visit.run(slug, "remind_plan_comment", {"unit": first(form, "unit")}, keys=keys)
    return visit.redirect(_root(slug), "web.plan.round_form.reminded", unit=first(form, "unit_name")[:120])


@router.get("/avsluta")
def ask_close(visit: VisitDep, slug: str) -> Response:
    """Ask what came of the round, or why there is none."""
    return _close_page(visit, slug, {}, Keys())


@router.post("/avsluta")
def close_round(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Close the round with a summary, or waive it with a reason."""
    page, keys = _read(visit, slug), keys_of(form)
    require_in(visit, "close_comment_round", page.head.introduction_id)
    waives = not page.is_open or first(form, "outcome") == "waived"
    asked = "reason" if "reason" in form else "summary"
    said = first(form, asked)
    if not said or len(said) > LONG:
        faults = {asked: visit.texts.say(f"web.plan.close.fault.{asked}", n=LONG)}
        return _close_page(visit, slug, form, keys, faults)
    data = {"outcome": "waived"} if waives else {"outcome": "held", "summary": said}
    visit.run(
        slug,
        "close_comment_round",
        data,
        keys=Keys(command_id=keys.command_id),
        reason=said if waives else None,
    )
    return visit.redirect(_root(slug), "web.plan.close.waived" if waives else "web.plan.close.closed")


@router.get("/svar/{ref}")
def ask_answer(visit: VisitDep, slug: str, ref: str) -> Response:
    """Ask what became of a view."""
    page = _read(visit, slug)
    view = _view(visit, page, ref)
    typed = {"handling": [str(view.row["handling"] or "")], "answer": [view.row["answer"] or ""]}
    return _answer_page(visit, page, view, typed, Keys())


@router.post("/svar/{ref}")
def save_answer(visit: VisitDep, slug: str, ref: str, form: FormDep) -> Response:
    """Tell the unit what became of its view."""
    page = _read(visit, slug)
    view = _view(visit, page, ref)
    keys = keys_of(form)
    data = {"comment": ref, "handling": first(form, "handling"), "answer": first(form, "answer")}
    try:
        visit.run(slug, "answer_plan_comment", data, keys=Keys(command_id=keys.command_id))
    except InvalidOrder as error:
        return _answer_page(visit, page, view, form, keys, questions.answer_faults(visit, error))
    return visit.redirect(f"{_root(slug)}#s-{ref}", "web.plan.answer.saved", unit=view.unit.name)


@router.get("/{unit}")
def ask_views(visit: VisitDep, slug: str, unit: str) -> Response:
    """Show the plan with a box for each activity; when the round is over, what was said and what became of it."""
    page = _read(visit, slug)
    asked = _mine(visit, page, unit)
    draft = _draft(visit, page, asked)
    return _views_page(visit, page, asked, draft.typed if draft else questions.typed_of(asked), draft=draft)


@router.post("/{unit}")
def save_views(visit: VisitDep, slug: str, unit: str, form: FormDep) -> Response:
    """Hand in the unit's views, or keep them as a draft; both versions are shown where a colleague was first."""
    page = _read(visit, slug)
    asked = _mine(visit, page, unit)
    if not page.is_open:
        return _views_page(visit, page, asked, form, status=CONFLICT)
    _keep(visit, page, asked, form)
    if first(form, "gor") == "utkast":
        return visit.redirect(f"{_root(slug)}/{unit}", "web.plan.view.draft_kept")
    if faults := questions.find_view_faults(visit, page, form):
        return _views_page(visit, page, asked, form, faults=faults, keys=keys_of(form))
    if not _send(visit, slug, unit, form):
        page = _read(visit, slug)
        return _views_page(visit, page, _mine(visit, page, unit), form, clash=True)
    _drop(visit, page, asked)
    return visit.redirect(f"{_root(slug)}/{unit}", "web.plan.view.sent")


def _send(visit: Visit, slug: str, unit: str, form: Typed) -> bool:
    """Hand the views in, unless somebody else answered for the unit after the form was shown."""
    keys = keys_of(form)
    for _ in range(TRIES):
        with visit.read() as work:
            page = _page(visit, work, slug)
            asked = _mine(visit, page, unit)
            known = is_known(work, keys.command_id)
            changed = not known and keys.version is not None and _answered_since(visit, work, page, asked, keys.version)
        if changed:
            return False
        try:
            data = questions.view_data(asked, page, form)
            visit.run(slug, "comment_plan", data, keys=Keys(keys.command_id, page.head.version))
        except IntroductionChanged:
            continue  # somebody was quicker in that very moment: look again whether it was about this unit
        return True
    raise IntroductionChanged(slug=slug)


def _answered_since(visit: Visit, work: UnitOfWork, page: CommentsPage, asked: AskedUnit, version: int) -> bool:
    changed = list_changes(
        work,
        region_id=visit.visitor.region_id,
        introduction_id=page.head.introduction_id,
        after=version,
        table="comment_invitation",
        ref=asked.ref,
    )
    return "answered_on" in changed


def _root(slug: str) -> str:
    return f"/forlopp/{slug}/plan/synpunkter"


def _read(visit: Visit, slug: str) -> CommentsPage:
    with visit.read() as work:
        return _page(visit, work, slug)


def _page(visit: Visit, work: UnitOfWork, slug: str) -> CommentsPage:
    visitor = visit.visitor
    return comments_page(
        work,
        region_id=visitor.region_id,
        slug=slug,
        person_id=visitor.person_id,
        profile=visit.profile,
        today=visit.today,
        now=visit.now,
    )


def _mine(visit: Visit, page: CommentsPage, unit: str) -> AskedUnit:
    """Return a unit that the visitor may answer for; any other is not found."""
    asked = page.find(unit)
    if asked is None or not visit.may("comment_plan", page.head.introduction_id, owns=asked.owns):
        raise NotFound
    return asked


def _view(visit: Visit, page: CommentsPage, ref: str) -> View:
    require_in(visit, "answer_plan_comment", page.head.introduction_id)
    view = page.view(ref)
    if view is None:
        raise NotFound
    return view


def _open_page(visit: Visit, slug: str, typed: Typed, keys: Keys, faults: dict[str, str] | None = None) -> Response:
    page, faults = _read(visit, slug), faults or {}
    require_in(visit, "open_comment_round", page.head.introduction_id)
    return visit.page(
        "plan/round_open.html",
        status=UNREADABLE if faults else 200,
        page=page,
        plan=page.plan,
        fields=questions.open_fields(visit, page, typed, faults),
        keys=keys,
        has_errors=bool(faults),
    )


def _close_page(visit: Visit, slug: str, typed: Typed, keys: Keys, faults: dict[str, str] | None = None) -> Response:
    page, faults = _read(visit, slug), faults or {}
    require_in(visit, "close_comment_round", page.head.introduction_id)
    return visit.page(
        "plan/round_close.html",
        status=UNREADABLE if faults else 200,
        page=page,
        plan=page.plan,
        fields=questions.close_fields(visit, page, typed, faults),
        keys=keys,
        has_errors=bool(faults),
    )


def _answer_page(
    visit: Visit,
    page: CommentsPage,
    view: View,
    typed: Typed,
    keys: Keys,
    faults: dict[str, str] | None = None,
) -> Response:
    return visit.page(
        "plan/answer.html",
        status=UNREADABLE if faults else 200,
        page=page,
        plan=page.plan,
        view=view,
        line=page.plan.line(view.row["activity_ref"]),
        fields=questions.answer_fields(visit, typed, faults or {}),
        keys=keys,
        has_errors=bool(faults),
    )


def _views_page(
    visit: Visit,
    page: CommentsPage,
    asked: AskedUnit,
    typed: Typed,
    *,
    faults: dict[str, str] | None = None,
    keys: Keys | None = None,
    draft: KeptDraft | None = None,
    clash: bool = False,
    status: int = 200,
) -> Response:
    faults = faults or {}
    boxes = questions.view_fields(visit, page, typed, faults)
    no_views = questions.none_field(visit, typed, faults)
    stands = questions.typed_of(asked)
    titles = {ref: line.title if (line := page.plan.line(ref)) else field.label for ref, field in boxes.items()}
    return visit.page(
        "plan/views.html",
        status=UNREADABLE if faults else CONFLICT if clash else status,
        page=page,
        plan=page.plan,
        asked=asked,
        boxes=boxes,
        no_views=no_views,
        fields=[*boxes.values(), no_views],
        pairs=[
            (titles[ref], field.value or "–", first(stands, field.name) or "–")
            for ref, field in boxes.items()
            if clash and str(field.value).strip() != first(stands, field.name)
        ],
        keys=keys or Keys(version=page.head.version),
        draft=draft,
        draft_key=_draft_key(page, asked),
        has_errors=bool(faults),
    )


def _draft_key(page: CommentsPage, asked: AskedUnit) -> str:
    assert page.round is not None
    return f"synpunkter:{page.head.introduction_id}:{page.round['ref']}:{asked.unit.unit_id}"


def _draft(visit: Visit, page: CommentsPage, asked: AskedUnit) -> KeptDraft | None:
    if not page.is_open:
        return None
    with visit.read() as work:
        return find_draft(work, visit.visitor.person_id, _draft_key(page, asked))


def _keep(visit: Visit, page: CommentsPage, asked: AskedUnit, typed: Typed) -> None:
    person_id, now, key = visit.visitor.person_id, visit.now, _draft_key(page, asked)
    visit.app.retry(lambda work: keep_draft(work, person_id, key, typed, now))


def _drop(visit: Visit, page: CommentsPage, asked: AskedUnit) -> None:
    person_id, key = visit.visitor.person_id, _draft_key(page, asked)

    def drop(work: UnitOfWork) -> None:
        drop_draft(work, person_id, key)

    visit.app.retry(drop)
