"""The search: one box on every page, and what it finds in groups that lead on."""

import re

import pytest

from tests.pathways.drive import drive_to
from tests.pathways.web.board.page import Page, read
from tests.pathways.web.conftest import Web


def look(web: Web, words: str, by: str = "sam") -> Page:
    answer = web.as_(by).get("/sok", params={"q": words})
    assert answer.status_code == 200
    return read(answer)


def test_every_page_has_the_search(six: Web) -> None:
    text = six.as_("sam").get("/forlopp").text
    assert text.count('<form class="site-search" method="get" action="/sok"') == 2  # in the head, and in a phone's menu


def test_a_pathway_leads_to_its_introduction_or_where_it_can_be_started(six: Web) -> None:
    assert look(six, "kol").links["KOL"] == "/forlopp/kol"
    assert look(six, "knäled").links["Knäledsartros"] == "/katalog/knaledsartros"


def test_a_task_leads_to_its_own_page(six: Web) -> None:
    href = look(six, "lista enheterna").links["Lista enheterna som berörs"]
    assert re.fullmatch(r"/forlopp/[a-z-]+/uppgift/\d+\.\d+", href)
    assert six.as_("sam").get(href).status_code == 200


def test_a_decision_leads_to_the_decisions_of_its_introduction(six: Web) -> None:
    page = look(six, "2021/7")
    (href,) = [href for words, href in page.links.items() if words.startswith("HSN")]
    assert href == "/forlopp/kritisk-benischemi/beslut"


def test_a_person_leads_to_what_waits_for_them(six: Web) -> None:
    links = look(six, "regina").links
    assert read(six.as_("sam").get(links["Regina Strand"])).names == ["KOL"]


def test_whoever_may_not_see_people_finds_none(six: Web) -> None:
    assert "Regina Strand" not in look(six, "regina", by="lg").words
    assert "Personer" in look(six, "regina").words


@pytest.mark.parametrize("words", ["", "   "])
def test_without_words_the_page_says_what_can_be_looked_for(six: Web, words: str) -> None:
    assert "Vad letar du efter?" in look(six, words).words


def test_where_nothing_is_found_the_page_says_so_and_leads_on(six: Web) -> None:
    page = look(six, "xyzzy")
    assert "Inget hittades för ”xyzzy”" in page.words
    assert page.links["Se alla vårdförlopp"] == "/forlopp"


def test_what_was_typed_is_shown_and_never_as_markup(six: Web) -> None:
    text = six.as_("sam").get("/sok", params={"q": '"><img src=x>'}).text
    assert "<img" not in text
    assert "&#34;&gt;&lt;img src=x&gt;" in text


def test_very_long_words_are_cut(six: Web) -> None:
    assert six.as_("sam").get("/sok", params={"q": "å" * 5000}).status_code == 200


def test_a_late_task_says_so(six: Web) -> None:
    assert "Försenad" in look(six, "lista enheterna").words


def test_the_stranger_finds_no_search(six: Web) -> None:
    assert six.as_("frammande").get("/sok?q=kol").status_code == 404


def test_a_word_in_english_is_looked_for_in_english_titles(six: Web) -> None:
    client = six.as_("sam")
    client.post("/sprak", data={"language": "en", "till": "/sok"})
    page = read(client.get("/sok?q=List+the+units"))
    assert any("units" in words for words in page.links if words.startswith("List"))


def test_tasks_that_people_made_are_found_by_their_own_words(web: Web) -> None:
    driver = drive_to(web.app, web.clock, "kol", "preparation")
    driver.do("create_task", title="Boka rum i Älvdalen", due_on=driver.today.isoformat(), role="coordinator")
    assert "Boka rum i Älvdalen" in look(web, "ÄLVDALEN boka").words
    assert "Boka rum i Älvdalen" not in look(web, "alvdalen boka").words
