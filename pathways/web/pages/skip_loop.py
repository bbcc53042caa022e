"""`/forlopp/{slug}/loop/{n}/hoppa-over`: skip a loop that is open, or merge it into the next, with the reason."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import InvalidOrder
from pathways.queries.review import ReviewPage
from pathways.web.forms import Field, Keys, Option, first, keys_of
from pathways.web.posted import FormDep
from pathways.web.review_read import read_review
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/loop/{number}/hoppa-over")
UNREADABLE = 422
WAYS = ("skip", "merge")


@router.get("")
def ask_why(visit: VisitDep, slug: str, number: str) -> Response:
    """Ask for the reason, and whether what was written goes into the next loop."""
    return _page(visit, _read(visit, slug, number), {}, {})


@router.post("")
def skip(visit: VisitDep, slug: str, number: str, form: FormDep) -> Response:
    """Skip it; without a reason the form comes back."""
    page = _read(visit, slug, number)
    faults = {}
    if not first(form, "reason"):
        faults["reason"] = visit.texts.say("web.review.skip.no_reason")
    if first(form, "how") not in WAYS:
        faults["how"] = visit.texts.say("web.review.skip.no_way")
    if faults:
        return _page(visit, page, form, faults)
    data = {"number": page.number, "how": first(form, "how")}
    try:
        visit.run(slug, "skip_loop", data, keys=Keys(keys_of(form).command_id), reason=first(form, "reason"))
    except InvalidOrder as error:
        return _page(
            visit, page, form, {"reason": visit.texts.say(error.problems[0].sentence, **error.problems[0].values)}
        )
    return visit.redirect(f"/forlopp/{slug}/loop", "web.review.skip.done", number=page.number)


def _read(visit: Visit, slug: str, number: str) -> ReviewPage:
    page = read_review(visit, slug, number)
    if not page.is_open or not visit.may("skip_loop", page.head.introduction_id):
        raise NotFound
    return page


def _page(visit: Visit, page: ReviewPage, typed: Mapping[str, list[str]], faults: Mapping[str, str]) -> Response:
    say = visit.texts.say
    ways = tuple(Option(value=one, label=visit.texts.word("web.review.skip.way", one)) for one in WAYS)
    fields = [
        Field(name="how", label=say("web.review.skip.how"), kind="radios", options=ways),
        Field(name="reason", label=say("web.review.skip.reason"), kind="area", max_length=2000),
    ]
    return visit.page(
        "review/skip.html",
        status=UNREADABLE if faults else 200,
        page=page,
        fields=[one.filled(typed, faults) for one in fields],
        keys=Keys(),
        has_errors=bool(faults),
    )
