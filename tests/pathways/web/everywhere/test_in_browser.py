"""Every page in a real browser: open to everybody, within the policy, no wider than the window, nothing from outside.

Each is looked at on a desk, in the dark and on a phone, and in English on a phone, where words are longest.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page as Tab

from tests.browser import OpenPage, axe_violations, console_faults, overflow
from tests.pathways.web.everywhere.conftest import Stands
from tests.pathways.web.everywhere.pages import (
    PARTS,
    PATHWAYS,
    Page,
    answer_pages,
    empty_pages,
    place_pages,
    scene_pages,
)

pytestmark = pytest.mark.slow

DESK, PHONE, TALL = 1280, 360, 900
SUBMIT = """([address, form]) => {
  const made = document.createElement("form");
  made.method = "post";
  made.action = address;
  for (const [name, value] of Object.entries(form)) {
    const field = document.createElement("input");
    [field.type, field.name, field.value] = ["hidden", name, value];
    made.append(field);
  }
  document.body.append(made);
  made.submit();
}"""
OPEN_ALL = """async () => {
  const drawn = () => new Promise((after) => requestAnimationFrame(() => requestAnimationFrame(after)));
  document.querySelectorAll("main details:not([data-menu])").forEach((one) => { one.open = true; });
  await drawn();
  document.getAnimations().forEach((one) => one.finish());
  await drawn();
}"""
"""What is folded away must be open to everybody too, once it is unfolded, and what fades in, once it is there.

A menu stays closed: open it lies over the page, and is looked at where it is tested."""

ONE_OF_EACH = {f"/forlopp/{slug}{part}" for slug, part in zip(PATHWAYS.values(), PARTS * 2, strict=False)}
"""Of introductions at every place: each place, and each kind of page, but not every page at every place."""


@pytest.fixture(scope="module")
def served(stands: Stands) -> Iterator[dict[str, str]]:
    """The addresses of the regions, each served for as long as the module runs."""
    with (
        stands("scene").web.served() as scene,
        stands("empty").web.served() as empty,
        stands("places").web.served() as places,
    ):
        yield {"scene": scene, "empty": empty, "places": places}


def each(pages: list[Page]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", pages, ids=[page.name for page in pages])


def tab_of(open_page: OpenPage, stands: Stands, state: str, page: Page, language: str) -> Tab:
    tab = open_page(width=DESK if language == "sv" else PHONE)
    for name, value in stands(state).cookies(page.person, language).items():
        tab.context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])
    return tab


def visit(tab: Tab, stands: Stands, address: str, page: Page, state: str) -> int:
    """Go to the page, or post its form from another page of ours, and return the status."""
    path = page.address(stands(state).scene.names)
    if page.form is None:
        answer = tab.goto(address + path)
    else:
        tab.goto(f"{address}/om")
        with tab.expect_navigation() as going:
            tab.evaluate(SUBMIT, [address + path, dict(page.form)])
        answer = going.value
    assert answer is not None
    return answer.status


def faults(tab: Tab, look: str) -> list[str]:
    tab.evaluate(OPEN_ALL)
    wide = overflow(tab)
    return [f"{look}: {found}" for found in (*axe_violations(tab), *([f"{wide} px too wide"] if wide > 0 else ()))]


def looked_at(open_page: OpenPage, stands: Stands, served: dict[str, str], page: Page, state: str) -> list[str]:
    found: list[str] = []
    tab = tab_of(open_page, stands, state, page, "sv")
    if visit(tab, stands, served[state], page, state) not in page.status:
        return ["another status"]
    found += faults(tab, "desk")
    tab.emulate_media(color_scheme="dark")
    found += faults(tab, "dark")
    tab.emulate_media(color_scheme="light")
    tab.set_viewport_size({"width": PHONE, "height": TALL})
    found += faults(tab, "phone")
    if page.form is None:
        english = tab_of(open_page, stands, state, page, "en")
        visit(english, stands, served[state], page, state)
        found += [*faults(english, "in English"), *console_faults(english)]
    return [*found, *console_faults(tab)]


@each(scene_pages())
def test_a_page_is_open_to_everybody(open_page: OpenPage, stands: Stands, served: dict[str, str], page: Page) -> None:
    found = looked_at(open_page, stands, served, page, "scene")
    assert not found, "\n".join(found)


@each([page for page in answer_pages() if not page.has_file and set(page.status) & {409, 422}])
def test_the_answer_to_a_form_is_open_to_everybody(
    open_page: OpenPage, stands: Stands, served: dict[str, str], page: Page
) -> None:
    found = looked_at(open_page, stands, served, page, "scene")
    stands("scene").watched.put_back()
    assert not found, "\n".join(found)


@each(empty_pages())
def test_a_page_of_an_empty_region_is_open_to_everybody(
    open_page: OpenPage, stands: Stands, served: dict[str, str], page: Page
) -> None:
    found = looked_at(open_page, stands, served, page, "empty")
    assert not found, "\n".join(found)


@each([page for page in place_pages() if page.path in ONE_OF_EACH or page.path.count("/") < 2])
def test_a_page_at_every_place_is_open_to_everybody(
    open_page: OpenPage, stands: Stands, served: dict[str, str], page: Page
) -> None:
    found = looked_at(open_page, stands, served, page, "places")
    assert not found, "\n".join(found)
