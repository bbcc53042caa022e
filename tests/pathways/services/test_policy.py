"""Who may do what: every role against every action, exactly as the table says, and a refusal that names who may."""

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import NotAllowed
from pathways.profiles.vocabulary import Role
from pathways.services.policy import OWN, POLICY, permit
from pathways.services.registry import USE_CASES
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import refusal

STEERS = "coordinator head"
LEADS = f"{STEERS} lag_chair development_resource"
MEASURES = "coordinator development_resource analyst"
MATRIX = {
    "start": STEERS,
    "appoint": STEERS,
    "dismiss": STEERS,
    "arrange_patient_perspective": LEADS,
    "inform": STEERS,
    "start_gap_analysis": STEERS,
    "invite_units": LEADS,
    "excuse_unit": LEADS,
    "answer_gap": f"{LEADS} own",
    "remind_unit": LEADS,
    "carry_over_answers": LEADS,
    "communicate_gap_analysis": LEADS,
    "reopen_gap_analysis": STEERS,
    "plan_activity": LEADS,
    "update_activity": LEADS,
    "open_comment_round": LEADS,
    "comment_plan": f"{LEADS} own",
    "remind_plan_comment": LEADS,
    "answer_plan_comment": LEADS,
    "close_comment_round": LEADS,
    "propose_plan": STEERS,
    "score_activities": f"{STEERS} management_group_member",
    "rank": f"{STEERS} management_group_member",
    "make_decision_basis": STEERS,
    "submit_for_decision": STEERS,
    "endorse": f"{STEERS} registrar",
    "decide": f"{STEERS} registrar",
    "take_back_decision": f"{STEERS} registrar",
    "request_response": STEERS,
    "waive_response": STEERS,
    "record_response": f"{STEERS} registrar",
    "submit_response": f"{STEERS} registrar",
    "approve_nationally": STEERS,
    "revise_nationally": STEERS,
    "adopt_revision": STEERS,
    "withdraw_nationally": STEERS,
    "reinstate": STEERS,
    "open_loop": LEADS,
    "hold_loop": LEADS,
    "predict": LEADS,
    "sign_review": LEADS,
    "add_review_note": f"{LEADS} management_group_member",
    "skip_loop": LEADS,
    "adopt_adjusted_plan": LEADS,
    "record_celebration": LEADS,
    "finish": STEERS,
    "record_follow_up": f"{LEADS} analyst",
    "reopen": STEERS,
    "open_hold_check": LEADS,
    "answer_hold_check": "own",
    "close_hold_check": LEADS,
    "set_readiness": LEADS,
    "write_evaluation": LEADS,
    "record_lesson": LEADS,
    "withdraw_lesson": LEADS,
    "say_thanks": LEADS,
    "assess_complexity": f"{LEADS} management_group_member",
    "define_indicator": MEASURES,
    "change_indicator": MEASURES,
    "retire_indicator": MEASURES,
    "record_values": f"{MEASURES} own",
    "freeze_baseline": MEASURES,
    "reset_phase": MEASURES,
    "take_back_phase": MEASURES,
    "report": LEADS,
    "pause": STEERS,
    "resume": STEERS,
    "stop": STEERS,
    "correct": STEERS,
    "migrate": f"{STEERS} admin",
    "create_task": LEADS,
    "complete_task": f"{LEADS} own",
    "skip_task": f"{LEADS} own",
    "delegate_task": f"{LEADS} own",
    "decline_task": f"{LEADS} own",
    "snooze_task": f"{LEADS} own",
    "reopen_task": f"{LEADS} own",
    "comment_task": f"{LEADS} own",
    "attach_file": f"{LEADS} own",
    "attach_link": f"{LEADS} own",
    "remove_attachment": f"{STEERS} own",
}
"""The table once more, written by hand: whoever changes what a role may do changes it in two places, on purpose."""


def test_every_use_case_stands_in_the_table_and_nothing_else() -> None:
    assert set(POLICY) == set(MATRIX) == {*USE_CASES, "start"}


@pytest.mark.parametrize("action", MATRIX)
def test_an_action_is_for_these_roles(action: str) -> None:
    assert set(POLICY[action]) == set(MATRIX[action].split())


def may(action: str, role: Role) -> bool:
    """Whether the role alone is let through; a refusal must name the action and exactly the roles that may."""
    try:
        permit(action, held=[role], owns=False)
    except NotAllowed as refused:
        assert (refused.action, refused.roles) == (action, tuple(sorted(MATRIX[action].split())))  # noqa: PT017 - both ways
        return False
    return True


@pytest.mark.parametrize("action", MATRIX)
def test_each_role_may_exactly_what_the_table_says(action: str) -> None:
    assert {role: may(action, role) for role in Role} == {role: role in MATRIX[action].split() for role in Role}


@pytest.mark.parametrize("action", MATRIX)
def test_whoever_was_given_the_thing_may_where_the_table_says_own(action: str) -> None:
    if OWN in MATRIX[action].split():
        permit(action, held=[], owns=True)
        return
    with pytest.raises(NotAllowed):
        permit(action, held=[], owns=True)


def test_one_of_several_roles_is_enough() -> None:
    permit("decide", held=["elected_reader", "registrar"], owns=False)


@pytest.mark.parametrize("role", ["elected_reader", "patient_representative", "unit_representative", "lag_member"])
def test_some_roles_steer_nothing(role: str) -> None:
    assert [action for action in MATRIX if role in MATRIX[action].split()] == []


WITHOUT_DATA = [name for name, use_case in USE_CASES.items() if not use_case.order.model_fields]


@pytest.mark.parametrize("command", WITHOUT_DATA)
@pytest.mark.parametrize("by", ["frammande", "alv"])
def test_a_stranger_and_a_units_representative_move_nothing(at: At, command: str, by: str) -> None:
    assert refusal(at("mapping"), command, by=by, reason="Jag vill") == "error.not_allowed"


def test_a_stranger_starts_nothing(app: App, clock: SetClock) -> None:
    assert refusal(Driver(app, clock, "kol"), "start", by="frammande") == "error.not_allowed"


def test_a_stranger_is_told_who_may(at: At) -> None:
    with pytest.raises(NotAllowed) as refused:
        at("mapping").do("stop", by="frammande", reason="Jag vill")
    assert refused.value.values == {"action": "stop", "roles": "coordinator, head"}


def test_an_appointed_role_counts_in_its_own_introduction_only(at: At) -> None:
    driver = at("mapping")
    driver.do("report", by="ordf")
    other = Driver(driver.app, driver.clock, "sepsis")
    other.do("start")
    assert refusal(other, "report", by="ordf") == "error.not_allowed"


def test_a_dismissed_chair_may_no_more(at: At) -> None:
    driver = at("mapping")
    driver.do("dismiss", person="ordf", role="lag_chair")
    assert refusal(driver, "report", by="ordf") == "error.not_allowed"


def test_a_person_that_nobody_knows_may_nothing(at: At) -> None:
    assert refusal(at("mapping"), "report", by="ingen") == "error.unknown_person"


def test_the_system_itself_is_not_asked(at: At) -> None:
    assert at("mapping").do("report", by=None).command == "report"


def test_whoever_has_a_task_acts_on_it_and_others_do_not(at: At) -> None:
    driver = at("mapping")
    ref = driver.do("create_task", title="Ring Mora", due_on="2021-06-18", person="m1").made[0][1]
    assert refusal(driver, "complete_task", by="m2", task=ref, outcome="Klart") == "error.not_allowed"
    assert driver.do("complete_task", by="m1", task=ref, outcome="Klart").command == "complete_task"
