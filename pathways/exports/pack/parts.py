"""What a pack consists of once it is in words: parts with grids, whose lines keep the key of what they are about."""

from collections.abc import Iterator
from dataclasses import dataclass

from pathways.charts.chart import Chart
from pathways.documents.paper import Facts, Heading, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a grid; its first cell is its heading. `href` leads to what it is about."""

    key: str
    cells: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; `numeric` are its columns of numbers."""

    caption: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The place at which is told what has changed about something that is no line of a grid."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A chart with what it is about, and in sentences what it shows."""

    key: str
    chart: Chart
    title: str
    told: tuple[str, ...]


Piece = Heading | Paragraph | Facts | Grid | Anchor | Curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the pack; without pieces `empty` says so."""

    name: str
    title: str
    pieces: tuple[Piece, ...]
    empty: str

    @property
    def grids(self) -> Iterator[Grid]:
        """Yield its tables."""
        return (piece for piece in self.pieces if isinstance(piece, Grid))

    @property
    def keys(self) -> frozenset[str]:
        """Return what something can be told beside."""
        anchors = {piece.key for piece in self.pieces if isinstance(piece, Anchor)}
        return frozenset(anchors | {line.key for grid in self.grids for line in grid.lines}) - {""}
