"""What one region learns, nominates and publishes is not there for another, on the same database."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.pathways.drive import Driver, drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.web.conftest import Web, over
from tests.pathways.web.holding.scene import answered, opened_year

STEP = "/forlopp/kol/gapanalys/vc-falun/steg/1"
LESSON = "Boka tiden direkt vid besöket"


@pytest.fixture
def neighbour(web: Web) -> Iterator[Web]:
    """The same cast in another region, on the same database."""
    app = furnished_app(str(web.app.database.engine.url), web.clock, code="SE-X", name="Region Gävleborg")
    yield over(app, web.clock)
    app.database.dispose()


def test_a_lesson_and_an_award_stay_in_their_region(web: Web, neighbour: Web) -> None:
    ours = drive_to(web.app, web.clock, "stroke-tia-tidiga-insatser", "celebrated")
    ours.do("record_lesson", text=LESSON, hinders=["process"])
    year = opened_year(web.app, web.clock)
    theirs = Driver(neighbour.app.within("SE-X"), web.clock, "kol")
    theirs.do("start")
    theirs.prepare()
    theirs.do("invite_units", units=["vc-falun"], due_on=(theirs.today + timedelta(days=30)).isoformat())
    shown = neighbour.as_("vcf", code="SE-X").get(STEP)
    assert (shown.status_code, LESSON in shown.text) == (200, False)
    client = neighbour.as_("sam", code="SE-X")
    assert client.get(f"/arets-implementation/{year}").status_code == 404
    assert "Vårdcentralen Falun" not in client.get("/arets-implementation").text.partition("<form")[0]


def test_nothing_of_a_hold_check_is_seen_or_written_from_another_region(web: Web, neighbour: Web, kol: Driver) -> None:
    answered(kol)
    client, root = neighbour.as_("sam", code="SE-X"), "/forlopp/kol"
    reads = ("/hall-i", "/hall-i/fraga", "/hall-i/stang", "/hall-i/svara", "/beredskap", "/utvardering", "/tack")
    assert {client.get(root + way).status_code for way in reads} == {404}
    posts = ("/hall-i/fraga", "/hall-i/stang", "/hall-i/svara/alla", "/beredskap", "/utvardering", "/lardomar", "/tack")
    assert {client.post(root + way, data={"text": "x", "words": "Tack alla"}).status_code for way in posts} == {404}
