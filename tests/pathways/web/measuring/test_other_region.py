"""Another region's measuring is not there, whichever way it is asked for, and nothing is written to it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from pathways.models.introduction import Event
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver
from tests.pathways.furnished import furnished_app
from tests.pathways.services.measuring import PLANNED, define_share, record, standing
from tests.pathways.web.conftest import Web, over
from tests.pathways.web.measuring.scene import DAYS, MEASURING, SHARE


@pytest.fixture
def neighbour(web: Web) -> Iterator[Web]:
    """The same cast in another region, on the same database."""
    app = furnished_app(str(web.app.database.engine.url), web.clock, code="SE-X", name="Region Gävleborg")
    yield over(app, web.clock)
    app.database.dispose()


def count(web: Web) -> int:
    with web.app.read() as work:
        return int(work.value(select(func.count()).select_from(table_of(Event))))


def test_nothing_measured_is_seen_or_written_from_another_region(web: Web, full: Driver, neighbour: Web) -> None:
    before = count(web)
    client = neighbour.as_("sam", code="SE-X")
    forms = (f"{MEASURING}/ny", *(f"{DAYS}/{way}" for way in ("andra", "avsluta", "utgangslage", "nya-linjer")))
    read = (MEASURING, DAYS, SHARE, f"{DAYS}/export.csv", f"{DAYS}/export.png", f"{DAYS}/varden", f"{DAYS}/ta-tillbaka")
    assert {client.get(way).status_code for way in (*forms, *read)} == {404}
    data = {"way": "paste", "rows": "2021-01\t3", "reason": "Jag vill", "name": "Något", "through": "2022-01"}
    posts = (*forms, f"{DAYS}/ta-tillbaka", f"{DAYS}/varden", f"{DAYS}/varden/spara")
    assert {client.post(way, data=data).status_code for way in posts} == {404}
    assert count(web) == before


def test_the_same_pathway_in_two_regions_has_values_of_its_own(web: Web, full: Driver, neighbour: Web) -> None:
    other = Driver(neighbour.app, neighbour.clock, "kol")
    other.do("start")
    define_share(other)
    record(other, PLANNED, [{"period": "2022-01", "value": 12}])
    assert [row["value"] for row in standing(other)] == [12.0]
    page = neighbour.as_("sam", code="SE-X").get(SHARE).text
    assert "Vårdcentralen Falun" not in page
    assert "12,0" in page or "12 %" in page or "12\N{NO-BREAK SPACE}%" in page


def test_a_unit_of_another_region_is_none(web: Web, full: Driver, neighbour: Web) -> None:
    assert neighbour.as_("sam", code="SE-X").get(f"{SHARE}?enhet=vc-falun").status_code == 404
