"""A session as a browser has it: kept alive by use, ended by idleness, and answering to what has changed at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pathways.clock import SetClock
from pathways.errors import Busy
from pathways.models.access import LoginWay, WebSession
from pathways.profiles.vocabulary import Role
from pathways.services.access.session import IDLE, start_session
from pathways.storage.unit_of_work import table_of
from pathways.web import sessions
from tests.pathways.services.access.people import change_person, give_role, person_id, rows, write
from tests.pathways.web.conftest import Web

_session = table_of(WebSession)


def last_seen(web: Web) -> object:
    return rows(web.app, select(_session.c.last_seen_at))[0]["last_seen_at"]


def test_use_keeps_a_session_alive(web: Web, clock: SetClock) -> None:
    browser = web.as_("sam")
    for _ in range(4):
        clock.set(clock.now() + IDLE - timedelta(minutes=1))
        assert browser.get("/logga-in").status_code == 303


def test_eight_idle_hours_end_it(web: Web, clock: SetClock) -> None:
    browser = web.as_("sam")
    clock.set(clock.now() + IDLE)
    assert browser.get("/logga-in").status_code == 200


def test_a_request_within_the_minute_writes_nothing(web: Web, clock: SetClock) -> None:
    browser, began = web.as_("sam"), clock.now()
    clock.set(began + timedelta(seconds=59))
    browser.get("/om")
    assert last_seen(web) == began
    clock.set(began + timedelta(seconds=60))
    browser.get("/om")
    assert last_seen(web) == clock.now()


def test_a_page_is_shown_even_while_another_writer_holds_the_database(
    web: Web, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise Busy

    monkeypatch.setattr(sessions, "touch_session", busy)
    browser = web.as_("sam")
    clock.set(clock.now() + timedelta(minutes=2))
    assert browser.get("/logga-in").status_code == 303


def test_who_is_let_go_is_out_at_the_next_click(web: Web) -> None:
    browser = web.as_("sam")
    change_person(web.app, "sam", active=False)
    assert browser.get("/").status_code == 303


def test_a_new_role_opens_its_pages_at_the_next_click(web: Web) -> None:
    browser = web.as_("frammande")
    before = browser.get("/om").text
    give_role(web.app, "frammande", Role.COORDINATOR)
    assert 'href="/admin"' not in before
    assert 'href="/admin"' in browser.get("/om").text


@pytest.mark.parametrize("value", ["", "x", "å", "a" * 5000, '";drop table'])
def test_a_cookie_that_nobody_was_given_opens_nothing(web: Web, value: str) -> None:
    browser = web.anonymous()
    answer = browser.get("/logga-in", headers={b"cookie": f"forlopp_session={value}".encode()})
    assert answer.status_code == 200


def test_a_session_of_the_demo_opens_nothing_once_the_demo_is_over(web: Web) -> None:
    someone = person_id(web.app, "sam")
    token = write(web.app, lambda work: start_session(work, someone, now=web.app.clock.now(), way=LoginWay.DEMO))
    browser = web.anonymous()
    browser.cookies.set("forlopp_session", token, domain="127.0.0.1")
    assert browser.get("/logga-in").status_code == 200
