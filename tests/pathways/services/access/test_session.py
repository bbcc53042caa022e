"""A session holds for as long as it should and not a moment longer, with the roles that its person has now."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import Unknown
from pathways.models.access import PersonLogin, WebSession
from pathways.models.organisation import RegionRole
from pathways.profiles.vocabulary import Role
from pathways.services.access import session as sessions
from pathways.services.access.notice import AT_MOST, Notice, add_notice, take_notices
from pathways.services.access.session import IDLE, KNOWN_AFTER, LIFE, Session, find_former, find_session, start_session
from pathways.services.access.token import digest_of
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.services.access.people import change_person, give_role, person_id, read, rows, second_region, write

_session, _login, _role = table_of(WebSession), table_of(PersonLogin), table_of(RegionRole)


def begin(app: App, slug: str = "sam", *, replaces: str = "") -> str:
    someone = person_id(app, slug)
    return write(app, lambda work: start_session(work, someone, now=app.clock.now(), replaces=replaces))


def find(app: App, token: str) -> Session | None:
    return read(app, lambda work: find_session(work, token, now=app.clock.now()))


def touch(app: App, found: Session) -> None:
    write(app, lambda work: sessions.touch_session(work, found.session_id, now=app.clock.now()))


def test_a_session_tells_who_it_is_and_where(either_app: App) -> None:
    found = find(either_app, begin(either_app))
    assert found is not None
    assert (found.slug, found.name, found.region_code, found.region_name, found.language) == (
        "sam",
        "Sara Åkesson",
        "SE-W",
        "Region Dalarna",
        "sv",
    )
    assert found.roles == {Role.COORDINATOR}


def test_roles_in_single_introductions_come_along(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "mapping")
    row = driver.row()
    assert row is not None
    found = find(either_app, begin(either_app, "res"))
    assert found is not None
    assert found.roles == set()
    assert found.appointed == {row["id"]: {Role.DEVELOPMENT_RESOURCE}}


def test_all_that_a_request_needs_is_found_by_one_statement(app: App) -> None:
    token, sent = begin(app), []
    with app.read() as work:
        event.listen(work.connection, "before_cursor_execute", lambda *told: sent.append(told[2]))
        assert find_session(work, token, now=app.clock.now()) is not None
    assert len(sent) == 1


def test_the_database_holds_no_secret_of_a_session(app: App) -> None:
    token = begin(app)
    assert token not in str(rows(app, select(_session)))


def test_a_secret_that_nobody_was_given_opens_nothing(app: App) -> None:
    token = begin(app)
    for wrong in ("", "x", token[:-1], token.upper(), rows(app, select(_session.c.id))[0]["id"]):
        assert find(app, wrong) is None


def test_a_session_ends_after_eight_idle_hours(app: App, clock: SetClock) -> None:
    token = begin(app)
    clock.set(clock.now() + IDLE - timedelta(seconds=1))
    assert find(app, token) is not None
    clock.set(clock.now() + timedelta(seconds=1))
    assert find(app, token) is None


def test_who_is_at_work_stays_in_until_the_week_is_over(app: App, clock: SetClock) -> None:
    token, began = begin(app), clock.now()
    while clock.now() < began + LIFE:
        found = find(app, token)
        assert found is not None
        touch(app, found)
        clock.set(min(clock.now() + timedelta(hours=7), began + LIFE))
    assert find(app, token) is None


def test_that_somebody_is_here_is_written_down_once_a_minute(app: App, clock: SetClock) -> None:
    found = find(app, begin(app))
    assert found is not None
    assert not found.is_to_be_touched(clock.now() + timedelta(seconds=59))
    assert found.is_to_be_touched(clock.now() + timedelta(seconds=60))


def test_a_logout_ends_the_session(app: App) -> None:
    token = begin(app)
    write(app, lambda work: sessions.end_session(work, token, now=app.clock.now()))
    assert find(app, token) is None


def test_a_logout_leaves_other_browsers_alone(app: App) -> None:
    here, there = begin(app), begin(app)
    write(app, lambda work: sessions.end_session(work, here, now=app.clock.now()))
    assert find(app, there) is not None


def test_all_sessions_of_a_person_can_be_ended(app: App) -> None:
    own, others = [begin(app), begin(app)], begin(app, "chef")
    someone = person_id(app, "sam")
    write(app, lambda work: sessions.end_sessions_of(work, someone, now=app.clock.now()))
    assert [find(app, token) for token in own] == [None, None]
    assert find(app, others) is not None


def test_a_person_who_has_left_is_out_at_once(app: App) -> None:
    token = begin(app)
    change_person(app, "sam", active=False)
    assert find(app, token) is None


def test_a_person_who_has_left_cannot_come_in(app: App) -> None:
    change_person(app, "sam", active=False)
    with pytest.raises(Unknown):
        begin(app)


def test_a_role_given_or_taken_counts_at_once(app: App) -> None:
    token = begin(app, "frammande")
    give_role(app, "frammande", Role.ANALYST)
    found = find(app, token)
    assert found is not None
    assert found.roles == {Role.ANALYST}
    gone = _role.delete().where(_role.c.person_id == person_id(app, "frammande"))
    write(app, lambda work: work.connection.execute(gone))
    found = find(app, token)
    assert found is not None
    assert found.roles == set()


def test_a_login_gives_a_new_secret_and_ends_the_session_that_the_browser_held(app: App) -> None:
    planted = begin(app, "frammande")
    fresh = begin(app, replaces=planted)
    assert fresh != planted
    assert find(app, planted) is None
    assert find(app, fresh) is not None


def test_a_session_that_was_moved_to_another_region_holds_no_more(app: App) -> None:
    token = begin(app)
    other = second_region(app)
    write(app, lambda work: work.update(WebSession, {}, {"region_id": other.region_id()}))
    other.database.dispose()
    assert find(app, token) is None


def test_the_language_of_a_session_goes_before_the_persons_own(app: App) -> None:
    token = begin(app)
    session_id = digest_of(token)
    write(app, lambda work: sessions.choose_language(work, session_id, "en"))
    found = find(app, token)
    assert found is not None
    assert found.language == "en"


def test_the_first_and_the_last_login_are_remembered(app: App, clock: SetClock) -> None:
    first = clock.now()
    begin(app)
    clock.set(first + timedelta(days=30))
    begin(app)
    (row,) = rows(app, select(_login))
    assert (row["first_login_at"], row["last_login_at"]) == (first, clock.now())


def test_what_has_ended_is_cleared_away_at_the_next_login(app: App, clock: SetClock) -> None:
    token = begin(app)
    write(app, lambda work: sessions.end_session(work, token, now=clock.now()))
    begin(app, "chef")
    clock.set(clock.now() + KNOWN_AFTER)
    begin(app, "adm")
    assert len(rows(app, select(_session))) == 1


def test_a_session_that_ran_out_tells_whose_it_was_for_some_days_and_lets_nobody_in(app: App, clock: SetClock) -> None:
    token, began = begin(app), clock.now()
    clock.set(began + IDLE)
    begin(app, "chef")  # clears away
    assert find(app, token) is None
    assert write(app, lambda work: find_former(work, token, now=clock.now())) is not None
    clock.set(began + KNOWN_AFTER)
    assert write(app, lambda work: find_former(work, token, now=clock.now())) is None


def test_a_session_that_was_ended_tells_nothing(app: App, clock: SetClock) -> None:
    token = begin(app)
    write(app, lambda work: sessions.end_session(work, token, now=clock.now()))
    assert write(app, lambda work: find_former(work, token, now=clock.now())) is None


def test_a_notice_is_given_once(either_app: App) -> None:
    token = begin(either_app)
    session_id, told = digest_of(token), Notice(text="web.login.is_out", values={"n": 3}, undo="/forlopp/kol")
    before = find(either_app, token)
    write(either_app, lambda work: add_notice(work, session_id, told))
    after = find(either_app, token)
    assert before is not None
    assert after is not None
    assert (before.has_notices, after.has_notices) == (False, True)
    assert write(either_app, lambda work: take_notices(work, session_id)) == [told]
    assert write(either_app, lambda work: take_notices(work, session_id)) == []


def test_the_oldest_notice_gives_way(app: App) -> None:
    session_id = digest_of(begin(app))
    with app.write() as work:
        for number in range(AT_MOST + 2):
            add_notice(work, session_id, Notice(text="web.login.is_out", values={"n": number}))
        kept = take_notices(work, session_id)
    assert [one.values["n"] for one in kept] == list(range(2, AT_MOST + 2))
