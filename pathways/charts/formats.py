"""The formats a chart is drawn in: wide for a desk, narrow for a phone, for paper, small beside others of its kind."""

from dataclasses import dataclass
from typing import Literal

Labels = Literal["long", "short", "value"]
"""How a line is labelled at its end; where only its value stands there, a legend has to name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Sizes in the drawing's own units. Pages show it so that no text is smaller than twelve pixels."""

    name: str
    width: float
    plot_height: float
    text: float
    mark: float  # the radius of a point, where periods are not closer than that
    labels: Labels
    ticks: int
    names_interventions: bool = True
    tells_n: bool = True


WIDE = Format(name="wide", width=760, plot_height=280, text=13, mark=4.2, labels="long", ticks=5)
NARROW = Format(
    name="narrow",
    width=300,
    plot_height=170,
    text=12.5,
    mark=3.4,
    labels="short",
    ticks=4,
    names_interventions=False,
)
PAPER = Format(
    name="paper", width=520, plot_height=200, text=13, mark=3.8, labels="short", ticks=5, names_interventions=False
)
SMALL = Format(
    name="small",
    width=300,
    plot_height=120,
    text=12.5,
    mark=3.2,
    labels="value",
    ticks=3,
    names_interventions=False,
    tells_n=False,
)
