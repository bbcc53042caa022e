"""Programs send values and read series: all or none, once however often they are sent, with the same refusals."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from tests.pathways.drive import Driver, drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.services.judge import Data
from tests.pathways.services.measuring import PLANNED, WAITING, define, define_share, months, record, shares, standing
from tests.pathways.web.api.conftest import Program, client_with, token_for

KOL = "/introductions/kol"
UPLOAD = f"{KOL}/commands/record_values"


@pytest.fixture
def driver(app: App, clock: SetClock) -> Driver:
    """An introduction with two indicators."""
    driver = drive_to(app, clock, "kol", "preparation")
    define(driver, target=14)
    define_share(driver)
    return driver


def test_a_program_sends_values_once_however_often_it_tries(program: Program, driver: Driver) -> None:
    client = program("ana")
    body = {"data": {"indicator": WAITING, "values": [{"period": "2021-04", "value": 12.5}]}}
    answers = [client.post(UPLOAD, json=body, headers={"idempotency-key": "natt-20210609"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.json()["repeated"] for answer in answers] == [False, True]
    assert [row["value"] for row in standing(driver)] == [12.5]


def test_a_refused_upload_names_every_row_and_stores_nothing(program: Program, driver: Driver) -> None:
    values = [
        {"period": "2021-03", "numerator": 3, "denominator": 7},
        {"period": "2021-04", "numerator": 8, "denominator": 7},
        {"period": "2021-08", "numerator": 1, "denominator": 7, "unit": "mora"},
    ]
    answer = program("ana").post(UPLOAD, json={"data": {"indicator": PLANNED, "values": values}})
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert {(one["field"], one["sentence"]) for one in told["fields"]} == {
        ("values.1.denominator", "order.denominator_smaller"),
        ("values.2.unit", "order.unit_unknown"),
        ("values.2.period", "order.period_ahead"),
    }
    assert "nämnaren 7 är mindre än täljaren 8" in {one["text"] for one in told["fields"]}
    assert standing(driver) == []


@pytest.mark.parametrize("value", ["tolv", "12,5", None, True, [1], {"a": 1}])
def test_what_is_no_number_is_refused(program: Program, driver: Driver, value: object) -> None:
    body = {"data": {"indicator": WAITING, "values": [{"period": "2021-04", "value": value}]}}
    assert program("ana").post(UPLOAD, json=body).status_code == 422
    assert standing(driver) == []


def test_a_program_of_a_unit_sends_its_own_values_alone(program: Program, driver: Driver) -> None:
    client = program("vcf")

    def send(**more: object) -> int:
        values = [{"period": "2021-04", "value": 3, **more}]
        return client.post(UPLOAD, json={"data": {"indicator": WAITING, "values": values}}).status_code

    assert (send(unit="vc-falun"), send(unit="medicin"), send()) == (200, 404, 404)


def test_indicators_and_series_are_read_back(program: Program, driver: Driver) -> None:
    record(driver, WAITING, months([12.0 + n % 3 for n in range(14)]))
    record(driver, WAITING, months([9.0], unit="medicin"))
    client = program("lg")
    listed = client.get(f"{KOL}/indicators").json()["indicators"]
    waiting = next(one for one in listed if one["slug"] == WAITING)
    assert (waiting["target"], waiting["in_region"], waiting["units"]) == (14.0, True, ["medicin"])
    read: Data = client.get(f"{KOL}/indicators/{WAITING}").json()
    assert (len(read["points"]), read["points"][0]["period"], read["phases"][0]["centre"]) == (14, "2020-01-01", 13.0)
    assert client.get(f"{KOL}/indicators/{WAITING}?unit=medicin").json()["points"][0]["value"] == 9.0


def test_a_series_can_be_read_as_it_was(program: Program, driver: Driver, clock: SetClock) -> None:
    record(driver, WAITING, months([12.0]))
    before = clock.now()
    clock.set(before + timedelta(days=1))
    record(driver, WAITING, months([15.0]))
    client, way = program("lg"), f"{KOL}/indicators/{WAITING}"
    then = client.get(way, params={"as_of": before.isoformat()}).json()
    assert (then["points"][0]["value"], client.get(way).json()["points"][0]["value"]) == (12.0, 15.0)


def test_small_counts_are_left_out_for_those_who_may_not_see_them(program: Program, driver: Driver) -> None:
    record(driver, PLANNED, shares([(3, 30), (20, 30)], unit="vc-falun"))
    way = f"{KOL}/indicators/{PLANNED}?unit=vc-falun"
    hidden = {who: program(who).get(way).json()["hidden"] for who in ("lg", "vcf", "ana", "med")}
    assert hidden == {"lg": 1, "vcf": 0, "ana": 0, "med": 1}
    assert [one["value"] for one in program("lg").get(way).json()["points"]] == [pytest.approx(100 * 20 / 30)]


@pytest.mark.parametrize("way", [f"{KOL}/indicators/inget", f"{KOL}/indicators/{WAITING}?unit=mora"])
def test_what_is_not_there_is_not_found(program: Program, driver: Driver, way: str) -> None:
    assert program("lg").get(way).status_code == 404


def test_another_region_finds_nothing(driver: Driver, app: App, clock: SetClock) -> None:
    other = furnished_app(str(app.database.engine.url), clock, code="SE-X", name="Region Exempel")
    client = client_with(other, token_for(other, "sam"))
    assert client.get(f"{KOL}/indicators").status_code == 404
    assert client.get(f"{KOL}/indicators/{WAITING}").status_code == 404
    body = {"data": {"indicator": WAITING, "values": [{"period": "2021-04", "value": 3}]}}
    assert client.post(UPLOAD, json=body).status_code == 404
    other.database.dispose()
    assert standing(driver) == []
