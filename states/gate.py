"""The gate: which move a command asks for from here, and every reason that stands in its way.

It answers from the outline, without a machine; `step` moves only when the gate has nothing to say.
"""

from states.commands import CHOICES, Command
from states.errors import TransitionRefused
from states.facts import Given
from states.guards import CHECKLIST_ITEM_OPEN, CHOICE_MISSING, CHOICE_UNKNOWN, GUARDS, NOT_POSSIBLE_HERE
from states.outline import Move, moves_from
from states.reasons import Place, Reason, Role
from states.snapshot import Snapshot, place_of
from states.versions import get_outline


def get_move(snapshot: Snapshot, command: Command, choice: str | None) -> Move:
    """Return the one move the command asks for; raise `TransitionRefused` when there is none from here."""
    here = [move for move in moves_from(get_outline(snapshot.chart), snapshot.configuration) if move.command is command]
    if not here:
        raise TransitionRefused(command, (Reason(NOT_POSSIBLE_HERE, {"place": place_of(snapshot)}),))
    for move in here:
        if move.choice == choice:
            return move
    if choice is None:
        raise TransitionRefused(command, (Reason(CHOICE_MISSING, {"choices": ", ".join(CHOICES[command])}),))
    raise TransitionRefused(command, (Reason(CHOICE_UNKNOWN, {"choice": choice}),))


def list_reasons(move: Move, given: Given) -> tuple[Reason, ...]:
    """Return every reason that stands in the way of a move: the chart's guards first, then the profile's items."""
    unmet = (GUARDS[name](given) for name in move.guards)
    open_items = given.facts.open_items.get(move.command or "", ())
    return (
        *(reason for reason in unmet if reason is not None),
        *(Reason(CHECKLIST_ITEM_OPEN, {"item": item}, (Role.COORDINATOR,), Place.TASKS) for item in open_items),
    )
