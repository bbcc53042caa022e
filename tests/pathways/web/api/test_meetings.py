"""Programs read the meetings that come, one with its agenda, and a frozen pack as it was frozen."""

from hashlib import sha256

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.meeting import ItemKind
from pathways.profiles.vocabulary import Matter
from tests.pathways.furnished import furnished_app
from tests.pathways.packing import Scene, set_scene
from tests.pathways.services.meeting.stage import BODY, add, order, second_meeting
from tests.pathways.web.api.conftest import Program, client_with, token_for


@pytest.fixture
def scene(app: App, clock: SetClock) -> Scene:
    """A region with the board's meeting ahead."""
    return set_scene(app, clock)


def test_the_meetings_that_come_are_listed_the_soonest_first(program: Program, app: App) -> None:
    found = program().get("/meetings").json()["meetings"]
    assert [one["held_on"] for one in found] == sorted(one["held_on"] for one in found)
    assert {"ksg", "lg_hs", "hsn"} <= {one["body"] for one in found}
    assert found[0]["held_on"] >= app.clock.now().date().isoformat()


def test_a_meeting_is_read_with_its_agenda_and_nobody_is_named(program: Program, app: App) -> None:
    day = second_meeting(app)
    add(app, order("Läget", presenter="chef", starts_at="09:30", minutes=20), held_on=day)
    add(app, order("Rangordning", kind=ItemKind.DECISION, matter=Matter.RANKING), held_on=day)
    answer = program().get(f"/meetings/{BODY}/{day.isoformat()}")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["items"], told["packs"], told["approved"], told["cancelled"]) == (2, 0, False, False)
    assert [(one["number"], one["kind"], one["matter"], one["starts_at"]) for one in told["agenda"]] == [
        (1, "discussion", None, "09:30"),
        (2, "decision", "ranking", None),
    ]
    assert "Örjan" not in answer.text


def test_a_pack_is_sent_as_it_was_frozen_and_once(program: Program, scene: Scene) -> None:
    address = f"/meetings/hsn/{scene.day.isoformat()}/pack"
    assert program().get(address).status_code == 404
    scene.freeze()
    first = program().get(address)
    assert first.content == scene.rows()[0]["content"].encode()
    tag = f'"{sha256(first.content).hexdigest()}"'
    assert first.headers["etag"] == tag
    assert first.headers["content-type"] == "application/json"
    scene.change()
    assert program().get(address).content == first.content
    for named in (tag, f"W/{tag}"):
        again = program().get(address, headers={"if-none-match": named})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert program().get(f"{address}?number=1").content == first.content
    assert program().get(f"{address}?number=2").status_code == 404
    assert program().get(f"/meetings/hsn/{scene.day.isoformat()}").json()["packs"] == 1


@pytest.mark.parametrize("path", ["hsn/2021-01-01", "hsn/20211123", "hsn/snart", "inget/2021-11-23"])
def test_what_is_no_meeting_is_told_with_the_nearest(program: Program, path: str) -> None:
    for more in ("", "/pack"):
        answer = program().get(f"/meetings/{path}{more}")
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    if path.startswith("inget"):
        assert answer.json()["type"] == "error.unknown_body"


def test_a_token_that_may_only_write_reads_no_meetings(program: Program) -> None:
    for path in ("", "/hsn/2021-11-23", "/hsn/2021-11-23/pack"):
        assert program(scopes=("write",)).get(f"/meetings{path}").status_code == 403


def test_a_stranger_reads_no_meetings(program: Program) -> None:
    assert program("frammande").get("/meetings").status_code == 403


def test_another_regions_pack_is_not_there(scene: Scene, clock: SetClock) -> None:
    scene.freeze()
    neighbour = furnished_app(str(scene.app.database.url), clock, code="SE-X", name="Region Gävleborg")
    client = client_with(neighbour, token_for(neighbour, "sam"))
    assert client.get(f"/meetings/hsn/{scene.day.isoformat()}/pack").status_code == 404
    neighbour.database.dispose()
