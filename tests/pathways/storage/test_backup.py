"""A backup holds all that a database holds; restoring it is whole or nothing, on either database and between them."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from notifications.channels.memory import MemoryChannel
from notifications.outbox import counts
from pathways.bootstrap import App, build_app
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.errors import BackupExists, BackupNewer, DatabaseAbsent, DatabaseNewer, DatabaseNotEmpty
from pathways.models.clockwork import Heartbeat
from pathways.models.every import METADATA
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.set_up_region import NewPerson, add_person
from pathways.services.verify import verify
from pathways.settings import Settings
from pathways.storage import backup as backups
from pathways.storage import health, schema
from pathways.storage.backup import backup, restore
from pathways.storage.backup_file import BackupReader
from pathways.storage.database import Database
from pathways.storage.revision import HEAD, KNOWN
from pathways.storage.unit_of_work import Row
from tests.conftest import create_database
from tests.pathways.conftest import START
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app

LATER = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)
KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))


def live(url: str) -> None:
    """Furnishes a database and lets people work on it; half of their messages have been sent."""
    clock = SetClock(START)
    empty = Database(url)
    schema.upgrade(empty)
    empty.dispose()
    app = furnished_app(url, clock)
    drive_to(app, clock, "kol", "closed")
    deliver_due(app, build_post(app, MemoryChannel()), now=clock.now())
    drive_to(app, clock, "sepsis", "executing")
    drive_to(app, clock, "sepsis", "stopped")
    drive_to(app, clock, "sepsis", "mapping")
    app.database.dispose()


@pytest.fixture(scope="session")
def lived_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("lived") / "forlopp.db"
    live(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="package")
def lived_url(postgres_url: str) -> Iterator[str]:
    with create_database(postgres_url) as url:
        live(url)
        yield url


@pytest.fixture(params=KINDS)
def lived(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database that people have worked on; these tests only read it."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{shutil.copy(request.getfixturevalue('lived_file'), tmp_path / 'lived.db')}")
    else:
        database = Database(request.getfixturevalue("lived_url"))
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def file(lived_file: Path) -> Path:
    """A backup of the SQLite one."""
    database, target = Database(f"sqlite:///{lived_file}"), lived_file.with_name("forlopp.zip")
    backup(database, target, now=LATER)
    database.dispose()
    return target


@pytest.fixture(params=KINDS, scope="module")
def restored(
    request: pytest.FixtureRequest, file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database that was restored from it; these tests only read it."""
    with ExitStack() as made:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('restored') / 'forlopp.db'}"
        else:
            url = made.enter_context(create_database(request.getfixturevalue("postgres_url")))
        database = Database(url)
        restore(file, database, now=LATER)
        yield database
        database.dispose()


def everything(database: Database) -> dict[str, list[Row]]:
    with database.read(LATER) as work:
        return {
            name: work.rows(select(table).order_by(*table.primary_key.columns))
            for name, table in METADATA.tables.items()
        }


def app_on(database: Database) -> App:
    url = database.url.render_as_string(hide_password=False)
    app = build_app(Settings(), clock=SetClock(LATER), database_url=url)
    app.database = database
    return app


def test_what_was_backed_up_comes_back_row_by_row(lived: Database, nowhere: Database, tmp_path: Path) -> None:
    backup(lived, tmp_path / "forlopp.zip", now=LATER)
    restore(tmp_path / "forlopp.zip", nowhere, now=LATER)
    assert everything(nowhere) == everything(lived)


def test_a_restored_database_verifies(restored: Database) -> None:
    assert verify(app_on(restored)) == ()


def test_a_restored_database_has_the_tables_of_the_row_classes(restored: Database) -> None:
    health.check(restored)
    assert schema.differences(restored) == []


def test_work_goes_on_after_a_restore(nowhere: Database, file: Path) -> None:
    """New rows get keys that nobody has: PostgreSQL's counters stand after the highest."""
    restore(file, nowhere, now=LATER)
    app = app_on(nowhere)
    with app.write() as work:
        add_person(work, app.region_id(), NewPerson(slug="ny", name="Nya Ny"))
        work.commit()
    clock = SetClock(LATER)
    app.clock = clock
    drive_to(app, clock, "sepsis", "communicated")
    drive_to(app, clock, "kol", "mapping")
    assert verify(app) == ()


def test_what_was_sent_before_is_not_sent_again_after(nowhere: Database, file: Path) -> None:
    restore(file, nowhere, now=LATER)
    with nowhere.read(LATER) as work:
        sent = counts(work.connection).sent
    app, channel = app_on(nowhere), MemoryChannel()
    deliver_due(app, build_post(app, channel), now=LATER)
    assert sent > 0
    assert [kept for kept in channel.kept if "/kol" in kept.rendered.link] == []
    assert [kept for kept in channel.kept if "/sepsis" in kept.rendered.link] != []  # what was not sent yet is sent


def test_a_file_tells_what_it_holds(lived: Database, tmp_path: Path) -> None:
    made = backup(lived, tmp_path / "forlopp.zip", now=LATER)
    assert (made.made_at, made.revision, made.rows["region"]) == (LATER, HEAD, 1)
    assert made.total == sum(len(rows) for rows in everything(lived).values())


def test_a_restore_tells_what_the_file_held(lived_file: Path, tmp_path: Path) -> None:
    source, target = Database(f"sqlite:///{lived_file}"), Database(f"sqlite:///{tmp_path / 'new.db'}")
    made = backup(source, tmp_path / "forlopp.zip", now=LATER)
    assert restore(tmp_path / "forlopp.zip", target, now=LATER) == made
    source.dispose()
    target.dispose()


def test_a_backup_is_of_one_moment_while_others_write(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = backups._rows_of

    def write_between(connection: Connection, name: str, form: backups._Form) -> Iterator[tuple[object, ...]]:
        with database.write(LATER) as work:
            work.insert(Heartbeat, [{"kind": f"before {name}", "finished_at": LATER}])
            work.commit()
        return honest(connection, name, form)

    monkeypatch.setattr(backups, "_rows_of", write_between)
    made = backup(database, tmp_path / "forlopp.zip", now=LATER)
    assert made.rows["heartbeat"] == 0
    assert len(everything(database)["heartbeat"]) == len(made.rows)


def test_a_backup_is_for_its_owners_eyes(file: Path) -> None:
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_that_is_there_is_not_overwritten(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "forlopp.zip"
    target.write_text("the only other backup")
    with pytest.raises(BackupExists):
        backup(database, target, now=LATER)
    assert target.read_text() == "the only other backup"


def test_a_backup_that_fails_leaves_no_file(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(backups, "_rows_of", fail)
    with pytest.raises(OSError, match="disk is full"):
        backup(database, tmp_path / "kept" / "forlopp.zip", now=LATER)
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_database_that_is_not_there_cannot_be_backed_up(nowhere: Database, tmp_path: Path) -> None:
    with pytest.raises(DatabaseAbsent):
        backup(nowhere, tmp_path / "forlopp.zip", now=LATER)


def test_a_database_with_rows_is_not_replaced_unasked(database: Database, file: Path) -> None:
    furnish(database)
    before = everything(database)
    with pytest.raises(DatabaseNotEmpty) as refused:
        restore(file, database, now=LATER)
    assert refused.value.values == {"database": database.shown}
    assert everything(database) == before


def test_a_database_without_rows_may_be_filled(database: Database, file: Path) -> None:
    assert restore(file, database, now=LATER).total > 0


def test_a_database_with_rows_is_replaced_when_asked(database: Database, file: Path, lived_file: Path) -> None:
    furnish(database)
    restore(file, database, now=LATER, replace=True)
    source = Database(f"sqlite:///{lived_file}")
    assert everything(database) == everything(source)
    source.dispose()


def test_a_newer_database_is_not_replaced(database: Database, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "KNOWN", ("0000",))
    with pytest.raises(DatabaseNewer):
        restore(file, database, now=LATER, replace=True)


def test_a_backup_of_a_newer_release_is_refused_with_both_versions(
    nowhere: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "KNOWN", ("0000",))
    monkeypatch.setattr(backups, "HEAD", "0000")
    with pytest.raises(BackupNewer) as refused:
        restore(file, nowhere, now=LATER)
    assert refused.value.values == {"file": str(file), "found": KNOWN[-1], "known": "0000"}
    assert health.find_revision(nowhere) is None


def test_a_restore_that_fails_half_way_leaves_all_as_it_was(
    database: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(database)
    before = everything(database)

    def fail_at_the_end(connection: Connection, reader: BackupReader, source: Path) -> None:
        honest(connection, reader, source)
        raise OSError("the power went")

    honest = backups._fill
    monkeypatch.setattr(backups, "_fill", fail_at_the_end)
    with pytest.raises(OSError, match="power went"):
        restore(file, database, now=LATER, replace=True)
    assert everything(database) == before


def furnish(database: Database) -> None:
    with database.write(LATER) as work:
        work.insert(Heartbeat, [{"kind": "sweep", "finished_at": LATER, "note": "mine"}])
        work.commit()
