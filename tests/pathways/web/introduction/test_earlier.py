"""An introduction that was followed by another: listed, found and read on a page of its own, and never changed."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.profiles.vocabulary import Role
from tests.browser import MODES, OpenPage, axe_violations, console_faults, overflow
from tests.pathways.drive import drive_to
from tests.pathways.queries.watching import watched
from tests.pathways.services.access.people import give_role
from tests.pathways.web.conftest import Web, opened_as
from tests.pathways.web.introduction.sheet import look

FIRST = "/forlopp/kol/tidigare/1"


@pytest.fixture
def twice(web: Web, app: App, clock: SetClock) -> Web:
    """KOL was decided and stopped, and has begun anew."""
    driver = drive_to(app, clock, "kol", "executing")
    task = driver.do("create_task", title="Skriv ned", due_on=driver.today.isoformat(), person="m1").made[0][1]
    driver.do("attach_file", task=task, name="plan.txt", content=b"Planen")
    drive_to(app, clock, "kol", "stopped")
    drive_to(app, clock, "kol", "preparation")
    return web


def test_it_is_listed_on_the_introductions_page_and_tells_all_that_was(twice: Web) -> None:
    client = twice.as_("sam")
    assert FIRST in look(client, "/forlopp/kol").links
    page = look(client, FIRST)
    assert "Införande nr 1" in page.words
    for told in ("Handlingsplan: anta", "§ ", "plan.txt", "Vårdförloppet drogs tillbaka", "Sara Åkesson"):
        assert told in page.words, told
    assert "/forlopp/kol" in page.links
    assert not [link for link in page.links if "/gor/" in link]
    assert "<form" not in client.get(FIRST).text.partition("<main")[2].partition("</main>")[0]


def test_the_first_and_only_introduction_has_no_list(web: Web, app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "preparation")
    assert "Tidigare införanden" not in look(web.as_("sam"), "/forlopp/kol").words


def test_its_history_is_paged_and_fetched_whole(twice: Web) -> None:
    client = twice.as_("sam")
    page = client.get(f"{FIRST}?fore=3").text
    assert 'id="h-2"' in page
    assert 'id="h-3"' not in page
    assert client.get(f"{FIRST}?fore=x").status_code == 404
    rows = list(csv.reader(StringIO(client.get(f"{FIRST}/historik.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert any("Vårdförloppet drogs tillbaka" in cell for row in rows for cell in row)


def test_its_files_and_its_archive_are_handed_out_to_those_who_may(twice: Web) -> None:
    client = twice.as_("sam")
    (file,) = [link for link in look(client, FIRST).links if "/bilaga/" in link]
    assert client.get(file).content == b"Planen"
    with ZipFile(BytesIO(client.get(f"{FIRST}/arkiv.zip").content)) as archive:
        assert all(name.startswith("arkiv-kol-1/") for name in archive.namelist())
    give_role(twice.app, "frammande", Role.ELECTED_READER)
    reader = twice.as_("frammande")
    assert reader.get(file).status_code == 404
    assert "plan.txt" not in reader.get(FIRST).text


def test_the_newest_leads_to_its_own_page_and_others_are_not_there(twice: Web) -> None:
    client = twice.as_("sam")
    assert client.get("/forlopp/kol/tidigare/2").headers["location"] == "/forlopp/kol"
    for number in ("0", "3", "x", "99999999999999999999"):
        assert client.get(f"/forlopp/kol/tidigare/{number}").status_code == 404
    assert client.get("/forlopp/epilepsi/tidigare/1").status_code == 404


def test_search_and_the_board_lead_to_it(twice: Web) -> None:
    client = twice.as_("sam")
    assert FIRST in look(client, "/sok?q=kol").links
    assert f"{FIRST}#beslut" in look(client, "/sok?q=HSN").links + look(client, "/sok?q=§").links
    assert FIRST in look(client, "/forlopp?visa=alla").links or FIRST in look(client, "/forlopp?vy=avslutade").links


def test_the_page_takes_few_statements(twice: Web) -> None:
    client = twice.as_("sam")
    with watched(twice.app) as sent:
        client.get(FIRST)
    assert len(sent) <= 70, len(sent)


def test_it_speaks_english(twice: Web) -> None:
    client = twice.as_("sam")
    client.post("/sprak", data={"language": "en", "till": "/"})
    assert "An earlier introduction" in look(client, FIRST).words


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_the_page_is_free_of_faults_in_every_mode(twice: Web, open_page: OpenPage, mode: str) -> None:
    with opened_as(twice, "sam", open_page) as go:
        for path in (FIRST, "/forlopp/kol", "/sok?q=kol"):
            page = go(path, **MODES[mode])
            assert axe_violations(page) == []
            assert overflow(page) == 0
            assert console_faults(page) == []
