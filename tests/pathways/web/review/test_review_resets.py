"""A review that wants lines set anew leads to the four questions, filled in, and shows afterwards who did it."""

import re
from datetime import date

import pytest

from pathways.measurement.series import Every
from pathways.models.measure import Indicator, IndicatorPhase
from pathways.services.measure.periods import label
from tests.browser import OpenPage, axe_violations, console_faults, overflow
from tests.pathways.drive import Driver
from tests.pathways.services.judge import row, rows
from tests.pathways.services.measuring import YES, standing
from tests.pathways.services.reviewing import about, fill, refs, whole
from tests.pathways.web.conftest import Web
from tests.pathways.web.review.conftest import BASE, SLUG
from tests.pathways.web.review.test_in_browser import log_in
from tests.pathways.web.review.test_review import REVIEW, read, said

WAY = f"/forlopp/kol/matning/{SLUG}/nya-linjer"
WHY = "Nytt arbetssätt sedan i våras"


@pytest.fixture
def signed(reviewing: Driver) -> Driver:
    """The review is signed; it wants the lines of its one indicator set anew, and knows the cause."""
    ref, indicator = refs(reviewing)[0], row(reviewing, Indicator)["ref"]
    on_lines = {"reset": "yes", "reset_why": WHY, "explained": "yes", "explanation": "Alla är utbildade"}
    answers = {f"i-{indicator}-0-{name}": text for name, text in on_lines.items()}
    fill(reviewing, {**whole(reviewing, decision="adjust"), **about(reviewing, ref), **answers})
    reviewing.do("sign_review", by="ordf", number=1)
    return reviewing


def values_of(driver: Driver) -> list[date]:
    """The weeks that have values."""
    return [one["period"] for one in standing(driver)]


def ways(page: str) -> list[str]:
    return re.findall(r'href="([^"]*nya-linjer[^"]*)"', page)


@pytest.mark.parametrize("path", [REVIEW, f"{BASE}/justera"])
def test_the_review_tells_what_is_to_be_set_anew_and_leads_there(web: Web, signed: Driver, path: str) -> None:
    page = web.as_("sam").get(path).text
    assert ways(page) == [f"{WAY}?loop=1"]
    assert f"Andel med samordnad plan : {WHY}" in said(page)
    assert "Inte gjort än." in said(page)


def test_the_four_questions_are_filled_in_as_far_as_the_review_answers_them(web: Web, signed: Driver) -> None:
    page = web.as_("sam").get(f"{WAY}?loop=1").text
    assert re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', page) == [("cause", "reset"), ("cause_known", "yes")]
    assert f"{WHY}. Alla är utbildade" in page
    assert "Förifyllt från avstämningen av lärandeloop 1." in said(page)
    assert f'action="{WAY}?loop=1"' in page


def test_once_it_is_done_the_review_tells_by_whom_and_leads_nowhere(web: Web, signed: Driver) -> None:
    sam = web.as_("sam")
    values = values_of(signed)
    yes = dict.fromkeys(("shift_sustained", "cause_known", "wanted_or_accepted", "expected_to_last"), "yes")
    form = {"cause": "reset", "starts": label(values[5], Every.WEEK), "reason": WHY, **yes}
    answer = sam.post(f"{WAY}?loop=1", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{REVIEW}#linjer")
    page = sam.get(REVIEW).text
    assert ways(page) == []
    assert "Sattes" in said(page)
    assert "av Sara Åkesson." in said(page)
    assert len(rows(signed, IndicatorPhase)) == 1
    assert ways(sam.get(f"{BASE}/justera").text) == []


def test_lines_set_before_the_sign_off_do_not_count_as_done(web: Web, reviewing: Driver) -> None:
    values = values_of(reviewing)
    reviewing.do("reset_phase", reason=WHY, indicator=SLUG, starts=label(values[3], Every.WEEK), **YES)
    ref, indicator = refs(reviewing)[0], row(reviewing, Indicator)["ref"]
    on_lines = {f"i-{indicator}-0-reset": "yes", f"i-{indicator}-0-reset_why": WHY}
    fill(reviewing, {**whole(reviewing), **about(reviewing, ref), **on_lines})
    reviewing.do("sign_review", by="ordf", number=1)
    assert ways(web.as_("sam").get(REVIEW).text) == [f"{WAY}?loop=1"]


def test_who_may_not_set_lines_reads_the_wish_without_a_way(web: Web, signed: Driver) -> None:
    page = web.as_("lg").get(REVIEW).text
    assert ways(page) == []
    assert WHY in page


@pytest.mark.parametrize("loop", ["7", "x", "-1", "99999999999"])
def test_a_review_that_says_nothing_of_it_fills_nothing_in(web: Web, signed: Driver, loop: str) -> None:
    page = web.as_("sam").get(f"{WAY}?loop={loop}").text
    assert "Förifyllt" not in page
    assert f'action="{WAY}"' in page


def test_a_review_without_a_wish_says_nothing_of_lines(web: Web, reviewing: Driver) -> None:
    fill(reviewing, {**whole(reviewing), **about(reviewing, refs(reviewing)[0])})
    reviewing.do("sign_review", by="ordf", number=1)
    assert "Linjer att sätta på nytt" not in read(web.as_("sam"), REVIEW)


@pytest.mark.slow
@pytest.mark.parametrize("path", [REVIEW, f"{BASE}/justera", f"{WAY}?loop=1"])
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_the_pages_with_wishes_are_free_of_faults_for_everybody(
    web: Web, signed: Driver, open_page: OpenPage, path: str, width: int, dark: bool
) -> None:
    with web.served() as address:
        page = log_in(open_page(width=width, dark=dark, base_url=address), web, address, "sam")
        page.goto(path)
        assert axe_violations(page) == []
        assert not overflow(page)
        assert console_faults(page) == []
