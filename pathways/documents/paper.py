"""A document as data: a title, what stands around it and its blocks, in words that are already a reader's own.

Makers of PDF and Word set it; who builds it puts the words. Frozen, it is a text that is equal for equal papers.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from pathways.errors import PathwaysError


class PaperUnreadable(PathwaysError):
    """What was kept as a frozen paper is none; `what` says what is wrong with it."""

    sentence = "error.paper_unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading within the document, of level 2 or 3: the title is the only one of level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; a line break within it is kept."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of points, with numbers where their order counts."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names with their values: "Datum", "2026-12-03"."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption; the first cell of each row is its heading. `numeric` are columns of numbers."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing, and in words what it shows."""

    svg: str
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Facts | Table | Figure | PageBreak

KINDS: Mapping[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "bullets": Bullets,
    "facts": Facts,
    "table": Table,
    "figure": Figure,
    "page_break": PageBreak,
}
NAMES = {block: name for name, block in KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document. `date` is best an ISO day; `note` ("exempeldata", "Arbetsmaterial") stands on every page."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    sender: str = ""
    date: str = ""
    register_no: str = ""
    footer: str = ""
    note: str = ""


def freeze_paper(paper: Paper) -> str:
    """Return the paper as canonical JSON: equal papers give the same text, and `thaw_paper` gives the paper again."""
    told = asdict(paper) | {"blocks": [_block_as_data(block) for block in paper.blocks]}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thaw_paper(text: str) -> Paper:
    """Return the paper that was frozen; refuses with `PaperUnreadable` what never was one."""
    try:
        told = json.loads(text)
        return Paper(**told | {"blocks": tuple(_block_of(block) for block in told["blocks"])})
    except (ValueError, KeyError, TypeError) as error:
        raise PaperUnreadable(what=str(error)) from error


def _block_as_data(block: Block) -> dict[str, object]:
    return {"kind": NAMES[type(block)], **asdict(block)}


def _block_of(told: Mapping[str, object]) -> Block:
    values = {name: _frozen(value) for name, value in told.items() if name != "kind"}
    return KINDS[str(told["kind"])](**values)  # type: ignore[arg-type]  # a wrong name or number of values is refused


def _frozen(value: object) -> object:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def printable(text: str) -> str:
    """Return the text without the characters that neither a page nor a Word file can hold."""
    return "".join(sign for sign in text if sign in "\n\t" or (sign >= " " and sign not in "\x7f\ufffe\uffff"))
