"""The demo's people: one click on this machine, and no such page anywhere else."""

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.organisation import Origin, Person, Region
from pathways.web.login.demo import PEOPLE
from tests.pathways.services.access.people import person_id, write
from tests.pathways.web.conftest import Web, over
from tests.pathways.web.login.doors import local

COORDINATOR = "samordnare"


@pytest.fixture
def demo(app: App, clock: SetClock) -> Web:
    """The demo's web: a region of example data with the three people."""
    for slug, known in zip(PEOPLE, ("sam", "res", "lg"), strict=True):
        someone = person_id(app, known)
        write(app, lambda work, slug=slug, someone=someone: work.update(Person, {"id": someone}, {"slug": slug}))  # type: ignore[misc]  # bound now
    write(app, lambda work: work.update(Region, {}, {"origin": Origin.DEMO}))
    return over(app, clock, demo=True)


def test_the_three_people_are_one_click_away(demo: Web) -> None:
    browser = local(demo)
    page = browser.get("/logga-in?till=/forlopp").text
    assert [f'action="/logga-in/demo/{slug}"' in page for slug in PEOPLE] == [True] * 3
    answer = browser.post(f"/logga-in/demo/{COORDINATOR}", data={"till": "/forlopp"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/forlopp")
    assert "Sara Åkesson" in browser.get("/om").text


@pytest.mark.parametrize("slug", ["chef", "adm", "okand", "administrator"])
def test_nobody_else_can_be_picked(demo: Web, slug: str) -> None:
    assert local(demo).post(f"/logga-in/demo/{slug}").status_code == 404


@pytest.mark.parametrize("client", ["192.0.2.7", "testclient", "::ffff:192.0.2.7"])
def test_another_machine_finds_no_such_page(demo: Web, client: str) -> None:
    browser = local(demo, client)
    assert "/logga-in/demo/" not in browser.get("/logga-in").text
    assert browser.post(f"/logga-in/demo/{COORDINATOR}").status_code == 404


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "via", "x-real-ip"])
def test_behind_a_proxy_there_is_no_such_page(demo: Web, header: str) -> None:
    answer = local(demo).post(f"/logga-in/demo/{COORDINATOR}", headers={header: "192.0.2.7"})
    assert answer.status_code == 404


def test_a_name_of_another_site_that_leads_here_finds_no_such_page(demo: Web) -> None:
    browser = local(demo, base="http://elak.example")
    assert browser.post(f"/logga-in/demo/{COORDINATOR}").status_code == 404


def test_without_the_demo_there_is_no_such_page(demo: Web, clock: SetClock) -> None:
    plain = over(demo.app, clock)
    assert local(plain).post(f"/logga-in/demo/{COORDINATOR}").status_code == 404


def test_real_data_has_no_such_page_even_where_the_demo_is_served(demo: Web) -> None:
    write(demo.app, lambda work: work.update(Region, {}, {"origin": Origin.REAL}))
    assert local(demo).post(f"/logga-in/demo/{COORDINATOR}").status_code == 404


def test_a_demo_login_leads_to_no_other_site(demo: Web) -> None:
    answer = local(demo).post(f"/logga-in/demo/{COORDINATOR}", data={"till": "https://elak.example"})
    assert answer.headers["location"] == "/"
