import re
from html.parser import HTMLParser

import pytest

from pathways.simulation.report import render_report
from pathways.simulation.result import SimulationResult

pytestmark = pytest.mark.slow  # a year is simulated first

OUTSIDE = re.compile(r"""(?:src|href|url\()\s*=?\s*["'(]?\s*(?!#)[a-z]+:""", re.IGNORECASE)
VOID = {"meta", "rect", "path", "circle", "line", "use", "br", "link"}


class Reader(HTMLParser):
    """Collects the tags of a page and whether each is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag
        elif self.open and self.open[-1] == tag:
            self.open.pop()


@pytest.fixture(params=["sv", "en"])
def page(request: pytest.FixtureRequest, result: SimulationResult) -> str:
    return render_report(result, request.param)


def test_the_page_asks_for_nothing_from_outside(page: str) -> None:
    assert OUTSIDE.search(page) is None
    assert "<script" not in page
    assert "@import" not in page


def test_the_page_is_well_formed_and_has_every_part(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert reader.tags.count("h1") == 1
    assert reader.tags.count("h2") == 7
    assert reader.tags.count("table") == reader.tags.count("caption") == 4


def test_every_picture_has_a_name_or_is_hidden(page: str) -> None:
    pictures = re.findall(r"<svg[^>]*>", page)
    assert pictures
    assert all('aria-hidden="true"' in one or "aria-label" in one for one in pictures)


def test_the_page_says_that_its_data_are_examples(result: SimulationResult) -> None:
    assert "Exempeldata" in render_report(result)
    assert "Example data" in render_report(result, "en")


def test_equal_results_give_equal_pages_however_long_the_run_took(result: SimulationResult) -> None:
    assert render_report(result.after(seconds=1.0)) == render_report(result.after(seconds=99.9))


def test_the_page_names_every_pathway_and_its_figures(result: SimulationResult) -> None:
    page = render_report(result)
    assert all(line.pathway in page for line in result.timelines)
    assert f"<dd>{result.loops_held}</dd>" in page
    assert result.digest in page
