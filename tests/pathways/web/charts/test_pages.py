"""Charts on pages: what the macros show, with and without a browser, in every way that people look at them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import MODES, OpenPage, axe_violations, console_faults, overflow
from tests.pathways.charts.samples import SWEDISH, every_kind, improved
from tests.pathways.web.charts.stage import PAGES, show

SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll("main svg text")]
  .filter((one) => one.getClientRects().length)
  .map((one) => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a))"""


def test_the_sentences_and_the_table_stand_beside_every_chart() -> None:
    page = show("alla")
    for chart in every_kind():
        for sentence in (SWEDISH.tell(one, chart) for one in chart.judgement.telling):
            assert sentence in page
    assert page.count('<table class="table">') == 7
    assert page.count('scope="row"') == sum(len(chart.shown) for chart in every_kind())


def test_no_two_things_on_a_page_have_the_same_id() -> None:
    found = re.findall(r' id="([^"]+)"', show("alla"))
    assert len(found) == len(set(found))


def test_what_only_a_script_can_do_is_hidden_without_one() -> None:
    assert show("alla").count('<div class="reader" hidden>') == 7


def test_small_multiples_say_whether_they_can_be_compared_and_lead_to_the_other_scale() -> None:
    same, free = show("manga"), show("fri")
    assert "kan jämföras med varandra" in same
    assert 'href="?skala=fri"' in same
    assert "jämför inte höjder" in free
    assert 'href="?skala=lika"' in free


def test_a_page_is_whole_in_english() -> None:
    page = show("alla", "en")
    assert "Show as a table" in page
    assert "median 56.3\N{NO-BREAK SPACE}%" in page


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("mode", MODES)
def test_a_page_of_charts_is_open_to_everybody(open_page: OpenPage, address: str, mode: str, name: str) -> None:
    page = open_page(**MODES[mode])
    page.goto(f"{address}/{name}")
    page.evaluate("document.querySelectorAll('details.more').forEach((one) => { one.open = true; })")
    assert axe_violations(page) == []
    assert overflow(page) == 0
    assert console_faults(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 500, 700, 780, 1280])
@pytest.mark.parametrize("name", ["alla", "manga"])
def test_no_text_in_a_chart_is_smaller_than_twelve_pixels(
    open_page: OpenPage, address: str, name: str, width: int
) -> None:
    page = open_page(width=width)
    page.goto(f"{address}/{name}")
    assert page.evaluate(SMALLEST_TEXT) >= 12


@pytest.mark.slow
def test_text_in_a_chart_grows_with_the_readers_own_size(open_page: OpenPage, address: str) -> None:
    page = open_page()
    page.goto(f"{address}/alla")
    before = page.evaluate(SMALLEST_TEXT)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    expect(page.locator("svg.chart--wide").first).to_be_hidden()
    assert page.evaluate(SMALLEST_TEXT) > 1.5 * before


def reader(page: Page) -> tuple[str, str]:
    """What the first chart's reader shows, and what a screen reader hears of it."""
    told = page.locator("[data-told]").first.inner_text()
    heard = page.locator("[data-read]").first.get_attribute("aria-valuetext") or ""
    return told, heard


@pytest.mark.slow
def test_arrow_keys_read_a_chart_point_by_point(open_page: OpenPage, address: str) -> None:
    chart = improved()
    page = open_page()
    page.goto(f"{address}/alla")
    page.locator("[data-read]").first.focus()
    assert reader(page) == (SWEDISH.point(chart.shown[-1], chart),) * 2
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert reader(page) == (SWEDISH.point(chart.shown[-3], chart),) * 2
    page.keyboard.press("Home")
    assert reader(page) == (SWEDISH.point(chart.shown[0], chart),) * 2
    expect(page.locator("svg.chart--wide .chart-ring")).to_have_count(1)


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1280])
def test_a_point_that_is_pointed_at_is_read(open_page: OpenPage, address: str, width: int) -> None:
    chart = improved()
    page = open_page(width=width)
    page.goto(f"{address}/alla")
    mark = page.locator('[data-chart] svg [data-point="5"]').locator("visible=true").first
    mark.click()
    assert reader(page)[0] == SWEDISH.point(chart.shown[5], chart)


@pytest.mark.slow
def test_without_script_a_chart_has_its_drawing_sentences_and_table(open_page: OpenPage, address: str) -> None:
    page = open_page(script=False)
    page.goto(f"{address}/tabell")
    expect(page.get_by_role("img", name=SWEDISH.title(improved()))).to_be_visible()
    expect(page.locator("table tbody tr")).to_have_count(len(improved().shown))
    expect(page.get_by_text("Läs av punkt för punkt")).not_to_be_visible()
