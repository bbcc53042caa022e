"""`/forlopp/{slug}/gapanalys/jamfor`: two versions of the text step by step, and what the units must see again."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import InvalidOrder, Refused
from pathways.queries.gap_compare import Comparison, gap_comparison
from pathways.services.gap.step_diff import compare_words, must_be_seen
from pathways.web.forms import Field, Keys, Option, first, keys_of
from pathways.web.gap_invite import DUE_ON, find_day, usual_day
from pathways.web.gap_shown import require_in
from pathways.web.posted import FormDep
from pathways.web.visit import Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/gapanalys")
EARLIER, LATER = "fran", "till"


@router.get("/jamfor")
def compare(visit: VisitDep, slug: str) -> Response:
    """Show what became of every step, and how far the units have come."""
    visit.require("see_gap_picture")
    query = visit.request.query_params
    return _page(visit, slug, before=query.get(EARLIER), after=query.get(LATER))


@router.post("/jamfor")
def carry_over(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Carry the units' answers over to the later version."""
    visit.require("see_gap_picture")
    keys, after = keys_of(form), first(form, LATER)
    day = find_day(first(form, DUE_ON))
    if day is None or day < visit.today:
        fault = "web.gap.fault.due_on" if day is None else "web.gap.fault.due_past"
        return _page(visit, slug, before=first(form, EARLIER), after=after, typed=form, fault=fault, keys=keys)
    data = {"due_on": day.isoformat(), "version": after}
    visit.run(slug, "carry_over_answers", data, keys=Keys(command_id=keys.command_id))
    return visit.redirect(f"/forlopp/{slug}/gapanalys/jamfor", "web.gap.carried_over", version=after)


def _page(
    visit: Visit,
    slug: str,
    *,
    before: str | None,
    after: str | None,
    typed: FormDep | None = None,
    fault: str = "",
    keys: Keys | None = None,
) -> Response:
    error = visit.texts.say(fault) if fault else ""
    wrong = ""
    try:
        found = _comparison(visit, slug, before or None, after or None)
    except (InvalidOrder, Refused) as refused:
        wrong = visit.wording.sentence(refused.sentence, refused.values)
        found = _comparison(visit, slug, None, None)
    day = Field(
        name=DUE_ON,
        label=visit.texts.say("web.gap.review_due_on"),
        help=visit.texts.say("web.gap.review_due_on_help"),
        kind="date",
        value=first(typed or {}, DUE_ON) or usual_day(visit).isoformat(),
        error=error,
    )
    return visit.page(
        "gap/compare.html",
        status=422 if error or wrong else 200,
        slug=slug,
        found=found,
        wrong=wrong,
        words_of={} if found is None else _pieces(visit, found),
        chosen=() if found is None else _choices(visit, found),
        review_numbers=() if found is None else _numbers(found),
        carries=found is not None and _carries(visit, found),
        reopens=found is not None and found.head.place == "communicated",
        last_day=day,
        keys=keys or Keys(),
        has_errors=bool(error or wrong),
    )


def _comparison(visit: Visit, slug: str, before: str | None, after: str | None) -> Comparison | None:
    with visit.read() as work:
        found = gap_comparison(
            work,
            region_id=visit.visitor.region_id,
            slug=slug,
            profile=visit.profile,
            now=visit.now,
            before=before,
            after=after,
        )
    if found is not None:
        require_in(visit, "see_gap_picture", found.head.introduction_id)
    return found


def _carries(visit: Visit, found: Comparison) -> bool:
    """Say whether the visitor can carry answers over from here: there are some, and nobody has done it."""
    return (
        found.asked_before > found.carried
        and found.before.version_id == found.head.own["analysed_version_id"]
        and visit.may("carry_over_answers", found.head.introduction_id)
    )


def _pieces(visit: Visit, found: Comparison) -> dict[str, object]:
    """Return, for each changed step by its later number, the later words with what went and what came."""
    say = visit.formats.title
    return {
        one.after.ref: compare_words(say(one.before.title), say(one.after.title))
        for one in found.steps
        if one.kind == "changed" and one.before and one.after
    }


def _numbers(found: Comparison) -> list[int]:
    """Return the steps of the later version that must be looked at again, by number."""
    wanted = must_be_seen(found.steps)
    return [number for number, step in enumerate(found.after_steps, start=1) if step.ref in wanted]


def _choices(visit: Visit, found: Comparison) -> tuple[Field, Field]:
    options = tuple(
        Option(value=one.label, label=visit.texts.say(f"web.gap.version_of.{one.kind}", label=one.label))
        for one in found.versions
    )
    return (
        Field(
            name=EARLIER,
            label=visit.texts.say("web.gap.earlier"),
            kind="select",
            options=options,
            value=found.before.label,
        ),
        Field(
            name=LATER, label=visit.texts.say("web.gap.later"), kind="select", options=options, value=found.after.label
        ),
    )
