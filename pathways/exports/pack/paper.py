"""A pack as a paper for PDF and Word, and as the tables of a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pathways.charts.alone import draw_plain
from pathways.charts.words import ChartWords
from pathways.documents.paper import Block, Bullets, Facts, Figure, Heading, Paper, Paragraph, Table
from pathways.documents.table_export import Cell, Sheet
from pathways.exports.pack.build_parts import build_parts
from pathways.exports.pack.parts import Anchor, Curve, Grid, Part, Piece
from pathways.exports.pack.saying import Saying
from pathways.queries.pack.content import PackContent
from pathways.services.pack.shelf import PackHead

REAL = "real"


@dataclass(frozen=True, slots=True)
class Told:
    """A frozen pack in the words of one language."""

    head: PackHead
    content: PackContent
    saying: Saying
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """Return what the pack is called."""
        return self.saying.say("title", body=self.content.body_short, day=self.saying.day(self.content.meeting_on))

    @property
    def note(self) -> str:
        """Return what must be said on every page: that the data are an example, where they are."""
        return "" if self.content.origin == REAL else self.saying.say("example_data")

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return which pack this is, and by what it can be recognised."""
        say, head = self.saying.say, self.head
        return (
            (say("fact.body"), self.content.body_name),
            (say("fact.meeting"), self.saying.day(self.content.meeting_on)),
            (say("fact.frozen"), self.saying.moment(head.frozen_at)),
            (say("fact.by"), head.by or say("by_clock")),
            (say("fact.number"), str(head.number)),
            (say("fact.hash"), head.sha256),
        )


def tell_pack(head: PackHead, content: PackContent, saying: Saying) -> Told:
    """Return a pack in words."""
    return Told(head, content, saying, build_parts(content, saying))


def build_paper(told: Told) -> Paper:
    """Return the pack as a paper."""
    words = ChartWords(told.saying.texts)
    blocks = (block for part in told.parts for block in _blocks(part, words))
    return Paper(
        title=told.title,
        subtitle=told.content.region_name,
        language=told.saying.language,
        blocks=(Facts(pairs=told.facts), *blocks),
        sender=told.content.region_name,
        date=told.content.today.isoformat(),
        footer=told.saying.say("footer", number=told.head.number, hash=told.head.sha256[:12]),
        note=told.note,
    )


def build_sheets(told: Told) -> list[Sheet]:
    """Return every table of the pack as a page of a workbook; the first one tells which pack it is."""
    note = [(told.saying.say("fact.note"), told.note)] if told.note else []
    facts = [*told.facts, *note]
    contents = [(part.title, str(sum(len(grid.lines) for grid in part.grids))) for part in told.parts]
    heads = (told.saying.say("column.part"), told.saying.say("column.lines"))
    first = Sheet(title=told.saying.say("sheet"), facts=facts, headings=heads, rows=_typed(contents, {1}))
    return [first, *(_sheet(part, grid) for part in told.parts for grid in part.grids)]


def _blocks(part: Part, words: ChartWords) -> Iterator[Block]:
    yield Heading(text=part.title)
    if not part.pieces:
        yield Paragraph(text=part.empty)
    for piece in part.pieces:
        yield from _block(piece, words)


def _block(piece: Piece, words: ChartWords) -> Iterator[Block]:
    match piece:
        case Anchor():
            return
        case Grid():
            rows = tuple(line.cells for line in piece.lines)
            yield Table(caption=piece.caption, heads=piece.heads, rows=rows, numeric=piece.numeric)
        case Curve():
            alt = " ".join((piece.title, *piece.told))
            yield Figure(svg=draw_plain(piece.chart, words), alt=alt, caption=piece.title)
            yield Bullets(items=piece.told)
        case _:
            yield piece


def _sheet(part: Part, grid: Grid) -> Sheet:
    rows = _typed((line.cells for line in grid.lines), set(grid.numeric))
    return Sheet(title=part.title, facts=[("", grid.caption)], headings=grid.heads, rows=rows)


def _typed(rows: Iterable[Sequence[str]], numeric: set[int]) -> list[list[Cell]]:
    """Return rows with whole numbers as numbers, so that a workbook can add them up."""
    return [[int(cell) if at in numeric and cell.isdecimal() else cell for at, cell in enumerate(row)] for row in rows]
