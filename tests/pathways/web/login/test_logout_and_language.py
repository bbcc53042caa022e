"""Out again, here and in the database; and the language, which outlasts neither more nor less than it should."""

import pytest

from tests.pathways.web.conftest import Web
from tests.pathways.web.login.doors import cookie_of


def test_a_logout_ends_the_session_even_for_a_copied_cookie(web: Web) -> None:
    browser = web.as_("sam")
    copied = dict(browser.cookies)
    answer = browser.post("/logga-ut")
    assert (answer.status_code, answer.headers["location"]) == (303, "/logga-in?besked=utloggad")
    thief = web.anonymous()
    thief.cookies.update(copied)
    assert thief.get("/").status_code == 303


def test_a_logout_takes_the_cookie_back(web: Web) -> None:
    cookie = cookie_of(web.as_("sam").post("/logga-ut").headers["set-cookie"])
    assert (cookie["name"], cookie["max-age"]) == ("forlopp_session", "0")


def test_after_the_logout_the_page_says_so(web: Web) -> None:
    assert "Du är utloggad." in web.anonymous().get("/logga-in?besked=utloggad").text


def test_what_an_address_claims_is_not_shown(web: Web) -> None:
    assert "elak" not in web.anonymous().get("/logga-in?besked=elak").text


def test_a_link_cannot_log_anybody_out(web: Web) -> None:
    browser = web.as_("sam")
    assert browser.get("/logga-ut").status_code in {404, 405}
    assert browser.get("/logga-in").status_code == 303


def test_logging_out_twice_is_harmless(web: Web) -> None:
    browser = web.as_("sam")
    assert [browser.post("/logga-ut").status_code for _ in range(2)] == [303, 303]


def test_the_language_is_changed_on_the_same_page(web: Web) -> None:
    browser = web.anonymous()
    answer = browser.post("/sprak", data={"language": "en", "till": "/om"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/om")
    assert '<html lang="en"' in browser.get("/om").text


def test_the_language_of_a_session_follows_it(web: Web) -> None:
    browser = web.as_("sam")
    browser.post("/sprak", data={"language": "en", "till": "/"})
    browser.cookies.delete("forlopp_language")
    assert '<html lang="en"' in browser.get("/om").text


def test_the_language_is_remembered_for_the_next_login_page(web: Web) -> None:
    browser = web.as_("sam")
    browser.post("/sprak", data={"language": "en", "till": "/"})
    browser.post("/logga-ut")
    assert '<html lang="en"' in browser.get("/logga-in").text


@pytest.mark.parametrize("language", ["", "de", "../en", "SV"])
def test_a_language_that_we_do_not_speak_changes_nothing(web: Web, language: str) -> None:
    answer = web.anonymous().post("/sprak", data={"language": language, "till": "/om"})
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_the_choice_of_language_leads_to_no_other_site(web: Web) -> None:
    answer = web.anonymous().post("/sprak", data={"language": "en", "till": "//elak.example"})
    assert answer.headers["location"] == "/"
