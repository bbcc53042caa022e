"""Take the adjusted plan into use."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


def adopt_adjusted_plan(case: Case, _order: Nothing) -> None:
    """Move back to carrying out the plan when it was revised and every new activity has owner and deadline."""
    move(case, Command.ADOPT_ADJUSTED_PLAN)


USE_CASE = UseCase("adopt_adjusted_plan", Nothing, adopt_adjusted_plan)
