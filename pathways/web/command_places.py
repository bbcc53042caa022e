"""Where on an introduction's pages each command belongs: the page one comes back to, and the group it is listed in."""

from collections.abc import Mapping

GROUPS: Mapping[str, tuple[str, ...]] = {
    "onward": (
        *("start", "start_gap_analysis", "communicate_gap_analysis", "reopen_gap_analysis", "propose_plan"),
        *(
            "submit_for_decision",
            "endorse",
            "decide",
            "take_back_decision",
            "open_loop",
            "hold_loop",
            "adopt_adjusted_plan",
            "record_celebration",
        ),
        *("finish", "record_follow_up", "reopen", "report"),
        *("predict", "sign_review", "add_review_note", "skip_loop"),
    ),
    "people": ("appoint", "dismiss", "arrange_patient_perspective", "inform"),
    "gap": ("invite_units", "remind_unit", "excuse_unit", "answer_gap", "carry_over_answers"),
    "plan": (
        *("plan_activity", "update_activity", "open_comment_round", "comment_plan", "remind_plan_comment"),
        *("answer_plan_comment", "close_comment_round", "assess_complexity", "score_activities", "rank"),
        "make_decision_basis",
    ),
    "holding": (
        *("open_hold_check", "answer_hold_check", "close_hold_check", "set_readiness"),
        *("write_evaluation", "record_lesson", "withdraw_lesson", "say_thanks"),
    ),
    "measuring": (
        *("define_indicator", "change_indicator", "retire_indicator", "record_values"),
        *("freeze_baseline", "reset_phase", "take_back_phase"),
    ),
    "response": ("request_response", "waive_response", "record_response", "submit_response"),
    "national": ("approve_nationally", "revise_nationally", "adopt_revision", "withdraw_nationally", "reinstate"),
    "tasks": (
        *("create_task", "complete_task", "skip_task", "delegate_task", "decline_task", "snooze_task", "reopen_task"),
        *("comment_task", "attach_file", "attach_link", "remove_attachment"),
    ),
    "rest": ("pause", "resume", "stop", "correct", "migrate"),
    "clock": ("ring",),
}
"""Every command in one group: the list of all that can be done is read in these groups, and history is filtered so."""

AFTER: Mapping[str, str] = {
    "people": "/manniskor",
    "gap": "/gapanalys",
    "plan": "/plan",
    "holding": "/hall-i",
    "tasks": "#uppgifter",
    "measuring": "/matning",
}
PAGES: Mapping[str, str] = {
    "decide": "/beslut",
    "make_decision_basis": "/beslut",
    "record_response": "/beslut",
    "hold_loop": "/loop",
    "record_celebration": "/loop",
    "record_follow_up": "/loop",
    "correct": "/historik",
}


def group_of(command: str) -> str:
    """Return the group of a command; one that nobody has put anywhere counts among the tasks of the day."""
    return next((group for group, commands in GROUPS.items() if command in commands), "tasks")


def page_after(command: str, slug: str, *, begun: bool = True) -> str:
    """Return the page that one comes back to when a command has been given, or left."""
    if not begun:
        return f"/katalog/{slug}"
    return f"/forlopp/{slug}{PAGES.get(command) or AFTER.get(group_of(command), '')}"
