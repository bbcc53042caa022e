"""In by a link: asked for, mailed, opened, used up; and nothing on the way tells a stranger who is here."""

from datetime import timedelta

import pytest

from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.services.access.login_link import LIFE
from pathways.services.clockwork.delivery import deliver_due
from tests.conftest import MailReceiver
from tests.pathways.services.access.people import change_person
from tests.pathways.web.conftest import over
from tests.pathways.web.login.doors import LINK, SAM, Front, cookie_of, settings


def test_the_login_page_asks_for_an_address(front: Front) -> None:
    page = front.web.anonymous().get("/logga-in?till=/forlopp/kol").text
    assert 'name="address"' in page
    assert 'name="till" value="/forlopp/kol"' in page
    assert "Din mejladress" in page


def test_a_known_and_an_unknown_address_are_answered_alike(front: Front) -> None:
    known, unknown = front.ask(), front.ask("okand@forlopp.example")
    assert known == unknown
    assert known[:2] == (303, "/logga-in/skickat")
    assert len(front.mails()) == 1


def test_the_answer_says_what_happens_now(front: Front) -> None:
    page = front.web.anonymous().get("/logga-in/skickat").text
    assert "Om adressen finns hos oss kommer ett mejl" in page
    assert "30 minuter" in page


def test_the_link_shows_a_button_and_the_button_logs_in(front: Front) -> None:
    browser, link = front.web.anonymous(), front.link(till="/forlopp")
    page = browser.get(link)
    assert page.status_code == 200
    assert f'action="{link}"' in page.text
    assert front.sessions() == []
    answer = browser.post(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/forlopp")
    assert "Sara Åkesson" in browser.get("/").text


def test_a_mail_server_that_opens_every_link_uses_none_up(front: Front) -> None:
    link = front.link()
    for _ in range(3):
        assert front.web.anonymous().get(link).status_code == 200
        assert front.web.anonymous().head(link).status_code in {200, 405}
    assert front.web.anonymous().post(link).status_code == 303


def test_a_used_link_lets_nobody_in_and_tells_how_to_get_a_new_one(front: Front) -> None:
    link = front.link()
    front.web.anonymous().post(link)
    for answer in (front.web.anonymous().post(link), front.web.anonymous().get(link)):
        assert answer.status_code == 410
        assert "set-cookie" not in answer.headers
        assert "har redan använts" in answer.text
        assert 'href="/logga-in"' in answer.text


def test_an_expired_link_lets_nobody_in_and_says_so(front: Front, clock: SetClock) -> None:
    link = front.link()
    clock.set(clock.now() + LIFE)
    answer = front.web.anonymous().post(link)
    assert answer.status_code == 410
    assert "den tiden är slut" in answer.text


@pytest.mark.parametrize("token", ["a" * 52, "x", "%00", "a" * 5000, "ÅÄÖ"])
def test_a_link_that_nobody_made_lets_nobody_in(front: Front, token: str) -> None:
    for answer in (front.web.anonymous().get(f"/logga-in/{token}"), front.web.anonymous().post(f"/logga-in/{token}")):
        assert answer.status_code == 410
        assert "Kontrollera att du fick med hela länken" in answer.text


def test_a_person_who_left_before_the_click_is_not_let_in(front: Front) -> None:
    link = front.link()
    change_person(front.app, "sam", active=False)
    assert front.web.anonymous().post(link).status_code == 410


@pytest.mark.parametrize("till", ["//elak.example", "https://elak.example", "/\\elak.example", "/\t/elak.example"])
def test_a_login_leads_to_no_other_site(front: Front, till: str) -> None:
    assert front.web.anonymous().post(front.link(till=till)).headers["location"] == "/"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Skriv din mejladress."),
        ("  ", "Skriv din mejladress."),
        ("sam", "som namn@exempel.se"),
        ("sam@forlopp", "som namn@exempel.se"),
        ("mailto://sam@forlopp.example", "som namn@exempel.se"),
        ("sam@forlopp.example\r\nBcc: x@y.se", "som namn@exempel.se"),
        ("a" * 250 + "@b.se", "som namn@exempel.se"),
    ],
)
def test_what_is_no_address_is_shown_again_with_what_is_wrong(front: Front, address: str, words: str) -> None:
    status, _, page = front.ask(address, till="/forlopp")
    assert status == 422
    assert words in page
    assert 'href="#f-address"' in page
    assert 'name="till" value="/forlopp"' in page


def test_what_was_typed_is_shown_again_escaped(front: Front) -> None:
    _, _, page = front.ask('"><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_cookie_is_kept_from_scripts_and_other_sites(front: Front) -> None:
    answer = front.web.anonymous().post(front.link())
    cookie = cookie_of(answer.headers["set-cookie"])
    assert (cookie["name"], cookie["path"], cookie["samesite"]) == ("forlopp_session", "/", "lax")
    assert "httponly" in cookie
    assert not {"max-age", "expires", "domain", "secure"} & cookie.keys()
    assert cookie["value"] not in str(front.sessions())


def test_over_tls_the_cookie_is_bound_to_this_host(front: Front) -> None:
    over_tls = Front(over(front.app, front.web.clock, base_url="https://forlopp.example"))
    cookie = cookie_of(over_tls.web.anonymous().post(over_tls.link()).headers["set-cookie"])
    assert cookie["name"] == "__Host-forlopp_session"
    assert "secure" in cookie


def test_a_session_that_was_planted_before_the_login_is_worthless_after_it(front: Front) -> None:
    browser, planted = front.web.anonymous(), front.web.session_of("frammande")
    browser.cookies.set("forlopp_session", planted, domain="127.0.0.1")
    answer = browser.post(front.link())
    assert cookie_of(answer.headers["set-cookie"])["value"] != planted
    attacker = front.web.anonymous()
    attacker.cookies.set("forlopp_session", planted, domain="127.0.0.1")
    assert attacker.get("/").status_code == 303


def test_somebody_who_is_in_goes_straight_on(front: Front) -> None:
    answer = front.web.as_("sam").get("/logga-in?till=/forlopp")
    assert (answer.status_code, answer.headers["location"]) == (303, "/forlopp")


def test_the_link_serves_whichever_browser_opens_it_first(front: Front) -> None:
    link = front.link()
    assert front.web.as_("chef").post(link).status_code == 303
    assert front.web.anonymous().post(link).status_code == 410


def test_without_a_mail_server_no_link_can_be_asked_for(front: Front) -> None:
    front.app.settings = settings()
    assert 'name="address"' not in front.web.anonymous().get("/logga-in").text
    assert front.ask()[0] == 404


def test_beside_the_regions_own_login_no_link_can_be_asked_for(front: Front) -> None:
    front.app.settings = settings(
        mail_url="smtp://127.0.0.1:25", oidc_issuer="https://i.example", oidc_client_id="f", oidc_client_secret="h"
    )
    page = front.web.anonymous().get("/logga-in?till=/forlopp").text
    assert 'name="address"' not in page
    assert 'href="/logga-in/oidc?till=/forlopp"' in page
    assert front.ask()[0] == 404


def test_english_is_spoken_where_it_was_chosen(front: Front) -> None:
    browser = front.web.anonymous()
    browser.post("/sprak", data={"language": "en", "till": "/logga-in"})
    assert "Your e-mail address at work" in browser.get("/logga-in").text
    assert "The link leads nowhere." in browser.get("/logga-in/x").text


def test_a_login_link_is_asked_for_at_night_and_arrives_at_once(front: Front, clock: SetClock) -> None:
    clock.set(clock.now() + timedelta(hours=14))
    front.ask(SAM)
    assert len(front.mails()) == 1


def test_a_link_comes_through_a_real_mail_server_and_logs_in(front: Front, smtp: MailReceiver) -> None:
    front.app.settings = settings(mail_url=f"smtp://{smtp.host}:{smtp.port}?from=forlopp@forlopp.example")
    change_person(front.app, "sam", address=SAM)
    front.ask(till="/forlopp")
    deliver_due(front.app, build_post(front.app), now=front.app.clock.now())
    (mail,) = smtp.received
    assert (mail["to"], mail["subject"]) == (SAM, "Din inloggningslänk till Förlopp")
    body = mail.get_body(("plain", "html"))
    assert body is not None
    found = LINK.search(body.get_content())
    assert found is not None
    answer = front.web.anonymous().post(found[0])
    assert (answer.status_code, answer.headers["location"]) == (303, "/forlopp")
