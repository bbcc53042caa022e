"""A review in real browsers: two people at once to the sign-off, the plan adjusted, the next loop; looked at by axe."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from pathways.models.introduction import Timer, TimerKind, TimerState
from pathways.models.loop import LearningLoop
from pathways.models.plan import Activity
from pathways.models.review import Review, ReviewActivity
from pathways.services.timers import loop_due_on
from pathways.services.verify import verify
from pathways.web.sessions import cookie_name
from tests.browser import OpenPage, axe_violations, console_faults, overflow
from tests.pathways.drive import Driver
from tests.pathways.services.judge import own, row, rows
from tests.pathways.services.reviewing import FORETOLD, about, fill, refs, whole
from tests.pathways.web.conftest import Web
from tests.pathways.web.review.conftest import BASE

pytestmark = pytest.mark.slow
REVIEW = f"{BASE}/avstamning"
MODES = [(1280, False), (360, False), (1280, True), (360, True)]


@pytest.fixture
def address(web: Web) -> Iterator[str]:
    """The live server."""
    with web.served() as served:
        yield served


def log_in(page: Page, web: Web, address: str, who: str) -> Page:
    host = urlsplit(address).hostname
    page.context.add_cookies(
        [{"name": cookie_name(web.config), "value": web.session_of(who), "domain": host or "", "path": "/"}]
    )
    return page


def answer(page: Page, key: str, text: str) -> None:
    """Types an answer and waits until it is kept."""
    with page.expect_response(f"**/svar/{key}"):
        page.locator(f'[id="f-{key}"]').fill(text)
    expect(page.locator(f'[id="state-{key}"]')).to_contain_text("Sparat")


def choose(page: Page, key: str, value: str) -> None:
    """Ticks a choice and waits until it is kept."""
    with page.expect_response(f"**/svar/{key}"):
        page.locator(f'input[name="{key}"][value="{value}"]').check()


def test_two_people_hold_a_review_at_once_and_the_plan_follows(
    web: Web, address: str, foretold: Driver, open_page: OpenPage
) -> None:
    driver, ref = foretold, refs(foretold)[0]
    driver.open_due_loop()
    chair = log_in(open_page(base_url=address), web, address, "ordf")
    resource = log_in(open_page(width=820, base_url=address), web, address, "res")
    for page in (chair, resource):
        page.goto(REVIEW)

    # Each writes in their own part, at the same time.
    answer(chair, "w-held_on", driver.today.isoformat())
    choose(resource, f"a-{ref}-scale", "one_unit")
    choose(chair, "w-present", "lag_chair")
    choose(resource, f"a-{ref}-done", "partly")
    answer(resource, f"a-{ref}-learned", "Halva personalen kom inte ifrån")
    answer(chair, "w-risks", "Sommaren")

    # The other one is told, and fetches it.
    expect(chair.locator("#nytt")).to_contain_text("Rut Ängström", timeout=20_000)
    fetch = chair.locator("#nytt li").filter(has_text="Vad lärde vi oss?").get_by_role("button")
    fetch.click()
    expect(chair.locator(f'[id="f-a-{ref}-learned"]')).to_have_value("Halva personalen kom inte ifrån")

    # Both write the same answer: nobody's words are lost, and one is chosen.
    with resource.expect_response("**/svar/w-risks"):
        resource.locator('[id="f-w-risks"]').fill("Bemanningen")
    state = resource.locator('[id="state-w-risks"]')
    expect(state).to_contain_text("Åsa Öberg skrev här samtidigt")
    expect(state).to_contain_text("Sommaren")
    assert axe_violations(resource) == []
    with resource.expect_response("**/svar/w-risks"):
        state.get_by_role("button", name="Behåll min").click()
    expect(state).to_contain_text("Sparat")

    # What is still missing is told when somebody signs too early.
    chair.reload()
    chair.get_by_role("button", name="Signera avstämningen").click()
    expect(chair.locator(".refusal")).to_contain_text("beslutet saknas")
    assert axe_violations(chair) == []

    choose(chair, f"a-{ref}-compared", "worse")
    choose(chair, f"a-{ref}-decision", "adjust")
    answer(chair, f"a-{ref}-change", "Kortare pass på arbetstid")
    with chair.expect_response("**/svar/*owner"):
        chair.locator(f'[id="f-a-{ref}-owner"]').select_option("res")
    answer(chair, f"a-{ref}-due_on", "2022-11-30")
    choose(chair, "w-closing", "partly")
    choose(chair, "w-asked_for", "none")
    choose(chair, "w-decision", "adjust")
    answer(chair, "w-summary", "Idén håller, sättet behöver ändras")
    chair.get_by_role("button", name="Signera avstämningen").click()
    expect(chair).to_have_url(re.compile("/justera$"))
    assert (row(driver, Review)["decision"], row(driver, ReviewActivity)["learned"]) == (
        "adjust",
        "Halva personalen kom inte ifrån",
    )

    # The other browser learns that it is over.
    expect(resource.locator("#nytt")).to_contain_text("inte öppen längre", timeout=20_000)

    # The decision goes back into the plan, and the next loop waits three months on.
    chair.get_by_label("Planera en ny aktivitet i stället").check()
    assert axe_violations(chair) == []
    chair.get_by_role("button", name="Spara och ta planen i bruk").click()
    expect(chair.get_by_text("Planen är uppdaterad med 2 ändringar.").first).to_be_visible()
    made = rows(driver, Activity)[-1]
    assert (made["title"], made["from_loop"], made["due_on"]) == ("Kortare pass på arbetstid", 1, date(2022, 11, 30))
    timer = row(driver, Timer, kind=TimerKind.LEARNING_LOOP, state=TimerState.LIVE)
    second = loop_due_on(web.app.profile, own(driver)["anchor_on"], 2)
    assert (timer["occurrence"], timer["due_at"].date()) == (2, second)
    driver.open_due_loop()
    assert [loop["number"] for loop in rows(driver, LearningLoop)] == [1, 2]
    assert [console_faults(page) for page in (chair, resource)] == [[], []]
    assert verify(web.app) == ()


def test_fast_typing_never_stands_in_its_own_way(
    web: Web, address: str, reviewing: Driver, open_page: OpenPage
) -> None:
    page = log_in(open_page(base_url=address), web, address, "ordf")
    page.goto(REVIEW)
    field = page.locator('[id="f-w-summary"]')
    for words in ("Det går ", "framåt, ", "men långsamt"):
        field.press_sequentially(words, delay=5)
        page.wait_for_timeout(920)  # about as long as the page waits before it saves
    expect(page.locator('[id="state-w-summary"]')).to_contain_text("Sparat")
    page.reload()
    expect(page.locator('[id="f-w-summary"]')).to_have_value("Det går framåt, men långsamt")


def test_a_review_is_held_without_script(web: Web, address: str, reviewing: Driver, open_page: OpenPage) -> None:
    ref = refs(reviewing)[0]
    fill(reviewing, {**whole(reviewing), **about(reviewing, ref, learned="")})
    page = log_in(open_page(script=False, base_url=address), web, address, "ordf")
    page.goto(REVIEW)
    page.get_by_role("button", name="Signera avstämningen").click()
    page.locator(".refusal").get_by_role("link", name="vad vi lärde oss saknas").click()
    page.locator(f'[id="f-a-{ref}-learned"]').fill("Att börja smått")
    page.get_by_role("button", name="Signera avstämningen").click()
    expect(page.get_by_text("Avstämningen är signerad.").first).to_be_visible()
    assert row(reviewing, ReviewActivity)["learned"] == "Att börja smått"


@pytest.mark.parametrize(("width", "dark"), MODES)
def test_every_page_is_clean(
    web: Web, address: str, foretold: Driver, open_page: OpenPage, *, width: int, dark: bool
) -> None:
    first, second = refs(foretold)
    page = open_page(width=width, dark=dark, base_url=address)
    found: dict[str, object] = {}

    def look(*ways: str) -> None:
        log_in(page, web, address, "ordf")
        for way in ways:
            page.goto(way)
            if faults := [*axe_violations(page), *console_faults(page), *(["too wide"] if overflow(page) else [])]:
                found[way] = faults

    look("/larande", f"{BASE}/forutsagelse", f"{BASE}/forutsagelse?aktivitet={second}")
    foretold.open_due_loop()
    look(REVIEW, f"{BASE}/hoppa-over", BASE, "/forlopp/kol/loop", "/larande")
    fill(foretold, {**whole(foretold, decision="adjust", asked_for="decision", question="Får vi en tjänst till?")})
    fill(foretold, about(foretold, first, decision="adjust", change="Kortare pass"))
    look(REVIEW)
    foretold.do("sign_review", number=1)
    foretold.do("add_review_note", number=1, body="Siffran för maj var fel")
    look(REVIEW, f"{BASE}/rapport", f"{BASE}/justera", "/larande", BASE)
    assert found == {}


def test_a_late_prediction_is_written_in_the_middle_of_a_review(
    web: Web, address: str, reviewing: Driver, open_page: OpenPage
) -> None:
    second = refs(reviewing)[1]
    reviewing.do("update_activity", activity=second, state="under_way")
    page = log_in(open_page(width=360, base_url=address), web, address, "ordf")
    page.goto(REVIEW)
    page.get_by_role("link", name="Skriv den nu, märkt som sen").click()
    page.locator(f'[id="f-{second}"]').locator("..").get_by_role("link", name="Skriv en förutsägelse").click()
    page.get_by_label("Teori").fill(FORETOLD["theory"])
    page.get_by_label("Mått", exact=True).fill("Andel")
    page.get_by_label("högre").check()
    page.get_by_label("Hur mycket").fill("till 80 procent")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Förutsägelsen är sparad.").first).to_be_visible()
    assert (console_faults(page), overflow(page)) == ([], 0)
