"""Values: entered, refused row by row, replaced with a trace, and read back as they were on an earlier day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.measurement.series import PointState
from pathways.models.measure import IndicatorValue, ValueSource
from pathways.services.ask import Ask
from pathways.storage.unit_of_work import table_of
from tests.invariants import assert_promise_kept
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, last_event, own, person_id, refusal
from tests.pathways.services.measuring import (
    PLANNED,
    WAITING,
    define,
    define_share,
    months,
    record,
    shares,
    standing,
)

_value = table_of(IndicatorValue)
JANUARY = {"period": "2021-01"}


@pytest.fixture
def driver(at: At) -> Driver:
    """An introduction with two indicators, a mean of days and a share; the day is 9 June 2021."""
    driver = at("preparation")
    define(driver)
    define_share(driver)
    return driver


def test_values_are_kept_by_period_with_who_and_when(driver: Driver) -> None:
    record(driver, WAITING, months([12.5, 11.0]), by="ana", source="paste")
    first, second = standing(driver)
    assert (first["period"], first["value"], second["value"]) == (date(2020, 1, 1), 12.5, 11.0)
    assert (first["entered_by"], first["entered_on"], first["source"], first["state"]) == (
        person_id(driver.app, "ana"),
        driver.today,
        ValueSource.PASTE,
        PointState.FINAL,
    )


def test_a_share_is_kept_as_numerator_and_denominator(driver: Driver) -> None:
    record(driver, PLANNED, shares([(5, 7)]))
    (kept,) = standing(driver)
    assert (kept["numerator"], kept["denominator"], kept["value"]) == (5.0, 7.0, 100 * 5 / 7)


def test_a_share_of_which_only_the_percentage_is_known_is_taken(driver: Driver) -> None:
    record(driver, PLANNED, [{"period": "2021-01", "value": 71.4}])
    assert (standing(driver)[0]["value"], standing(driver)[0]["denominator"]) == (71.4, None)


@pytest.mark.parametrize(
    ("indicator", "value", "problem"),
    [
        (WAITING, {}, "value:order.value_missing"),
        (WAITING, {"value": "tolv"}, "value:order.figure"),
        (WAITING, {"value": "12,5"}, "value:order.figure"),
        (WAITING, {"value": float("inf")}, "value:order.figure"),
        (WAITING, {"value": 1e15}, "value:order.too_large"),
        (WAITING, {"numerator": 3, "denominator": 4}, "numerator:order.no_share"),
        (WAITING, {"value": 3, "period": "2021-13"}, "period:order.period_month"),
        (WAITING, {"value": 3, "period": "2021-W05"}, "period:order.period_month"),
        (WAITING, {"value": 3, "period": "2021-07"}, "period:order.period_ahead"),
        (WAITING, {"value": 3, "period": "1999-12"}, "period:order.period_early"),
        (WAITING, {"value": 3, "unit": "vc-mora"}, "unit:order.unit_unknown"),
        (WAITING, {"value": 3, "unit": ""}, "unit:order.too_short"),
        (WAITING, {"value": 3, "state": "corrected"}, "state:order.one_of"),
        (PLANNED, {"numerator": 8, "denominator": 7}, "denominator:order.denominator_smaller"),
        (PLANNED, {"numerator": 0, "denominator": 0}, "denominator:order.denominator_zero"),
        (PLANNED, {"numerator": 3}, "denominator:order.denominator_missing"),
        (PLANNED, {"denominator": 3}, "numerator:order.numerator_missing"),
        (PLANNED, {"numerator": 2.5, "denominator": 7}, "numerator:order.count_not_whole"),
        (PLANNED, {"numerator": -1, "denominator": 7}, "numerator:order.too_small"),
        (PLANNED, {"value": 71, "numerator": 3, "denominator": 7}, "value:order.share_disagrees"),
        (PLANNED, {"value": 171}, "value:order.share_outside"),
        (PLANNED, {"value": -1}, "value:order.share_outside"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_row(
    driver: Driver, indicator: str, value: Data, problem: str
) -> None:
    values = (
        [*shares([(1, 2)]), {**JANUARY, **value}] if indicator == PLANNED else [*months([3.0]), {**JANUARY, **value}]
    )
    assert refusal(driver, "record_values", indicator=indicator, values=values) == f"values.1.{problem}"


def test_every_fault_of_every_row_is_told_at_once(driver: Driver) -> None:
    values = [{**JANUARY, "value": 3}, {**JANUARY, "value": 4}, {"period": "maj"}, {"period": "2021-08", "unit": "x"}]
    assert refusal(driver, "record_values", indicator=WAITING, values=values) == (
        "values.1.period:order.period_repeated values.2.period:order.period_month "
        "values.3.unit:order.unit_unknown values.3.period:order.period_ahead values.3.value:order.value_missing"
    )


def test_a_unit_that_takes_no_part_is_refused_once_units_are_asked(at: At) -> None:
    driver = at("executing")
    define(driver)
    record(driver, WAITING, months([3.0], unit="medicin"))
    values = months([3.0], unit="alvdalen")
    assert refusal(driver, "record_values", indicator=WAITING, values=values) == "values.0.unit:order.unit_strange"


def test_no_value_and_too_many_values_are_refused(driver: Driver) -> None:
    assert refusal(driver, "record_values", indicator=WAITING, values=[]) == "values:order.empty_list"
    many = months([3.0] * 200) * 11
    assert refusal(driver, "record_values", indicator=WAITING, values=many).startswith("values:order.")


def test_a_value_of_a_period_that_is_not_over_is_preliminary(driver: Driver) -> None:
    record(driver, WAITING, [{"period": "2021-06", "value": 3}, {"period": "2021-05", "value": 4}])
    assert {row["period"].month: row["state"] for row in standing(driver)} == {
        5: PointState.FINAL,
        6: PointState.PRELIMINARY,
    }


def test_a_preliminary_value_becomes_final_without_being_corrected(driver: Driver) -> None:
    record(driver, WAITING, [{**JANUARY, "value": 3, "state": "preliminary"}])
    record(driver, WAITING, [{**JANUARY, "value": 3}])
    record(driver, WAITING, [{**JANUARY, "value": 3}])  # the same once more changes nothing
    (kept,) = standing(driver)
    assert (kept["state"], kept["value"], kept["made_in"]) == (PointState.FINAL, 3.0, last_event(driver)["seq"] - 1)


def test_a_final_value_given_anew_is_corrected_and_the_old_one_stays_to_be_seen(driver: Driver) -> None:
    record(driver, WAITING, [{**JANUARY, "value": 3}], by="ana")
    record(driver, WAITING, [{**JANUARY, "value": 5}], by="sam", reason="Två besök var dubbelt räknade")
    (kept,) = standing(driver)
    with driver.app.read() as work:
        (old,) = work.rows(select(_value).where(_value.c.voided_by.is_not(None)))
    assert (kept["value"], kept["state"], kept["replaces"]) == (5.0, PointState.CORRECTED, old["ref"])
    assert (old["value"], old["entered_by"], old["voided_by"]) == (
        3.0,
        person_id(driver.app, "ana"),
        last_event(driver)["seq"],
    )


def test_a_final_value_never_becomes_preliminary_again(driver: Driver) -> None:
    record(driver, WAITING, [{**JANUARY, "value": 3}])
    values = [{**JANUARY, "value": 5, "state": "preliminary"}]
    assert refusal(driver, "record_values", indicator=WAITING, values=values) == "values.0.state:order.value_is_final"


def test_the_region_and_each_unit_have_values_of_their_own_for_a_period(driver: Driver) -> None:
    record(
        driver,
        WAITING,
        [{**JANUARY, "value": 3}, *({**JANUARY, "value": 4, "unit": one} for one in ("medicin", "vc-falun"))],
    )
    assert len(standing(driver)) == 3


@pytest.mark.parametrize(
    ("by", "unit", "allowed"),
    [
        *(("sam", None, True), ("ana", "medicin", True), ("med", "medicin", True)),
        *(("med", "vc-falun", False), ("med", None, False), ("chef", None, False), ("lg", "medicin", False)),
    ],
)
def test_a_unit_enters_its_own_values_alone(driver: Driver, by: str, unit: str | None, *, allowed: bool) -> None:
    values = [{**JANUARY, "value": 3, "unit": unit}]
    if allowed:
        record(driver, WAITING, values, by=by)
    else:
        assert refusal(driver, "record_values", by=by, indicator=WAITING, values=values) == "error.not_allowed"


def test_one_foreign_unit_in_a_whole_column_is_enough_to_refuse_it(driver: Driver) -> None:
    values = [{**JANUARY, "value": 3, "unit": "medicin"}, {**JANUARY, "value": 3, "unit": "vc-falun"}]
    assert refusal(driver, "record_values", by="med", indicator=WAITING, values=values) == "error.not_allowed"


def test_sending_a_whole_file_twice_repeats_nothing(driver: Driver) -> None:
    ask = Ask(actor="sam", command_id="nattlig-overforing")
    data: Data = {"indicator": WAITING, "values": months([3.0, 4.0, 5.0])}
    first = driver.app.run("kol", "record_values", data, ask)
    again = driver.app.run("kol", "record_values", data, ask)
    assert (again.repeated, again.seq, len(standing(driver))) == (True, first.seq, 3)


def test_values_of_both_databases_agree_with_the_log(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    define(driver)
    define_share(driver)
    record(driver, WAITING, months([0.1, 1 / 3, -0.0, 71, 123456789.123456789, 1e-7]))
    record(driver, PLANNED, [*shares([(1, 3), (2, 3)]), *shares([(0, 9)], unit="medicin")])
    clock.set(clock.now() + timedelta(days=1))
    record(driver, WAITING, months([0.2, 1 / 7]))
    assert own(driver)["version"] == last_event(driver)["seq"]
    assert_promise_kept(either_app, {})


@pytest.mark.parametrize("unit", [None, "medicin"])
def test_the_database_itself_refuses_a_second_value_for_a_period(
    either_app: App, clock: SetClock, unit: str | None
) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    define(driver)
    record(driver, WAITING, months([3.0], unit=unit))
    (kept,) = standing(driver)
    with pytest.raises(IntegrityError), either_app.write() as work:
        work.insert(IndicatorValue, [{**kept, "ref": "99.1"}])
