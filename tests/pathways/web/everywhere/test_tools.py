"""The tools of this folder find what they are made to find."""

import sqlite3
from contextlib import closing

import pytest

from pathways.locale import texts
from tests.pathways.web.everywhere.knocking import Watched
from tests.pathways.web.everywhere.languages import foreign_texts, read

SAID = "web.work.told.completed"


def page(text: str, *, language: str = "en") -> str:
    return f'<html lang="{language}"><title>x – Förlopp</title><h1>y</h1><p>{text}</p></html>'


@pytest.mark.parametrize(
    "text",
    [
        texts("sv").say(SAID),
        texts("sv").say("web.work.several.completed", n=7),
        "Sista dag 3 dec. 2026",
        f'<img src="x" alt="{texts("sv").say(SAID)}">',
        f'<span lang="en">{texts("sv").say(SAID)}</span>',
    ],
)
def test_a_word_of_the_other_language_is_found(text: str) -> None:
    assert list(foreign_texts(read(page(text)))) != []


@pytest.mark.parametrize(
    "text",
    [
        texts("en").say(SAID),
        "Ring Mora om räksmörgåsar",
        "3 Dec 2026",
        f'<span lang="sv">{texts("sv").say(SAID)}</span>',
        f"<script>{texts('sv').say(SAID)}</script>",
    ],
)
def test_the_own_language_and_what_people_wrote_are_left_alone(text: str) -> None:
    assert list(foreign_texts(read(page(text)))) == []


def test_a_page_tells_its_language_title_and_headings() -> None:
    told = read(page("<h1>en till</h1>", language="sv"))
    assert (told.language, told.title, told.headings) == ("sv", "x – Förlopp", 2)


def test_what_was_committed_beside_is_seen_and_put_back(file: str) -> None:
    watched = Watched(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as beside:
        assert watched.changed_tables() == []
        beside.execute("UPDATE person SET name = 'Någon Annan' WHERE slug = 'sam'")
        assert watched.changed_tables() == ["person"]
        watched.put_back()
        assert watched.changed_tables() == []
        assert beside.execute("SELECT count(*) FROM person WHERE id = 0").fetchone() == (0,)
    watched.close()
