"""Every page is whole in both languages: the language it says, one heading, a title, and no word of the other."""

import pytest

from tests.pathways.web.everywhere.conftest import Stands
from tests.pathways.web.everywhere.languages import foreign_texts, read
from tests.pathways.web.everywhere.pages import GOING_ON, Page, answer_pages, empty_pages, place_pages, scene_pages
from tests.pathways.web.everywhere.standing import BARE_ID

pytestmark = pytest.mark.slow

LANGUAGES = ("sv", "en")
SHOWS_IDS = "/admin/profil"
"""The settings of a region are shown as they stand in its file."""


def faults(stands: Stands, state: str, page: Page, language: str) -> list[str]:
    standing = stands(state)
    answer = standing.answer(page, language)
    if answer.status_code == GOING_ON:
        return [] if GOING_ON in page.status else [f"leads to {answer.headers['location']}"]
    told = read(answer.text)
    foreign = {text for text in foreign_texts(told) if text not in standing.written}
    if page.path == SHOWS_IDS:
        foreign = {text for text in foreign if not BARE_ID.fullmatch(text)}
    found = {
        f"answers {answer.status_code}, not {page.status}": answer.status_code not in page.status,
        f"says that its language is {told.language!r}": told.language != language,
        f"has {told.headings} first headings": told.headings != 1,
        f"has the title {told.title!r}": not told.title.removesuffix("– Förlopp").strip(" –"),
    }
    return [fault for fault, is_there in found.items() if is_there] + sorted(foreign)


def each(pages: list[Page]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", pages, ids=[page.name for page in pages])


@pytest.mark.parametrize("language", LANGUAGES)
@each(scene_pages())
def test_a_page_is_whole_in_its_language(stands: Stands, page: Page, language: str) -> None:
    assert faults(stands, "scene", page, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@each(answer_pages())
def test_the_answer_to_a_form_is_whole_in_its_language(stands: Stands, page: Page, language: str) -> None:
    assert faults(stands, "scene", page, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@each(empty_pages())
def test_a_page_of_an_empty_region_is_whole_in_its_language(stands: Stands, page: Page, language: str) -> None:
    assert faults(stands, "empty", page, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@each(place_pages())
def test_a_page_at_every_place_is_whole_in_its_language(stands: Stands, page: Page, language: str) -> None:
    assert faults(stands, "places", page, language) == []
