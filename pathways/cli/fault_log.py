"""Keeps what a developer needs of an unexpected error, in a file under the home folder; people see a sentence.

Values never get there: a database's own message quotes names and texts, so of such an error only the kind is kept.
"""

import traceback
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from pathways.settings import Settings

FILE = "cli.log"


def write_fault(error: BaseException, *, now: datetime) -> Path:
    """Append the error with its way through the code, and return the file."""
    file = Settings().home / "logs" / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as log:
        log.write(f"{now.isoformat()}\n{describe(error)}\n")
    return file


def describe(error: BaseException) -> str:
    """Return kind, message and way through the code of an error and of those that led to it."""
    cause = error.__cause__ or error.__context__
    before = f"{describe(cause)}\nled to\n" if cause else ""
    message = "" if isinstance(error, SQLAlchemyError) or _is_driver(error) else f": {error}"
    return before + "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + message


def _is_driver(error: BaseException) -> bool:
    return type(error).__module__.partition(".")[0] in {"psycopg", "sqlite3"}
