"""How a unit answers: the list of steps, one step at a time, a look at the whole, and the handing in.

Everything typed is kept as the respondent's draft before anything is said about it, so that nothing is lost however the
visit ends. The same pages serve one introduction and a bundle.
"""

from dataclasses import dataclass

from fastapi.responses import Response

from pathways.errors import InvalidOrder, NotAllowed, PathwaysError, Unknown
from pathways.models.gap import InvitationState
from pathways.queries.gap_form import FormSection
from pathways.queries.lessons import KeptLesson, lessons_for, list_lessons
from pathways.services.ask import Ask
from pathways.services.drafts import drop_draft, keep_draft
from pathways.services.gap.answers import AnswerChanged
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.forms import Keys, first, keys_of
from pathways.web.gap_fields import (
    ALWAYS,
    FILLED,
    HEADER,
    PERHAPS,
    SEEN,
    faults_in_words,
    header_fields,
    is_same,
    longest,
    read_answer,
    step_fields,
    typed_of,
)
from pathways.web.gap_review import Missing, compare_fields, list_missing, read_out
from pathways.web.gap_round import READY, Place, Round, Typed, order_data, takes
from pathways.web.refusals import shown
from pathways.web.visit import NotFound, Visit
from states.errors import StatesError

DO, DRAFT, MINE = "gor", "utkast", "mitt"


@dataclass(frozen=True, slots=True)
class Told:
    """What stands above the page that is shown again: a refusal in words, and its status."""

    status: int
    text: str


def show_list(visit: Visit, form: Round) -> Response:
    """Answer with every step and how far it has come."""
    places = list(form.places())
    return visit.page(
        "gap/form_list.html",
        form=form,
        places={section.head.slug: form.places_of(section) for section in form.sections},
        done=sum(place.state in READY for place in places),
        total=len(places),
        unsent=bool(form.drafts),
        draft_at=max((place.step.draft.kept_at for place in places if place.step.draft), default=None),
        takes=takes,
    )


def show_header(visit: Visit, form: Round) -> Response:
    """Answer with the questions about who answers."""
    fields = header_fields(visit.texts, form.header, {})
    return visit.page("gap/form_header.html", form=form, fields=fields, has_errors=False)


def save_header(visit: Visit, form: Round, typed: Typed) -> Response:
    """Keep who answers, and go on to the steps; 422 where something is too long."""
    _keep(visit, form.main.header_key, _only(typed, (*HEADER, FILLED)))
    faults = {name: "long" for name in HEADER if len(first(typed, name)) > longest(name)}
    if faults and first(typed, DO) != DRAFT:
        fields = header_fields(visit.texts, typed, faults_in_words(faults, typed, visit.texts))
        return visit.page("gap/form_header.html", status=422, form=form, fields=fields, has_errors=True)
    if first(typed, DO) == DRAFT:
        return visit.redirect(form.base, "web.gap.draft_kept")
    return visit.redirect(next((place.href for place in form.places()), form.base))


def show_step(visit: Visit, form: Round, place: Place) -> Response:
    """Answer with the questions about one step."""
    _require_open(place.section)
    return _step_page(visit, form, place, place.typed, {})


def save_step(visit: Visit, form: Round, place: Place, typed: Typed) -> Response:
    """Keep what was typed; go on to the next step, or show this one again with what is wrong (422)."""
    _require_open(place.section)
    given = _only(typed, (*ALWAYS, *PERHAPS, SEEN))
    if place.step.answer is not None and not place.step.is_changed_meanwhile and _says_what_stands(place, given):
        _drop(visit, (place.step.key,))
    else:
        _keep(visit, place.step.key, given)
    if first(typed, DO) == DRAFT:
        return visit.redirect(form.base, "web.gap.draft_kept")
    _, faults = read_answer(place.step.step.ref, given)
    if faults:
        return _step_page(visit, form, place, given, faults_in_words(faults, given, visit.texts), status=422)
    return visit.redirect(form.after(place))


def choose_version(visit: Visit, form: Round, place: Place, typed: Typed) -> Response:
    """Let the respondent's own words hold, or the ones that somebody else handed in meanwhile."""
    _require_open(place.section)
    if first(typed, "val") == MINE and place.step.draft is not None:
        _keep(visit, place.step.key, {**place.step.draft.typed, SEEN: [str(place.step.stands_at)]})
    else:
        _drop(visit, (place.step.key,))
    return visit.redirect(f"{form.base}/granska", "web.gap.chosen", n=place.step.number)


def show_review(
    visit: Visit, form: Round, *, keys: Keys | None = None, told: Told | None = None, missing: tuple[Missing, ...] = ()
) -> Response:
    """Answer with everything as it will be handed in, and what stands in the way."""
    texts = visit.texts
    return visit.page(
        "gap/form_review.html",
        status=told.status if told else 200,
        form=form,
        header=[(texts.say(f"web.gap.field.{name}"), first(form.header, name)) for name in HEADER],
        sections=[
            (section, [(place, read_out(place, visit)) for place in form.places_of(section)])
            for section in form.sections
        ],
        changed=[(place, compare_fields(place, visit)) for place in form.places() if place.state == "changed"],
        keys=keys or Keys(),
        told=told,
        missing=missing,
        unsent=bool(form.drafts),
        takes=takes,
        has_errors=bool(told),
    )


def hand_in(visit: Visit, form: Round, typed: Typed) -> Response:
    """Hand in what was drafted, in all sections or in none, and thank for it.

    What is missing is listed with the way to it (422), what somebody else changed meanwhile is shown beside it (409).
    """
    if not form.is_open:
        raise NotFound
    keys = keys_of(typed)
    if missing := list_missing(form, visit):
        text = visit.texts.say("web.gap.not_whole", n=len(missing))
        return show_review(visit, form, keys=keys, told=Told(422, text), missing=missing)
    orders = [
        (section.head.slug, "answer_gap", data, _ask(visit, keys, number))
        for number, section in enumerate(form.sections)
        if takes(section) and (data := order_data(form, section, form.header)) is not None
    ]
    try:
        visit.app.run_together(orders)
    except (NotAllowed, Unknown):
        raise
    except (PathwaysError, StatesError) as error:
        return show_review(visit, form, keys=keys, told=_told(visit, form, error))
    _drop(visit, form.drafts)
    return visit.redirect(f"{form.base}/tack")


def show_receipt(visit: Visit, form: Round) -> Response:
    """Thank for the answer and say what happens now."""
    if any(takes(one) and one.state == InvitationState.WAITING for one in form.sections):
        return visit.redirect(form.base)
    days = [section.due_on for section in form.sections]
    return visit.page("gap/form_receipt.html", form=form, due_on=max(days))


def _step_page(
    visit: Visit, form: Round, place: Place, typed: Typed, errors: dict[str, str], *, status: int = 200
) -> Response:
    fields = step_fields(visit.texts, typed, errors)
    seen = str(place.step.stands_at) if place.state == "changed" else first(typed, SEEN)
    earlier = place.step.earlier
    return visit.page(
        "gap/form_step.html",
        status=status,
        form=form,
        place=place,
        total=len(place.section.steps),
        fields=fields,
        always=[fields[name] for name in ALWAYS],
        perhaps=[fields[name] for name in PERHAPS],
        more_open=any(fields[name].value or fields[name].error for name in PERHAPS),
        seen=seen or "0",
        changed=compare_fields(place, visit) if place.state == "changed" else (),
        earlier=read_out(place, visit, typed_of(earlier)) if earlier is not None else (),
        lessons=_lessons(visit, place, typed),
        has_errors=bool(errors),
    )


def _lessons(visit: Visit, place: Place, typed: Typed) -> tuple[list[KeptLesson], list[KeptLesson]]:
    """Return what other pathways learned of such a step or such a hindrance, and what else they learned."""
    with visit.read() as work:
        lessons = list_lessons(work, region_id=visit.visitor.region_id)
    return lessons_for(
        lessons,
        steps=place.step.step.title.values(),
        hinders=typed.get("hinders", ()),
        causes=typed.get("causes", ()),
        but=place.section.head.introduction_id,
    )


def _told(visit: Visit, form: Round, error: PathwaysError | StatesError) -> Told:
    """Return why nothing was handed in; the drafts are as they were."""
    if isinstance(error, AnswerChanged):
        return Told(409, visit.texts.say("web.gap.changed_meanwhile"))
    if isinstance(error, InvalidOrder):
        return Told(422, visit.texts.say("web.gap.not_whole", n=len(error.problems)))
    refusal = shown(error, visit.wording, slug=form.main.head.slug)
    return Told(refusal.status, refusal.text)


def _says_what_stands(place: Place, given: Typed) -> bool:
    assert place.step.answer is not None
    return is_same(given, typed_of(place.step.answer))


def _ask(visit: Visit, keys: Keys, number: int) -> Ask:
    """Return who asks; each section has a key of its own, so that pressing twice repeats none of them."""
    return visit.ask(Keys(command_id=f"{keys.command_id[:70]}.{number}"))


def _only(typed: Typed, names: tuple[str, ...]) -> dict[str, list[str]]:
    return {name: list(typed[name]) for name in names if name in typed}


def _keep(visit: Visit, key: str, values: Typed) -> None:
    person_id, now = visit.visitor.person_id, visit.now
    visit.app.retry(lambda work: keep_draft(work, person_id, key, values, now))


def _drop(visit: Visit, keys: tuple[str, ...]) -> None:
    person_id = visit.visitor.person_id

    def drop(work: UnitOfWork) -> None:
        for key in keys:
            drop_draft(work, person_id, key)

    visit.app.retry(drop)


def _require_open(section: FormSection) -> None:
    if not takes(section):
        raise NotFound
