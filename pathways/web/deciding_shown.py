"""Shows an item on the table: its form with what was typed and what is wrong, or what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi.responses import Response

from pathways.errors import PathwaysError, Problem
from pathways.profiles.vocabulary import Matter
from pathways.services.deciding.situation import Part
from pathways.web import deciding_fields as questions
from pathways.web.command_review import Review
from pathways.web.deciding_read import OnTheTable
from pathways.web.demand_shown import warn_before_decision
from pathways.web.forms import Field, Keys
from pathways.web.introduction_shown import tell_position
from pathways.web.refusals import Shown, shown
from pathways.web.visit import Visit
from states.errors import StatesError

POSITION_LINES = 5
KEEP = "keep_minutes"


def show_table(
    visit: Visit,
    table: OnTheTable,
    form: questions.Typed | None = None,
    *,
    keys: Keys,
    problems: Sequence[Problem] = (),
    error: PathwaysError | StatesError | None = None,
    review: Review | None = None,
    others: Sequence[str] = (),
    more: int = 0,
    status: int = 200,
) -> Response:
    """Answer with the item's page; `problems` with a field stand at their questions, the others above the form."""
    writes = table.is_open and visit.may(KEEP)
    told: Shown | None = shown(error, visit.wording, slug=table.line.row["introduction"] or "") if error else None
    refused = [visit.wording.sentence(one.sentence, one.values) for one in problems if not one.field]
    return visit.page(
        "meeting/decide.html",
        status=status,
        **_standing(visit, table),
        **(_form(visit, table, form or {}, problems, more) if writes else NO_FORM),
        writes=writes,
        crowded="" if review else _crowded(visit, table),
        others=[*others, *refused],
        told=told,
        review=review,
        keys=keys,
        has_errors=bool(problems or error or others),
    )


NO_FORM: Mapping[str, object] = {"head": (), "rows": (), "faulty": (), "hidden": ()}
"""What a page without a form has of it."""


def _standing(visit: Visit, table: OnTheTable) -> dict[str, object]:
    """Return what is on the table, whoever looks, and what this reader may do about it."""
    return {
        "table": table,
        "page": table.page,
        "line": table.line,
        "part": table.situation.part,
        "position": tell_position(visit, table.view)[:POSITION_LINES] if table.view else [],
        "standing_in_the_way": [visit.wording.sentence(one.sentence, one.values) for one in table.hindrances],
        "members": _members(table),
        "conflicted": [(one, table.situation.names[one]) for one in sorted(table.situation.conflicted)],
        "slugs": {one.person_id: one.slug for one in table.situation.members},
        "may_declare": table.is_open and (visit.may(KEEP) or is_concerned(visit, table)),
        "may_take_back": not table.page.sitting.closed and visit.may(KEEP),
        "may_correct": visit.may("correct", table.line.row["introduction_id"]),
    }


def _crowded(visit: Visit, table: OnTheTable) -> str:
    """Return which units the plan would ask too much of, told before it is decided."""
    slug = table.line.row["introduction"]
    if slug is None or table.view is None or table.situation.matter is not Matter.PLAN or not table.is_open:
        return ""
    return warn_before_decision(visit, slug)


def _form(
    visit: Visit, table: OnTheTable, typed: questions.Typed, problems: Sequence[Problem], more: int
) -> dict[str, object]:
    """Return the questions with what was typed and what is wrong with it."""
    errors = {one.field: visit.wording.sentence(one.sentence, one.values) for one in problems if one.field}
    head, numbers, dissent, rows = _fields(visit, table, typed, errors, more)
    every = [*head, *numbers, *(one for row in rows for one in row), dissent]
    return {
        "head": head,
        "numbers": numbers,
        "dissent": dissent,
        "rows": rows,
        "conditions_open": any(one.error or one.value for row in rows for one in row[:2]) or more > 0,
        "takes_conditions": table.situation.part not in {Part.NOTES, Part.OUTSIDE},
        "faulty": every,
        "hidden": [(one.name, value) for one in every for value in typed.get(one.name, ())],
    }


def _fields(
    visit: Visit, table: OnTheTable, typed: questions.Typed, errors: dict[str, str], more: int
) -> tuple[tuple[Field, ...], tuple[Field, ...], Field, tuple[tuple[Field, ...], ...]]:
    def filled(one: Field) -> Field:
        return one.filled(typed, errors) if one.name in typed else replace(one, error=errors.get(one.name, ""))

    rows = questions.condition_rows(visit, typed, more=more)
    return (
        tuple(filled(one) for one in questions.head_fields(visit, table.situation)),
        tuple(filled(one) for one in questions.number_fields(visit, table.situation, table.register_no)),
        filled(questions.dissent_field(visit)),
        tuple(tuple(filled(one) for one in row) for row in rows),
    )


def _members(table: OnTheTable) -> list[tuple[str, str]]:
    """Return those of whom a conflict may still be recorded, by slug and name."""
    away = table.situation.conflicted
    return [(one.slug, one.name) for one in table.situation.members if one.person_id not in away]


def is_concerned(visit: Visit, table: OnTheTable) -> bool:
    """Say whether the visitor may have a conflict of interest in the item: as a member, or as its presenter."""
    people = {one.person_id for one in table.situation.members} | {table.line.row["presenter_id"]}
    return visit.visitor.person_id in people
