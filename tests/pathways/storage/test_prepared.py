"""A prepared statement says and hears exactly what SQLAlchemy's own way does: values, rows, counts, errors."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import psycopg
import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    event,
    insert,
    literal,
    select,
    union_all,
    update,
)
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from notifications.errors import NaiveInstant
from notifications.utc import UtcDateTime
from pathways.errors import Busy
from pathways.models.base import JSON_TYPE, enum_column
from pathways.storage.database import Database
from pathways.storage.prepared import Prepared, Values
from pathways.storage.unit_of_work import UnitOfWork

NOW = datetime(2021, 6, 9, 8, 0, tzinfo=UTC)
on_postgres = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Fruit(StrEnum):
    APPLE = "apple"
    PEAR = "pear"


_fruit = enum_column(Fruit, nullable=True)
_fruit.name = _fruit.key = "fruit"
_basket = Table(
    "basket",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String(10), nullable=False, unique=True),
    _fruit,
    Column("picked_on", Date),
    Column("weighed_at", UtcDateTime),
    Column("ripe", Boolean),
    Column("contents", JSON_TYPE),
    Column("seal", LargeBinary),
)
FULL: Values = {
    "id": 1,
    "name": "Älgö %s",
    "fruit": Fruit.PEAR,
    "picked_on": date(2021, 6, 9),
    "weighed_at": datetime(2021, 6, 9, 10, 0, tzinfo=timezone(timedelta(hours=2))),
    "ripe": True,
    "contents": {"pips": [1, 2], "note": "å"},
    "seal": b"\x00\xff",
}
EMPTY: Values = {**dict.fromkeys(FULL), "id": 2, "name": "b"}

ALL = select(_basket).order_by(_basket.c.id)
FILL = Prepared(insert(_basket), sets=tuple(FULL))
ONE = Prepared(select(literal(1).label("one")))
NAMED = Prepared(select(_basket).where(_basket.c.name == bindparam("name")))


@pytest.fixture
def work(database: Database) -> Iterator[UnitOfWork]:
    with database.write(NOW) as opened:
        _basket.create(opened.connection)
        yield opened


def filled(work: UnitOfWork) -> Connection:
    FILL.write(work.connection, [FULL, EMPTY])
    return work.connection


def test_values_are_kept_as_sqlalchemy_keeps_them(work: UnitOfWork) -> None:
    ours = filled(work).execute(ALL).all()
    work.connection.execute(_basket.delete())
    work.connection.execute(insert(_basket), [FULL, EMPTY])
    assert ours == work.connection.execute(ALL).all()


def test_rows_come_back_as_sqlalchemy_gives_them(work: UnitOfWork) -> None:
    theirs = [dict(row) for row in filled(work).execute(ALL).mappings()]
    assert work.rows(Prepared(ALL)) == theirs
    assert theirs[0] == {**FULL, "weighed_at": datetime(2021, 6, 9, 8, 0, tzinfo=UTC)}


def test_one_row_is_found_or_none(work: UnitOfWork) -> None:
    filled(work)
    found = work.find(NAMED, {"name": "b"})
    assert found is not None
    assert found["id"] == 2
    assert work.find(NAMED, {"name": "c"}) is None


def test_constants_and_limits_need_not_be_given(work: UnitOfWork) -> None:
    filled(work)
    asked = select(_basket.c.id, literal("x").label("mark")).where(_basket.c.ripe.is_not(None), _basket.c.id < 9)
    assert work.rows(Prepared(asked.order_by(_basket.c.id).limit(1))) == [{"id": 1, "mark": "x"}]


def test_a_parameter_may_stand_in_several_places(work: UnitOfWork) -> None:
    filled(work)
    same = _basket.c.name == bindparam("name")
    twice = Prepared(union_all(select(_basket.c.id).where(same), select(_basket.c.id + 10).where(same)))
    assert sorted(row["id"] for row in work.rows(twice, {"name": "b"})) == [2, 12]


def test_a_question_for_any_of_several_values_takes_lists_of_every_length(work: UnitOfWork) -> None:
    filled(work)
    among = Prepared(select(_basket.c.id).where(_basket.c.id.in_(bindparam("ids", expanding=True))))
    for ids in ([], [1], [1, 2], [2, 3]):
        assert {row["id"] for row in work.rows(among, {"ids": ids})} == {1, 2} & set(ids)


def test_it_counts_the_rows_it_wrote(work: UnitOfWork) -> None:
    assert FILL.write(work.connection, [FULL, EMPTY]) == 2
    ripen = Prepared(update(_basket).where(_basket.c.id == bindparam("key_id")), sets=("ripe",))
    assert ripen.write(work.connection, [{"key_id": 1, "ripe": False}]) == 1
    assert ripen.write(work.connection, [{"key_id": 3, "ripe": False}]) == 0


def test_a_missing_parameter_is_an_error(work: UnitOfWork) -> None:
    with pytest.raises(KeyError, match="name"):
        work.rows(NAMED, {})


def test_a_default_that_only_sqlalchemy_fills_in_is_refused(work: UnitOfWork) -> None:
    table = Table("tin", MetaData(), Column("id", Integer), Column("made_at", UtcDateTime, default=lambda: NOW))
    with pytest.raises(AssertionError, match="default"):
        Prepared(insert(table), sets=("id",)).write(work.connection, [{"id": 1}])


def test_a_naive_instant_is_refused_before_anything_is_sent(work: UnitOfWork) -> None:
    with pytest.raises(NaiveInstant):
        FILL.write(work.connection, [{**FULL, "weighed_at": datetime(2021, 6, 9)}])  # noqa: DTZ001
    assert work.rows(Prepared(ALL)) == []


def test_a_key_that_is_taken_is_sqlalchemys_integrity_error(work: UnitOfWork) -> None:
    filled(work)
    with pytest.raises(IntegrityError) as refused:
        FILL.write(work.connection, [{**FULL, "id": 3}])
    assert "INSERT INTO basket" in str(refused.value.statement)


@on_postgres
def test_what_a_column_cannot_hold_is_sqlalchemys_data_error(work: UnitOfWork) -> None:
    with pytest.raises(DataError):
        FILL.write(work.connection, [{**FULL, "name": "longer than ten letters"}])


@pytest.mark.parametrize("ask", [lambda c: NAMED.rows(c, {"name": "b"}), lambda c: FILL.write(c, [FULL])])
def test_whoever_listens_on_the_engine_hears_it(work: UnitOfWork, ask: Callable[[Connection], object]) -> None:
    heard: list[tuple[str, bool]] = []

    def hear(_connection: object, _cursor: object, text: str, _values: object, _context: object, many: bool) -> None:
        heard.append((text.split(maxsplit=1)[0], many))

    engine: Engine = work.connection.engine
    for moment in ("before_cursor_execute", "after_cursor_execute"):
        event.listen(engine, moment, hear)
    ask(work.connection)
    for moment in ("before_cursor_execute", "after_cursor_execute"):
        event.remove(engine, moment, hear)
    assert len(heard) == 2
    assert len(set(heard)) == 1


@on_postgres
def test_a_lost_connection_is_busy_and_the_whole_pool_is_made_anew(database: Database) -> None:
    other = database.engine.connect()  # will lie in the pool, lost too, without knowing it
    with pytest.raises(Busy), database.write(NOW) as work:
        ask_cut_off_and_ask(database, work)
    other.close()
    with database.write(NOW) as work, database.write(NOW) as second:
        assert work.rows(ONE) == second.rows(ONE) == [{"one": 1}]


def ask_cut_off_and_ask(database: Database, work: UnitOfWork) -> None:
    work.rows(ONE)
    cut_off_all(database)
    work.rows(ONE)


def cut_off_all(database: Database) -> None:
    """Somebody ends every connection to the database."""
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@on_sqlite
def test_a_locked_file_is_sqlalchemys_operational_error(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathways.storage.database.BUSY_MILLISECONDS", 50)
    hasty = Database(str(database.url))
    with database.write(NOW) as holder:
        holder.rows(ONE)
        with pytest.raises(OperationalError, match="locked"), hasty.engine.begin():
            pass
    hasty.dispose()
