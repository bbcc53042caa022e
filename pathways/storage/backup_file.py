"""The form of a backup file: a zip with one text file of JSON lines per table, and a manifest that says what is in it.

It knows files and values, no database. A file is complete or it is not there, and it is readable for its owner only,
since it holds names, addresses and the salts of texts. What is damaged is refused before anybody reads a row of it.
"""

import json
import os
import struct
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal, TypeVar
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from pathways.errors import BackupDamaged, BackupExists, BackupNewer
from pathways.storage.log import canonical

T = TypeVar("T")
FORMAT = 1
MANIFEST = "manifest.json"

Kind = Literal["plain", "instant", "day", "bytes", "json", "yes_no"]
Columns = Mapping[str, Kind]

# What reading a damaged zip can end in, besides a wrong digest.
_UNREADABLE = (OSError, EOFError, KeyError, TypeError, ValueError, RuntimeError, BadZipFile, zlib.error, struct.error)

# JSON has no form of its own for these; each comes back as the value that it was.
_WRITE: Mapping[str, Callable[[object], object]] = {
    "instant": lambda value: _as(datetime, value).astimezone(UTC).isoformat(),
    "day": lambda value: _as(date, value).isoformat(),
    "bytes": lambda value: b64encode(_as(bytes, value)).decode("ascii"),
}
_READ: Mapping[str, Callable[[object], object]] = {
    "instant": lambda value: datetime.fromisoformat(_as(str, value)),
    "day": lambda value: date.fromisoformat(_as(str, value)),
    "bytes": lambda value: b64decode(_as(str, value), validate=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableNote:
    """What the manifest says of one table: its columns with their kinds, how many rows, and their digest."""

    columns: Columns
    rows: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a file holds: the form of the database, when and from what it was made, each region's origin, its tables.

    Tables stand in the order in which they can be written without pointing at rows that are not there yet.
    """

    revision: str
    made_at: datetime
    made_from: str
    origins: Mapping[str, str]
    tables: Mapping[str, TableNote]

    def to_json(self) -> dict[str, object]:
        """Return the manifest as the file holds it."""
        return {
            "format": FORMAT,
            "revision": self.revision,
            "made_at": self.made_at.astimezone(UTC).isoformat(),
            "made_from": self.made_from,
            "origins": dict(self.origins),
            "tables": [
                {"name": name, "columns": dict(note.columns), "rows": note.rows, "digest": note.digest}
                for name, note in self.tables.items()
            ],
        }


class BackupWriter:
    """A backup file being written, table by table."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.tables: dict[str, TableNote] = {}

    def write_table(self, name: str, columns: Columns, rows: Iterable[Sequence[object]]) -> None:
        """Write one table's rows, whose values stand in the order of `columns`."""
        digest, count, kinds = sha256(), 0, tuple(columns.values())
        with self._archive.open(_member(name), "w", force_zip64=True) as file:
            for row in rows:
                line = (
                    f"{canonical([_written(kind, value) for kind, value in zip(kinds, row, strict=True)])}\n".encode()
                )
                digest.update(line)
                file.write(line)
                count += 1
        self.tables[name] = TableNote(columns=columns, rows=count, digest=digest.hexdigest())

    def write_manifest(self, manifest: Manifest) -> None:
        """Write what the file holds; the last thing to do."""
        self._archive.writestr(MANIFEST, json.dumps(manifest.to_json(), indent=2, ensure_ascii=False))


@contextmanager
def create(target: Path) -> Iterator[BackupWriter]:
    """Give a writer of a new file, which appears at `target` once the block is left without an exception.

    A file that is there already is refused: it may be the only other backup.
    """
    if target.exists():
        raise BackupExists(file=str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as made:  # 0600, as it must be
        draft = Path(made.name)
        try:
            with ZipFile(made, "w", ZIP_DEFLATED) as archive:
                yield BackupWriter(archive)
            made.flush()
            os.fsync(made.fileno())
        except BaseException:
            draft.unlink()
            raise
    draft.replace(target)


class BackupReader:
    """A backup file that was found whole."""

    def __init__(self, archive: ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    def rows(self, name: str) -> Iterator[dict[str, object]]:
        """Yield the rows of one table as they were, in the order they were written."""
        columns = self.manifest.tables[name].columns
        with self._archive.open(_member(name)) as file:
            for line in TextIOWrapper(file, encoding="utf-8"):
                values = zip(columns.items(), json.loads(line), strict=True)
                yield {column: _read(kind, value) for (column, kind), value in values}


@contextmanager
def open_backup(source: Path) -> Iterator[BackupReader]:
    """Give a reader of the file after every digest was found right.

    Raises `BackupDamaged` with what is wrong, and `BackupNewer` for a form of file that this release cannot know.
    """
    try:
        archive = ZipFile(source)
    except _UNREADABLE as error:
        raise BackupDamaged(file=str(source), part=str(error)) from error
    with archive:
        manifest = _manifest(source, archive)
        for name, note in manifest.tables.items():
            if _digest(archive, name) != (note.digest, note.rows):
                raise BackupDamaged(file=str(source), part=_member(name))
        yield BackupReader(archive, manifest)


def _manifest(source: Path, archive: ZipFile) -> Manifest:
    try:
        held = json.loads(archive.read(MANIFEST))
        found = int(held["format"])
        if found > FORMAT:
            raise BackupNewer(file=str(source), found=f"format {found}", known=f"format {FORMAT}")
        return Manifest(
            revision=str(held["revision"]),
            made_at=datetime.fromisoformat(held["made_at"]),
            made_from=str(held["made_from"]),
            origins=dict(held["origins"]),
            tables={
                str(table["name"]): TableNote(
                    columns=dict(table["columns"]), rows=int(table["rows"]), digest=str(table["digest"])
                )
                for table in held["tables"]
            },
        )
    except _UNREADABLE as error:
        raise BackupDamaged(file=str(source), part=MANIFEST) from error


def _digest(archive: ZipFile, name: str) -> tuple[str, int] | None:
    """Return digest and number of rows of one table as the file has them; None where they cannot even be read."""
    digest, lines = sha256(), 0
    try:
        with archive.open(_member(name)) as file:
            for line in file:
                digest.update(line)
                lines += 1
    except _UNREADABLE:
        return None
    return digest.hexdigest(), lines


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _written(kind: Kind, value: object) -> object:
    return value if value is None or kind not in _WRITE else _WRITE[kind](value)


def _read(kind: Kind, value: object) -> object:
    return value if value is None or kind not in _READ else _READ[kind](value)


def _as(kind: type[T], value: object) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
    return value
