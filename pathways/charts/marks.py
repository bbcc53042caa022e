"""Which shape a point has: each kind differs in shape, not in colour alone, and has a word of its own."""

from collections.abc import Iterable
from typing import Literal

from pathways.measurement.judgement import JudgedPoint
from pathways.measurement.marks import Mark, Side
from pathways.measurement.series import PointState

Kind = Literal["neutral", "on", "preliminary", "improvement", "concern", "up", "down"]
KINDS: tuple[Kind, ...] = ("neutral", "on", "preliminary", "improvement", "concern", "up", "down")
_BY_MARK: dict[Mark, Kind] = {
    Mark.IMPROVEMENT: "improvement",
    Mark.CONCERN: "concern",
    Mark.UP: "up",
    Mark.DOWN: "down",
}


def kind_of(judged: JudgedPoint) -> Kind:
    """Return the kind of a point that has a value: what it is marked as comes before where it lies."""
    if judged.point.state is PointState.PRELIMINARY:
        return "preliminary"
    if judged.mark is not None:
        return _BY_MARK[judged.mark]
    return "on" if judged.side is Side.ON else "neutral"


def path_of(kind: Kind, x: float, y: float, r: float) -> str:
    """Return the outline: triangle, square, diamond or circle."""
    match kind:
        case "improvement":
            return polygon((x, y - 1.45 * r), (x + 1.4 * r, y + 1.05 * r), (x - 1.4 * r, y + 1.05 * r))
        case "concern":
            side = 1.1 * r
            return polygon((x - side, y - side), (x + side, y - side), (x + side, y + side), (x - side, y + side))
        case "up" | "down":
            return polygon((x, y - 1.5 * r), (x + 1.5 * r, y), (x, y + 1.5 * r), (x - 1.5 * r, y))
        case "neutral":
            return circle(x, y, 0.85 * r)
        case _:
            return circle(x, y, r)


def circle(x: float, y: float, r: float) -> str:
    """Return a circle as a path."""
    return f"M{x - r:.4g} {y:.4g}a{r:.3g} {r:.3g} 0 1 0 {2 * r:.3g} 0a{r:.3g} {r:.3g} 0 1 0 {-2 * r:.3g} 0z"


def polygon(*corners: tuple[float, float]) -> str:
    """Return a closed outline."""
    return f"M{'L'.join(f'{x:.4g} {y:.4g}' for x, y in corners)}Z"


def kinds_in(points: Iterable[JudgedPoint]) -> tuple[Kind, ...]:
    """Return the kinds that occur, in the order in which they are explained."""
    found = {kind_of(one) for one in points if one.point.value is not None}
    return tuple(kind for kind in KINDS if kind in found)
