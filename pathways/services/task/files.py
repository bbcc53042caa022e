"""Which files may be attached, told by name and by content together (pure). Where bytes are kept is `attach_file`'s.

A file is taken for what its first bytes say, never for what a browser calls it; name and content must agree.
"""

import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from pathways.errors import PathwaysError, Refused

LARGEST_MB = 10
LARGEST = LARGEST_MB * 1024 * 1024
NAME_LENGTH = 120

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # control and direction marks, which make a name lie
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_MACROS = "vbaproject.bin"


class FileTooLarge(PathwaysError):
    """The file is larger than the limit that is told; nothing of it is kept."""

    sentence = "error.file_too_large"


class WrongFileKind(Refused):
    """The file is of a kind that is not taken, or its content is not what its name says; `sentence` tells which."""


def media_type_of(name: str, content: bytes) -> str:
    """Return the media type of a file that may be attached.

    Raises `FileTooLarge`, and `WrongFileKind` with the kinds that are taken.
    """
    if len(content) > LARGEST:
        raise FileTooLarge(n=LARGEST_MB)
    stem, _, ending = name.lower().rpartition(".")
    if not stem or ending not in KINDS:
        raise WrongFileKind("error.file_kind", name=name, kinds=", ".join(ENDINGS))
    media_type, is_one = KINDS[ending]
    if not content or not is_one(content):
        raise WrongFileKind("error.file_content", name=name, ending=ending)
    return media_type


def plain_name(given: str) -> str:
    """Return a name that is safe to show and to save: no folders, no unseen letters, not too long.

    The ending stays, since it says what the file is. Nothing usable is left of some names: then it is empty.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in _UNSEEN)
    name = " ".join(_FORBIDDEN.sub("", seen).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(ending) - 1].rstrip()}.{ending}" if len(ending) < NAME_LENGTH else ""


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _office(folder: str) -> Callable[[bytes], bool]:
    """An Office file is an archive with a list of its parts; one that carries macros is not what its ending says."""

    def is_one(content: bytes) -> bool:
        names = _names_in(content)
        has_macros = any(name.lower().endswith(_MACROS) for name in names)
        return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names) and not has_macros

    return is_one


def _open_document(kind: str) -> Callable[[bytes], bool]:
    """An open document begins with its own media type, unpacked, so that it can be told by its first bytes."""
    return lambda content: content[30:].startswith(f"mimetype{_OPEN}{kind}".encode()) and bool(_names_in(content))


def _names_in(content: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        return frozenset()


def _is_text(content: bytes) -> bool:
    """Say whether bytes are text in UTF-8, UTF-16 with its mark, or the code page of a Swedish Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(content, "utf-16")
    if _CONTROLS.search(content):
        return False
    return _decodes(content, "utf-8") or _decodes(content, "cp1252")


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


KINDS: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": ("application/pdf", _begins(b"%PDF-")),
    "docx": (f"{_OFFICE}wordprocessingml.document", _office("word/")),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet", _office("xl/")),
    "pptx": (f"{_OFFICE}presentationml.presentation", _office("ppt/")),
    "odt": (f"{_OPEN}text", _open_document("text")),
    "ods": (f"{_OPEN}spreadsheet", _open_document("spreadsheet")),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "txt": ("text/plain", _is_text),
    "csv": ("text/csv", _is_text),
}
"""What may be attached, by the ending of its name: its media type, and how its content is told."""

ENDINGS = tuple(ending for ending in KINDS if ending != "jpeg")
