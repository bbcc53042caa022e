"""What a unit's answer holds, when it is taken, and that nobody's answer is overwritten unseen."""

from collections.abc import Mapping
from datetime import date

import pytest

from pathways.models.gap import Confidence, GapAnswer, GapInvitation, InvitationState, PatientSource
from pathways.models.introduction import Introduction
from pathways.models.task import Task, TaskState
from pathways.queries.revive import revive_rows
from pathways.services.gap.answers import AnswerChanged, causes_of, level_of, written_in
from pathways.services.verify import verify
from pathways.storage.fold import Folded
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, last_event, publish, refusal, row, rows

STEPS = tuple(str(number) for number in range(1, 9))
LATER = "2021-09-01"
FULL = {
    "step": "1",
    "level": 3,
    "causes": ["staffing", "it"],
    "current_state": "Ingen gör det",
    "patient_perspective": "De väntar",
    "patient_source": "interviews",
    "evidence": "Granskning",
    "indicator": "Väntetid",
    "indicator_value": "40 dagar",
    "indicator_period": "2020",
    "equity_note": "Längre i glesbygd",
    "measure": "Anställ",
    "stop_doing": "Dubbla anteckningar",
    "cost_estimate": 120_000,
    "needs_regional_decision": True,
    "confidence": "low",
}


@pytest.fixture
def driver(at: At) -> Driver:
    """A gap analysis under way, one unit asked."""
    driver = at("mapping")
    driver.do("invite_units", units=["medicin"], due_on=LATER)
    return driver


def whole(**more: object) -> list[dict[str, object]]:
    return [{"step": step, "level": 0, **more} for step in STEPS]


def test_every_field_of_an_answer_is_kept(driver: Driver) -> None:
    driver.do("answer_gap", unit="medicin", answers=[FULL])
    kept = row(driver, GapAnswer)
    told = {name: kept[name] for name in FULL if name not in {"step", "level"}}
    assert told == {
        **{name: value for name, value in FULL.items() if name not in {"step", "level"}},
        "patient_source": PatientSource.INTERVIEWS,
        "confidence": Confidence.LOW,
    }
    assert verify(driver.app) == ()


def test_no_word_of_an_answer_stands_in_the_log(driver: Driver) -> None:
    driver.do(
        "answer_gap",
        unit="medicin",
        answers=[FULL],
        respondent_role="Chefen",
        participants="Tre läkare",
        sources="Registret",
    )
    logged = str(last_event(driver)["payload"])
    words = [value for value in FULL.values() if isinstance(value, str) and (" " in value or value[0].isupper())]
    assert [word for word in (*words, "Chefen", "Tre läkare", "Registret") if word in logged] == []


def test_a_single_cause_is_one_of_several(driver: Driver) -> None:
    driver.do("answer_gap", unit="medicin", answers=[{"step": "1", "level": 1, "cause": "it", "causes": ["routine"]}])
    kept = row(driver, GapAnswer)
    assert (kept["cause"], kept["causes"]) == ("it", ["it", "routine"])


def test_an_answer_from_before_there_were_more_fields_is_read_as_it_was() -> None:
    state = Folded()
    state.rows["gap_answer", "7.2"] = {
        "version_id": 1,
        "unit_id": 2,
        "step": "1",
        "verdict": "level",
        "level": 2,
        "cause": "it",
        "answered_on": "2021-06-10",
    }
    (old,) = revive_rows(state, GapAnswer, {}, introduction_id=1)
    assert (causes_of(old), level_of(old), written_in(old)) == (("it",), "2", 7)
    assert (old["confidence"], old["cost_estimate"], old["needs_regional_decision"]) == (None, None, None)


def test_an_invitation_from_before_there_were_reminders_has_none() -> None:
    state = Folded()
    state.rows["gap_invitation", "7.1"] = {"version_id": 1, "unit_id": 2, "due_on": "2021-09-01", "state": "waiting"}
    (old,) = revive_rows(state, GapInvitation, {}, introduction_id=1)
    assert (old["reminders"], old["reminded_on"], old["bundle_id"], old["due_on"]) == (0, None, None, date(2021, 9, 1))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"current_state": "x" * 4001}, "answers.0.current_state:order.too_long"),
        ({"indicator": "x" * 201}, "answers.0.indicator:order.too_long"),
        ({"cost_estimate": -1}, "answers.0.cost_estimate:order.too_small"),
        ({"confidence": "total"}, "answers.0.confidence:order.one_of"),
        ({"patient_source": "gossip"}, "answers.0.patient_source:order.one_of"),
        ({"causes": ["weather"]}, "answers.0.causes.0:order.one_of"),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(driver: Driver, answer: Mapping[str, object], said: str) -> None:
    assert refusal(driver, "answer_gap", unit="medicin", answers=[{"step": "1", "level": 1, **answer}]) == said


def test_a_whole_answer_leaves_no_step_out_and_gives_every_gap_a_measure(driver: Driver) -> None:
    answers = [{"step": "1", "level": 2}, {"step": "2", "level": 3, "measure": "Utbilda"}]
    said = refusal(driver, "answer_gap", unit="medicin", answers=answers, complete=True)
    unanswered = " ".join(f"{step}.level:order.step_unanswered" for step in STEPS[2:])
    assert said == f"1.measure:order.measure_missing {unanswered}"


def test_a_whole_answer_may_lean_on_what_was_answered_before(driver: Driver) -> None:
    driver.do("answer_gap", unit="medicin", answers=whole()[1:])
    driver.do("answer_gap", unit="medicin", answers=[{"step": "1", "level": 0}], complete=True)
    assert row(driver, GapInvitation)["state"] == InvitationState.ANSWERED


def test_who_answered_stays_known_when_the_next_answer_does_not_say(driver: Driver) -> None:
    driver.do("answer_gap", unit="medicin", answers=whole(), respondent_role="Chef", sources="Register")
    driver.do("answer_gap", unit="medicin", answers=[{"step": "1", "level": 1}])
    kept = row(driver, GapInvitation)
    assert (kept["respondent_role"], kept["sources"]) == ("Chef", "Register")


def test_an_answer_that_somebody_changed_meanwhile_is_not_overwritten(driver: Driver) -> None:
    first = driver.do("answer_gap", unit="medicin", answers=[{"step": "1", "level": 1}])
    second = driver.do("answer_gap", unit="medicin", answers=[{"step": "1", "level": 2, "seen": first.seq}])
    with pytest.raises(AnswerChanged) as refused:
        driver.do("answer_gap", unit="medicin", answers=[{"step": "1", "level": 3, "seen": first.seq}])
    assert refused.value.values == {"unit": "medicin", "steps": "1"}
    assert (row(driver, GapAnswer)["level"], row(driver, GapAnswer)["changed_in"]) == (2, second.seq)


def test_an_answer_that_came_where_none_was_seen_is_not_overwritten(driver: Driver) -> None:
    driver.do("answer_gap", unit="medicin", answers=[{"step": "1", "level": 1}])
    said = refusal(driver, "answer_gap", unit="medicin", answers=[{"step": "1", "level": 3, "seen": 0}])
    assert said == "error.answer_changed"


@pytest.mark.parametrize("place", ["communicated", "executing", "finished"])
def test_what_was_communicated_stands(at: At, place: str) -> None:
    answers = [{"step": "1", "level": 0}]
    assert refusal(at(place), "answer_gap", unit="medicin", answers=answers) == "error.gap_closed"


def test_while_it_rests_no_answer_is_taken(driver: Driver) -> None:
    driver.do("pause", reason="Pandemi", until_on="2021-12-01")
    assert refusal(driver, "answer_gap", unit="medicin", answers=whole()) == "error.gap_closed"


def test_a_version_that_is_named_is_the_one_answered(at: At) -> None:
    driver = at("consulted")
    driver.prepare()
    driver.do("invite_units", units=["medicin"], due_on=LATER)
    publish(driver.app, ("remiss 2021", "consultation"), ("2022", "final"))
    driver.do("invite_units", units=["medicin"], due_on=LATER, version="2022")
    driver.do("answer_gap", unit="medicin", answers=whole(), version="2022")
    states = [one["state"] for one in rows(driver, GapInvitation)]
    assert states == [InvitationState.WAITING, InvitationState.ANSWERED]


def test_the_units_task_waits_as_long_as_any_version_does(at: At) -> None:
    driver = at("consulted")
    driver.prepare()
    driver.do("invite_units", units=["medicin"], due_on=LATER)
    publish(driver.app, ("remiss 2021", "consultation"), ("2022", "final"))
    driver.do("invite_units", units=["medicin"], due_on=LATER, version="2022")
    driver.do("answer_gap", unit="medicin", answers=whole(), version="2022")
    assert row(driver, Task, item="svara-pa-gapanalysen")["state"] == TaskState.OPEN
    driver.do("answer_gap", unit="medicin", answers=whole(), version="remiss 2021")
    assert row(driver, Task, item="svara-pa-gapanalysen")["state"] == TaskState.DONE


@pytest.mark.parametrize("data", [{"version": "1812"}, {"version": ""}])
def test_a_version_that_nobody_knows_is_refused(driver: Driver, data: Data) -> None:
    assert refusal(driver, "answer_gap", unit="medicin", answers=whole(), **data) == "error.unknown_version"


def test_the_introduction_itself_is_not_changed_by_an_answer(driver: Driver) -> None:
    before = driver.row()
    driver.do("answer_gap", unit="medicin", answers=[FULL])
    after = driver.row()
    assert before is not None
    assert after is not None
    changing = {"version", "head_hash", "last_event_at"}
    assert {name: after[name] for name in Introduction.model_fields if name not in changing} == {
        name: before[name] for name in Introduction.model_fields if name not in changing
    }
