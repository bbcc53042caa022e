"""The gap analysis: units are asked, answer step by step or are excused, and the whole is communicated."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from pathways.models.gap import GapAnswer, GapInvitation, InvitationState, Verdict
from pathways.models.task import Task, TaskState
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import CONSULTED, Data, own, person_id, publish, refusal, row, rows

STEPS = tuple(str(number) for number in range(1, 9))
LATER = "2021-09-01"


@pytest.fixture
def driver(at: At) -> Driver:
    """An introduction whose gap analysis has just begun."""
    return at("mapping")


def invite(driver: Driver, *units: str, due_on: str = LATER) -> None:
    driver.do("invite_units", units=list(units), due_on=due_on)


def answer_all(driver: Driver, unit: str, level: object = 0, by: str = "sam", measure: str | None = None) -> None:
    answers = [{"step": step, "level": level, "measure": measure} for step in STEPS]
    driver.do("answer_gap", by=by, unit=unit, answers=answers)


def test_the_newest_version_is_the_one_analysed(driver: Driver) -> None:
    assert own(driver)["analysed_version_id"] == own(driver)["adopted_version_id"]


def test_invited_units_wait_for_their_answer(driver: Driver) -> None:
    invite(driver, "vc-falun", "medicin")
    assert [one["state"] for one in rows(driver, GapInvitation)] == [InvitationState.WAITING] * 2


def test_each_invited_unit_gets_its_task_handed_to_its_representative(driver: Driver) -> None:
    invite(driver, "vc-falun", "medicin")
    tasks = rows(driver, Task, item="svara-pa-gapanalysen")
    expected = [person_id(driver.app, "vcf"), person_id(driver.app, "med")]
    assert [task["assignee_id"] for task in tasks] == expected


def test_a_unit_named_twice_is_invited_once(driver: Driver) -> None:
    invite(driver, "vc-falun", "vc-falun")
    assert len(rows(driver, GapInvitation)) == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"units": ["medicin", "vc-falun"], "due_on": LATER}, "error.already_invited"),
        ({"units": ["mora"], "due_on": LATER}, "error.unknown_unit"),
        ({"units": [], "due_on": LATER}, "units:order.empty_list"),
        ({"units": "medicin", "due_on": LATER}, "units:order.list"),
        ({"units": ["medicin"], "due_on": "2021-06-08"}, "error.not_in_the_future"),
        ({"units": ["medicin"], "due_on": LATER, "version": "1812"}, "error.unknown_version"),
        ({"units": ["medicin"]}, "due_on:order.missing"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(driver: Driver, data: Data, sentence: str) -> None:
    invite(driver, "vc-falun")
    assert refusal(driver, "invite_units", **data) == sentence


def test_before_a_version_is_chosen_nobody_can_be_invited(at: At) -> None:
    assert refusal(at("preparation"), "invite_units", units=["medicin"], due_on=LATER) == "error.no_version"


@pytest.mark.parametrize(
    ("level", "stored"),
    [
        (0, (Verdict.LEVEL, 0)),
        (3, (Verdict.LEVEL, 3)),
        ("not_applicable", (Verdict.NOT_APPLICABLE, None)),
        ("dont_know", (Verdict.DONT_KNOW, None)),
    ],
)
def test_a_step_is_answered_by_a_level_or_a_word(driver: Driver, level: object, stored: tuple[Verdict, object]) -> None:
    invite(driver, "medicin")
    driver.do("answer_gap", unit="medicin", answers=[{"step": "1", "level": level}])
    answer = row(driver, GapAnswer)
    assert (answer["verdict"], answer["level"]) == stored


@pytest.mark.parametrize(
    ("unit", "answers", "sentence"),
    [
        ("vc-falun", [{"step": "1", "level": 0}], "error.not_invited"),
        ("mora", [{"step": "1", "level": 0}], "error.unknown_unit"),
        ("medicin", [{"step": "99", "level": 0}], "error.unknown_step"),
        ("medicin", [], "answers:order.empty_list"),
        ("medicin", [{"step": "1", "level": 0}, {"step": "1", "level": 1}], "order.rule"),
        ("medicin", [{"step": "1"}], "answers.0.level:order.missing"),
        ("medicin", [{"step": "1", "level": 0, "cause": "weather"}], "answers.0.cause:order.one_of"),
        ("medicin", [{"step": "1", "level": 0, "who": "Kalle"}], "answers.0.who:order.unknown_field"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(
    driver: Driver, unit: str, answers: list[Mapping[str, object]], sentence: str
) -> None:
    invite(driver, "medicin")
    assert refusal(driver, "answer_gap", unit=unit, answers=answers) == sentence


@pytest.mark.parametrize("level", [4, -1, "3", 1.5, True, None, "unknown"])
def test_a_level_is_a_whole_number_from_nought_to_three(driver: Driver, level: object) -> None:
    invite(driver, "medicin")
    said = refusal(driver, "answer_gap", unit="medicin", answers=[{"step": "1", "level": level}])
    assert said.startswith("answers.0.level")


def test_an_answered_step_may_be_answered_again(driver: Driver) -> None:
    invite(driver, "medicin")
    for level in (3, 1):
        driver.do("answer_gap", unit="medicin", answers=[{"step": "1", "level": level}])
    assert row(driver, GapAnswer)["level"] == 1


def test_a_unit_has_answered_when_every_step_is(driver: Driver) -> None:
    invite(driver, "medicin")
    half = [{"step": step, "level": 0} for step in STEPS[:4]]
    driver.do("answer_gap", unit="medicin", answers=half)
    assert row(driver, GapInvitation)["state"] == InvitationState.WAITING
    driver.do("answer_gap", unit="medicin", answers=[{"step": step, "level": 0} for step in STEPS[4:]])
    assert row(driver, GapInvitation)["state"] == InvitationState.ANSWERED
    assert row(driver, Task, item="svara-pa-gapanalysen")["state"] == TaskState.DONE


def test_a_representative_answers_for_the_own_unit_and_no_other(driver: Driver) -> None:
    invite(driver, "medicin", "vc-falun")
    answer_all(driver, "medicin", by="med")
    answers = [{"step": "1", "level": 0}]
    assert refusal(driver, "answer_gap", by="med", unit="vc-falun", answers=answers) == "error.not_allowed"


def test_a_unit_is_excused_with_a_reason_and_its_task_goes(driver: Driver) -> None:
    invite(driver, "medicin")
    driver.do("excuse_unit", unit="medicin", reason="Har inga sådana patienter")
    invitation = row(driver, GapInvitation)
    assert (invitation["state"], invitation["excuse"]) == (InvitationState.EXCUSED, "Har inga sådana patienter")
    assert row(driver, Task, item="svara-pa-gapanalysen")["state"] == TaskState.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("unit", "reason", "sentence"),
    [
        ("medicin", None, "reason_missing"),
        ("vc-falun", "Därför", "error.not_invited"),
        ("mora", "Därför", "error.unknown_unit"),
    ],
)
def test_an_excuse_needs_a_reason_and_an_invited_unit(
    driver: Driver, unit: str, reason: str | None, sentence: str
) -> None:
    invite(driver, "medicin")
    assert refusal(driver, "excuse_unit", unit=unit, reason=reason) == sentence


def test_nothing_is_communicated_before_somebody_is_asked(driver: Driver) -> None:
    driver.complete_required_tasks()
    assert refusal(driver, "communicate_gap_analysis") == "units_uninvited"


def test_everything_that_is_missing_before_communicating_is_told_at_once(driver: Driver) -> None:
    invite(driver, "medicin", "vc-falun")
    answer_all(driver, "medicin", level=2)
    said = "units_waiting gaps_without_measure checklist_item_open"
    assert refusal(driver, "communicate_gap_analysis") == said


def test_a_small_gap_needs_no_measure(driver: Driver) -> None:
    invite(driver, "medicin")
    answer_all(driver, "medicin", level=1)
    driver.complete_required_tasks()
    assert driver.do("communicate_gap_analysis").place == "communicated"


def test_an_excused_unit_is_not_waited_for(driver: Driver) -> None:
    invite(driver, "medicin", "vc-falun")
    answer_all(driver, "medicin")
    driver.do("excuse_unit", unit="vc-falun", reason="Därför")
    driver.complete_required_tasks()
    assert driver.do("communicate_gap_analysis").place == "communicated"


def test_there_is_nothing_to_reopen_for_while_the_version_in_force_is_the_one_analysed(at: At) -> None:
    assert refusal(at("communicated"), "reopen_gap_analysis") == "version_in_force_already_analysed"


@pytest.fixture
def superseded(at: At) -> Driver:
    """A gap analysis of the consultation version, communicated, and the final version in force since."""
    driver = at("consulted")
    driver.prepare()
    driver.analyse()
    publish(driver.app, ("remiss 2021", "consultation"), ("2022", "final"))
    driver.do("approve_nationally")
    return driver


def test_a_plan_on_an_old_version_is_refused(superseded: Driver) -> None:
    assert "version_in_force_not_analysed" in refusal(superseded, "propose_plan")


def test_reopening_carries_units_and_answers_over_to_the_version_in_force(superseded: Driver) -> None:
    before = own(superseded)["analysed_version_id"]
    assert superseded.do("reopen_gap_analysis").place == "revising"
    now = own(superseded)["analysed_version_id"]
    assert now != before
    assert len(rows(superseded, GapInvitation, version_id=now)) == len(rows(superseded, GapInvitation)) / 2
    old, new = (rows(superseded, GapAnswer, version_id=version) for version in (before, now))
    assert old
    assert {(one["unit_id"], one["step"], one["level"], one["measure"]) for one in new} == {
        (one["unit_id"], one["step"], one["level"], one["measure"]) for one in old
    }


def test_a_reopened_gap_analysis_is_communicated_once_the_versions_are_compared(superseded: Driver) -> None:
    superseded.do("reopen_gap_analysis")
    assert refusal(superseded, "communicate_gap_analysis") == "checklist_item_open"
    superseded.complete_required_tasks()
    assert superseded.do("communicate_gap_analysis").place == "communicated"


def test_units_can_be_asked_about_a_version_by_its_label(superseded: Driver) -> None:
    superseded.do("invite_units", units=["alvdalen"], due_on=LATER, version="2022")
    newest = rows(superseded, GapInvitation)[-1]["version_id"]
    assert newest == own(superseded)["adopted_version_id"]


def test_the_day_of_an_invitation_may_be_today(driver: Driver) -> None:
    invite(driver, "medicin", due_on=driver.today.isoformat())
    assert row(driver, GapInvitation)["due_on"] == driver.today
    yesterday = (driver.today - timedelta(days=1)).isoformat()
    assert refusal(driver, "invite_units", units=["alvdalen"], due_on=yesterday) == "error.not_in_the_future"


def test_the_consulted_pathway_of_these_tests_is_open_for_views(at: At) -> None:
    driver = at("consulted")
    assert (driver.slug, own(driver)["adopted_version_id"]) == (CONSULTED, None)


def test_a_unit_that_is_asked_about_two_versions_answers_the_older_one_first(at: At) -> None:
    driver = at("consulted")
    driver.prepare()
    invite(driver, "alvdalen")
    publish(driver.app, ("remiss 2021", "consultation"), ("2022", "final"))
    driver.do("invite_units", units=["alvdalen"], due_on=LATER, version="2022")
    older, newer = (one["ref"] for one in rows(driver, GapInvitation))
    states = []
    for _ in range(2):
        answer_all(driver, "alvdalen")
        states.append({one["ref"]: one["state"] for one in rows(driver, GapInvitation)})
    assert states[0] == {older: InvitationState.ANSWERED, newer: InvitationState.WAITING}
    assert states[1] == {older: InvitationState.ANSWERED, newer: InvitationState.ANSWERED}
