"""A database is brought to the form that the code reads; one that is absent, older or newer is refused by name."""

from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from pathways.errors import DatabaseAbsent, DatabaseNewer, DatabaseOlder, PathwaysError
from pathways.models.every import METADATA
from pathways.storage import health, schema
from pathways.storage.database import Database
from pathways.storage.revision import HEAD, KNOWN
from tests.conftest import find_free_port


def scripts() -> ScriptDirectory:
    with as_file(files("pathways.storage").joinpath("migrations")) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        return ScriptDirectory.from_config(config)


def write_revision(database: Database, revision: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = :found"), {"found": revision})


def refusal_of(act: Callable[[Database], object], database: Database) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(PathwaysError) as refused:
        act(database)
    return refused.value.sentence, dict(refused.value.values)


def test_a_fresh_database_has_the_tables_of_the_row_classes(database: Database) -> None:
    assert schema.differences(database) == []


def test_a_fresh_database_may_be_used(database: Database) -> None:
    health.check(database)


def test_upgrading_twice_is_harmless(database: Database) -> None:
    schema.upgrade(database)
    assert schema.differences(database) == []


def test_the_code_knows_the_newest_migration() -> None:
    assert scripts().get_current_head() == HEAD


def test_the_code_knows_every_migration_in_order() -> None:
    assert tuple(script.revision for script in scripts().walk_revisions())[::-1] == KNOWN


def test_every_migration_can_be_taken_back(database: Database) -> None:
    with database.engine.begin() as connection:
        schema.downgrade_to_nothing(connection)
    with database.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {health.VERSION_TABLE}
    assert health.find_revision(database) is None


@pytest.mark.parametrize("act", [health.check, schema.upgrade], ids=["check", "upgrade"])
def test_a_database_newer_than_the_code_is_refused_with_both_versions(
    database: Database, act: Callable[[Database], object]
) -> None:
    write_revision(database, "9999")
    told = {"database": database.shown, "found": "9999", "known": HEAD}
    assert refusal_of(act, database) == (DatabaseNewer.sentence, told)


def test_a_newer_database_is_left_as_it_is(database: Database) -> None:
    write_revision(database, "9999")
    with pytest.raises(DatabaseNewer):
        schema.upgrade(database)
    assert health.find_revision(database) == "9999"


def test_a_database_older_than_the_code_is_refused_with_both_versions(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "KNOWN", (*KNOWN, "9999"))
    monkeypatch.setattr(health, "HEAD", "9999")
    told = {"database": database.shown, "found": HEAD, "known": "9999"}
    assert refusal_of(health.check, database) == (DatabaseOlder.sentence, told)


def test_a_database_that_nobody_made_is_refused_and_not_made_by_asking(nowhere: Database) -> None:
    assert refusal_of(health.check, nowhere) == (DatabaseAbsent.sentence, {"database": nowhere.shown})
    assert nowhere.file is None or not nowhere.file.exists()


def test_a_server_that_does_not_answer_counts_as_absent() -> None:
    silent = Database(f"postgresql+psycopg://forlopp@127.0.0.1:{find_free_port()}/forlopp")
    with pytest.raises(DatabaseAbsent):
        health.check(silent)


def test_an_upgrade_makes_the_folder_it_needs(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a' / 'b' / 'forlopp.db'}")
    schema.upgrade(database)
    database.dispose()
    assert (tmp_path / "a" / "b" / "forlopp.db").exists()


def test_every_table_of_the_product_has_a_key() -> None:
    assert [name for name, table in METADATA.tables.items() if not table.primary_key.columns] == []
