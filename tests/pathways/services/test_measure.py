"""Indicators: defined, changed, retired, and the task of one that cannot be measured yet."""

import pytest
from sqlalchemy import select

from pathways.models.catalogue import Pathway, PathwayGoal
from pathways.models.measure import Availability, Indicator
from pathways.models.plan import Activity
from pathways.models.task import Task, TaskState
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, last_event, person_id, refusal, row, rows
from tests.pathways.services.measuring import DAYS, PLANNED, SHARE, WAITING, define, define_share, months, record

_goal, _pathway = table_of(PathwayGoal), table_of(Pathway)


@pytest.fixture
def driver(at: At) -> Driver:
    """An introduction under preparation: measuring may begin before anything else."""
    return at("preparation")


def test_an_indicator_is_defined_with_all_that_is_known_of_it(driver: Driver) -> None:
    more: Data = {"target": 14, "second_target": 10, "lag_days": 30, "coverage": "92 %", "owner": "ana"}
    words: Data = {
        "about": "Väntetid",
        "how_to_read": "Lägre är bättre",
        "definition": "Kalenderdagar",
        "source": "Elvis",
    }
    driver.do("define_indicator", **DAYS, **more, **words)
    made = row(driver, Indicator)
    assert (made["slug"], made["every"], made["target"], made["owner_id"], made["share"]) == (
        WAITING,
        "month",
        14.0,
        person_id(driver.app, "ana"),
        False,
    )
    assert {name: made[name] for name in words} == words


def test_a_share_is_counted_in_percent(driver: Driver) -> None:
    assert define_share(driver) == PLANNED
    assert row(driver, Indicator)["unit"] == "%"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "ab"}, "name:order.too_short"),
        ({"kind": "feeling"}, "kind:order.one_of"),
        ({"direction": "sideways"}, "direction:order.one_of"),
        ({"every": "day"}, "every:order.one_of"),
        ({"unit": None}, "unit:order.unit_missing"),
        ({"target": "fjorton"}, "target:order.figure"),
        ({"target": float("nan")}, "target:order.figure"),
        ({"second_target": 3}, "target:order.target_missing"),
        ({"share": True, "target": 140}, "target:order.share_outside"),
        ({"share": True, "counts_people": True}, "counts_people:order.share_counts"),
        ({"lag_days": -1}, "lag_days:order.too_small"),
        ({"owner": "rus"}, "error.unknown_person"),
        ({"goal": 999_999}, "error.goal_of_another_pathway"),
        ({"two_of_three": "1924"}, "two_of_three:order.one_of"),
    ],
)
def test_an_indicator_that_makes_no_sense_is_refused(driver: Driver, change: Data, sentence: str) -> None:
    assert refusal(driver, "define_indicator", **{**DAYS, **change}) == sentence


def test_a_goal_of_this_pathway_is_kept_and_one_of_another_is_refused(driver: Driver) -> None:
    with driver.app.read() as work:
        slug = select(_pathway.c.slug).where(_pathway.c.id == _goal.c.pathway_id).scalar_subquery()
        goals = work.rows(select(_goal.c.id, slug.label("slug")).order_by(_goal.c.id))
    own = next(goal["id"] for goal in goals if goal["slug"] == "kol")
    other = next(goal["id"] for goal in goals if goal["slug"] != "kol")
    define(driver, goal=own)
    assert row(driver, Indicator)["goal_id"] == own
    assert refusal(driver, "define_indicator", **{**DAYS, "name": "Annan"}, goal=other) == (
        "error.goal_of_another_pathway"
    )


def test_a_name_is_used_once_but_two_may_have_the_same_short_name(driver: Driver) -> None:
    define(driver)
    assert refusal(driver, "define_indicator", **{**DAYS, "name": "dagar till FÖRSTA besök"}) == "error.indicator_known"
    assert define(driver, name="Dagar till forsta besok") == f"{WAITING}-2"


def test_an_indicator_is_changed_where_something_new_is_given(driver: Driver) -> None:
    define(driver, target=14, owner="ana")
    driver.do("change_indicator", indicator=WAITING, second_target=10, direction="neither", clear=["owner"])
    changed = row(driver, Indicator)
    assert (changed["target"], changed["second_target"], changed["direction"], changed["owner_id"]) == (
        14.0,
        10.0,
        "neither",
        None,
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"indicator": "dagar"}, "error.unknown_indicator"),
        ({"clear": ["target"]}, "target:order.target_missing"),
        ({"name": "Andel med samordnad plan"}, "error.indicator_known"),
        ({"every": "week"}, "every:order.unknown_field"),
        ({"share": True}, "share:order.unknown_field"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(driver: Driver, change: Data, sentence: str) -> None:
    define(driver, target=14, second_target=10)
    define_share(driver)
    assert refusal(driver, "change_indicator", **{"indicator": WAITING, **change}) == sentence


def test_what_cannot_be_measured_yet_is_a_task_of_its_owner(driver: Driver) -> None:
    define(driver, availability="cannot_yet", owner="ana")
    task = row(driver, Task, item="", role="development_resource")
    assert (task["assignee_id"], task["own_title"]) == (
        person_id(driver.app, "ana"),
        "Ordna så att det går att mäta: Dagar till första besök",
    )
    assert row(driver, Indicator)["task"] == task["ref"]


def test_the_task_is_done_when_it_can_be_measured(driver: Driver) -> None:
    define(driver, availability="cannot_yet", owner="ana")
    driver.do("change_indicator", indicator=WAITING, availability="cannot_yet")
    driver.do("change_indicator", indicator=WAITING, availability="needs_work")
    assert [task["state"] for task in rows(driver, Task, item="")] == [TaskState.DONE]
    assert (row(driver, Indicator)["availability"], row(driver, Indicator)["task"]) == (Availability.NEEDS_WORK, None)


def test_an_indicator_is_retired_with_a_reason_and_takes_no_more_values(driver: Driver) -> None:
    define(driver)
    assert refusal(driver, "retire_indicator", indicator=WAITING) == "reason_missing"
    driver.do("retire_indicator", indicator=WAITING, reason="Registret lades ned")
    retired = row(driver, Indicator)
    assert (retired["retired_on"], retired["retired_because"]) == (driver.today, "Registret lades ned")
    values = months([3.0])
    assert refusal(driver, "record_values", indicator=WAITING, values=values) == "error.indicator_retired"
    assert refusal(driver, "change_indicator", indicator=WAITING, target=3) == "error.indicator_retired"
    define(driver)  # the name is free again


@pytest.mark.parametrize("by", ["chef", "ordf", "vcf", "lg", "reg", "adm", "frammande"])
def test_only_coordinator_process_leader_and_analyst_define(driver: Driver, by: str) -> None:
    assert refusal(driver, "define_indicator", by=by, **SHARE) == "error.not_allowed"


def test_no_words_of_an_indicator_stand_in_the_log(driver: Driver) -> None:
    driver.do("define_indicator", **DAYS, about="Ring Kalle på 0243")
    assert "Kalle" not in str(last_event(driver)["payload"])
    assert "Dagar till" not in str(last_event(driver)["payload"])


def test_an_activity_keeps_the_days_on_which_it_really_began_and_ended(at: At) -> None:
    driver = at("executing")
    ref = rows(driver, Activity)[0]["ref"]
    driver.do("update_activity", activity=ref, state="under_way")
    assert row(driver, Activity, ref=ref)["started_on"] == driver.today
    driver.do("update_activity", activity=ref, started_on="2021-06-10", state="done")
    done = row(driver, Activity, ref=ref)
    assert (done["started_on"].isoformat(), done["ended_on"]) == ("2021-06-10", driver.today)
    driver.do("update_activity", activity=ref, state="under_way")
    assert row(driver, Activity, ref=ref)["ended_on"] is None
    driver.do("update_activity", activity=ref, state="planned")
    assert row(driver, Activity, ref=ref)["started_on"] is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"started_on": "2098-01-01"}, "error.not_in_the_past"),
        ({"ended_on": "2021-06-10", "started_on": "2021-06-11"}, "error.due_before_start"),
    ],
)
def test_real_days_that_cannot_be_are_refused(at: At, change: Data, sentence: str) -> None:
    driver = at("executing")
    ref = rows(driver, Activity)[0]["ref"]
    assert refusal(driver, "update_activity", activity=ref, state="under_way", **change) == sentence


def test_values_may_be_recorded_from_the_first_day(driver: Driver) -> None:
    define(driver)
    record(driver, WAITING, months([3.0, 4.0]))
    assert last_event(driver)["command"] == "record_values"
