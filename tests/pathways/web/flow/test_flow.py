"""The region's flow in a browser: what is slow, what waits for which role or body, and never who."""

import csv
import re
from io import StringIO

import pytest

from tests.pathways.furnished import CAST, furnished_app, profile_named
from tests.pathways.web.board.page import Page, read
from tests.pathways.web.conftest import Web
from tests.pathways.web.flow.conftest import SLOW


def page_for(web: Web, slug: str = "sam", path: str = "/flode") -> Page:
    answer = web.as_(slug).get(path)
    assert answer.status_code == 200, answer.text[:500]
    return read(answer)


def test_an_empty_region_is_told_what_will_come(web: Web) -> None:
    page = page_for(web)
    assert "Inget att visa än" in page.words
    assert page.links["Till katalogen"] == "/katalog"


def test_whoever_is_slow_stands_first_with_what_is_done(flowing: Web) -> None:
    words = page_for(flowing).words
    assert re.search(r"Förberedelse: 0 av \d+ uppgifter klara efter \d+ dagar; hälften .* efter 16\.", words)


def test_the_three_longest_waits_lead_to_their_tasks(flowing: Web) -> None:
    answer = flowing.as_("sam").get("/flode").text
    waits = re.findall(r'<li class="wait">.*?</li>', answer, re.S)
    assert len(waits) == 3
    assert [f"/forlopp/{SLOW}/uppgift/" in one for one in waits] == [True, True, False]
    assert all("/uppgift/" in one for one in waits)
    assert all("Väntar på " in one for one in waits)


def test_the_middle_is_told_of_ten_and_single_values_of_one(flowing: Web) -> None:
    rows = {row[0]: row[1:] for row in page_for(flowing).rows[:6]}
    assert rows["Förberedelse"][:3] == ["10", "2 av 10", "16 dagar"]
    assert rows["Prioritering"][:3] == ["1", "1 av 1", "–"]
    assert rows["Prioritering"][4].endswith("(inte klart)")


def test_the_picture_says_in_words_what_it_shows(flowing: Web) -> None:
    text = flowing.as_("sam").get("/flode").text
    pictures = re.findall(r'<svg class="times__line"[^>]*role="img".*?</svg>', text, re.S)
    assert len(pictures) == 6
    assert all("<title" in one and "<desc" in one for one in pictures)
    assert "Förberedelse: hälften klara inom: 16 dagar." in pictures[0]


def test_no_person_is_named_anywhere(flowing: Web) -> None:
    text = flowing.as_("adm").get("/flode").text
    main = text[text.index("<main") :]
    assert [person.name for person in CAST if person.name in main] == []


def test_in_english_every_word_is_english(flowing: Web) -> None:
    client = flowing.as_("sam")
    client.post("/sprak", data={"language": "en"})
    page = read(client.get("/flode"))
    assert "Waiting the longest now" in page.words
    assert "dagar" not in page.words


def test_the_table_comes_as_a_file_that_excel_opens(flowing: Web) -> None:
    answer = flowing.as_("lg").get("/flode.csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert answer.headers["content-disposition"].startswith('attachment; filename="flode-se-w-')
    assert rows[0][1] == "Region Dalarna"
    first = next(row for row in rows if row[:2] == ["Förberedelse", ""])
    assert first[2:5] == ["10", "2", "16"]


def test_the_board_tells_the_three_longest_waits_and_leads_to_the_flow(flowing: Web) -> None:
    page = page_for(flowing, path="/forlopp")
    assert "Väntar längst just nu" in page.words
    assert page.links["Flöde och väntetider"] == "/flode"
    assert "Väntar längst just nu" not in page_for(flowing, path="/forlopp?datum=2021-07-01").words


@pytest.mark.parametrize("path", ["/flode", "/flode.csv"])
def test_a_stranger_sees_no_flow(flowing: Web, path: str) -> None:
    assert flowing.as_("frammande").get(path).status_code == 404


def test_another_region_sees_its_own_flow(flowing: Web) -> None:
    name = "Region Gävleborg"
    furnished_app(str(flowing.app.database.url), flowing.clock, code="SE-X", name=name).database.dispose()
    flowing.app.profiles = {**flowing.app.profiles, "SE-X": profile_named(flowing.app.profile, "SE-X", name)}
    answer = flowing.as_("sam", code="SE-X").get("/flode")
    assert "Inget att visa än" in read(answer).words
