"""`/forlopp/{slug}/rangordning`: what speaks for each measure, the management group's order, and who moved what."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import InvalidOrder
from pathways.planning.ranking import FACTORS, TOP
from pathways.queries.ranking import RankingPage, ranking_page
from pathways.queries.readiness import complexity_page
from pathways.services.drafts import KeptDraft, drop_draft, find_draft, keep_draft
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web import rank_order, rank_scores
from pathways.web.forms import Keys, first, keys_of
from pathways.web.introduction_sections import list_sections
from pathways.web.plan_shown import require_in
from pathways.web.posted import FormDep
from pathways.web.rank_order import Setting, Typed
from pathways.web.rank_send import Overtaken, send
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/rangordning")
UNREADABLE, CONFLICT = 422, 409


@router.get("")
def show_ranking(visit: VisitDep, slug: str) -> Response:
    """Show the score as a support with its sturdiness, the order that was set, and the log of moves."""
    visit.require("see_ranking")
    page, _ = _read(visit, slug)
    with visit.read() as work:
        hard = complexity_page(work, region_id=visit.visitor.region_id, slug=slug, today=visit.today, now=visit.now)
    require_in(visit, "see_ranking", page.head.introduction_id)
    return visit.page(
        "plan/ranking.html",
        page=page,
        plan=page.plan,
        hard=hard,
        factors=FACTORS,
        tops=TOP,
        levels=range(4),
        ranks=page.is_open and visit.may("rank", page.head.introduction_id),
        pairs=[(page.title(one), page.title(other)) for one, other in page.sturdiness.swaps],
        sections=list_sections(visit, slug, "/rangordning"),
    )


@router.get("/poang")
def ask_scores(visit: VisitDep, slug: str) -> Response:
    """Ask a member for the levels of each activity, beginning with a draft or with what was given before."""
    page, draft = _read(visit, slug, "poang")
    _require_open(visit, page)
    return _scores_page(visit, page, draft.typed if draft else rank_scores.typed_of(page), Keys(), draft=draft)


@router.post("/poang")
def save_scores(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Keep the member's levels; 422 with what is missing."""
    page, _ = _read(visit, slug)
    _require_open(visit, page)
    if first(form, "gor") == rank_order.DRAFT:
        _keep(visit, page, "poang", form)
        return visit.redirect(f"/forlopp/{slug}/rangordning/poang", "web.plan.rank.draft_kept")
    scores, keys = rank_scores.score_data(page, form), keys_of(form)
    if not scores:
        faults = {"": visit.texts.say("web.plan.rank.fault.nothing")}
        return _scores_page(visit, page, form, keys, faults=faults)
    try:
        visit.run(slug, "score_activities", {"scores": scores}, keys=Keys(command_id=keys.command_id))
    except InvalidOrder as error:
        return _scores_page(visit, page, form, keys, faults=rank_scores.faults_of(visit, scores, error))
    _drop(visit, page, "poang")
    return visit.redirect(f"/forlopp/{slug}/rangordning", "web.plan.rank.scored", n=len(scores))


@router.get("/ordna")
def ask_order(visit: VisitDep, slug: str) -> Response:
    """Show the order to be set: the person's draft, or the order that stands, or the one by score."""
    page, draft = _read(visit, slug, "ordna")
    _require_open(visit, page)
    setting = rank_order.read(page, draft.typed) if draft else rank_order.begin(page)
    return _order_page(visit, page, setting, Keys(version=page.head.version), draft=draft)


@router.post("/ordna")
def set_order(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Move an activity, sort by the numbers, keep the draft, or set the order; 422 where a motive is missing.

    Where somebody set another order meanwhile both are shown (409).
    """
    page, _ = _read(visit, slug)
    _require_open(visit, page)
    setting, did = rank_order.read(page, form), first(form, rank_order.DO)
    if did != rank_order.SAVE:
        return _rearrange(visit, page, setting, did)
    keys = keys_of(form)
    if faults := rank_order.find_faults(visit, page, setting):
        _keep(visit, page, "ordna", form)
        return _order_page(visit, page, setting, keys, faults=faults)
    try:
        send(visit, slug, setting, keys)
    except Overtaken as overtaken:
        _keep(visit, page, "ordna", form)
        page, _ = _read(visit, slug)
        mine = rank_order.told(page, setting)
        theirs = rank_order.told(page, rank_order.begin(page))
        kept = Setting(setting.slots, setting.motive, overtaken.seen)
        return _order_page(visit, page, kept, Keys(), clash=(mine, theirs))
    _drop(visit, page, "ordna")
    return visit.redirect(f"/forlopp/{slug}/rangordning", "web.plan.rank.set")


def _rearrange(visit: Visit, page: RankingPage, setting: Setting, did: str) -> Response:
    """Keep the draft with what the button did to it, and come back to the same place of the page."""
    what, _, ref = did.partition(":")
    notice, place = "", "ordningen"
    match what:
        case rank_order.UP | rank_order.DOWN:
            setting = rank_order.move(setting, ref, up=what == rank_order.UP)
            place = f"rad-{ref}" if ref in setting.order else place
        case rank_order.BY_SCORE:
            setting = rank_order.by_score(setting, page)
        case rank_order.DRAFT:
            notice = "web.plan.rank.draft_kept"
        case _:
            setting = rank_order.numbered(setting)
    _keep(visit, page, "ordna", rank_order.as_typed(setting))
    return visit.redirect(f"/forlopp/{page.head.slug}/rangordning/ordna#{place}", notice)


def _read(visit: Visit, slug: str, form: str = "") -> tuple[RankingPage, KeptDraft | None]:
    with visit.read() as work:
        page = ranking_page(
            work,
            region_id=visit.visitor.region_id,
            slug=slug,
            person_id=visit.visitor.person_id,
            profile=visit.profile,
            today=visit.today,
            now=visit.now,
        )
        draft = find_draft(work, visit.visitor.person_id, draft_key(page, form)) if form else None
    return page, draft


def draft_key(page: RankingPage, form: str) -> str:
    """Return the key of a person's draft of one of the forms."""
    return f"rang:{page.head.introduction_id}:{form}"


def _require_open(visit: Visit, page: RankingPage) -> None:
    """Only those who rank see the forms, and only while it is time for it."""
    require_in(visit, "rank", page.head.introduction_id)
    if not page.is_open or not page.by_score:
        raise NotFound


def _scores_page(
    visit: Visit,
    page: RankingPage,
    typed: Typed,
    keys: Keys,
    *,
    faults: dict[str, str] | None = None,
    draft: KeptDraft | None = None,
) -> Response:
    faults = faults or {}
    asked = rank_scores.build_questions(visit, page, typed, faults)
    return visit.page(
        "plan/scores.html",
        status=UNREADABLE if faults else 200,
        page=page,
        plan=page.plan,
        asked=asked,
        fields=[field for one in asked for field in one.fields],
        other_faults=tuple(text for name, text in faults.items() if not name),
        done=rank_scores.count_done(asked),
        keys=keys,
        draft=draft,
        draft_key=draft_key(page, "poang"),
        has_errors=bool(faults),
    )


def _order_page(
    visit: Visit,
    page: RankingPage,
    setting: Setting,
    keys: Keys,
    *,
    faults: dict[str, str] | None = None,
    clash: tuple[str, str] | None = None,
    draft: KeptDraft | None = None,
) -> Response:
    faults = faults or {}
    need = setting.in_need(page)
    lines = {one.ref: one for one in page.by_score}
    return visit.page(
        "plan/order.html",
        status=UNREADABLE if faults else CONFLICT if clash else 200,
        page=page,
        plan=page.plan,
        rows=[
            (slot, lines[slot.ref], rank_order.motive_field(visit, slot, faults, is_needed=slot.ref in need))
            for slot in setting.slots
        ],
        faults=faults,
        need=need,
        order=setting.order,
        setting=setting,
        whole=rank_order.whole_motive(visit, setting, faults),
        fields=rank_order.fields_of(visit, page, setting, faults),
        keys=keys,
        clash=clash,
        draft=draft,
        draft_key=draft_key(page, "ordna"),
        has_errors=bool(faults),
    )


def _keep(visit: Visit, page: RankingPage, form: str, typed: Typed) -> None:
    person_id, now, key = visit.visitor.person_id, visit.now, draft_key(page, form)
    visit.app.retry(lambda work: keep_draft(work, person_id, key, typed, now))


def _drop(visit: Visit, page: RankingPage, form: str) -> None:
    person_id, key = visit.visitor.person_id, draft_key(page, form)

    def drop(work: UnitOfWork) -> None:
        drop_draft(work, person_id, key)

    visit.app.retry(drop)
