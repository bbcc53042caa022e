"""A link by mail lets in once, soon, and only whom it was made for; asking for one tells nothing about anybody."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import LinkExpired, LinkUnknown, LinkUsed, PathwaysError
from pathways.models.access import LoginLink, LoginWay
from pathways.services.access.login_link import (
    LIFE,
    OPEN_AT_MOST,
    OpenedLink,
    check_link,
    mail_login_link,
    token_of,
    use_link,
)
from pathways.services.access.session import LINK_KEPT, start_session
from pathways.storage.unit_of_work import table_of
from tests.pathways.services.access.people import (
    SECRET,
    change_person,
    outbox,
    person_id,
    read,
    rows,
    second_region,
    write,
)

_link = table_of(LoginLink)
SAM = "sam@forlopp.example"


def ask(app: App, address: str = SAM, *, target: str = "/forlopp") -> None:
    write(app, lambda work: mail_login_link(work, address, secret=SECRET, target=target, now=app.clock.now()))


def mailed(app: App) -> list[str]:
    """The secrets that mails would carry, oldest first."""
    return [token_of(message["values"]["link_id"], secret=SECRET) for message in outbox(app)]


def use(app: App, token: str) -> OpenedLink:
    return write(app, lambda work: use_link(work, token, now=app.clock.now()))


def clear_away(app: App) -> None:
    """Logs somebody else in, which clears away what is over."""
    someone = person_id(app, "chef")
    write(app, lambda work: start_session(work, someone, now=app.clock.now()))


def refusal(app: App, token: str) -> type[PathwaysError]:
    with pytest.raises((LinkUnknown, LinkExpired, LinkUsed)) as looked:
        read(app, lambda work: check_link(work, token, now=app.clock.now()))
    with pytest.raises(looked.type):
        use(app, token)
    assert issubclass(looked.type, PathwaysError)
    return looked.type


def test_a_link_lets_its_person_in_to_the_page_that_was_wanted(either_app: App) -> None:
    ask(either_app)
    (token,) = mailed(either_app)
    opened = OpenedLink(person_id=person_id(either_app, "sam"), way=LoginWay.MAIL_LINK, target="/forlopp")
    assert use(either_app, token) == opened


def test_a_link_works_once(either_app: App) -> None:
    ask(either_app)
    (token,) = mailed(either_app)
    use(either_app, token)
    assert refusal(either_app, token) is LinkUsed


def test_looking_at_a_link_does_not_use_it(app: App) -> None:
    ask(app)
    (token,) = mailed(app)
    for _ in range(3):
        read(app, lambda work: check_link(work, token, now=app.clock.now()))
    assert use(app, token)


def test_a_link_works_for_half_an_hour(app: App, clock: SetClock) -> None:
    ask(app)
    (token,) = mailed(app)
    clock.set(clock.now() + LIFE)
    assert refusal(app, token) is LinkExpired


def test_an_old_link_is_explained_for_a_day_and_then_forgotten(app: App, clock: SetClock) -> None:
    ask(app)
    (token,) = mailed(app)
    for passed, expected in ((LIFE, LinkExpired), (LINK_KEPT, LinkUnknown)):
        clock.set(clock.now() + passed)
        clear_away(app)
        assert refusal(app, token) is expected


@pytest.mark.parametrize("wrong", ["", "x", "a" * 52, "../../etc"])
def test_a_link_that_nobody_made_is_unknown(app: App, wrong: str) -> None:
    assert refusal(app, wrong) is LinkUnknown


def test_a_link_that_was_tampered_with_is_unknown(app: App) -> None:
    ask(app)
    (token,) = mailed(app)
    for place in (0, 20, len(token) - 1):
        other = "b" if token[place] == "a" else "a"
        assert refusal(app, token[:place] + other + token[place + 1 :]) is LinkUnknown
    assert refusal(app, token.upper()) is LinkUnknown


def test_another_secret_makes_another_link(app: App) -> None:
    ask(app)
    link_id = outbox(app)[0]["values"]["link_id"]
    assert refusal(app, token_of(link_id, secret=b"another secret")) is LinkUnknown


def test_neither_rows_nor_outbox_hold_what_opens(app: App) -> None:
    ask(app)
    (token,) = mailed(app)
    assert token not in str(rows(app, select(_link))) + str(outbox(app))


def test_using_one_link_voids_the_others_of_its_person(app: App) -> None:
    ask(app)
    ask(app)
    ask(app, "chef@forlopp.example")
    first, second, others = mailed(app)
    use(app, second)
    assert refusal(app, first) is LinkUsed
    assert use(app, others)


def test_a_link_of_somebody_who_has_left_is_unknown(app: App) -> None:
    ask(app)
    (token,) = mailed(app)
    change_person(app, "sam", active=False)
    assert refusal(app, token) is LinkUnknown


def test_nobody_is_mailed_for_an_address_that_nobody_has(either_app: App) -> None:
    ask(either_app, "okand@forlopp.example")
    assert outbox(either_app) == []


def test_who_has_left_is_not_mailed(app: App) -> None:
    change_person(app, "sam", active=False)
    ask(app)
    assert outbox(app) == []


def test_a_known_and_an_unknown_address_cost_the_same_statements(either_app: App) -> None:
    sent: list[str] = []
    note = lambda _connection, _cursor, statement, *_more: sent.append(statement)  # noqa: E731 - sqlalchemy's form
    event.listen(either_app.database.engine, "before_cursor_execute", note)
    ask(either_app)
    known = [*sent]
    sent.clear()
    ask(either_app, "okand@forlopp.example")
    undone = [one.replace("ROLLBACK TO SAVEPOINT", "RELEASE SAVEPOINT") for one in sent]
    assert undone == known
    assert len(rows(either_app, select(_link))) == 2


def test_an_address_is_found_however_it_is_written(app: App) -> None:
    change_person(app, "chef", address="Chef@Forlopp.Example")
    for address in ("  SAM@forlopp.example ", "chef@forlopp.example"):
        ask(app, address)
    assert [int(message["recipient"]) for message in outbox(app)] == [person_id(app, "sam"), person_id(app, "chef")]


@pytest.mark.parametrize("address", ["%", "_am@forlopp.example", "", "mailto://sam@forlopp.example'--"])
def test_an_address_is_no_pattern(app: App, address: str) -> None:
    ask(app, address)
    assert outbox(app) == []


def test_an_address_in_two_regions_gets_a_link_to_each(app: App) -> None:
    other = second_region(app)
    ask(app)
    other.database.dispose()
    assert [(message["region"], message["values"]["region"]) for message in outbox(app)] == [
        ("SE-W", "Region Dalarna"),
        ("SE-X", "Region Gävleborg"),
    ]


def test_nobodys_mail_box_is_filled_with_links(app: App, clock: SetClock) -> None:
    for _ in range(OPEN_AT_MOST + 3):
        ask(app)
    assert len(outbox(app)) == OPEN_AT_MOST
    clock.set(clock.now() + LIFE)
    ask(app)
    assert len(outbox(app)) == OPEN_AT_MOST + 1


def test_a_link_leaves_at_night_too(app: App, clock: SetClock) -> None:
    clock.set(clock.now() + timedelta(hours=15))
    ask(app)
    assert outbox(app)[0]["due_at"] == clock.now()


def test_a_link_leads_to_no_other_site(app: App) -> None:
    ask(app, target="//elak.example/")
    assert use(app, mailed(app)[0]).target == "/"
