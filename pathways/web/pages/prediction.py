"""`/forlopp/{slug}/loop/{n}/forutsagelse`: what is expected of each activity, written before anybody can know."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import InvalidOrder, Refused
from pathways.models.plan import ActivityState
from pathways.models.review import Expected
from pathways.queries.review import ActivityLine, ReviewPage
from pathways.services.ask import new_command_id
from pathways.web.forms import Field, Keys, Kind, Option, first, keys_of
from pathways.web.posted import FormDep
from pathways.web.review_read import read_review
from pathways.web.review_shown import tell_days, tell_prediction
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/loop/{number}/forutsagelse")
KINDS: Mapping[str, Kind] = {
    "theory": "area",
    "measure": "text",
    "direction": "radios",
    "size": "text",
    "by_on": "date",
}
NAMES = tuple(KINDS)
HELPED = frozenset({"theory", "size"})
ACTIVITY = "activity"
UNREADABLE, CONFLICT = 422, 409


@router.get("")
def show_predictions(visit: VisitDep, slug: str, number: str) -> Response:
    """Show what is foretold of each activity, and the form for one that nothing is foretold of."""
    visit.require("see_review")
    page = _read(visit, slug, number)
    return _page(visit, page)


@router.post("")
def write_prediction(visit: VisitDep, slug: str, number: str, form: FormDep) -> Response:
    """Write one activity's prediction, or show what is wrong with it."""
    page = _read(visit, slug, number)
    if not visit.may("predict", page.head.introduction_id):
        raise NotFound
    data: dict[str, object] = {name: typed for name in NAMES if (typed := first(form, name))}
    data |= {"number": page.number, "activity": first(form, ACTIVITY)}
    try:
        visit.run(slug, "predict", data, keys=Keys(keys_of(form).command_id or new_command_id()))
    except InvalidOrder as error:
        faults = {one.field: visit.texts.say(one.sentence, **one.values) for one in error.problems}
        return _page(visit, page, typed=form, faults=faults, status=UNREADABLE)
    except Refused as error:
        refused = visit.wording.sentence(error.sentence, error.values)
        return _page(visit, page, typed=form, refused=refused, status=CONFLICT)
    return visit.redirect(f"/forlopp/{slug}/loop/{page.number}/forutsagelse", "web.review.foretold.saved")


def _read(visit: Visit, slug: str, number: str) -> ReviewPage:
    """Return the review of the loop that is open or comes next; of others only what was foretold is shown."""
    page = read_review(visit, slug, number, needs_loop=False)
    known = page.loop is not None or page.number == page.upcoming
    if not known:
        raise NotFound
    return page


def _page(
    visit: Visit,
    page: ReviewPage,
    *,
    typed: Mapping[str, list[str]] | None = None,
    faults: Mapping[str, str] | None = None,
    refused: str = "",
    status: int = 200,
) -> Response:
    asked = first(typed, ACTIVITY) if typed else visit.request.query_params.get("aktivitet", "")
    writes = page.head.is_open and page.number == page.upcoming and visit.may("predict", page.head.introduction_id)
    lines = [line for line in page.lines if line.state != ActivityState.STOPPED]
    forms = {line.ref: _fields(visit, page, line, typed, faults or {}, asked=asked) for line in lines}
    return visit.page(
        "review/prediction.html",
        status=status,
        page=page,
        lines=lines,
        forms=forms if writes else {},
        closed={line.ref for line in lines if page.is_locked and line.ref in page.record.foretold},
        foretold={ref: tell_prediction(visit, row) for ref, row in page.record.foretold.items()},
        days={line.ref: tell_days(visit, line) for line in lines},
        faulty=forms.get(asked, []),
        asked=asked,
        refused=refused,
        keys={line.ref: Keys() for line in lines},
        has_errors=status != 200,
    )


def _fields(
    visit: Visit,
    page: ReviewPage,
    line: ActivityLine,
    typed: Mapping[str, list[str]] | None,
    faults: Mapping[str, str],
    *,
    asked: str,
) -> list[Field]:
    """Return the questions about one activity, with what stands or was typed; each activity's have ids of their own."""
    known = page.record.foretold.get(line.ref)
    begins = {"measure": str(line.row["indicator"] or "")}
    if known:
        begins = {name: str(known[name] or "") for name in NAMES}
    is_typed = typed is not None and line.ref == asked
    return [
        Field(
            name=name,
            label=visit.texts.word("web.review.foretold", name),
            help=visit.texts.word("web.review.foretold.help", name) if name in HELPED else "",
            kind=kind,
            value=first(typed or {}, name) if is_typed else begins.get(name, ""),
            error=faults.get(name, "") if is_typed else "",
            options=_directions(visit) if name == "direction" else (),
            required=name != "by_on",
            rows=3,
        )
        for name, kind in KINDS.items()
    ]


def _directions(visit: Visit) -> tuple[Option, ...]:
    return tuple(Option(value=one, label=visit.texts.word("web.review.direction", one)) for one in Expected)
