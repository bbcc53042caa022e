"""`/forlopp/{slug}/underlag`: the decision basis to read and print, and the form for what no data can tell."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import IntroductionChanged, NotAllowed, PathwaysError
from pathways.queries.decision_basis import BasisPage, basis_page
from pathways.queries.gap_picture import ANSWERS
from pathways.services.drafts import KeptDraft, drop_draft, find_draft, keep_draft
from pathways.services.frame import is_known
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web import basis_fields as questions
from pathways.web.forms import Field, Keys, first, keys_of
from pathways.web.introduction_sections import list_sections
from pathways.web.plan_shown import require_in
from pathways.web.posted import FormDep
from pathways.web.visit import Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/underlag")
UNREADABLE, CONFLICT = 422, 409
SEEN = "sett"
TRIES = 3
LONGEST_NUMBER = 6
Typed = questions.Typed


@router.get("")
def show_basis(visit: VisitDep, slug: str) -> Response:
    """Show the basis, or the version that the address asks for with the figures of its day."""
    visit.require("see_decision_basis")
    asked = visit.request.query_params.get("version", "")
    with visit.read() as work:
        page = _page(visit, work, slug, int(asked) if asked.isdecimal() and len(asked) < LONGEST_NUMBER else None)
    return visit.page(
        "plan/basis.html",
        page=page,
        ranking=page.ranking,
        plan=page.ranking.plan,
        gap=page.gap,
        answers=ANSWERS,
        writes=page.is_written and visit.may("make_decision_basis", page.head.introduction_id),
        pairs=[(page.ranking.title(one), page.ranking.title(other)) for one, other in page.ranking.sturdiness.swaps],
        sections=list_sections(visit, slug, "/beslut"),
    )


@router.get("/skriv")
def ask_basis(visit: VisitDep, slug: str) -> Response:
    """Ask for the meeting and the parts in words, beginning with the newest version."""
    with visit.read() as work:
        page = _page(visit, work, slug)
        draft = find_draft(work, visit.visitor.person_id, _draft_key(page))
    seen = str(page.newest.number if page.newest else 0)
    typed: Typed = draft.typed if draft else {**questions.typed_of(visit, page), SEEN: [seen]}
    return _form_page(visit, slug, {SEEN: [seen], **typed}, Keys(), draft=draft)


@router.post("/skriv")
def write_basis(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Keep the text as one more version; 422 with what is missing, 409 where somebody wrote another meanwhile."""
    with visit.read() as work:
        page = _page(visit, work, slug)
    require_in(visit, "make_decision_basis", page.head.introduction_id)
    keys, key = keys_of(form), _draft_key(page)
    visit.app.retry(lambda work: keep_draft(work, visit.visitor.person_id, key, form, visit.now))
    if first(form, "gor") == "utkast":
        return visit.redirect(f"/forlopp/{slug}/underlag/skriv", "web.plan.rank.draft_kept")
    try:
        if not _send(visit, slug, form, keys):
            return _form_page(visit, slug, form, Keys(), clash=True)
    except NotAllowed:
        raise
    except PathwaysError as error:
        faults = questions.faults_of(visit, error)
        if faults is None:
            raise
        return _form_page(visit, slug, form, keys, faults=faults)
    visit.app.retry(lambda work: drop_draft(work, visit.visitor.person_id, key))
    return visit.redirect(f"/forlopp/{slug}/underlag", "web.plan.basis.saved")


def _send(visit: Visit, slug: str, form: Typed, keys: Keys) -> bool:
    """Write the version, unless another one was written after the form was shown."""
    for _ in range(TRIES):
        with visit.read() as work:
            page = _page(visit, work, slug)
            known = is_known(work, keys.command_id)
        if not known and (first(form, SEEN) or "0") != str(page.newest.number if page.newest else 0):
            return False
        try:
            sent = Keys(keys.command_id, page.head.version)
            visit.run(slug, "make_decision_basis", questions.order_data(form), keys=sent)
        except IntroductionChanged:
            continue  # somebody was quicker in that very moment: look again whether it was about the basis
        return True
    raise IntroductionChanged(slug=slug)


def _page(visit: Visit, work: UnitOfWork, slug: str, number: int | None = None) -> BasisPage:
    return basis_page(
        work,
        region_id=visit.visitor.region_id,
        slug=slug,
        person_id=visit.visitor.person_id,
        profile=visit.profile,
        today=visit.today,
        now=visit.now,
        number=number,
    )


def _form_page(
    visit: Visit,
    slug: str,
    typed: Typed,
    keys: Keys,
    *,
    faults: dict[str, str] | None = None,
    draft: KeptDraft | None = None,
    clash: bool = False,
) -> Response:
    faults = faults or {}
    with visit.read() as work:
        page = _page(visit, work, slug)
        require_in(visit, "make_decision_basis", page.head.introduction_id)
        fields = questions.build_fields(visit, work, typed, faults)
    seen = str(page.newest.number if page.newest else 0) if clash else first(typed, SEEN)
    return visit.page(
        "plan/basis_form.html",
        status=UNREADABLE if faults else CONFLICT if clash else 200,
        page=page,
        fields=fields,
        pairs=_pairs(visit, page, fields) if clash else [],
        seen=seen,
        keys=keys,
        draft=draft,
        draft_key=_draft_key(page),
        has_errors=bool(faults),
    )


def _pairs(visit: Visit, page: BasisPage, fields: list[Field]) -> list[tuple[str, str, str]]:
    """Return what was typed beside what stands, where they differ."""
    stands = questions.typed_of(visit, page)
    parts = [one for one in fields if one.name in questions.PARTS]
    return [
        (one.label, str(one.value) or "–", first(stands, one.name) or "–")
        for one in parts
        if str(one.value).strip() != first(stands, one.name)
    ]


def _draft_key(page: BasisPage) -> str:
    return f"underlag:{page.head.introduction_id}"
