"""Say of the readiness list what is in place before the change begins: yes, no with a name, or not needed."""

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pathways.errors import InvalidOrder, Problem
from pathways.models.holding import ReadinessLine, Ready
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import person_of, rows_of
from pathways.services.plan.parts import Words

ReadinessItem = Literal[
    "baseline",
    "process_measure",
    "lead_with_hours",
    "left_undone",
    "patient_partner",
    "routine_and_templates",
    "staff_trained",
    "partners_told",
    "stop_rule",
    "first_review",
]
ITEMS: tuple[str, ...] = get_args(ReadinessItem)
"""The ten lines in the order of the list; the words are the catalogue's (`readiness.*`)."""


class ReadyLine(BaseModel):
    """What is said of one line; who sees to it and by when is always allowed, and a name is needed for "no"."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    line: ReadinessItem
    answer: Ready
    owner: str | None = None
    due_on: date | None = None
    note: Words | None = None


class SetReadiness(Order):
    """One or more lines; a line that was said before gets the new words, the others stay."""

    lines: Annotated[list[ReadyLine], Field(min_length=1, max_length=len(ITEMS))]

    @model_validator(mode="after")
    def _each_once(self) -> "SetReadiness":
        named = [one.line for one in self.lines]
        if len(named) != len(set(named)):
            raise ValueError("a line is named twice")
        return self


def set_readiness(case: Case, order: SetReadiness) -> None:
    """Write the lines; a "no" without a name is refused."""
    bare = [one.line for one in order.lines if one.answer is Ready.NO and not one.owner]
    if bare:
        problems = [Problem(f"{line}.owner", "order.no_without_owner", {"line": line}) for line in bare]
        raise InvalidOrder("set_readiness", problems)
    known = {row["line"]: row["ref"] for row in rows_of(case, ReadinessLine)}
    new = []
    for one in order.lines:
        values = _values(case, one)
        if one.line in known:
            case.update(ReadinessLine, known[one.line], **values)
        else:
            new.append({"line": one.line, **values})
    case.insert_many(ReadinessLine, new)


def _values(case: Case, one: ReadyLine) -> dict[str, object]:
    return {
        "answer": one.answer,
        "owner_id": person_of(case, one.owner) if one.owner else None,
        "due_on": one.due_on,
        "note": one.note,
        "answered_on": case.today,
        "answered_by": case.actor_id,
    }


USE_CASE = UseCase("set_readiness", SetReadiness, set_readiness)
