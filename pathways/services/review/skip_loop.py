"""Skip a learning loop that is open, or merge it into the next one, with the reason."""

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import bindparam, select

from pathways.errors import Refused
from pathways.models.loop import LearningLoop, LoopState
from pathways.models.review import ReviewField
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.loops import open_loop
from pathways.services.move import move
from pathways.storage.unit_of_work import table_of
from states.commands import Command

_field = table_of(ReviewField)
_PAPERS = select(*_field.c).where(
    _field.c.introduction_id == bindparam("case"), _field.c.loop.in_([bindparam("first"), bindparam("next")])
)


class SkipLoop(Order):
    """Which loop, and whether what was written so far goes into the next one's working paper."""

    number: Annotated[int, Field(ge=1, le=400)]
    how: Literal["skip", "merge"]


def skip_loop(case: Case, order: SkipLoop) -> None:
    """Write the loop as skipped with the reason and go on as before; what was foretold counts for the next one held."""
    opened = open_loop(case)
    if opened is None or opened[1] != order.number:
        raise Refused("error.review_closed", number=order.number)
    if not case.ask.reason:
        raise Refused("reason_missing")
    case.update(LearningLoop, opened[0], state=LoopState.SKIPPED, decision=order.how, summary=case.ask.reason)
    move(case, Command.HOLD_LOOP, choice="continue")
    if order.how == "merge":
        _carry_over(case, order.number)


def _carry_over(case: Case, number: int) -> None:
    """Copy the working paper to the next loop's, where nothing is written there yet; an undone merge loses nothing."""
    rows = case.work.rows(_PAPERS, {"case": case.id, "first": number, "next": number + 1})
    there = {row["key"] for row in rows if row["loop"] == number + 1}
    copied = [{**row, "loop": number + 1} for row in rows if row["loop"] == number and row["key"] not in there]
    case.work.insert(ReviewField, copied)


USE_CASE = UseCase("skip_loop", SkipLoop, skip_loop)
