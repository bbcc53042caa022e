"""Sends one command to the chart with the facts as they stand, and lets the case take over the new position."""

from pathways.profiles.vocabulary import Role
from pathways.services.case import Case
from pathways.services.facts import facts_of
from states.commands import Command
from states.facts import Asked
from states.step import Step, step


def move(case: Case, command: Command, *, choice: str | None = None, reason: str | None = None) -> Step:
    """Move the case by `command`; a refusal is `states.TransitionRefused` with every unmet reason.

    `reason` stands in where the order itself says why, and the command brought no reason of its own.
    """
    facts = facts_of(
        case.work,
        {**case.row, **case.own},
        case.profile,
        now=case.now,
        today=case.today,
        open_tasks=case.open_tasks,
    )
    asked = Asked(choice=choice, has_reason=bool(case.ask.reason or reason), by_head=_by_head(case, command))
    taken = step(case.snapshot, command, facts, asked)
    case.move(taken)
    return taken


def _by_head(case: Case, command: Command) -> bool:
    """Only the reopening of a finished introduction asks whether the head gives the command."""
    if command is not Command.REOPEN or case.actor_id is None:
        return False
    return Role.HEAD in case.roster.roles_of(case.actor_id)
