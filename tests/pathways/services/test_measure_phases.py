"""The lines of a series: a baseline frozen, lines set anew, and both taken back; never without a reason."""

from datetime import date

import pytest
from sqlalchemy import select

from pathways.models.measure import IndicatorPhase, PhaseCause
from pathways.services.measure.reset_phase import QUESTIONS
from pathways.storage.unit_of_work import table_of
from tests.invariants import assert_promise_kept
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, person_id, refusal, row, rows
from tests.pathways.services.measuring import WAITING, YES, define, months, record

_phase = table_of(IndicatorPhase)
FREEZE: Data = {"indicator": WAITING, "through": "2020-12"}
RESET: Data = {"indicator": WAITING, "starts": "2021-02", **YES}


@pytest.fixture
def driver(at: At) -> Driver:
    """An indicator with sixteen months in the region and eight in one unit; the day is 9 June 2021."""
    driver = at("preparation")
    define(driver)
    record(driver, WAITING, months([12.0 + n % 3 for n in range(16)]))
    record(driver, WAITING, months([12.0] * 8, unit="medicin"))
    return driver


def freeze(driver: Driver, **other: object) -> None:
    driver.do("freeze_baseline", reason="Allt före första utbildningen", **{**FREEZE, **other})


def test_a_baseline_is_frozen_with_who_when_and_why(driver: Driver) -> None:
    freeze(driver)
    frozen = row(driver, IndicatorPhase)
    assert (frozen["starts"], frozen["frozen_through"], frozen["cause"], frozen["unit_id"]) == (
        date(2020, 1, 1),
        date(2020, 12, 1),
        PhaseCause.FIRST,
        None,
    )
    assert (frozen["frozen_by"], frozen["frozen_on"], frozen["frozen_reason"]) == (
        person_id(driver.app, "sam"),
        driver.today,
        "Allt före första utbildningen",
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"through": "2020-09"}, "error.baseline_too_short"),
        ({"through": "2021-05"}, "error.baseline_outside"),
        ({"through": "2019-12"}, "error.baseline_outside"),
        ({"through": "vinter"}, "error.no_period"),
        ({"unit": "medicin", "through": "2020-08"}, "error.baseline_too_short"),
        ({"unit": "vc-falun"}, "error.series_empty"),
        ({"unit": "mora"}, "error.unknown_unit"),
        ({"indicator": "dagar"}, "error.unknown_indicator"),
    ],
)
def test_a_baseline_that_shows_nothing_is_refused(driver: Driver, change: Data, sentence: str) -> None:
    assert refusal(driver, "freeze_baseline", reason="Därför", **{**FREEZE, **change}) == sentence


def test_preliminary_values_make_no_baseline(driver: Driver) -> None:
    values = [{**one, "state": "preliminary"} for one in months([12.0] * 12, unit="vc-falun")]
    record(driver, WAITING, values)
    sentence = refusal(driver, "freeze_baseline", reason="Därför", **{**FREEZE, "unit": "vc-falun"})
    assert sentence == "error.series_empty"


def test_a_frozen_baseline_stays_frozen(driver: Driver) -> None:
    freeze(driver)
    assert refusal(driver, "freeze_baseline", reason="Därför", **FREEZE) == "error.baseline_frozen"


@pytest.mark.parametrize("command", ["freeze_baseline", "reset_phase"])
def test_nothing_is_decided_about_lines_without_a_reason(driver: Driver, command: str) -> None:
    data = FREEZE if command == "freeze_baseline" else RESET
    assert refusal(driver, command, **data) == "reason_missing"


def test_lines_are_set_anew_with_all_four_answers(driver: Driver) -> None:
    freeze(driver)
    driver.do("reset_phase", reason="Ny rutin i januari", **RESET)
    anew = row(driver, IndicatorPhase, cause="reset")
    assert (anew["starts"], anew["frozen_through"], anew["reason"]) == (date(2021, 2, 1), None, "Ny rutin i januari")
    assert all(anew[name] for name in QUESTIONS)
    assert len(rows(driver, IndicatorPhase)) == 2  # the old lines stay


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("answer", [False, None])
def test_a_reset_without_cause_is_refused(driver: Driver, question: str, *, answer: bool | None) -> None:
    sentence = refusal(driver, "reset_phase", reason="Vi vill", **{**RESET, question: answer})
    assert sentence == f"{question}:order.reset_without_cause"


def test_every_answer_that_is_missing_is_told(driver: Driver) -> None:
    sentence = refusal(driver, "reset_phase", reason="Vi vill", indicator=WAITING, starts="2021-02")
    assert sentence == " ".join(f"{question}:order.reset_without_cause" for question in QUESTIONS)


def test_another_definition_needs_its_reason_alone(driver: Driver) -> None:
    driver.do("reset_phase", reason="Registret räknar om", indicator=WAITING, starts="2020-06", cause="definition")
    assert row(driver, IndicatorPhase)["cause_known"] is None


@pytest.mark.parametrize("starts", ["2020-01", "2020-12", "2021-05", "2019-01"])
def test_lines_begin_anew_only_after_the_baseline_and_where_there_are_values(driver: Driver, starts: str) -> None:
    freeze(driver)
    sentence = refusal(driver, "reset_phase", reason="Ny rutin", **{**RESET, "starts": starts})
    assert sentence == "error.phase_outside"


def test_what_was_decided_is_taken_back_step_by_step_and_stays_in_the_log(driver: Driver) -> None:
    freeze(driver)
    driver.do("reset_phase", reason="Ny rutin", **{**RESET, "starts": "2021-01"})
    record(driver, WAITING, months([9.0], year=2021, first=5))
    for left in (1, 0):
        driver.do("take_back_phase", indicator=WAITING, reason="Fel period")
        assert len(rows(driver, IndicatorPhase)) == left
    assert refusal(driver, "take_back_phase", indicator=WAITING, reason="En gång till") == "error.no_phase"
    with driver.app.read() as work:
        assert len(work.rows(select(_phase))) == 2
    assert_promise_kept(driver.app, {})


def test_the_freezing_of_a_new_phase_is_taken_back_before_the_phase(driver: Driver) -> None:
    driver.do("reset_phase", reason="Ny rutin", **{**RESET, "starts": "2020-03"})
    freeze(driver, through="2021-02")
    assert row(driver, IndicatorPhase)["frozen_through"] == date(2021, 2, 1)
    driver.do("take_back_phase", indicator=WAITING, reason="För tidigt")
    assert row(driver, IndicatorPhase)["frozen_through"] is None
    freeze(driver, through="2021-03")  # and may be frozen anew


def test_taking_back_needs_a_reason(driver: Driver) -> None:
    freeze(driver)
    assert refusal(driver, "take_back_phase", indicator=WAITING) == "reason_missing"


@pytest.mark.parametrize("by", ["chef", "med", "lg", "frammande"])
def test_only_those_who_measure_decide_about_lines(driver: Driver, by: str) -> None:
    assert refusal(driver, "freeze_baseline", by=by, reason="Jag vill", **FREEZE) == "error.not_allowed"
