"""A backup file that was touched is refused, wherever it was touched, before anything is taken from it."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pathways.errors import BackupDamaged, BackupNewer
from pathways.storage.backup import restore
from pathways.storage.backup_file import Kind, Manifest, create, open_backup
from pathways.storage.database import Database
from pathways.storage.health import find_revision

NOW = datetime(2021, 6, 9, 8, 0, tzinfo=UTC)
COLUMNS: dict[str, Kind] = {"kind": "plain", "finished_at": "instant", "note": "plain"}
ROWS = [("sweep", NOW, "Åsa"), ("deliver", NOW, "")]


def make(target: Path, *, revision: str = "0001", table: str = "heartbeat", rows: object = ROWS) -> Path:
    with create(target) as writer:
        writer.write_table(table, COLUMNS, rows)  # type: ignore[arg-type]  # some tests hand in what is wrong
        writer.write_manifest(
            Manifest(revision=revision, made_at=NOW, made_from="sqlite", origins={"SE-W": "demo"}, tables=writer.tables)
        )
    return target


def rewrite(file: Path, member: str, change: object) -> None:
    """Changes one part of the file and leaves the zip in order."""
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[member] = change(parts[member]) if callable(change) else parts[member]
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def refuse(file: Path, database: Database) -> str:
    with pytest.raises(BackupDamaged) as refused:
        restore(file, database, now=NOW)
    assert refused.value.values["file"] == str(file)
    return str(refused.value.values["part"])


@pytest.fixture
def target(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path / 'forlopp.db'}")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return make(tmp_path / "forlopp.zip")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("plain", "Åäö\n\u2028\u0000 'slut'"),
        ("plain", 10_000_000_000),
        ("plain", 95.5),
        ("plain", None),
        ("instant", datetime(2021, 6, 9, 8, 0, 0, 1, tzinfo=UTC)),
        ("day", date(2020, 2, 29)),
        ("bytes", bytes(range(256))),
        ("bytes", b""),
        ("json", {"sv": ["Å", None, 1.5, True]}),
        ("json", None),
        ("yes_no", False),
    ],
)
def test_a_value_comes_back_as_it_was(tmp_path: Path, kind: Kind, value: object) -> None:
    file = tmp_path / "one.zip"
    with create(file) as writer:
        writer.write_table("one", {"value": kind}, [(value,)])
        manifest = Manifest(revision="1", made_at=NOW, made_from="sqlite", origins={}, tables=writer.tables)
        writer.write_manifest(manifest)
    with open_backup(file) as reader:
        assert [row["value"] for row in reader.rows("one")] == [value]
        assert reader.manifest == manifest


def test_an_instant_of_another_zone_is_written_in_utc(tmp_path: Path) -> None:
    local = NOW.astimezone(timezone(timedelta(hours=2)))
    file = make(tmp_path / "a.zip", rows=[("sweep", local, "")])
    with ZipFile(file) as archive:
        assert archive.read("tables/heartbeat.jsonl") == b'["sweep","2021-06-09T08:00:00+00:00",""]\n'


def test_a_file_can_be_read_without_this_product(file: Path) -> None:
    with ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        lines = [json.loads(line) for line in archive.read("tables/heartbeat.jsonl").decode().splitlines()]
    assert (manifest["format"], manifest["origins"], len(lines)) == (1, {"SE-W": "demo"}, 2)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"sweep", b"sleep"),
        lambda text: text + text,
        lambda text: b"",
        lambda text: text.rstrip(b"\n"),
    ],
    ids=["a word", "a row twice", "all rows", "the last newline"],
)
def test_a_table_that_was_changed_is_refused_by_name(file: Path, target: Database, change: object) -> None:
    rewrite(file, "tables/heartbeat.jsonl", change)
    assert refuse(file, target) == "tables/heartbeat.jsonl"
    assert find_revision(target) is None


@pytest.mark.parametrize(
    "change",
    [lambda _: b"", lambda _: b"[]", lambda _: b'{"format": "x"}', lambda text: text.replace(b'"tables"', b'"t"')],
    ids=["empty", "no object", "no number", "a key gone"],
)
def test_a_manifest_that_was_changed_is_refused(file: Path, target: Database, change: object) -> None:
    rewrite(file, "manifest.json", change)
    assert refuse(file, target) == "manifest.json"


@pytest.mark.parametrize("part", range(0, 100, 9))
def test_a_file_that_was_cut_short_is_refused(file: Path, target: Database, part: int) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * part // 100])
    refuse(file, target)


def test_a_byte_that_fell_over_gives_the_same_rows_or_a_refusal(file: Path) -> None:
    whole = file.read_bytes()
    for place in range(0, len(whole), 3):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        try:
            with open_backup(file) as reader:
                rows = [tuple(row.values()) for row in reader.rows("heartbeat")]
        except BackupDamaged:
            continue
        assert rows == ROWS


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_refused(tmp_path: Path, target: Database, content: bytes) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(content)
    refuse(other, target)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, target: Database) -> None:
    assert "No such file" in refuse(tmp_path / "none.zip", target)


def test_a_newer_form_of_file_is_refused_with_both_versions(file: Path, target: Database) -> None:
    rewrite(file, "manifest.json", lambda text: text.replace(b'"format": 1', b'"format": 2'))
    with pytest.raises(BackupNewer) as refused:
        restore(file, target, now=NOW)
    assert refused.value.values == {"file": str(file), "found": "format 2", "known": "format 1"}


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("unheard_of", ROWS),
        ("region", ROWS),  # other columns than that table has
        ("heartbeat", [("sweep", None, "")]),  # the table wants an instant
        ("heartbeat", [*ROWS, ROWS[0]]),  # the same key twice
    ],
)
def test_a_file_made_by_hand_that_does_not_fit_is_refused(
    tmp_path: Path, target: Database, table: str, rows: object
) -> None:
    assert refuse(make(tmp_path / "a.zip", table=table, rows=rows), target) == table


def test_a_value_of_another_kind_than_its_column_is_refused_when_written(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="expected datetime"):
        make(tmp_path / "a.zip", rows=[("sweep", "today", "")])
    assert list(tmp_path.iterdir()) == []
