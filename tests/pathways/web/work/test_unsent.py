"""A form that is sent when the login has run out: kept for the same person, given back after login, to nobody else."""

from datetime import timedelta

import pytest
from httpx2 import Response
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from pathways.services.access.session import IDLE
from pathways.web.sessions import cookie_name
from tests.browser import OpenPage, axe_violations, overflow
from tests.pathways.web.conftest import enter
from tests.pathways.web.work.conftest import Desk
from tests.pathways.web.work.looking import follow, form, notices, words

TEXT = "Ringde Mora.\nDe är med från hösten."
PAGE = "/inte-skickat"


def again(desk: Desk, client: TestClient, person: str) -> TestClient:
    """The same browser after a new login."""
    client.cookies.set(cookie_name(desk.web.config), desk.web.session_of(person), domain="127.0.0.1")
    return client


def run_out(desk: Desk) -> None:
    """Let the login run out."""
    desk.web.clock.set(desk.web.clock.now() + IDLE)


def late(desk: Desk, person: str = "m1") -> tuple[TestClient, str, Response]:
    """A task's outcome that is written, and sent when the login has run out."""
    ref, client = desk.task(), desk.as_(person)
    task = form(client.get(f"/forlopp/kol/uppgift/{ref}"), "/klar")
    run_out(desk)
    return client, ref, task.send(client, outcome=TEXT)


def test_what_was_typed_is_given_back_after_the_login_and_does_its_work(desk: Desk) -> None:
    client, ref, answer = late(desk)
    assert answer.headers["location"] == "/logga-in?till=/inte-skickat&besked=sparat"
    assert "Det du skrev är sparat" in words(client.get(answer.headers["location"]))
    again(desk, client, "m1")
    assert desk.row(ref)["outcome"] is None
    assert "Något du skrev hann inte skickas" in notices(client.get("/"))
    page = client.get(PAGE)
    assert "Ringde Mora. De är med från hösten." in words(page)
    sent = form(page, "/klar").send(client)
    assert desk.row(ref)["outcome"] == TEXT
    assert "Något du skrev" not in notices(follow(client, sent))
    assert "Här finns inget att skicka" in words(client.get(PAGE))


def test_nobody_else_is_given_it(desk: Desk) -> None:
    client, _ref, _answer = late(desk)
    page = again(desk, client, "sam").get(PAGE)
    assert "Ringde" not in page.text
    assert "Här finns inget att skicka" in words(page)
    form(again(desk, client, "m1").get(PAGE), "/klar")


def test_it_can_be_thrown_away(desk: Desk) -> None:
    client, _ref, _answer = late(desk)
    again(desk, client, "m1")
    answer = form(client.get(PAGE), "/kasta").send(client)
    assert "Det är kastat." in notices(follow(client, answer))
    assert "Här finns inget att skicka" in words(client.get(PAGE))


def test_it_goes_after_a_fortnight(desk: Desk) -> None:
    client, _ref, _answer = late(desk)
    desk.days_pass(14)
    assert "Ringde" not in again(desk, client, "m1").get(PAGE).text


def test_a_browser_that_was_logged_out_or_never_in_leaves_nothing(desk: Desk) -> None:
    ref, client = desk.task(), desk.as_("m1")
    address = f"/forlopp/kol/uppgift/{ref}/klar"
    token = client.cookies.get(cookie_name(desk.web.config))
    client.post("/logga-ut")
    copied = desk.web.anonymous()
    copied.cookies.set(cookie_name(desk.web.config), str(token), domain="127.0.0.1")
    answer = copied.post(address, data={"outcome": TEXT})
    assert answer.headers["location"] == "/logga-in?besked=inte-sparat"
    assert "kunde inte sparas" in words(copied.get(answer.headers["location"]))
    assert desk.web.anonymous().post(address, data={"outcome": TEXT}).headers["location"] == "/logga-in"
    assert "Ringde" not in desk.as_("m1").get(PAGE).text


def test_a_file_is_not_kept_and_that_is_told_before_and_after(desk: Desk) -> None:
    ref, client = desk.task(), desk.as_("m1")
    here = f"/forlopp/kol/uppgift/{ref}"
    assert "En fil sparas inte om inloggningen hinner gå ut." in words(client.get(here))
    run_out(desk)
    came_from = {"referer": f"http://127.0.0.1{here}"}
    sent = {"files": {"file": ("plan.txt", b"hemligt")}, "data": {"note": "Planen för hösten"}}
    client.post(f"{here}/fil", headers=came_from, **sent)  # type: ignore[arg-type]  # parts of a form
    page = again(desk, client, "m1").get(PAGE)
    assert "Planen för hösten" in words(page)
    assert "välj filen igen" in words(page)
    assert "hemligt" not in page.text
    assert f'href="{here}"' in page.text
    assert f'action="{here}/fil"' not in page.text


def test_a_button_alone_leads_back_to_its_page(desk: Desk) -> None:
    client = desk.as_("m1")
    run_out(desk)
    answer = client.post("/inkorg/lasta", headers={"referer": "http://127.0.0.1/inkorg"})
    assert answer.headers["location"] == "/logga-in?till=/inkorg"
    assert "inget att skicka" in words(again(desk, client, "m1").get(PAGE))


def test_what_is_kept_while_one_types_becomes_the_forms_own_draft(desk: Desk) -> None:
    ref, client = desk.task(), desk.as_("m1")
    run_out(desk)
    here = f"/forlopp/kol/uppgift/{ref}"
    headers = {"hx-request": "true", "hx-current-url": f"http://127.0.0.1{here}"}
    answer = client.post(f"/utkast/uppgift/kol/{ref}", data={"outcome": TEXT}, headers=headers)
    assert answer.headers["hx-redirect"] == f"/logga-in?till={here}&besked=sparat"
    page = again(desk, client, "m1").get(here)
    assert form(page, "/klar").fields["outcome"] == [TEXT]


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False])
def test_in_a_browser_the_text_comes_back_after_the_login(desk: Desk, open_page: OpenPage, *, script: bool) -> None:
    ref = desk.task()
    with desk.web.served() as address:
        page: Page = enter(open_page(width=360, script=script, base_url=address), desk.web, "m1")
        page.goto(f"/forlopp/kol/uppgift/{ref}")
        desk.web.clock.set(desk.web.clock.now() + IDLE + timedelta(minutes=1))
        area = page.locator("textarea[name=outcome]")
        area.fill(TEXT)
        page.locator("form[action$='/klar'] button:not([formaction])").first.click()
        page.wait_for_url("**/logga-in?**")
        expect(page.get_by_text("Det du skrev är sparat.", exact=False)).to_be_visible()
        enter(page, desk.web, "m1")
        page.reload()
        expect(page.get_by_text("De är med från hösten.", exact=False)).to_be_visible()
        assert overflow(page) == 0
        if script:
            assert axe_violations(page) == []
        with page.expect_navigation():
            page.get_by_role("button", name="Skicka igen").click()
    assert desk.row(ref)["outcome"] == TEXT
