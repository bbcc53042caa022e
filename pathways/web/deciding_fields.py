"""The questions of deciding an item, and what was answered as a decision to record."""

from collections.abc import Mapping, Sequence
from datetime import date

from pathways.errors import Problem
from pathways.models.meeting import Outcome
from pathways.profiles.vocabulary import Role
from pathways.services.deciding.decide_item import LONGEST_CONDITION, LONGEST_TEXT, Given
from pathways.services.deciding.paragraphs import next_paragraph
from pathways.services.deciding.rules import outcomes_of
from pathways.services.deciding.situation import Part, Situation
from pathways.services.plan.conditions import Condition
from pathways.web.forms import Field, Option, first
from pathways.web.visit import Visit

Typed = Mapping[str, Sequence[str]]
OUTCOME, MOTIVE, DISSENT, PARAGRAPH, REGISTER = "outcome", "motive", "dissent", "paragraph_no", "register_no"
MOST_CONDITIONS = 12
SEES_TO = (Role.COORDINATOR, Role.HEAD, Role.LAG_CHAIR, Role.DEVELOPMENT_RESOURCE, Role.ANALYST, Role.REGISTRAR)
"""Whose a condition may be to see to; the coordinator's where nothing else is said."""


def head_fields(visit: Visit, situation: Situation) -> tuple[Field, ...]:
    """Return what was decided and why: the first things said at the table."""
    say = visit.texts.say
    options = tuple(_option(visit, situation.part, outcome) for outcome in outcomes_of(situation.part))
    fields = [Field(name=OUTCOME, label=say("web.decide.field.outcome"), kind="radios", options=options)]
    if len(options) == 1:
        fields = [Field(name=OUTCOME, label="", kind="hidden", value=options[0].value)]
    label = "web.decide.field.note" if situation.part is Part.NOTES else "web.decide.field.motive"
    why = "" if situation.part is Part.NOTES else say("web.decide.help.motive")
    motive = Field(
        name=MOTIVE, label=say(label), help=why, kind="area", rows=3, required=False, max_length=LONGEST_TEXT
    )
    return (*fields, motive)


def number_fields(visit: Visit, situation: Situation, register_no: str) -> tuple[Field, ...]:
    """Return what minutes ask for: the next free paragraph is offered, and the number the matter is registered by."""
    say = visit.texts.say
    paragraph = Field(
        name=PARAGRAPH,
        label=say("web.decide.field.paragraph"),
        help=say("web.decide.help.paragraph", year=situation.meeting["held_on"].year),
        value=situation.item["paragraph_no"] or next_paragraph(situation.taken),
    )
    register = Field(
        name=REGISTER,
        label=say("web.decide.field.register"),
        value=situation.item["register_no"] or register_no,
        required=situation.moves,
    )
    return (paragraph, register)


def dissent_field(visit: Visit) -> Field:
    """Return the question of those who do not agree."""
    say = visit.texts.say
    return Field(
        name=DISSENT,
        label=say("web.decide.field.dissent"),
        help=say("web.decide.help.dissent"),
        kind="area",
        rows=3,
        required=False,
        max_length=LONGEST_TEXT,
    )


def condition_rows(visit: Visit, form: Typed, *, more: int = 0) -> tuple[tuple[Field, Field, Field], ...]:
    """Return three questions for each condition: those that were begun, or one, and as many more as are asked for."""
    begun = [n for n in range(1, MOST_CONDITIONS + 1) if f"condition-{n}" in form]
    count = min(max(1, len(begun)) + more, MOST_CONDITIONS)
    return tuple(_condition(visit, number) for number in range(1, count + 1))


def given_of(form: Typed) -> tuple[Given | None, list[Problem]]:
    """Return the decision as it was filled in, and what of it cannot be understood."""
    problems: list[Problem] = []
    try:
        outcome = Outcome(first(form, OUTCOME))
    except ValueError:
        problems.append(Problem(OUTCOME, "web.decide.choose_outcome", {}))
        outcome = None
    conditions = [one for n in range(1, MOST_CONDITIONS + 1) if (one := _read_condition(form, n, problems)) is not None]
    if outcome is None or problems:
        return None, problems
    given = Given(
        outcome=outcome,
        paragraph_no=first(form, PARAGRAPH),
        register_no=first(form, REGISTER),
        motive=first(form, MOTIVE),
        dissent=first(form, DISSENT),
        conditions=tuple(conditions),
    )
    return given, []


def _option(visit: Visit, part: Part, outcome: Outcome) -> Option:
    name = f"{part}.{outcome}"
    hint = f"web.decide.hint.{name}"
    return Option(
        value=str(outcome),
        label=visit.texts.say(f"web.decide.outcome.{name}"),
        hint=visit.texts.say(hint) if visit.texts.has(hint) else "",
    )


def _condition(visit: Visit, number: int) -> tuple[Field, Field, Field]:
    say = visit.texts.say
    roles = tuple(Option(value=str(role), label=visit.texts.word("role", role)) for role in SEES_TO)
    return (
        Field(
            name=f"condition-{number}",
            label=say("web.decide.field.condition", number=number),
            required=False,
            max_length=LONGEST_CONDITION,
        ),
        Field(name=f"due-{number}", label=say("web.decide.field.due"), kind="date", required=False),
        Field(
            name=f"role-{number}",
            label=say("web.decide.field.role"),
            kind="select",
            options=roles,
            value=str(Role.COORDINATOR),
            required=False,
        ),
    )


def _read_condition(form: Typed, number: int, problems: list[Problem]) -> Condition | None:
    text = first(form, f"condition-{number}")
    if not text:
        return None
    try:
        due_on = date.fromisoformat(first(form, f"due-{number}"))
    except ValueError:
        problems.append(Problem(f"due-{number}", "error.item.condition_due", {}))
        return None
    wanted = first(form, f"role-{number}")
    role = next((one for one in SEES_TO if one == wanted), Role.COORDINATOR)
    return Condition(text=text, due_on=due_on, role=role)
