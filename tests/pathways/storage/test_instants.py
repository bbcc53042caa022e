"""Instants are aware and UTC, the same on both databases; a naive one is refused before it can mean anything."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from pathways.clock import SetClock
from pathways.models.clockwork import Heartbeat
from pathways.storage.database import Database
from pathways.storage.unit_of_work import table_of

_beat = table_of(Heartbeat)
NOW = datetime(2021, 6, 9, 8, 0, tzinfo=UTC)
STOCKHOLM_SUMMER = timezone(timedelta(hours=2))
NAIVE = datetime(2021, 6, 9, 8, 0)  # noqa: DTZ001 - the fault that is looked for


def test_an_instant_of_another_zone_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    given = datetime(2021, 6, 9, 10, 0, tzinfo=STOCKHOLM_SUMMER)
    with database.write(NOW) as work:
        work.insert(Heartbeat, [{"kind": "sweep", "finished_at": given}])
        stored = work.value(select(_beat.c.finished_at))
    assert (stored, stored.utcoffset()) == (NOW, timedelta(0))


def test_microseconds_are_kept(database: Database) -> None:
    given = NOW.replace(microsecond=123_456)
    with database.write(NOW) as work:
        work.insert(Heartbeat, [{"kind": "sweep", "finished_at": given}])
        assert work.value(select(_beat.c.finished_at)) == given


def test_instants_are_compared_as_instants_whatever_zone_the_question_has(database: Database) -> None:
    with database.write(NOW) as work:
        work.insert(Heartbeat, [{"kind": "sweep", "finished_at": NOW}])
        later = datetime(2021, 6, 9, 10, 1, tzinfo=STOCKHOLM_SUMMER)
        assert work.value(select(_beat.c.kind).where(_beat.c.finished_at < later)) == "sweep"


def test_a_naive_instant_is_refused_by_the_column(database: Database) -> None:
    with database.write(NOW) as work, pytest.raises(StatementError, match="no time zone"):
        work.connection.execute(insert(_beat), [{"kind": "sweep", "finished_at": NAIVE, "note": ""}])


def test_a_naive_instant_is_refused_by_the_unit_of_work(database: Database) -> None:
    with pytest.raises(ValueError, match="no time zone"), database.write(NAIVE):
        pass


def test_a_naive_instant_is_refused_by_the_clock() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        SetClock(NAIVE)
