"""One transaction: whole or not at all, nothing lost between writers, and readers undisturbed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from pathways.errors import Busy
from pathways.models.clockwork import Heartbeat
from pathways.models.organisation import Origin, Region, Unit, UnitKind
from pathways.storage import database as opening
from pathways.storage.database import Database
from pathways.storage.unit_of_work import UnitOfWork, table_of

NOW = datetime(2021, 6, 9, 8, 0, tzinfo=UTC)
_beat, _region, _unit = table_of(Heartbeat), table_of(Region), table_of(Unit)


def add(work: UnitOfWork, kind: str, note: str = "0") -> None:
    work.insert(Heartbeat, [{"kind": kind, "finished_at": NOW, "note": note}])


def note_of(database: Database, kind: str) -> object:
    with database.read(NOW) as work:
        return work.value(select(_beat.c.note).where(_beat.c.kind == kind))


def put(database: Database, kind: str) -> None:
    with database.write(NOW) as work:
        add(work, kind)
        work.commit()


def region_of(work: UnitOfWork) -> int:
    columns = {"code": "SE-W", "name": "Dalarna", "time_zone": "Europe/Stockholm", "language": "sv"}
    return work.insert_one(Region, {**columns, "profile_version": "1", "origin": Origin.REAL})


def test_a_block_left_without_commit_leaves_nothing(database: Database) -> None:
    with database.write(NOW) as work:
        add(work, "sweep")
    assert note_of(database, "sweep") is None


def test_a_block_left_by_an_exception_leaves_nothing_even_after_commit_was_said(database: Database) -> None:
    def fail_late() -> None:
        with database.write(NOW) as work:
            add(work, "sweep")
            work.commit()
            raise LookupError

    with pytest.raises(LookupError):
        fail_late()
    assert note_of(database, "sweep") is None


def test_what_was_committed_is_there_for_the_next_one(database: Database) -> None:
    put(database, "sweep")
    assert note_of(database, "sweep") == "0"


def test_six_threads_of_forty_increments_make_two_hundred_and_forty(database: Database) -> None:
    put(database, "count")

    def increment_often(_: int) -> None:
        for _round in range(40):
            with database.write(NOW) as work:
                seen = work.value(select(_beat.c.note).where(_beat.c.kind == "count").with_for_update())
                work.update(Heartbeat, {"kind": "count"}, {"note": str(int(seen) + 1)})
                work.commit()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(increment_often, range(6)))
    assert note_of(database, "count") == "240"


def test_a_reader_sees_one_state_while_others_write(database: Database) -> None:
    put(database, "sweep")
    with database.read(NOW) as work:
        before = work.values(select(_beat.c.kind))
        put(database, "deliver")
        assert work.values(select(_beat.c.kind)) == before == ["sweep"]
    assert note_of(database, "deliver") == "0"


def test_a_reader_never_waits_for_a_writer(database: Database) -> None:
    put(database, "sweep")
    with database.write(NOW) as work:
        work.update(Heartbeat, {"kind": "sweep"}, {"note": "1"})
        assert note_of(database, "sweep") == "0"


def test_a_writer_that_waits_too_long_is_told_that_the_database_is_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(database, "sweep")
    monkeypatch.setattr(opening, "BUSY_MILLISECONDS", 50)
    impatient = Database(database.url.render_as_string(hide_password=False))

    def write_too() -> None:
        with impatient.write(NOW) as work:
            work.update(Heartbeat, {"kind": "sweep"}, {"note": "2"})
            work.commit()

    with database.write(NOW) as holder:
        holder.update(Heartbeat, {"kind": "sweep"}, {"note": "1"})
        with pytest.raises(Busy) as refused:
            write_too()
    impatient.dispose()
    assert refused.value.sentence == "error.busy"


def test_what_is_no_race_is_not_called_busy(database: Database) -> None:
    put(database, "sweep")
    with pytest.raises(Exception, match=r"(?i)unique") as refused:
        put(database, "sweep")
    assert not isinstance(refused.value, Busy)


def test_columns_not_given_get_the_row_class_defaults(database: Database) -> None:
    with database.write(NOW) as work:
        region_id = region_of(work)
        given = {"region_id": region_id, "slug": "a", "name": "A", "kind": UnitKind.CENTRAL}
        work.insert_one(Unit, given)
        assert work.value(select(_unit.c.active)) is True


def test_an_update_says_how_many_rows_it_changed(database: Database) -> None:
    for kind in ("a", "b"):
        put(database, kind)
    with database.write(NOW) as work:
        assert work.update(Heartbeat, {"note": "0"}, {"note": "1"}) == 2
        assert work.update(Heartbeat, {"kind": "a", "note": "0"}, {"note": "2"}) == 0


def test_an_update_of_no_row_loses_to_the_one_who_was_first(database: Database) -> None:
    """The claim of rule 11: a conditional update is won once."""
    put(database, "claim")

    def claim(name: int) -> int:
        with database.write(NOW) as work:
            won = work.update(Heartbeat, {"kind": "claim", "note": "0"}, {"note": f"won by {name}"})
            work.commit()
            return won

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(claim, range(6))) == 1


def test_a_row_that_points_nowhere_is_refused(database: Database) -> None:
    with (
        pytest.raises(Exception, match=r"(?i)foreign key"),
        database.write(NOW) as work,
    ):
        work.insert_one(Unit, {"region_id": 99, "slug": "a", "name": "A", "kind": UnitKind.CENTRAL})


def test_the_address_shown_in_messages_has_no_password() -> None:
    assert "hemligt" not in Database("postgresql+psycopg://forlopp:hemligt@db.example/forlopp").shown
