"""Write what people say of the evaluation's five lines, beside the figures that the product knows."""

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pathways.errors import Refused
from pathways.models.holding import EvaluationLine
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of
from pathways.services.plan.parts import LONG
from states.snapshot import place_of

Evaluated = Literal["reach", "effect", "units", "as_planned", "held"]
EVALUATED: tuple[str, ...] = get_args(Evaluated)
"""Whom it reached, what it led to, which units took part, whether it was done as planned, whether it holds."""

AFTERWARDS = frozenset({"reviewing", "evaluating", "celebrated", "finished"})


class Remark(BaseModel):
    """What people say of one line; empty words take it away."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    line: Evaluated
    text: Annotated[str, Field(max_length=LONG)]


class WriteEvaluation(Order):
    """One or more lines; the others stay."""

    remarks: Annotated[list[Remark], Field(min_length=1, max_length=len(EVALUATED))]

    @model_validator(mode="after")
    def _each_once(self) -> "WriteEvaluation":
        named = [one.line for one in self.remarks]
        if len(named) != len(set(named)):
            raise ValueError("a line is named twice")
        return self


def write_evaluation(case: Case, order: WriteEvaluation) -> None:
    """Write the remarks; refused before there is anything to evaluate."""
    if place_of(case.snapshot) not in AFTERWARDS:
        raise Refused("error.evaluation_not_now")
    known = {row["line"]: row for row in rows_of(case, EvaluationLine)}
    written = {"written_on": case.today, "written_by": case.actor_id}
    new = []
    for one in order.remarks:
        if one.line not in known:
            if one.text:
                new.append({"line": one.line, "body": one.text, **written})
        elif one.text != (known[one.line]["body"] or ""):
            case.update(EvaluationLine, known[one.line]["ref"], body=one.text or None, **written)
    case.insert_many(EvaluationLine, new)


USE_CASE = UseCase("write_evaluation", WriteEvaluation, write_evaluation)
