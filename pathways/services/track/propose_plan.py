"""Put the plan forward for ranking."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


def propose_plan(case: Case, _order: Nothing) -> None:
    """Move on when the version in force is analysed, every activity is complete and the comment round is settled."""
    move(case, Command.PROPOSE_PLAN)


USE_CASE = UseCase("propose_plan", Nothing, propose_plan)
