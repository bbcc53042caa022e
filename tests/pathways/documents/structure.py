"""Reads the structure of a tagged PDF: what is heading, table and figure, in the order in which it is read aloud."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

REFERENCE = re.compile(rb"(\d+) 0 R")


@dataclass(slots=True)
class Tag:
    """One part of the structure: its kind, its words for a figure, its facts as they stand, and its parts."""

    kind: str
    alt: str
    raw: bytes
    parts: list["Tag"] = field(default_factory=list)

    def walk(self) -> Iterator["Tag"]:
        yield self
        for part in self.parts:
            yield from part.walk()

    def of_kind(self, kind: str) -> list["Tag"]:
        return [tag for tag in self.walk() if tag.kind == kind]


def objects_of(pdf: bytes) -> dict[int, bytes]:
    """Return every object of the file by its number, those within streams of objects among them."""
    found = {}
    for number, body in re.findall(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL):
        found[int(number)] = body
        if b"/ObjStm" in body:
            found |= dict(_inside(body))
    return found


def _inside(body: bytes) -> Iterator[tuple[int, bytes]]:
    facts, stream = re.split(rb"stream\r?\n", body, maxsplit=1)
    told = _unpacked(stream.rsplit(b"\nendstream", 1)[0])
    first = int(_one(rb"/First (\d+)", facts))
    numbers = [int(one) for one in told[:first].split()]
    places = [*numbers[1::2], len(told) - first]
    for number, start, end in zip(numbers[::2], places, places[1:], strict=False):
        yield number, told[first + start : first + end].strip()


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _one(pattern: bytes, text: bytes) -> bytes:
    found = re.search(pattern, text)
    return found.group(1) if found else b""


def read_structure(pdf: bytes) -> Tag:
    """Return the structure's root."""
    objects = objects_of(pdf)
    root = next(body for body in objects.values() if b"/Type /StructTreeRoot" in body)
    return _tag(objects, root)


def _tag(objects: dict[int, bytes], body: bytes) -> Tag:
    tag = Tag(_one(rb"/S /(\w+)", body).decode(), _text(_one(rb"/Alt (\(.*?[^\\]\)|<\w+>)", body)), body)
    kids = _one(rb"/K (\[.*?\]|\d+ 0 R)", body)
    for number in REFERENCE.findall(kids):
        kid = objects.get(int(number), b"")
        if b"/StructElem" in kid or b"/S /" in kid:
            tag.parts.append(_tag(objects, kid))
    return tag


def _text(written: bytes) -> str:
    if written.startswith(b"<"):
        return bytes.fromhex(written[1:-1].decode()).decode("utf-16")
    return written[1:-1].decode("latin-1")


def catalogue_of(pdf: bytes) -> bytes:
    """Return the file's facts about itself."""
    return next(body for body in objects_of(pdf).values() if b"/Type /Catalog" in body)


def words_of(pdf: bytes) -> str:
    """Return the text of the file as it would be searched: what each typeface's signs stand for, line by line."""
    objects = objects_of(pdf)
    signs: dict[bytes, dict[bytes, str]] = {}
    for body in objects.values():
        if name := _one(rb"/Subtype /Type0/BaseFont /(\w+)\+", body):
            told = _stream(objects[int(_one(rb"/ToUnicode (\d+) 0 R", body))])
            pairs = re.findall(rb"<(\w{4})> <(\w+)>", told.partition(b"beginbfchar")[2])
            signs[name] = {sign: bytes.fromhex(means.decode()).decode("utf-16-be") for sign, means in pairs}
    pages = (_stream(body) for body in objects.values() if b"stream" in body)
    lines = (line for page in pages for line in re.findall(rb"/(\w+) [\d.]+ Tf\s+\[(.*?)\] TJ", page, re.DOTALL))
    return " ".join(
        "".join(signs[name].get(sign, "") for sign in re.findall(rb"<(\w+)>", line)) for name, line in lines
    )


def _stream(body: bytes) -> bytes:
    return _unpacked(re.split(rb"stream\r?\n", body, maxsplit=1)[-1].rsplit(b"\nendstream", 1)[0])
