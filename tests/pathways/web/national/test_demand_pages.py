"""`/belastning`: figures before bars, collisions told, and capacity for those who steer."""

from dataclasses import replace

import pytest

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


def test_units_and_quarters_are_told_as_text_before_the_bars(web: Web) -> None:
    page = read(web)
    assert "Kvartal 2 2021" in page
    assert "Kvartal 2 2022" in page
    assert page.index("Enheter och kvartal") < page.index("Timmar som staplar")
    assert "antaganden i regionens profil" in page


def test_one_unit_tells_which_pathways_ask_what(web: Web) -> None:
    page = read(web, "/belastning/enhet/vc-falun")
    assert "Svårläkta sår" in page
    assert "delta i en lärandeloop" in page
    assert "väntas" in page


def test_collisions_are_named_and_can_be_shown_alone(narrow: Web) -> None:
    page = read(narrow)
    assert "mer än 1 krav under något kvartal: Medicinkliniken, Vårdcentralen Falun" in page
    only = read(narrow, "/belastning?krockar=yes")
    assert "Krockar" in only
    assert "Älvdalens kommun" not in only
    assert "Ingen enhet passar valet" in read(narrow, "/belastning?slag=municipality&krockar=yes")


def test_before_another_pathway_starts_the_units_without_room_are_named(narrow: Web, web: Web) -> None:
    assert "inte plats för ett vårdförlopp till" in read(narrow, "/katalog/kol/starta")
    assert "inte plats för ett vårdförlopp till" not in read(web, "/katalog/kol/starta")


def test_before_the_board_decides_the_crowded_units_are_named(narrow: Web, wounds: Driver) -> None:
    assert wounds.slug == WOUNDS
    drive_to(narrow.app, narrow.clock, "kol", "ranking")
    assert "av enheterna i planen får mer än 1 krav" in read(narrow, "/forlopp/kol/beslut")


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
