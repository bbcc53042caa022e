"""When the text changes: what is the same is carried over, what changed is asked about again, nothing is lost."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.models.task import Task, TaskState
from pathways.services.gap.step_diff import TitledStep, compare_steps, compare_words, must_be_seen
from pathways.services.verify import verify
from tests.pathways.drive import Driver
from tests.pathways.services.judge import own, refusal, row, rows, told
from tests.pathways.web.gap.scene import CONSULTATION, FINAL, LATER, answer_all, asked, finalise, publish_steps


def steps(*titles: str) -> tuple[TitledStep, ...]:
    return tuple(TitledStep(str(n), {"sv": title, "en": title}) for n, title in enumerate(titles, start=1))


def became(before: tuple[str, ...], after: tuple[str, ...]) -> list[tuple[str, str, str]]:
    changes = compare_steps(steps(*before), steps(*after))
    return [(one.kind, one.before.ref if one.before else "", one.after.ref if one.after else "") for one in changes]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("A", "B"), ("A", "B"), [("unchanged", "1", "1"), ("unchanged", "2", "2")]),
        (("A", "B"), ("X ny", "A", "B"), [("added", "", "1"), ("unchanged", "1", "2"), ("unchanged", "2", "3")]),
        (("A", "B", "C"), ("A", "C"), [("unchanged", "1", "1"), ("removed", "2", ""), ("unchanged", "3", "2")]),
        (("A", "B"), ("B",), [("removed", "1", ""), ("unchanged", "2", "1")]),
        (("Ring patienten",), ("Ring  patienten ",), [("unchanged", "1", "1")]),
        (("Ring inom fyra veckor",), ("Ring inom två veckor",), [("changed", "1", "1")]),
        (("Ring",), ("Helt annat steg",), [("changed", "1", "1")]),
        (
            ("Ring inom fyra veckor", "Följ upp"),
            ("Nytt först", "Ring inom två veckor", "Följ upp"),
            [("added", "", "1"), ("changed", "1", "2"), ("unchanged", "2", "3")],
        ),
        (("A", "A"), ("A", "A"), [("unchanged", "1", "1"), ("unchanged", "2", "2")]),
        ((), ("A",), [("added", "", "1")]),
        (("A",), (), [("removed", "1", "")]),
    ],
)
def test_a_step_is_known_by_its_words_before_its_number(
    before: tuple[str, ...], after: tuple[str, ...], expected: list[tuple[str, str, str]]
) -> None:
    assert became(before, after) == expected


def test_the_changed_and_the_new_must_be_seen() -> None:
    assert must_be_seen(compare_steps(steps(*CONSULTATION), steps(*FINAL))) == ("2", "4")


def test_words_that_went_and_came_are_told_one_by_one() -> None:
    pieces = compare_words("inom fyra veckor.", "inom två veckor, alltid.")
    assert [(one.kind, one.text) for one in pieces] == [
        ("same", "inom "),
        ("removed", "fyra"),
        ("added", "två"),
        ("same", " veckor"),
        ("added", ", alltid"),
        ("same", "."),
    ]


def test_the_pieces_put_together_are_both_texts() -> None:
    before, after = CONSULTATION[1], FINAL[1]
    pieces = compare_words(before, after)
    assert "".join(one.text for one in pieces if one.kind != "added") == before
    assert "".join(one.text for one in pieces if one.kind != "removed") == after


@pytest.fixture
def communicated(app: App, clock: SetClock) -> Driver:
    """The consultation version analysed by two units, a third excused; the final version in force."""
    driver = asked(app, clock, "vc-falun", "medicin", "alvdalen")
    for unit in ("vc-falun", "medicin"):
        answer_all(driver, unit, {2: 2, 4: 1}, current_state=f"Så gör {unit}", confidence="high")
    driver.do("excuse_unit", unit="alvdalen", reason="Inga patienter")
    finalise(driver)
    return driver


@pytest.fixture
def revising(communicated: Driver) -> Driver:
    """The same, opened again."""
    communicated.do("reopen_gap_analysis")
    return communicated


def newest(driver: Driver) -> object:
    return own(driver)["analysed_version_id"]


def test_answers_of_unchanged_steps_are_carried_under_their_new_numbers(revising: Driver) -> None:
    carried = rows(revising, GapAnswer, version_id=newest(revising))
    assert sorted((one["step"], one["level"]) for one in carried) == [("1", 0)] * 2 + [("3", 0)] * 2 + [("5", 1)] * 2
    assert {one["current_state"] for one in carried} == {"Så gör vc-falun", "Så gör medicin"}
    earlier = {one["ref"] for one in rows(revising, GapAnswer) if one["version_id"] != newest(revising)}
    assert {one["carried_from"] for one in carried} <= earlier
    assert verify(revising.app) == ()


def test_nothing_of_the_earlier_answers_is_lost(revising: Driver) -> None:
    earlier = [one for one in rows(revising, GapAnswer) if one["version_id"] != newest(revising)]
    assert len(earlier) == 10


def test_units_with_something_to_see_wait_again_and_the_excused_stay_excused(revising: Driver) -> None:
    invited = rows(revising, GapInvitation, version_id=newest(revising))
    states = [one["state"] for one in invited]
    assert sorted(states) == [InvitationState.EXCUSED, InvitationState.WAITING, InvitationState.WAITING]
    assert all(one["due_on"] > revising.today for one in invited if one["state"] == InvitationState.WAITING)


def test_each_of_them_gets_a_task_and_is_told(revising: Driver) -> None:
    tasks = rows(revising, Task, item="svara-pa-gapanalysen", state=TaskState.OPEN)
    assert {task["belongs_to"] for task in tasks} == {"revising"}
    assert {one.to for one in told(revising.app)[-12:] if one.kind == "task_handed"} >= {"vcf", "med"}
    assert len(tasks) == 2


def test_the_analysis_is_not_communicated_before_they_have_looked(revising: Driver) -> None:
    revising.complete_required_tasks()
    assert refusal(revising, "communicate_gap_analysis") == "units_waiting"
    for unit in ("vc-falun", "medicin"):
        answers = [{"step": "2", "level": 0}, {"step": "4", "level": 0}]
        revising.do("answer_gap", unit=unit, answers=answers, complete=True)
    assert rows(revising, Task, item="svara-pa-gapanalysen", state=TaskState.OPEN) == []
    assert revising.do("communicate_gap_analysis").place == "communicated"


def test_a_correction_takes_the_carrying_back(revising: Driver) -> None:
    seq = own(revising)["version"]
    revising.do("correct", undo_to=seq - 1, reason="Fel knapp")
    assert {one["version_id"] for one in rows(revising, GapInvitation)} == {newest(revising)}
    assert verify(revising.app) == ()


def test_ahead_of_a_newer_version_answers_are_carried_on_command(app: App, clock: SetClock) -> None:
    driver = asked(app, clock, "vc-falun", "medicin")
    answer_all(driver, "vc-falun", {2: 3})
    publish_steps(app, driver.slug, "2021", "final", FINAL)
    driver.do("carry_over_answers", by="res", due_on=LATER)
    final = rows(driver, GapInvitation)[-1]["version_id"]
    assert final != newest(driver)
    assert len(rows(driver, GapInvitation, version_id=final)) == 2
    assert [one["step"] for one in rows(driver, GapAnswer, version_id=final)] == ["1", "3", "5"]
    assert verify(driver.app) == ()


def test_carrying_twice_is_refused(app: App, clock: SetClock) -> None:
    driver = asked(app, clock, "vc-falun")
    publish_steps(app, driver.slug, "2021", "final", FINAL)
    driver.do("carry_over_answers", due_on=LATER)
    assert refusal(driver, "carry_over_answers", due_on=LATER) == "error.nothing_to_carry"


def test_without_a_newer_version_there_is_nowhere_to_carry_to(app: App, clock: SetClock) -> None:
    driver = asked(app, clock, "vc-falun")
    assert refusal(driver, "carry_over_answers", due_on=LATER) == "error.no_newer_version"
    assert refusal(driver, "carry_over_answers", due_on=LATER, version="1812") == "error.unknown_version"
    assert refusal(driver, "carry_over_answers", due_on=LATER, version="remiss 2021") == "error.no_newer_version"


def test_the_last_day_to_look_again_lies_ahead(app: App, clock: SetClock) -> None:
    driver = asked(app, clock, "vc-falun")
    publish_steps(app, driver.slug, "2021", "final", FINAL)
    yesterday = (driver.today - timedelta(days=1)).isoformat()
    assert refusal(driver, "carry_over_answers", due_on=yesterday) == "error.not_in_the_future"


def test_a_unit_asked_ahead_answers_while_the_rest_of_the_work_goes_on(communicated: Driver) -> None:
    communicated.do("carry_over_answers", due_on=LATER)
    task = rows(communicated, Task, item="svara-pa-gapanalysen", state=TaskState.OPEN)[0]
    assert task["belongs_to"] == "communicated"
    answers = [{"step": "2", "level": 0}, {"step": "4", "level": 0}]
    communicated.do("answer_gap", by="vcf", unit="vc-falun", answers=answers, version="2021", complete=True)
    communicated.do("reopen_gap_analysis")
    waiting = rows(communicated, GapInvitation, version_id=newest(communicated), state=InvitationState.WAITING)
    assert len(waiting) == 1
    assert row(communicated, GapAnswer, version_id=newest(communicated), step="4")["level"] == 0
