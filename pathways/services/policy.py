"""Who may do what: one table of roles per action. Everything that is refused for want of a role is refused here.

A role counts when the person holds it in the region or in the introduction at hand. `OWN` stands for whoever has been
given the task, or answers for the unit, that the action is about. The system itself (timers, imports) is not asked.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from pathways.errors import NotAllowed
from pathways.profiles.vocabulary import Role

OWN: Final = "own"

_STEERS = frozenset({Role.COORDINATOR, Role.HEAD})
_LEADS = _STEERS | {Role.LAG_CHAIR, Role.DEVELOPMENT_RESOURCE}
_DECIDES = _STEERS | {Role.REGISTRAR}
_RANKS = _STEERS | {Role.MANAGEMENT_GROUP_MEMBER}

POLICY: Final[Mapping[str, frozenset[str]]] = {
    "start": _STEERS,
    "appoint": _STEERS,
    "dismiss": _STEERS,
    "arrange_patient_perspective": _LEADS,
    "inform": _STEERS,
    "start_gap_analysis": _STEERS,
    "invite_units": _LEADS,
    "excuse_unit": _LEADS,
    "answer_gap": _LEADS | {OWN},
    "communicate_gap_analysis": _LEADS,
    "reopen_gap_analysis": _STEERS,
    "plan_activity": _LEADS,
    "update_activity": _LEADS,
    "open_comment_round": _LEADS,
    "close_comment_round": _LEADS,
    "propose_plan": _STEERS,
    "rank": _RANKS,
    "make_decision_basis": _STEERS,
    "submit_for_decision": _STEERS,
    "decide": _DECIDES,
    "request_response": _STEERS,
    "waive_response": _STEERS,
    "record_response": _DECIDES,
    "submit_response": _DECIDES,
    "approve_nationally": _STEERS,
    "revise_nationally": _STEERS,
    "adopt_revision": _STEERS,
    "withdraw_nationally": _STEERS,
    "reinstate": _STEERS,
    "open_loop": _LEADS,
    "hold_loop": _LEADS,
    "adopt_adjusted_plan": _LEADS,
    "record_celebration": _LEADS,
    "finish": _STEERS,
    "record_follow_up": _LEADS | {Role.ANALYST},
    "reopen": _STEERS,
    "report": _LEADS,
    "pause": _STEERS,
    "resume": _STEERS,
    "stop": _STEERS,
    "correct": _STEERS,
    "migrate": frozenset({Role.ADMIN}) | _STEERS,
    "create_task": _LEADS,
    "complete_task": _LEADS | {OWN},
    "skip_task": _LEADS | {OWN},
    "delegate_task": _LEADS | {OWN},
    "snooze_task": _LEADS | {OWN},
    "reopen_task": _LEADS | {OWN},
}


def permit(action: str, *, held: Iterable[str], owns: bool) -> None:
    """Let the action through, or raise `NotAllowed` with the roles that may."""
    allowed = POLICY[action]
    if allowed & set(held) or (owns and OWN in allowed):
        return
    raise NotAllowed(action, (str(role) for role in allowed))
