"""`/belastning`: figures before bars, collisions told, and capacity for those who steer."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.pathways.drive import Driver, drive_to
from tests.pathways.queries.watching import watched
from tests.pathways.web.conftest import Web, over
from tests.pathways.web.gap.scene import WOUNDS
from tests.pathways.web.national.conftest import words


@pytest.fixture
def narrow(web: Web) -> Web:
    """The same region, whose units bear one demand in a quarter."""
    workload = web.app.profile.workload.model_copy(update={"demands_per_quarter": 1})
    profile = web.app.profile.model_copy(update={"workload": workload})
    return over(replace(web.app, profiles={profile.region.code: profile}), web.clock)


def read(web: Web, path: str = "/belastning", person: str = "sam") -> str:
    answer = web.as_(person).get(path)
    assert answer.status_code == 200
    return words(answer.text)


def test_the_answer_stands_before_the_quarters_and_these_are_folded(web: Web) -> None:
    page = read(web)
    assert "Kvartal 3 2021: 2 enheter får uppgifter" in page
    assert "Kvartal 2 2022: ingen enhet får någon uppgift" in page
    assert page.index("Ingen enhet får fler uppgifter än 4") < page.index("Kvartal för kvartal")
    assert "Mest får" in page
    assert "antaganden i regionens profil" in page
    assert "krav" not in page
    assert '<details class="more">' in web.as_("sam").get("/belastning").text
    assert '<details class="more" open>' not in web.as_("sam").get("/belastning").text


def test_one_unit_is_chosen_and_its_quarters_stand_open(web: Web) -> None:
    answer = web.as_("sam").get("/belastning?enhet=vc-falun").text
    assert answer.count('<details class="more" open>') == 5
    assert "Medicinkliniken" not in words(answer.partition('<h2 id="tabell"')[2])
    assert "Visa alla enheter" in words(answer)
    assert "Ingen enhet passar valet" in read(web, "/belastning?enhet=finns-inte")


def test_what_an_introduction_without_units_will_ask_is_a_forecast_for_each_that_is_invited(web: Web) -> None:
    assert "Prognos: införanden" not in read(web)
    drive_to(web.app, web.clock, "kol", "preparation")
    page = read(web)
    told = page[page.index("Prognos: införanden som inte har bjudit in enheter") :]
    assert "KOL" in told
    assert "svara på gapanalysen: 1 gång, cirka 6 tim" in told
    assert "lämna synpunkter på planen" in told


def test_the_workbook_holds_all_units_whatever_is_chosen_and_the_forecast_last(web: Web) -> None:
    drive_to(web.app, web.clock, "kol", "preparation")
    answer = web.as_("sam").get("/belastning.xlsx?enhet=alvdalen")
    assert answer.headers["content-disposition"].endswith('.xlsx"')
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert {"Medicinkliniken", "Vårdcentralen Falun"} <= {row[0] for row in rows}
    assert (rows[-1][0], rows[-1][3]) == ("Prognos: varje enhet som bjuds in", "KOL")


def test_one_unit_tells_which_pathways_ask_what(web: Web) -> None:
    page = read(web, "/belastning/enhet/vc-falun")
    assert "Svårläkta sår" in page
    assert "delta i en lärandeloop" in page
    assert "väntas" in page


def test_collisions_are_named_and_can_be_shown_alone(narrow: Web) -> None:
    page = read(narrow)
    assert "2 enheter får fler uppgifter än 1 under något kvartal." in page
    for name in ("Medicinkliniken", "Vårdcentralen Falun"):
        assert re.search(rf"{name} får för mycket: \d uppgifter i kvartal 3 2021", page)
    only = read(narrow, "/belastning?krockar=yes")
    assert "För mycket" in only
    assert "Älvdalens kommun" not in only.partition("Kvartal för kvartal")[2]
    assert "Ingen enhet passar valet" in read(narrow, "/belastning?slag=municipality&krockar=yes")


def test_before_another_pathway_starts_the_units_without_room_are_named(narrow: Web, web: Web) -> None:
    assert "inte plats för ett vårdförlopp till" in read(narrow, "/katalog/kol/starta")
    assert "inte plats för ett vårdförlopp till" not in read(web, "/katalog/kol/starta")


def test_before_the_board_decides_the_crowded_units_are_named(narrow: Web, wounds: Driver) -> None:
    assert wounds.slug == WOUNDS
    drive_to(narrow.app, narrow.clock, "kol", "ranking")
    assert "av enheterna i planen får fler uppgifter än 1" in read(narrow, "/forlopp/kol/beslut")


def test_what_resources_carry_is_for_those_who_steer(web: Web) -> None:
    page = read(web, "/belastning/resurser")
    assert "inte för att jämföra människor" in page
    assert "Rut Ängström" in page
    for person in ("res", "m1", "lg", "ana"):
        assert web.as_(person).get("/belastning/resurser").status_code == 404


def test_no_person_is_named_on_the_page_of_units(web: Web) -> None:
    assert "Rut Ängström" not in read(web)


def test_a_unit_that_is_not_there_is_not_found(web: Web) -> None:
    assert web.as_("sam").get("/belastning/enhet/finns-inte").status_code == 404


def test_the_page_takes_few_statements(web: Web) -> None:
    client = web.as_("sam")
    with watched(web.app) as sent:
        client.get("/belastning")
    assert len(sent) <= 20, "\n".join(sent)


def test_the_pages_speak_english(web: Web) -> None:
    client = web.as_("sam")
    client.post("/sprak", data={"language": "en", "till": "/"})
    for path in ("/belastning", "/belastning/enhet/vc-falun", "/belastning/resurser"):
        page = words(client.get(path).text)
        assert "Quarter" in page or "Development resource" in page
        assert "web.national" not in page
