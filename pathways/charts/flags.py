"""Draws the interventions: a numbered flag above a thin line, with as much of its words as there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass

from pathways.charts.chart import Chart
from pathways.charts.drawing import Drawing, Shape, Words
from pathways.charts.formats import Format
from pathways.charts.letters import shorten
from pathways.charts.marks import circle
from pathways.charts.scale import Scale

_RADIUS = 0.7  # of the text's size
_SIDE = 2.0


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag: its place, its row (0 is nearest to the curve) and its words."""

    x: float
    row: int
    number: int
    stops: bool
    text: str


def place_flags(chart: Chart, scale: Scale, form: Format) -> tuple[Flag, ...]:
    """Return the flags, in as few rows as keep them apart."""
    ordered = sorted(chart.shown_interventions, key=lambda one: (one.on, one.number))
    places = [scale.edge(one.on) for one in ordered]
    rows = _rows(places, apart=2 * _RADIUS * form.text + _SIDE)
    names = [one.text if form.names_interventions else "" for one in ordered]
    texts = [
        _text(names[n], place, next((p for p in places[n + 1 :]), scale.room.right + form.text), form)
        for n, place in enumerate(places)
    ]
    return tuple(
        Flag(place, row, one.number, one.stops, text)
        for one, place, row, text in zip(ordered, places, rows, texts, strict=True)
    )


def flag_rows(flags: Sequence[Flag]) -> int:
    """Return how many rows there are."""
    return max((flag.row + 1 for flag in flags), default=0)


def draw_flags(flags: Sequence[Flag], form: Format, *, scale: Scale, drawing: Drawing) -> None:
    """Draw lines and flags."""
    radius = _RADIUS * form.text
    for flag in flags:
        y = round(scale.room.top - form.text * 0.4 - radius - flag.row * form.text * 1.6, 1)
        drawing.line("intervention", flag.x, round(y + radius, 1), flag.x, scale.room.bottom)
        kind = "flag-stop" if flag.stops else "flag"
        drawing.add(Shape(kind=kind, path=circle(flag.x, y, radius)))
        baseline = round(y + form.text * 0.35, 1)
        number = Words(
            kind=f"{kind}-number", x=flag.x, y=baseline, text=str(flag.number), size=form.text, anchor="middle"
        )
        beside = round(flag.x + radius + 4, 1)
        drawing.write(number, Words(kind="flag-text", x=beside, y=baseline, text=flag.text, size=form.text))


def _rows(places: Sequence[float], *, apart: float) -> list[int]:
    """Return the lowest free row for each place; places come in order."""
    last: list[float] = []
    found = []
    for place in places:
        row = next((n for n, before in enumerate(last) if place - before >= apart), len(last))
        last[row : row + 1] = [place]
        found.append(row)
    return found


def _text(text: str, x: float, following: float, form: Format) -> str:
    """Return the words that fit before the next flag's line."""
    radius = _RADIUS * form.text
    return shorten(text, form.text, following - x - 2 * radius - 8)
