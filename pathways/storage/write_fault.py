"""Tells what stands behind a database's complaint when it cannot write: a full disk, or one that can only be read.

Also looks beforehand, for the signs of health: whether the file may be written to, and whether its disk takes more.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pathways.errors import DatabaseReadOnly, DiskFull, Unwritable
from pathways.storage.unit_of_work import UnitOfWork

_PRIMARY = 0xFF  # the library tells the kind of an error in the lowest eight bits, and more about it above them
_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_READ_ONLY = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})
_FULL_STATES = frozenset({"53100", "58030"})  # disk full, input or output error
_READ_ONLY_STATE = "25006"
_ENOUGH = 256 * 1024
_READ_ONLY_SERVER = text("select pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on'")


def find_write_fault(error: DBAPIError, *, file: Path | None, shown: str) -> Unwritable | None:
    """Return the refusal that a database's error means, or None where it means something else."""
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY
        if code in _FULL:
            return DiskFull(database=shown)
        if code in _READ_ONLY and file is not None and file.exists():
            return DatabaseReadOnly(database=shown)
        return None
    state = getattr(error.orig, "sqlstate", None)
    if state in _FULL_STATES:
        return DiskFull(database=shown)
    return DatabaseReadOnly(database=shown) if state == _READ_ONLY_STATE else None


def look_ahead(work: UnitOfWork, *, file: Path | None, shown: str) -> Unwritable | None:
    """Return what would stand in the way of writing now, or None where nothing is seen that would."""
    if file is None:
        is_read_only = bool(work.connection.execute(_READ_ONLY_SERVER).scalar())
        return DatabaseReadOnly(database=shown) if is_read_only else None
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        return DatabaseReadOnly(database=shown)
    return None if _takes_more(file.parent) else DiskFull(database=shown)


def _takes_more(folder: Path) -> bool:
    """Say whether the disk takes some more; what was tried is gone again."""
    with suppress(OSError), TemporaryFile(dir=folder, buffering=0) as trial:
        return trial.write(b"\0" * _ENOUGH) == _ENOUGH
    return False
