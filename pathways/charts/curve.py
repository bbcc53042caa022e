"""Draws the curve and its marks: the line breaks at missing periods and between phases."""

from collections.abc import Iterator

from pathways.charts.chart import Chart
from pathways.charts.drawing import Drawing, PointMark, Shape
from pathways.charts.formats import Format
from pathways.charts.marks import kind_of, path_of
from pathways.charts.scale import Scale
from pathways.charts.words import ChartWords

_OF_SLOT, _LEAST = 0.44, 2.2  # the radius of a mark: as a share of its period, and at least


def draw_curve(chart: Chart, words: ChartWords, form: Format, *, scale: Scale, drawing: Drawing) -> None:
    """Draw the curve, then a mark for each point that has a value."""
    for piece in pieces(chart):
        if len(piece) > 1:
            path = "L".join(f"{scale.x(n):g} {scale.y(value):g}" for n, value in piece)
            drawing.add(Shape(kind="curve", path=f"M{path}"))
    radius = max(min(form.mark, scale.slot * _OF_SLOT), _LEAST)
    for number, judged in enumerate(chart.shown):
        value = judged.point.value
        if value is None:
            continue
        kind, x, y = kind_of(judged), scale.x(number), scale.y(value)
        drawing.marks.append(
            PointMark(
                kind=kind,
                x=x,
                y=y,
                path=path_of(kind, x, y, radius),
                told=words.point(judged, chart),
                number=number,
            )
        )


def pieces(chart: Chart) -> Iterator[list[tuple[int, float]]]:
    """Give the stretches that are joined by a line: neighbouring periods of one phase, with their values."""
    piece: list[tuple[int, float]] = []
    phase = None
    for number, judged in enumerate(chart.shown):
        value = judged.point.value
        if value is None or judged.phase != phase:
            yield piece
            piece = []
        phase = judged.phase
        if value is not None:
            piece.append((number, value))
    yield piece
