"""The outbox, on both databases: stored with the change, claimed by one, settled only by the one who holds it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import StatementError

from notifications import outbox
from notifications.errors import MessageInvalid, NaiveInstant
from notifications.message import Message, MessageKind, Urgency
from notifications.outbox import State
from notifications.tables import outbox_message
from tests.notifications.conftest import NOW, build_message

LEASE = timedelta(minutes=5)


def _put(engine: Engine, *messages: Message) -> int:
    with engine.begin() as connection:
        return outbox.put(connection, messages, now=NOW)


def _claim(engine: Engine, *, now: datetime = NOW, limit: int = 10, worker: str = "a") -> list[outbox.Claimed]:
    with engine.begin() as connection:
        return outbox.claim(connection, worker=worker, now=now, lease=LEASE, limit=limit)


def test_the_same_telling_is_stored_once_however_often_it_is_put(engine: Engine) -> None:
    assert _put(engine, build_message("one"), build_message("two")) == 2
    assert _put(engine, build_message("two"), build_message("three")) == 1
    assert _put(engine) == 0


def test_what_was_put_goes_back_with_the_change_that_it_tells_of(engine: Engine) -> None:
    with engine.connect() as connection:
        assert outbox.put(connection, [build_message()], now=NOW) == 1
        connection.rollback()
    assert _claim(engine) == []


def test_a_message_comes_back_as_it_was_put(engine: Engine) -> None:
    message = build_message(kind=MessageKind.LOOP_OPENS, urgency=Urgency.DIGEST)
    _put(engine, message)
    (claimed,) = _claim(engine)
    assert claimed.message == message
    assert claimed.created_at == NOW


def test_a_message_that_lacks_values_is_refused_where_it_is_made(engine: Engine) -> None:
    with pytest.raises(MessageInvalid, match="task_handed lacks due_on, help, on_behalf_of, task"):
        _put(
            engine,
            build_message(kind=MessageKind.TASK_HANDED, values={"pathway": "KOL", "link": "/", "why": "why.head"}),
        )


def test_an_instant_without_a_zone_is_never_stored(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(StatementError, match="no time zone") as refusal:
        outbox.put(connection, [build_message()], now=NOW.replace(tzinfo=None))
    assert isinstance(refusal.value.orig, NaiveInstant)


def test_claims_at_the_same_time_never_hold_the_same_message(engine: Engine) -> None:
    _put(engine, *(build_message(f"key-{n}") for n in range(40)))

    def claim_until_none_is_left(worker: str) -> list[int]:
        taken: list[int] = []
        while batch := _claim(engine, limit=3, worker=worker):
            taken += [claimed.message_id for claimed in batch]
        return taken

    with ThreadPoolExecutor(4) as pool:
        claims = [message_id for taken in pool.map(claim_until_none_is_left, "abcd") for message_id in taken]
    assert len(claims) == len(set(claims)) == 40


def test_a_worker_does_not_wait_for_another_ones_claim_on_postgresql(postgres_engine: Engine) -> None:
    _put(postgres_engine, *(build_message(f"key-{n}") for n in range(10)))
    with postgres_engine.begin() as one, postgres_engine.begin() as other:
        first = outbox.claim(one, worker="a", now=NOW, lease=LEASE, limit=6)
        second = outbox.claim(other, worker="b", now=NOW, lease=LEASE, limit=6)
    assert (len(first), len(second)) == (6, 4)


def test_the_longest_due_is_claimed_first_and_what_is_not_due_stays(engine: Engine) -> None:
    _put(engine, build_message("tomorrow", not_before=NOW + timedelta(days=1)), build_message("now"))
    assert [claimed.message.dedup_key for claimed in _claim(engine)] == ["now"]
    later = _claim(engine, now=NOW + timedelta(days=1))
    assert [claimed.message.dedup_key for claimed in later] == ["now", "tomorrow"]


def test_a_claim_comes_free_when_its_lease_runs_out(engine: Engine) -> None:
    _put(engine, build_message())
    assert len(_claim(engine)) == 1
    assert _claim(engine, now=NOW + LEASE - timedelta(seconds=1)) == []
    assert len(_claim(engine, now=NOW + LEASE)) == 1


def test_whoever_slept_past_the_lease_can_settle_nothing(engine: Engine) -> None:
    _put(engine, build_message())
    (sleeper,) = _claim(engine)
    (holder,) = _claim(engine, now=NOW + LEASE)  # the same worker name: the token alone is the fence
    with engine.begin() as connection:
        assert not outbox.settle(connection, sleeper, State.SENT, now=NOW)
        assert not outbox.fail(connection, sleeper, retry_at=NOW, reason="late")
        assert not outbox.bury(connection, sleeper, reason="late", now=NOW)
        assert outbox.settle(connection, holder, State.SENT, now=NOW)
    assert _claim(engine, now=NOW + 3 * LEASE) == []


def test_the_counts_say_what_stands_where_and_since_when_the_oldest_waits(engine: Engine) -> None:
    _put(engine, build_message("one"), build_message("two"), build_message("three"))
    with engine.begin() as connection:
        sent, dead = outbox.claim(connection, worker="a", now=NOW, lease=LEASE, limit=2)
        outbox.settle(connection, sent, State.SENT, now=NOW)
        outbox.bury(connection, dead, reason="no such person", now=NOW)
        assert outbox.counts(connection) == outbox.OutboxCounts(pending=1, sent=1, dead=1, oldest_due_at=NOW)


def test_a_dead_letter_tells_its_reason_to_its_own_region_only(engine: Engine) -> None:
    _put(engine, build_message())
    with engine.begin() as connection:
        (claimed,) = outbox.claim(connection, worker="a", now=NOW, lease=LEASE, limit=1)
        outbox.bury(connection, claimed, reason="no such person", now=NOW)
        (letter,) = outbox.dead(connection, "dalarna")
        assert (letter.reason, letter.pathway) == ("no such person", "Kroniskt obstruktiv lungsjukdom (KOL)")
        assert outbox.dead(connection, "skane") == []
        assert outbox.dead(connection) == [letter]


def test_stored_instants_come_back_aware_and_in_utc(engine: Engine) -> None:
    _put(engine, build_message())
    with engine.connect() as connection:
        due_at = connection.execute(select(outbox_message.c.due_at)).scalar_one()
    assert due_at == NOW
    assert due_at.tzinfo is UTC


def _withdraw(engine: Engine, *prefixes: str) -> int:
    with engine.begin() as connection:
        return outbox.withdraw(connection, prefixes, now=NOW)


def test_withdrawn_messages_are_not_sent_and_those_of_other_events_are(engine: Engine) -> None:
    _put(engine, *(build_message(key) for key in ("7:1:a:1", "7:1:b:1", "7:10:a:1")))
    assert _withdraw(engine, "7:1:") == 2
    assert [one.message.dedup_key for one in _claim(engine)] == ["7:10:a:1"]


def test_a_message_that_is_being_sent_just_now_is_not_withdrawn(engine: Engine) -> None:
    _put(engine, build_message("7:1:a:1"))
    _claim(engine)
    assert _withdraw(engine, "7:1:") == 0
    assert _withdraw(engine) == 0
