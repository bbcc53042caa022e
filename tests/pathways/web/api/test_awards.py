"""Årets implementation for programs: a year is opened, nominated for, voted on and published; votes stay secret."""

from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient

from pathways.bootstrap import App
from pathways.clock import SetClock
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.web.api.conftest import Program, client_with, token_for

WHY = "Enheten bar förändringen hela vägen."
JURY = ["lg", "ana", "chef"]


@pytest.fixture
def year(app: App, clock: SetClock) -> int:
    """The year in which something has been celebrated."""
    drive_to(app, clock, "kol", "celebrated")
    return app.clock.now().year


def post(program: TestClient, path: str, **data: object) -> Mapping[str, object]:
    answer = program.post(f"/awards{path}", json=data)
    assert answer.status_code == 200, answer.text
    found: Mapping[str, object] = answer.json()
    return found


def opened(program: Program, year: int) -> TestClient:
    client = program()
    post(client, "", year=year, nominate_until=f"{year}-12-31", jurors=JURY)
    post(client, f"/{year}/nominations", introduction="kol", unit="vc-falun", motive=WHY)
    post(client, f"/{year}/nominations", introduction="kol", motive=WHY)
    return client


def test_a_year_goes_from_its_opening_to_its_result(program: Program, year: int) -> None:
    client = opened(program, year)
    for juror in JURY:
        post(program(juror), f"/{year}/vote", nomination=1, motive=WHY)
    told = post(client, f"/{year}/result", nomination=1, motive="Juryn valde Falun.")
    assert (told["jurors"], told["voted"], told["mine"]) == (3, 3, None)
    (listed,) = client.get("/awards").json()["years"]
    assert (listed["result"]["unit"], listed["result"]["motive"]) == ("Vårdcentralen Falun", "Juryn valde Falun.")
    assert [one["votes"] for one in client.get(f"/awards/{year}").json()["nominations"]] == [3, 0]


def test_how_a_juror_votes_is_told_to_that_juror_alone(program: Program, year: int) -> None:
    client = opened(program, year)
    told = post(program("ana"), f"/{year}/vote", nomination=2, motive=WHY)
    assert told["mine"] == {"nomination": 2, "motive": WHY}
    seen = client.get(f"/awards/{year}").json()
    assert (seen["mine"], seen["voted"], [one["votes"] for one in seen["nominations"]]) == (None, 1, [None, None])


@pytest.mark.parametrize(
    ("slug", "path", "data", "status", "kind"),
    [
        ("ana", "", {"year": 2021, "nominate_until": "2030-01-01", "jurors": JURY}, 404, "error.not_allowed"),
        ("sam", "", {"year": 2021, "nominate_until": "igår", "jurors": JURY}, 422, "malformed"),
        ("sam", "", {"year": 2021, "nominate_until": "2030-01-01", "jurors": ["ingen"]}, 404, "error.unknown_person"),
        ("sam", "/{year}/nominations", {"introduction": "kol", "motive": WHY}, 409, "error.award_nominated"),
        ("sam", "/{year}/nominations", {"introduction": "kol", "motive": "Bra"}, 422, "malformed"),
        ("sam", "/{year}/vote", {"nomination": 1, "motive": WHY}, 409, "error.award_not_juror"),
        ("sam", "/{year}/result", {"nomination": 1, "motive": WHY}, 409, "error.award_votes_missing"),
        ("ana", "/{year}/vote", {"nomination": 99, "motive": WHY}, 409, "error.award_no_nomination"),
        ("ana", "/2050/vote", {"nomination": 1, "motive": WHY}, 409, "error.award_not_open"),
    ],
)
def test_what_is_refused_is_told_and_changes_nothing(
    program: Program, year: int, slug: str, path: str, data: dict[str, object], status: int, kind: str
) -> None:
    client = opened(program, year)
    before = client.get(f"/awards/{year}").json()
    if "year" in data:
        data = {**data, "year": year}
    answer = program(slug).post(f"/awards{path.format(year=year)}", json=data)
    assert (answer.status_code, answer.json()["type"]) == (status, kind)
    assert client.get(f"/awards/{year}").json() == before


def test_a_token_that_may_only_read_changes_nothing(program: Program, year: int) -> None:
    client = program(scopes=("read",))
    order = {"year": year, "nominate_until": f"{year}-12-31", "jurors": JURY}
    assert client.post("/awards", json=order).status_code == 403
    assert client.get("/awards").json() == {"years": []}
    assert client.get(f"/awards/{year}").json()["type"] == "error.unknown_award"


def test_another_regions_year_is_not_there(program: Program, app: App, clock: SetClock, year: int) -> None:
    opened(program, year)
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    client = client_with(neighbour, token_for(neighbour, "sam"))
    assert client.get(f"/awards/{year}").status_code == 404
    assert client.get("/awards").json() == {"years": []}
    neighbour.database.dispose()
