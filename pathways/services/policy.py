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
_MEASURES = frozenset({Role.COORDINATOR, Role.DEVELOPMENT_RESOURCE, Role.ANALYST})

POLICY: Final[Mapping[str, frozenset[str]]] = {
    "start": _STEERS,
    "appoint": _STEERS,
    "dismiss": _STEERS,
    "arrange_patient_perspective": _LEADS,
    "inform": _STEERS,
    "start_gap_analysis": _STEERS,
    "invite_units": _LEADS,
    "excuse_unit": _LEADS,
    "remind_unit": _LEADS,
    "answer_gap": _LEADS | {OWN},
    "carry_over_answers": _LEADS,
    "communicate_gap_analysis": _LEADS,
    "reopen_gap_analysis": _STEERS,
    "plan_activity": _LEADS,
    "update_activity": _LEADS,
    "open_comment_round": _LEADS,
    "comment_plan": _LEADS | {OWN},
    "remind_plan_comment": _LEADS,
    "answer_plan_comment": _LEADS,
    "close_comment_round": _LEADS,
    "propose_plan": _STEERS,
    "score_activities": _RANKS,
    "rank": _RANKS,
    "make_decision_basis": _STEERS,
    "submit_for_decision": _STEERS,
    "endorse": _DECIDES,
    "decide": _DECIDES,
    "take_back_decision": _DECIDES,
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
    "predict": _LEADS,
    "sign_review": _LEADS,
    "add_review_note": _LEADS | {Role.MANAGEMENT_GROUP_MEMBER},
    "skip_loop": _LEADS,
    "adopt_adjusted_plan": _LEADS,
    "record_celebration": _LEADS,
    "finish": _STEERS,
    "record_follow_up": _LEADS | {Role.ANALYST},
    "reopen": _STEERS,
    "open_hold_check": _LEADS,
    "answer_hold_check": frozenset({OWN}),
    "close_hold_check": _LEADS,
    "set_readiness": _LEADS,
    "assess_complexity": _RANKS | _LEADS,
    "write_evaluation": _LEADS,
    "record_lesson": _LEADS,
    "withdraw_lesson": _LEADS,
    "say_thanks": _LEADS,
    "define_indicator": _MEASURES,
    "change_indicator": _MEASURES,
    "retire_indicator": _MEASURES,
    "record_values": _MEASURES | {OWN},
    "freeze_baseline": _MEASURES,
    "reset_phase": _MEASURES,
    "take_back_phase": _MEASURES,
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
    "decline_task": _LEADS | {OWN},
    "snooze_task": _LEADS | {OWN},
    "reopen_task": _LEADS | {OWN},
    "comment_task": _LEADS | {OWN},
    "attach_file": _LEADS | {OWN},
    "attach_link": _LEADS | {OWN},
    "remove_attachment": _STEERS | {OWN},
}


def permit(action: str, *, held: Iterable[str], owns: bool) -> None:
    """Let the action through, or raise `NotAllowed` with the roles that may."""
    allowed = POLICY[action]
    if allowed & set(held) or (owns and OWN in allowed):
        return
    raise NotAllowed(action, (str(role) for role in allowed))


_STAFF = frozenset(Role) - {Role.PATIENT_REPRESENTATIVE}
_ADMINISTERS = frozenset({Role.ADMIN})

VIEWS: Final[Mapping[str, frozenset[Role]]] = {
    "see_work": _STAFF,
    "see_others_work": _STEERS,
    "see_decisions": frozenset({Role.MANAGEMENT_GROUP_MEMBER, Role.REGISTRAR}),
    "see_board": _STAFF,
    "see_introduction": _STAFF,
    "see_task": _STAFF - {Role.ELECTED_READER},
    "see_catalogue": _STAFF,
    "see_gap_picture": _STAFF - {Role.ELECTED_READER},
    "see_gap_answers": _LEADS | {Role.LAG_MEMBER, Role.ANALYST},
    "see_ranking": _RANKS | _LEADS,
    "see_plan_comments": _RANKS | _LEADS | {Role.LAG_MEMBER, Role.ANALYST},
    "see_decision_basis": _STAFF,
    "see_documents": _STAFF,
    "export_archive": _DECIDES,
    "see_working_papers": _STAFF - {Role.ELECTED_READER},
    "see_review": _STAFF,
    "write_review": _LEADS | {Role.LAG_MEMBER, Role.ANALYST},
    "see_portfolio": _STAFF,
    "see_holding": _STAFF,
    "see_measuring": _STAFF,
    "see_small_counts": _MEASURES,
    "see_messages": _STEERS | _ADMINISTERS,
    "see_profile": _STEERS | _ADMINISTERS | {Role.ANALYST},
    "see_people": _STEERS | _ADMINISTERS,
    "see_permissions": _STAFF,
    "export": _STAFF,
    "see_flow": _STAFF,
    "see_meetings": _STAFF,
    "see_national": _STAFF,
    "see_demand": _STAFF - {Role.ELECTED_READER},
    "see_capacity": _STEERS,
    "export_log": frozenset({Role.COORDINATOR, Role.ANALYST, Role.ADMIN}),
}
"""Which pages a role opens. A role held in one introduction opens the page too; what it then shows is filtered."""

ADMINISTRATION: Final[Mapping[str, frozenset[Role]]] = {
    "manage_people": _ADMINISTERS,
    "manage_units": _ADMINISTERS,
    "manage_bodies": _STEERS | _ADMINISTERS,
    "keep_minutes": _DECIDES,
    "keep_documents": _DECIDES,
    "manage_templates": _STEERS | _ADMINISTERS,
    "manage_agenda": _STEERS | {Role.REGISTRAR},
    "manage_absences": _STEERS | _ADMINISTERS,
    "manage_closing_days": _STEERS | _ADMINISTERS,
    "manage_catalogue": _STEERS | _ADMINISTERS,
    "manage_gap_bundles": _STEERS,
    "roll_out_version": _STEERS,
    "share_experience": _LEADS,
    "manage_messages": _STEERS | _ADMINISTERS,
    "manage_award": _STEERS,
    "freeze_pack": frozenset({Role.COORDINATOR, Role.REGISTRAR}),
    "nominate_award": _LEADS,
    "manage_tokens": _ADMINISTERS,
    "manage_login": _ADMINISTERS,
}
"""Who may change what concerns the whole region rather than one introduction."""


def may_act(action: str, held: Iterable[str], *, owns: bool = False) -> bool:
    """Say whether somebody with these roles may do an action of any of the tables; `owns` as for `permit`."""
    allowed = POLICY.get(action) or ADMINISTRATION.get(action) or VIEWS[action]
    return bool(allowed & set(held)) or (owns and OWN in allowed)
