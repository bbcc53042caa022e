"""Another region's plan is not there, whichever way it is asked for, and nothing is written to it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from pathways.models.introduction import Event
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver
from tests.pathways.furnished import furnished_app
from tests.pathways.web.conftest import Web, over
from tests.pathways.web.plan.scene import at_round, refs

HERE = "/forlopp/kol"


@pytest.fixture
def neighbour(web: Web) -> Iterator[Web]:
    """The same cast in another region, on the same database."""
    app = furnished_app(str(web.app.database.engine.url), web.clock, code="SE-X", name="Region Gävleborg")
    yield over(app, web.clock)
    app.database.dispose()


def count(web: Web) -> int:
    with web.app.read() as work:
        return int(work.value(select(func.count()).select_from(table_of(Event))))


def test_nothing_of_a_plan_is_seen_or_written_from_another_region(web: Web, neighbour: Web) -> None:
    driver: Driver = at_round(web.app, web.clock)
    ref, before = refs(driver)[0], count(web)
    client = neighbour.as_("sam", code="SE-X")
    ways = (
        *("/plan", "/plan/ny", "/plan/export.csv", f"/plan/aktivitet/{ref}", f"/plan/aktivitet/{ref}/lage"),
        *("/plan/synpunkter", "/plan/synpunkter/oppna", "/plan/synpunkter/avsluta", "/plan/synpunkter/medicin"),
        *("/rangordning", "/rangordning/poang", "/rangordning/ordna", "/underlag", "/underlag/skriv"),
    )
    assert {client.get(HERE + way).status_code for way in ways} == {404}
    reads = {"/plan", "/plan/export.csv", "/plan/synpunkter", "/rangordning", "/underlag"}
    posts = (*(way for way in ways if way not in reads), "/plan/synpunkter/paminn")
    data = {"title": "Något", "kind": "routine", "gor": "spara", "unit": "medicin", "summary": "Klart"}
    assert {client.post(HERE + way, data=data).status_code for way in posts} == {404}
    assert count(web) == before
