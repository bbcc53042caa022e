"""The questions of a comment round: whom to ask, what a unit thinks, how it was handled, how the round ended."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from pathways.errors import InvalidOrder
from pathways.models.plan_comment import Handling
from pathways.queries.plan_comments import WHOLE, AskedUnit, CommentsPage
from pathways.services.plan.parts import LONG
from pathways.web.forms import YES, Field, Option, first
from pathways.web.visit import Visit

Typed = Mapping[str, Sequence[str]]
VIEW, OVERALL, NONE = "synpunkt", "helhet", "inga"
UNITS, CLOSES_ON = "units", "closes_on"
USUAL_DAYS = timedelta(days=21)


def name_of(activity: str) -> str:
    """Return the name of the field about an activity, or about the whole."""
    return f"{VIEW}-{activity}" if activity else OVERALL


def open_fields(visit: Visit, page: CommentsPage, typed: Typed, errors: Mapping[str, str]) -> list[Field]:
    """Return whom to ask and until when; those who answered the gap analysis are ticked beforehand."""
    usual = tuple(unit.slug for unit in page.units if unit.unit_id in page.in_gap)
    units = Field(
        name=UNITS,
        label=visit.texts.say("web.plan.round_form.units"),
        help=visit.texts.say("web.plan.round_form.units_help"),
        kind="checkboxes",
        options=tuple(Option(value=unit.slug, label=unit.name) for unit in page.units),
        value=usual,
    )
    day = Field(
        name=CLOSES_ON,
        label=visit.texts.say("web.plan.round_form.closes_on"),
        help=visit.texts.say("web.plan.round_form.closes_on_help"),
        kind="date",
        value=visit.profile.workdays.add(visit.today + USUAL_DAYS - timedelta(days=1), 1).isoformat(),
    )
    return [one.filled(typed, errors) if typed else one for one in (units, day)]


def view_fields(visit: Visit, page: CommentsPage, typed: Typed, errors: Mapping[str, str]) -> dict[str, Field]:
    """Return a box for each activity and one for the whole, by the activity's ref."""
    refs = [line.ref for line in page.plan.lines if not line.is_stopped]
    return {ref: _box(visit, ref).filled(typed, errors) for ref in (*refs, WHOLE)}


def none_field(visit: Visit, typed: Typed, errors: Mapping[str, str]) -> Field:
    """Return the question whether the unit has no views at all."""
    label = visit.texts.say("web.plan.view.none")
    return Field(name=NONE, label=label, kind="checkbox", required=False).filled(typed, errors)


def typed_of(asked: AskedUnit) -> dict[str, list[str]]:
    """Return a unit's views as they would have been typed."""
    typed = {name_of(ref): [view.row["body"] or ""] for ref, view in asked.views.items()}
    return {**typed, NONE: [YES]} if asked.answered_on and not asked.views else typed


def view_data(asked: AskedUnit, page: CommentsPage, typed: Typed) -> dict[str, object]:
    """Return the data of the unit's answer."""
    lines = [line.ref for line in page.plan.lines]
    views = [{"activity": ref, "text": said} for ref in lines if (said := first(typed, name_of(ref)))]
    overall = first(typed, OVERALL)
    return {"unit": asked.unit.slug, "views": views, **({"overall": overall} if overall else {})}


def find_view_faults(visit: Visit, page: CommentsPage, typed: Typed) -> dict[str, str]:
    """Return what keeps the views from being handed in: nothing said at all, both said and not, or too much."""
    names = [name_of(line.ref) for line in page.plan.lines] + [OVERALL]
    said = {name: text for name in names if (text := first(typed, name))}
    faults = {
        name: visit.texts.say("web.plan.view.fault.long", n=LONG) for name, text in said.items() if len(text) > LONG
    }
    nothing = first(typed, NONE) == YES
    if not said and not nothing:
        faults[NONE] = visit.texts.say("web.plan.view.fault.nothing")
    elif said and nothing:
        faults[NONE] = visit.texts.say("web.plan.view.fault.both")
    return faults


def answer_fields(visit: Visit, typed: Typed, errors: Mapping[str, str]) -> list[Field]:
    """Return how a view was handled, and the answer in words."""
    say = visit.texts.say
    options = tuple(Option(value=one, label=say(f"web.plan.handling.{one}")) for one in Handling)
    return [
        Field(name="handling", label=say("web.plan.answer.handling"), kind="radios", options=options).filled(
            typed, errors
        ),
        Field(
            name="answer",
            label=say("web.plan.answer.answer"),
            help=say("web.plan.answer.help"),
            kind="area",
            max_length=LONG,
        ).filled(typed, errors),
    ]


def answer_faults(visit: Visit, error: InvalidOrder) -> dict[str, str]:
    """Return what is wrong with an answer, by field."""
    names = {problem.field for problem in error.problems}
    return {name: visit.texts.say(f"web.plan.answer.fault.{name}") for name in ("handling", "answer") if name in names}


def close_fields(visit: Visit, page: CommentsPage, typed: Typed, errors: Mapping[str, str]) -> list[Field]:
    """Return what is asked when the round ends: what came in, or why there is none."""
    say = visit.texts.say
    if not page.is_open:
        reason = Field(name="reason", label=say("web.plan.close.reason"), kind="area", max_length=LONG)
        return [reason.filled(typed, errors)]
    help_text = say("web.plan.close.summary_help")
    summary = Field(
        name="summary", label=say("web.plan.close.summary"), help=help_text, kind="area", rows=6, max_length=LONG
    )
    return [summary.filled(typed, errors)]


def _box(visit: Visit, ref: str) -> Field:
    return Field(
        name=name_of(ref),
        label=visit.texts.say("web.plan.view.one" if ref else "web.plan.view.whole"),
        kind="area",
        rows=3,
        required=False,
        max_length=LONG,
    )
