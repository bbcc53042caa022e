"""The five headings of what hinders in the gap analysis, and the ways by which an activity changes practice."""

import pytest

from pathways.models.gap import GapAnswer
from pathways.models.plan import Activity
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, refusal, rows


def invited(driver: Driver) -> Driver:
    driver.do("invite_units", units=["vc-falun"], due_on="2022-01-31")
    return driver


def test_an_answer_keeps_its_headings_once_each_and_an_answer_without_them_has_none(at: At) -> None:
    driver = invited(at("mapping"))
    answer = {"step": "1", "level": 3, "measure": "Utbilda", "hinders": ["people", "unit", "people"]}
    driver.do("answer_gap", by="vcf", unit="vc-falun", answers=[answer, {"step": "2", "level": 0}])
    assert [row["hinders"] for row in rows(driver, GapAnswer)] == [["people", "unit"], []]


def test_a_heading_that_nobody_knows_is_refused(at: At) -> None:
    driver = invited(at("mapping"))
    answers = [{"step": "1", "level": 1, "hinders": ["vädret"]}]
    told = refusal(driver, "answer_gap", by="vcf", unit="vc-falun", answers=answers)
    assert told == "answers.0.hinders.0:order.one_of"


def test_an_activity_keeps_its_strategies_until_they_are_replaced_or_emptied(at: At) -> None:
    driver = at("communicated")
    driver.do("plan_activity", title="Utbilda", kind="training", strategies=["teach", "coach", "teach"])
    ref = rows(driver, Activity)[0]["ref"]
    seen = [rows(driver, Activity)[0]["strategies"]]
    changes: tuple[Data, ...] = ({"title": "Utbilda alla"}, {"strategies": ["feedback"]}, {"strategies": []})
    for change in changes:
        driver.do("update_activity", activity=ref, **change)
        seen.append(rows(driver, Activity)[0]["strategies"])
    assert seen == [["teach", "coach"], ["teach", "coach"], ["feedback"], []]


@pytest.mark.parametrize("strategies", [["hypnos"], "teach"])
def test_a_strategy_that_nobody_knows_is_refused(at: At, strategies: object) -> None:
    driver = at("communicated")
    told = refusal(driver, "plan_activity", title="Utbilda", kind="training", strategies=strategies)
    assert told.startswith("strategies")
