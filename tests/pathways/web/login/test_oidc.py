"""In through the region's own login service: only with its signed answer, in the browser that asked for it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.profiles.vocabulary import Role
from pathways.web.login.oidc import CALLBACK, LoginService
from pathways.web.login.oidc_attempt import LIFE
from tests.pathways.services.access.people import change_person, roles
from tests.pathways.services.access.test_oidc_login import know_group
from tests.pathways.web.conftest import BASE, Web, over
from tests.pathways.web.login.doors import cookie_of, settings
from tests.pathways.web.login.login_service import (
    CLIENT_ID,
    CLIENT_SECRET,
    ISSUER,
    FakeService,
    at,
    signed_as_secret,
    without_signature,
)

INTERRUPTED = "Inloggningen avbröts. Försök igen."
KEY = RSAKey.generate_key(2048, {"kid": "first"})


@dataclass
class Region:
    """A web that knows a login service, and that service."""

    web: Web
    service: FakeService

    def go(self, browser: TestClient, till: str = "/forlopp") -> dict[str, str]:
        """Goes to the service and logs in there; returns what comes back in the address."""
        answer = browser.get("/logga-in/oidc", params={"till": till})
        assert answer.status_code == 303
        return self.service.send_back(answer.headers["location"])

    def come(self, **changed: str) -> tuple[int, str, TestClient]:
        """Goes there and back, with parameters changed on the way; returns status, where to or page, and browser."""
        browser = self.web.anonymous()
        answer = browser.get(CALLBACK, params={**self.go(browser), **changed})
        return answer.status_code, answer.headers.get("location", answer.text), browser


@pytest.fixture
def region(app: App, clock: SetClock) -> Region:
    """The furnished region with a login service."""
    app.settings = settings(oidc_issuer=ISSUER, oidc_client_id=CLIENT_ID, oidc_client_secret=CLIENT_SECRET)
    web, service = over(app, clock), FakeService(clock, key=KEY)
    web.fast.state.login_service = LoginService(app.settings, BASE, transport=service.transport)
    return Region(web, service)


def test_who_the_service_vouches_for_comes_to_the_page_that_was_wanted(region: Region) -> None:
    status, where, browser = region.come()
    assert (status, where) == (303, "/forlopp")
    assert "Rut Ängström" in browser.get("/om").text


def test_the_browser_is_sent_there_with_proof_and_without_secrets(region: Region) -> None:
    address = region.web.anonymous().get("/logga-in/oidc").headers["location"]
    assert address.startswith(f"{ISSUER}/auth?")
    for part in ("response_type=code", "code_challenge_method=S256", "scope=openid+email+profile", "nonce=", "state="):
        assert part in address
    assert "hemligt" not in address
    assert "code_verifier" not in address


def test_groups_become_roles(region: Region) -> None:
    know_group(region.web.app, "analys", Role.ANALYST)
    region.come()
    assert roles(region.web.app, "res") == {Role.ANALYST: True}


def test_what_the_service_tells_only_when_asked_is_asked_for(region: Region) -> None:
    know_group(region.web.app, "analys", Role.ANALYST)
    region.service.only_when_asked = frozenset({"email", "email_verified", "groups"})
    assert region.come()[0] == 303
    assert roles(region.web.app, "res") == {Role.ANALYST: True}


def test_somebody_nobody_has_written_in_is_told_so(region: Region) -> None:
    region.service.person["email"] = "okand@forlopp.example"
    status, page, browser = region.come()
    assert status == 403
    assert "du är inte upplagd i Förlopp" in page
    assert browser.get("/").status_code == 303


def test_an_address_that_the_service_has_not_verified_does_not_count(region: Region) -> None:
    for unsure in (False, None, "false", 1):
        region.service.person["email_verified"] = unsure
        assert region.come()[0] == 403


def test_somebody_in_no_known_group_is_told_so(region: Region) -> None:
    know_group(region.web.app, "samordning", Role.COORDINATOR)
    status, page, _ = region.come()
    assert status == 403
    assert "inte med i någon av de grupper" in page


def test_who_has_left_is_not_let_in(region: Region) -> None:
    region.come()
    change_person(region.web.app, "res", active=False)
    assert region.come()[0] == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "another"},
        {"state": ""},
        {"code": ""},
        {"code": "guessed"},
        {"iss": "https://elak.example"},
        {"code": "", "error": "access_denied"},
    ],
    ids=str,
)
def test_an_answer_that_was_changed_on_the_way_lets_nobody_in(region: Region, changed: dict[str, str]) -> None:
    status, page, browser = region.come(**changed)
    assert status == 400
    assert INTERRUPTED in page
    assert browser.get("/").status_code == 303


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "of another attempt"},
        {"nonce": None},
        {"aud": "another program"},
        {"aud": [CLIENT_ID, "another program"], "azp": "another program"},
        {"iss": "https://elak.example"},
        {"sub": None},
        {"exp": None},
        {"iat": None},
    ],
    ids=str,
)
def test_an_answer_that_was_meant_for_somebody_else_lets_nobody_in(region: Region, lie: dict[str, object]) -> None:
    region.service.lies = lie
    status, page, _ = region.come()
    assert status == 400
    assert INTERRUPTED in page


def test_an_old_answer_lets_nobody_in(region: Region, clock: SetClock) -> None:
    region.service.lies = {"exp": at(-3600, clock), "iat": at(-7200, clock)}
    assert region.come()[0] == 400


def test_an_answer_that_another_key_signed_lets_nobody_in(region: Region) -> None:
    region.service.signs_with = RSAKey.generate_key(2048, {"kid": "first"})
    assert region.come()[0] == 400


def test_an_answer_that_says_it_needs_no_signature_lets_nobody_in(region: Region) -> None:
    region.service.forge = without_signature
    assert region.come()[0] == 400


def test_an_answer_signed_with_the_public_key_as_if_it_were_a_secret_lets_nobody_in(region: Region) -> None:
    public = region.service.key.as_pem(private=False)
    region.service.forge = lambda token: signed_as_secret(token, public)
    assert region.come()[0] == 400


def test_a_key_that_is_new_since_the_last_look_is_looked_up(region: Region) -> None:
    region.come()
    region.service.key = RSAKey.generate_key(2048, {"kid": "second"})
    assert region.come()[0] == 303


def test_what_the_service_says_of_itself_is_asked_once_an_hour(region: Region, clock: SetClock) -> None:
    for _ in range(2):
        region.come()
    assert region.service.asked.count("/keys") == 1
    clock.set(clock.now() + timedelta(hours=1))
    region.come()
    assert region.service.asked.count("/keys") == 2


def test_an_answer_works_only_in_the_browser_that_asked_for_it(region: Region) -> None:
    back = region.go(region.web.anonymous())
    assert region.web.anonymous().get(CALLBACK, params=back).status_code == 400


def test_an_answer_works_once(region: Region) -> None:
    browser = region.web.anonymous()
    back = region.go(browser)
    assert browser.get(CALLBACK, params=back).status_code == 303
    assert browser.get(CALLBACK, params=back).status_code == 400


def test_an_attempt_is_forgotten_after_ten_minutes(region: Region, clock: SetClock) -> None:
    browser = region.web.anonymous()
    back = region.go(browser)
    clock.set(clock.now() + LIFE)
    assert browser.get(CALLBACK, params=back).status_code == 400


def test_a_forged_attempt_is_refused(region: Region) -> None:
    browser = region.web.anonymous()
    back = region.go(browser)
    held = browser.cookies["forlopp_oidc"]
    for forged in ("", "x", "x.y", held[:-1], "a" + held[1:], held.replace(".", "")):
        browser.cookies.delete("forlopp_oidc")
        browser.cookies.set("forlopp_oidc", forged, domain="127.0.0.1")
        assert browser.get(CALLBACK, params=back).status_code == 400


def test_a_login_there_leads_to_no_other_site_here(region: Region) -> None:
    browser = region.web.anonymous()
    back = region.go(browser, till="//elak.example")
    assert browser.get(CALLBACK, params=back).headers["location"] == "/"


def test_the_cookie_of_an_attempt_is_short_lived_and_kept_from_scripts(region: Region) -> None:
    cookie = cookie_of(region.web.anonymous().get("/logga-in/oidc").headers["set-cookie"])
    assert (cookie["name"], cookie["max-age"], cookie["samesite"]) == ("forlopp_oidc", "600", "lax")
    assert "httponly" in cookie


def test_a_service_that_is_down_is_told_of_and_tried_later(region: Region) -> None:
    region.service.is_down = True
    answer = region.web.anonymous().get("/logga-in/oidc")
    assert answer.status_code == 503
    assert "svarar inte" in answer.text


def test_a_service_that_goes_down_on_the_way_is_told_of(region: Region) -> None:
    browser = region.web.anonymous()
    back = region.go(browser)
    region.service.is_down = True
    assert browser.get(CALLBACK, params=back).status_code == 503


@pytest.mark.parametrize(
    "lie", [{"issuer": "https://elak.example"}, {"token_endpoint": None}, {"jwks_uri": 7}], ids=str
)
def test_a_service_that_is_not_the_one_we_know_is_not_used(region: Region, lie: dict[str, object]) -> None:
    region.service.lies_about_itself = lie
    assert region.web.anonymous().get("/logga-in/oidc").status_code == 503


def test_a_service_that_wants_our_name_in_the_form_gets_it_there(region: Region) -> None:
    region.service.lies_about_itself = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert region.come()[0] == 303


def test_without_a_login_service_there_is_no_such_page(web: Web) -> None:
    assert web.anonymous().get("/logga-in/oidc").status_code == 404
    assert web.anonymous().get(CALLBACK).status_code == 404


def test_nothing_that_names_anybody_reaches_the_log(region: Region, capsys: pytest.CaptureFixture[str]) -> None:
    region.come()
    region.service.lies = {"nonce": "wrong"}
    region.come()
    told = "".join(capsys.readouterr())
    for personal in ("res@", "Rut", "s-1", "code-"):
        assert personal not in told
