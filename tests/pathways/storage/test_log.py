"""What an event's hash covers and how it is made: fixed for ever, so the worked example here must never change."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from hashlib import sha256
from itertools import count

import pytest
from sqlalchemy import select, update

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.introduction import Event, LogText
from pathways.models.task import Task
from pathways.services.verify import verify
from pathways.storage.log import GENESIS, HASHED, canonical, event_hash, plain, text_digest
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.drive import drive_to

_event, _text, _task = table_of(Event), table_of(LogText), table_of(Task)


class Fruit(StrEnum):
    APPLE = "apple"


GOLDEN: dict[str, object] = {
    "introduction_id": 7,
    "seq": 2,
    "command": "appoint",
    "command_id": "3f1c",
    "actor_id": 4,
    "on_behalf_id": None,
    "at": datetime(2021, 6, 9, 10, 0, tzinfo=timezone(timedelta(hours=2))),
    "reason": None,
    "payload": {"given": {"role": "lag_chair"}, "changes": [["appointment", "2.1", True, {"unit": "Älvdalen"}]]},
    "chart": "introduction_v1",
    "configuration": ["active", "track", "preparation"],
    "history": {},
    "profile_version": "dalarna-2021.1",
}
GOLDEN_TEXT = (
    '{"actor_id":4,"at":"2021-06-09T08:00:00+00:00","chart":"introduction_v1","command":"appoint",'
    '"command_id":"3f1c","configuration":["active","track","preparation"],"history":{},"introduction_id":7,'
    '"on_behalf_id":null,"payload":{"changes":[["appointment","2.1",true,{"unit":"Älvdalen"}]],'
    '"given":{"role":"lag_chair"}},"profile_version":"dalarna-2021.1","reason":null,"seq":2}'
)
GOLDEN_HASH = "c67cff69220023268090d57df6440db99ce648571df4427e14a3512ad9c9ad46"


def test_the_worked_example_has_the_hash_it_always_had() -> None:
    assert event_hash(GENESIS, GOLDEN) == GOLDEN_HASH


def test_the_worked_example_can_be_checked_with_nothing_but_sha256() -> None:
    assert sha256(f"{'0' * 64}\n{GOLDEN_TEXT}".encode()).hexdigest() == GOLDEN_HASH


@pytest.mark.parametrize("name", HASHED)
def test_every_hashed_field_changes_the_hash(name: str) -> None:
    assert event_hash(GENESIS, {**GOLDEN, name: "another"}) != GOLDEN_HASH


def test_what_follows_from_the_position_is_not_hashed_twice() -> None:
    assert event_hash(GENESIS, {**GOLDEN, "phase": "learning", "place": "x", "hash": "y"}) == GOLDEN_HASH


def test_another_predecessor_gives_another_hash() -> None:
    assert event_hash("1" * 64, GOLDEN) != GOLDEN_HASH


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        ("Åsa", '"Åsa"'),
        (("x", "y"), '["x","y"]'),
        (None, "null"),
        (True, "true"),
        (1.5, "1.5"),
        (Fruit.APPLE, '"apple"'),
        (date(2021, 6, 9), '"2021-06-09"'),
        (datetime(2021, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-1))), '"2022-01-01T00:30:00+00:00"'),
        (datetime(2021, 6, 9, 8, 0, 0, 5, tzinfo=UTC), '"2021-06-09T08:00:00.000005+00:00"'),
        ({"deep": [{"day": date(2020, 2, 29)}]}, '{"deep":[{"day":"2020-02-29"}]}'),
    ],
)
def test_a_value_has_one_canonical_text(value: object, text: str) -> None:
    assert canonical(plain(value)) == text


def test_a_number_that_json_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(float("nan"))


def test_a_text_has_another_digest_under_another_salt() -> None:
    assert text_digest(b"a" * 16, "klart") != text_digest(b"b" * 16, "klart")


def test_the_digest_of_a_text_is_pinned() -> None:
    assert (
        text_digest(b"0123456789abcdef", "Åsa ringer")
        == "456f9b791096d3015ef692304f92d35e14132ceafe6be72b73aa9614c7197717"
    )


def events_of(app: App) -> list[Row]:
    with app.read() as work:
        return work.rows(select(_event).order_by(_event.c.introduction_id, _event.c.seq))


def test_the_stored_log_is_a_chain_on_both_databases(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "executing")
    previous = GENESIS
    for event in events_of(either_app):
        assert (event["prev_hash"], event["hash"]) == (previous, event_hash(previous, event))
        previous = event["hash"]


def test_the_same_commands_give_the_same_chain_on_both_databases(app: App, postgres_app: App, clock: SetClock) -> None:
    heads = []
    start = clock.now()
    for one in (app, postgres_app):
        clock.set(start)
        salts = count()
        one.salter = lambda salts=salts: next(salts).to_bytes(16)
        drive_to(one, clock, "kol", "executing")
        ids = {event["command_id"]: f"c{n}" for n, event in enumerate(events_of(one))}
        previous = GENESIS
        for event in events_of(one):
            previous = event_hash(previous, {**event, "command_id": ids[event["command_id"]]})
        heads.append(previous)
    assert heads[0] == heads[1]


def test_a_text_can_be_erased_without_breaking_the_chain(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "communicated")
    with either_app.write() as work:
        work.connection.execute(update(_text).values(body=None, salt=None))
        work.connection.execute(update(_task).where(_task.c.outcome.is_not(None)).values(outcome=None))
        work.commit()
    assert verify(either_app) == ()


def test_a_text_that_was_altered_is_found(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "communicated")
    with app.write() as work:
        work.connection.execute(update(_text).values(body="något annat"))
        work.commit()
    assert "verify.text_altered" in {finding.sentence for finding in verify(app)}


def test_a_row_that_differs_from_its_kept_text_is_found(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "communicated")
    with app.write() as work:
        work.connection.execute(update(_task).where(_task.c.outcome.is_not(None)).values(outcome="något annat"))
        work.commit()
    assert {(finding.sentence, finding.values["column"]) for finding in verify(app)} == {
        ("verify.column_differs", "outcome")
    }


@pytest.mark.parametrize("column", ["command", "command_id", "at", "payload", "actor_id", "profile_version"])
def test_an_event_that_was_altered_is_found(app: App, clock: SetClock, column: str) -> None:
    drive_to(app, clock, "kol", "mapping")
    values = {"payload": {"changes": []}, "at": clock.now() - timedelta(days=1), "actor_id": 2}
    with app.write() as work:
        statement = update(_event).where(_event.c.seq == 2).values({column: values.get(column, "annat")})
        work.connection.execute(statement)
        work.commit()
    assert "verify.hash_broken" in {finding.sentence for finding in verify(app)}
