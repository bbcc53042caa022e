"""Hold a learning loop: record the review and what it decided."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from pathways.errors import Refused
from pathways.models.loop import LearningLoop, LoopState
from pathways.profiles.vocabulary import Role
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.hold.checks import is_checked
from pathways.services.lifecycle.pause import rest
from pathways.services.lookup import not_in_the_future
from pathways.services.loops import open_loop
from pathways.services.move import move
from states.commands import Command


class HoldLoop(Order):
    """The review: when, who was there (roles), what was decided and why, in a few sentences.

    `hold_check_done` says that it was gone through outside the product; one that was closed here counts by itself.
    `decision` "pause" means to go on as before after a rest until `until_on`.
    """

    held_on: date
    attendees: Annotated[list[Role], Field(min_length=1)]
    decision: Literal["continue", "adjust", "finish", "pause"]
    summary: Annotated[str, Field(min_length=3)]
    hold_check_done: bool = False
    indicators_secured: bool = False
    until_on: date | None = None

    @model_validator(mode="after")
    def _a_rest_has_an_end(self) -> "HoldLoop":
        if (self.decision == "pause") != (self.until_on is not None):
            raise ValueError("until_on goes with the decision pause, and only with it")
        return self


def hold_loop(case: Case, order: HoldLoop) -> None:
    """Write the review into the open loop and move on; "finish" also needs the hold check and secured indicators."""
    not_in_the_future(case, "held_on", order.held_on)
    opened = open_loop(case)
    if opened is None:
        raise Refused("error.no_loop_open", slug=case.slug)
    case.update(
        LearningLoop,
        opened[0],
        state=LoopState.HELD,
        held_on=order.held_on,
        decision=order.decision,
        attendees=[str(role) for role in order.attendees],
        summary=order.summary,
        hold_check_done=order.hold_check_done or (order.decision == "finish" and is_checked(case)),
        indicators_secured=order.indicators_secured,
    )
    choice = "continue" if order.decision == "pause" else order.decision
    if choice == "adjust":
        case.set(plan_revised_on=None)
    move(case, Command.HOLD_LOOP, choice=choice)
    if order.until_on is not None:
        rest(case, order.until_on, reason=case.ask.reason or order.summary)


USE_CASE = UseCase("hold_loop", HoldLoop, hold_loop)
