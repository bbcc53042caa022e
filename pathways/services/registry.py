"""Every use case on an open introduction, by name: what the command line, pages and simulation can ask for."""

from typing import Any

from pathways.errors import Unknown
from pathways.services.celebrate import record_lesson, say_thanks, withdraw_lesson, write_evaluation
from pathways.services.frame import UseCase
from pathways.services.gap import answer_gap, carry_over_answers, excuse_unit, invite_units, remind_unit
from pathways.services.hold import (
    answer_hold_check,
    assess_complexity,
    close_hold_check,
    open_hold_check,
    set_readiness,
)
from pathways.services.lifecycle import correct, migrate, pause, resume, stop, take_back_decision
from pathways.services.loop import (
    adopt_adjusted_plan,
    finish,
    hold_loop,
    open_loop,
    record_celebration,
    record_follow_up,
    reopen,
)
from pathways.services.measure import (
    change_indicator,
    define_indicator,
    freeze_baseline,
    record_values,
    reset_phase,
    retire_indicator,
    take_back_phase,
)
from pathways.services.people import appoint, arrange_patient_perspective, dismiss, inform
from pathways.services.plan import (
    answer_plan_comment,
    close_comment_round,
    comment_plan,
    decide,
    endorse,
    make_decision_basis,
    open_comment_round,
    plan_activity,
    rank,
    remind_plan_comment,
    score_activities,
    submit_for_decision,
    update_activity,
)
from pathways.services.review import add_review_note, predict, sign_review, skip_loop
from pathways.services.task import (
    attach_file,
    attach_link,
    comment_task,
    complete_task,
    create_task,
    decline_task,
    delegate_task,
    remove_attachment,
    reopen_task,
    skip_task,
    snooze_task,
)
from pathways.services.track import (
    adopt_revision,
    approve_nationally,
    communicate_gap_analysis,
    propose_plan,
    record_response,
    reinstate,
    reopen_gap_analysis,
    report,
    request_response,
    revise_nationally,
    start_gap_analysis,
    submit_response,
    waive_response,
    withdraw_nationally,
)

_MODULES = (
    *(appoint, dismiss, arrange_patient_perspective, inform),
    *(start_gap_analysis, invite_units, remind_unit, excuse_unit, answer_gap, carry_over_answers),
    *(communicate_gap_analysis, reopen_gap_analysis),
    *(request_response, waive_response, record_response, submit_response),
    *(approve_nationally, revise_nationally, adopt_revision, withdraw_nationally, reinstate),
    *(plan_activity, update_activity, open_comment_round, comment_plan, remind_plan_comment, answer_plan_comment),
    *(close_comment_round, propose_plan),
    *(score_activities, rank, make_decision_basis, submit_for_decision),
    *(endorse, decide, take_back_decision),
    *(open_loop, hold_loop, adopt_adjusted_plan, record_celebration, finish, record_follow_up, reopen),
    *(open_hold_check, answer_hold_check, close_hold_check, set_readiness, assess_complexity),
    *(write_evaluation, record_lesson, withdraw_lesson, say_thanks),
    *(define_indicator, change_indicator, retire_indicator, record_values),
    *(freeze_baseline, reset_phase, take_back_phase),
    *(predict, sign_review, add_review_note, skip_loop),
    *(report, pause, resume, stop, correct, migrate),
    *(create_task, complete_task, skip_task, delegate_task, decline_task, snooze_task, reopen_task),
    *(comment_task, attach_file, attach_link, remove_attachment),
)

USE_CASES: dict[str, UseCase[Any]] = {  # Any: each use case has an order type of its own
    module.USE_CASE.name: module.USE_CASE for module in _MODULES
}


def use_case_of(name: str) -> UseCase[Any]:  # Any: as above
    """Return the use case of that name; an unknown one is refused with the nearest known ones."""
    try:
        return USE_CASES[name]
    except KeyError:
        raise Unknown("command", name, USE_CASES) from None
