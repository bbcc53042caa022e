"""Sends one command to the chart with the facts as they stand, and lets the case take over the new position."""

from pathways.profiles.vocabulary import Role
from pathways.services.case import Case
from pathways.services.evidence import evidence_of
from pathways.services.facts import build_facts, open_items
from states.commands import Command
from states.facts import Asked, Facts
from states.gate import get_move
from states.outline import moves_of_its_own
from states.snapshot import Snapshot
from states.step import Step, step
from states.versions import get_outline


def move(case: Case, command: Command, *, choice: str | None = None, reason: str | None = None) -> Step:
    """Move the case by `command`; a refusal is `states.TransitionRefused` with every unmet reason.

    `reason` stands in where the order itself says why, and the command brought no reason of its own.
    """
    asked = Asked(choice=choice, has_reason=bool(case.ask.reason or reason), by_head=_by_head(case, command))
    taken = step(case.snapshot, command, _facts(case, command, choice), asked)
    case.move(taken)
    return taken


def _facts(case: Case, command: Command, choice: str | None) -> Facts:
    """Return the facts as they stand; where no guard will ask for them, only the open tasks are looked at."""
    if is_only_recorded(case.snapshot, command, choice):
        return Facts(today=case.today, open_items=open_items(case.open_tasks))
    introduction = {**case.row, **case.own}
    evidence = evidence_of(case.work, introduction, now=case.now)
    case.keep_open_tasks(evidence["tasks"])
    return build_facts(evidence, introduction, case.profile, today=case.today)


def is_only_recorded(snapshot: Snapshot, command: Command, choice: str | None) -> bool:
    """Say whether the command moves nothing and asks no guard, and the chart has no move of its own to make here."""
    wanted = get_move(snapshot, command, choice)
    inside = frozenset(snapshot.configuration)
    own = (move for move in moves_of_its_own(get_outline(snapshot.chart)) if inside.issuperset(move.places))
    return wanted.target is None and not wanted.guards and not any(own)


def _by_head(case: Case, command: Command) -> bool:
    """Only the reopening of a finished introduction asks whether the head gives the command."""
    if command is not Command.REOPEN or case.actor_id is None:
        return False
    return Role.HEAD in case.roster.roles_of(case.actor_id)
