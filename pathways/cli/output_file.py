"""Writes a file that a command was asked for; where it cannot be written, the refusal says so by name."""

from contextlib import suppress
from pathlib import Path

from pathways.errors import PathwaysError


class FileUnwritable(PathwaysError):
    """The file cannot be written: the folder is missing, full, or not ours."""

    sentence = "error.file_unwritable"


def write_file(file: Path, content: str) -> None:
    """Write `content` as UTF-8, making the folder where it is missing."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    except OSError as error:
        raise FileUnwritable(file=str(file), detail=error.strerror or "") from error


def write_whole(file: Path, content: bytes) -> None:
    """Write `content` beside the file and put it in place when it is whole; the folder is made where it is missing."""
    part = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise FileUnwritable(file=str(file), detail=error.strerror or "") from error
