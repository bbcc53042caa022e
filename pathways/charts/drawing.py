"""What a drawing is made of: lines and areas by their kind, texts with the room they take, marks with their words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from pathways.charts.letters import width_of

Anchor = Literal["start", "middle", "end"]
_ASCENT, _DESCENT = 0.74, 0.2  # of the size: how far letters reach above and below their line


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Say whether the two share any room."""
        beside = self.left < other.right and other.left < self.right
        return beside and self.top < other.bottom and other.top < self.bottom

    def holds(self, x: float, y: float, around: float = 0) -> bool:
        """Say whether a point lies inside or so near to it."""
        return self.left - around <= x <= self.right + around and self.top - around <= y <= self.bottom + around


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text at a place; `kind` is its class."""

    kind: str
    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = "start"
    bold: bool = False

    @property
    def box(self) -> Box:
        """Return the room that the text takes, reckoned from its letters."""
        width = width_of(self.text, self.size, bold=self.bold)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - _ASCENT * self.size, left + width, self.y + _DESCENT * self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A path; `kind` is its class."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointMark:
    """A point with its shape, what it is called, and which point of the table it is."""

    kind: str  # see `marks.KINDS`
    x: float
    y: float
    path: str
    told: str
    number: int


@dataclass(slots=True)
class Drawing:
    """A picture of this size, in the order in which it is painted: shapes, marks, texts."""

    width: float
    height: float
    shapes: list[Shape] = field(default_factory=list)
    marks: list[PointMark] = field(default_factory=list)
    texts: list[Words] = field(default_factory=list)

    def line(self, kind: str, x1: float, y1: float, x2: float, y2: float) -> None:
        """Add a straight line."""
        self.shapes.append(Shape(kind=kind, path=f"M{x1:g} {y1:g}L{x2:g} {y2:g}"))

    def add(self, *shapes: Shape) -> None:
        """Add shapes."""
        self.shapes.extend(shapes)

    def write(self, *texts: Words) -> None:
        """Add texts."""
        self.texts.extend(text for text in texts if text.text)


def clashes(drawing: Drawing) -> list[tuple[str, str]]:
    """Return the pairs of texts that lie over each other, and the texts that leave the picture (beside "")."""
    pairs = [(a.text, b.text) for a, b in combinations(drawing.texts, 2) if a.box.meets(b.box)]
    frame = Box(-0.5, -0.5, drawing.width + 0.5, drawing.height + 0.5)
    return pairs + [(one.text, "") for one in drawing.texts if not _is_inside(one.box, frame)]


def _is_inside(box: Box, frame: Box) -> bool:
    return box.left >= frame.left and box.right <= frame.right and box.top >= frame.top and box.bottom <= frame.bottom


def spread(wanted: Iterable[float], *, apart: float, low: float, high: float) -> list[float]:
    """Return places as near as may be to the wanted ones (given in order), at least so far apart, between the two."""
    groups: list[tuple[float, int]] = []  # the middle of each group that has grown together, and how many it holds
    for place in wanted:
        middle, count = place, 1
        while groups and middle - (count - 1) * apart / 2 < groups[-1][0] + (groups[-1][1] - 1) * apart / 2 + apart:
            before, held = groups.pop()
            middle, count = (before * held + middle * count) / (held + count), held + count
        groups.append((middle, count))
    placed = [middle + (n - (count - 1) / 2) * apart for middle, count in groups for n in range(count)]
    return _held_inside(placed, apart=apart, low=low, high=high)


def _held_inside(placed: list[float], *, apart: float, low: float, high: float) -> list[float]:
    found: list[float] = []
    for place in placed:
        found.append(max(place, found[-1] + apart if found else low))
    limit = high
    for number in reversed(range(len(found))):
        found[number] = min(found[number], limit)
        limit = found[number] - apart
    return found
