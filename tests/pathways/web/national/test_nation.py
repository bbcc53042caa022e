"""`/nationellt` and shared experience: what regions see of each other, and that nothing else ever comes through."""

from collections.abc import Iterator

import pytest

from tests.pathways.drive import Driver, drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.web.conftest import Web, over
from tests.pathways.web.gap.conftest import error_links, hidden
from tests.pathways.web.gap.scene import WOUNDS
from tests.pathways.web.national.conftest import words

MARK = "Kvistberga"
LESSONS = f"/forlopp/{WOUNDS}/lardomar"
SHARED = {"step": "Kompression", "how": "Vi utbildade alla", "months": "6", "contact_role": "lag_chair"}
PAGES = (
    *("/", "/forlopp", "/forlopp/tidslinje", "/forlopp.csv", "/forlopp.json", "/flode", "/larande", "/katalog"),
    *("/katalog/kol", "/gapanalyser", "/nationellt", "/nationellt/erfarenheter", "/nationellt/version/kol"),
    *("/belastning", "/inkorg", "/arets-implementation", "/belastning/resurser"),
)
SEARCHES = (f"/sok?q={MARK}", f"/nationellt/erfarenheter?q={MARK}")
PHRASES = (f"Ring {MARK}", f"{MARK} ligger", f"I {MARK}")


@pytest.fixture
def neighbour(web: Web) -> Iterator[Web]:
    """Another region on the same database, in which people, texts, tasks and a decision carry a word of their own."""
    app = furnished_app(str(web.app.database.engine.url), web.clock, code="SE-X", name="Region Gävleborg")
    driver = drive_to(app, web.clock, "kol", "executing")
    due_on = driver.today.replace(year=driver.today.year + 1).isoformat()
    driver.do("create_task", title=f"Ring {MARK}", role="coordinator", due_on=due_on)
    driver.do("report", reason=f"{MARK} ligger i fas")
    driver.do("record_lesson", text=f"I {MARK} lärde vi oss", hinders=["unit"])
    yield over(app, web.clock)
    app.database.dispose()


def share(web: Web, slug: str = WOUNDS, *, code: str | None = None, **more: str) -> None:
    client = web.as_("sam", code=code)
    answer = client.post(f"/forlopp/{slug}/lardomar/dela", data={**SHARED, **more})
    assert answer.status_code == 303, answer.text


def test_versions_and_phases_are_told(web: Web) -> None:
    page = words(web.as_("m1").get("/nationellt").text)
    assert "Svårläkta sår" in page
    assert "Region Dalarna" in page
    assert "visas när minst 3 regioner" in page
    assert "För få regioner" not in page  # one sentence instead of the same words in every cell


def test_nothing_of_another_region_comes_through_any_page(web: Web, neighbour: Web) -> None:
    client = web.as_("sam")
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert MARK not in answer.text, path
    for path in SEARCHES:
        page = client.get(path).text
        assert [phrase for phrase in PHRASES if phrase in page] == [], path
    assert "Region Gävleborg" in client.get("/nationellt").text


def test_only_what_was_shared_is_seen_and_only_while_it_is(web: Web, neighbour: Web) -> None:
    share(neighbour, "kol", code="SE-X", how=f"I {MARK} utbildade vi alla")
    assert MARK in web.as_("m1").get("/nationellt/erfarenheter").text
    client = neighbour.as_("sam", code="SE-X")
    own = client.get("/forlopp/kol/lardomar").text
    number = own.partition("/delat/")[2].partition("/")[0]
    assert web.as_("sam").post(f"{LESSONS}/delat/{number}/ta-bort").status_code == 404
    assert client.post(f"/forlopp/kol/lardomar/delat/{number}/ta-bort").status_code == 303
    assert MARK not in web.as_("m1").get("/nationellt/erfarenheter").text


def test_an_experience_is_shared_from_the_lessons_and_found(web: Web) -> None:
    client = web.as_("ordf")
    assert f'href="{LESSONS}/dela"' in client.get(LESSONS).text
    page = client.get(f"{LESSONS}/dela")
    assert "Skriv aldrig något som kan kopplas till en patient" in words(page.text)
    data = {**SHARED, "command_id": hidden(page.text, "command_id")}
    answers = [client.post(f"{LESSONS}/dela", data=data) for _ in range(2)]
    assert [answer.headers["location"] for answer in answers] == [LESSONS] * 2
    found = words(client.get("/nationellt/erfarenheter?q=kompression").text)
    assert "1 erfarenhet passar" in found
    assert "Fråga ordförande i arbetsgruppen i Region Dalarna" in found
    assert "Åsa Öberg" not in words(client.get("/nationellt/erfarenheter").text).replace("Åsa Öberg Logga ut", "")


def test_an_incomplete_form_comes_back_with_what_was_typed(web: Web) -> None:
    answer = web.as_("sam").post(f"{LESSONS}/dela", data={"how": "Vi utbildade alla", "months": "sex"})
    assert answer.status_code == 422
    assert error_links(answer.text) == ["#f-step", "#f-months", "#f-contact_role"]
    assert "Vi utbildade alla" in answer.text


def test_somebodys_details_are_told_at_the_field(web: Web) -> None:
    answer = web.as_("sam").post(f"{LESSONS}/dela", data={**SHARED, "how": "Patient 121212-1212 fick vård"})
    assert answer.status_code == 422
    assert "ser ut som någons uppgifter" in words(answer.text)


@pytest.mark.parametrize("person", ["m1", "ana", "frammande"])
def test_whoever_does_not_lead_shares_nothing(web: Web, person: str) -> None:
    client = web.as_(person)
    assert client.get(f"{LESSONS}/dela").status_code == 404
    assert client.post(f"{LESSONS}/dela", data=SHARED).status_code == 404


def test_where_nothing_fits_the_page_says_so(web: Web) -> None:
    assert "Inget passar" in words(web.as_("m1").get("/nationellt/erfarenheter?q=finnsinte").text)
    assert "Ingen har delat något än" in words(web.as_("m1").get("/nationellt/erfarenheter").text)


def test_the_pages_speak_english(web: Web, wounds: Driver) -> None:
    share(web)
    client = web.as_("sam")
    client.post("/sprak", data={"language": "en", "till": "/"})
    for path in ("/nationellt", "/nationellt/erfarenheter", LESSONS, f"{LESSONS}/dela"):
        page = words(client.get(path).text)
        assert "web.national" not in page
    assert wounds.place() == "communicated"
