"""Puts the refusal of a command at the place in its form where it can be met, and the rest above the form.

What was typed wrong is said at the question; what stands in the way of the process is listed with who can meet it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pathways.errors import (
    AlreadyOpen,
    Busy,
    ClockWentBack,
    InvalidOrder,
    PathwaysError,
    PersonHasLeft,
    Problem,
    Refused,
    Unknown,
    Unstorable,
)
from pathways.web.command_form import REASON, answers_at
from pathways.web.forms import Field
from pathways.web.refusals import ShownReason, shown_reason, status_of
from pathways.web.visit import Visit
from states.errors import StatesError, TransitionRefused
from states.guards import REASON_MISSING

UNREADABLE = 422
CHOICES = frozenset({"select", "radios", "checkboxes"})

PLACED: Mapping[str, str] = {
    "error.already_appointed": "person",
    "error.not_appointed": "appointment",
    "error.no_mandate": "meeting",
    "error.already_invited": "units",
    "error.not_invited": "unit",
    "error.snooze_not_later": "due_on",
    "error.due_before_start": "due_on",
    "error.task_settled": "task",
    "error.task_open": "task",
    "error.task_left_behind": "task",
    "error.task_theirs_already": "to",
    "error.unknown_version": "version",
    "error.follow_up_ahead": "months",
    "error.follow_up_recorded": "months",
    "error.nothing_to_undo": "undo_to",
    "error.undo_collides": "undo_to",
    REASON_MISSING: REASON,
}
"""The question that a refusal is about."""

TYPED_WRONG = frozenset(
    {"error.not_in_the_past", "error.not_in_the_future", "error.due_before_start", "error.snooze_not_later"}
)
"""Refusals of what was typed alone: they are errors of the form, not of the process."""

SAID = frozenset(
    {
        *("error.not_invited", "error.no_response_drafted", "error.no_loop_open", "error.comment_round_open"),
        *("error.comment_round_not_open", "error.nothing_to_undo", "error.undo_collides", "error.task_settled"),
        *("error.task_open", "error.task_left_behind", "error.task_theirs_already", "error.no_version"),
        *("error.not_in_the_past", "error.not_in_the_future"),
    }
)
"""Refusals that are said otherwise on a page than on a command line: without names of commands, options or rows."""

PROBLEMS = frozenset(
    {
        *("order.missing", "order.date", "order.integer", "order.one_of", "order.too_short", "order.too_long"),
        *("order.empty_list", "order.too_small", "order.too_large"),
    }
)
RULES = frozenset({"appoint", "hold_loop"})
GONE = frozenset({"person", "unit", "body", "task", "activity", "gap_answer", "attachment"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a page says of a command that was refused."""

    status: int
    text: str
    reasons: tuple[ShownReason, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)


def understand(
    error: PathwaysError | StatesError, visit: Visit, fields: Sequence[Field], *, slug: str, command: str
) -> Refusal:
    """Return what the page says; what is no matter of this form (no right, no such introduction) is raised again."""
    match error:
        case InvalidOrder():
            return _invalid(error, visit, fields, command)
        case TransitionRefused():
            return _in_the_way(error, visit, slug=slug)
        case Unknown() if error.kind in GONE:
            return _gone(error, visit, fields)
        case AlreadyOpen():
            there = ShownReason(visit.texts.say("web.intro.start.go_there"), "", f"/forlopp/{slug}")
            return Refusal(
                status=status_of(error), text=visit.texts.say("web.intro.start.open_already"), reasons=(there,)
            )
        case Refused():
            return _refused(error, visit, fields)
        case Busy() | ClockWentBack() | Unstorable():
            return Refusal(status=status_of(error), text=visit.wording.sentence(error.sentence, error.values))
    raise error


def _invalid(error: InvalidOrder, visit: Visit, fields: Sequence[Field], command: str) -> Refusal:
    labels = {one.name: one for one in fields}
    errors: dict[str, str] = {}
    for problem in error.problems:
        name = answers_at(command, problem.field, labels)
        if name in labels:
            errors.setdefault(name, _problem(problem, visit, labels[name], command))
    text = visit.texts.say("web.intro.refused.form")
    return Refusal(status=UNREADABLE, text=text, errors=errors)


def _problem(problem: Problem, visit: Visit, asked: Field, command: str) -> str:
    values = {"label": asked.label, "given": problem.values["given"], "expected": problem.values["expected"]}
    if problem.sentence == "order.rule" and command in RULES:
        return visit.texts.say(f"web.intro.rule.{command}")
    if problem.sentence == "order.missing" and asked.kind in CHOICES:
        return visit.texts.say("web.intro.problem.choose", label=asked.label)
    if problem.sentence in PROBLEMS:
        return visit.wording.sentence(f"web.intro.problem.{problem.sentence}", values)
    return visit.texts.say("web.intro.problem.other", label=asked.label)


def _in_the_way(error: TransitionRefused, visit: Visit, *, slug: str) -> Refusal:
    """A reason alone that is missing is a question left open; anything else stands in the way of the process."""
    reasons = tuple(shown_reason(reason, visit.wording, slug=slug) for reason in error.reasons)
    lacking = [reason for reason in error.reasons if reason.sentence == REASON_MISSING]
    errors = {REASON: visit.texts.say("web.intro.problem.reason")} if lacking else {}
    alone = len(lacking) == len(error.reasons)
    told = "web.intro.refused.form" if alone else "web.intro.refused.not_now"
    return Refusal(
        status=UNREADABLE if alone else status_of(error),
        text=visit.texts.say(told),
        reasons=() if alone else reasons,
        errors=errors,
    )


def _gone(error: Unknown, visit: Visit, fields: Sequence[Field]) -> Refusal:
    """What was chosen is not there any more: it is to be chosen anew."""
    named = next((one for one in fields if _names(one, str(error.values["name"]))), None)
    label = named.label if named else ""
    said = visit.texts.say("web.intro.problem.gone", label=label)
    if isinstance(error, PersonHasLeft):
        said = visit.wording.sentence(error.sentence, error.values)
    errors = {named.name: said} if named else {}
    told = "web.intro.refused.form" if named else "web.intro.refused.gone"
    return Refusal(status=UNREADABLE, text=visit.texts.say(told), errors=errors)


def _names(one: Field, name: str) -> bool:
    typed = one.value if isinstance(one.value, tuple) else (one.value,)
    return any(name in value.split("|") for value in typed)


def _refused(error: Refused, visit: Visit, fields: Sequence[Field]) -> Refusal:
    said = f"web.intro.instead.{error.sentence}" if error.sentence in SAID else error.sentence
    names = {one.name for one in fields}
    at = str(error.values.get("field") or PLACED.get(error.sentence, ""))
    at = "meeting" if at == "meeting_on" and "meeting" in names else at
    label = next((one.label for one in fields if one.name == at), "")
    values = {**_by_name(error.values, visit, fields), "label": label}
    text = visit.texts.say("web.intro.problem.reason") if at == REASON else visit.wording.sentence(said, values)
    typed_wrong = error.sentence in TYPED_WRONG or at == REASON
    return Refusal(
        status=UNREADABLE if typed_wrong else status_of(error),
        text=visit.texts.say("web.intro.refused.form") if at in names else text,
        errors={at: text} if at in names else {},
    )


def _by_name(values: Mapping[str, str | int], visit: Visit, fields: Sequence[Field]) -> dict[str, str | int]:
    """Return the values of a refusal with names in the place of our short ones."""
    labels = {option.value: option.label.split(", ")[0] for one in fields for option in one.options}
    labels |= {body.slug: body.short or body.name for body in visit.profile.bodies}
    return {name: _named(value, labels) for name, value in values.items()}


def _named(value: str | int, labels: Mapping[str, str]) -> str | int:
    if not isinstance(value, str):
        return value
    return ", ".join(labels.get(one, one) for one in value.split(", "))
