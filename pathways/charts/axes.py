"""Draws the axes: values on the left with faint lines, a broken foot where zero is cut off, periods and n below."""

from collections.abc import Iterator, Sequence
from math import ceil

from pathways.charts.chart import Chart
from pathways.charts.drawing import Drawing, Shape, Words
from pathways.charts.formats import Format
from pathways.charts.letters import width_of
from pathways.charts.scale import Scale, year_of
from pathways.charts.words import ChartWords
from pathways.measurement.calendar import Every

_ROW = 1.35  # of the text's size: from one row of words to the next
_STEPS = (1, 2, 3, 4, 6, 12, 18, 36)


def draw_axes(chart: Chart, words: ChartWords, form: Format, *, scale: Scale, drawing: Drawing) -> None:
    """Draw both axes with their words."""
    _draw_values(words, form, scale=scale, drawing=drawing)
    rows = _Rows(scale.room.bottom, form.text)
    _draw_periods(words, form, scale=scale, drawing=drawing, rows=rows)
    if _tells_n(chart, form):
        _draw_n(chart, words, form, scale=scale, drawing=drawing, y=rows.y(2 if _has_years(chart) else 1))


def foot_height(chart: Chart, form: Format) -> float:
    """Return how much room the words below the curve take."""
    rows = 1 + _has_years(chart) + _tells_n(chart, form)
    return rows * form.text * _ROW + form.text * 0.6


class _Rows:
    """The rows of words below the curve."""

    def __init__(self, bottom: float, size: float) -> None:
        self._bottom, self._size = bottom, size

    def y(self, number: int) -> float:
        return round(self._bottom + self._size * (_ROW * (number + 1)), 1)


def _has_years(chart: Chart) -> bool:
    return chart.settings.every is not Every.YEAR


def _tells_n(chart: Chart, form: Format) -> bool:
    return form.tells_n and chart.settings.share and any(one.point.denominator for one in chart.shown)


def _draw_values(words: ChartWords, form: Format, *, scale: Scale, drawing: Drawing) -> None:
    room, axis = scale.room, scale.axis
    for tick in axis.ticks:
        y = scale.y(tick)
        drawing.line("zero" if tick == 0 else "grid", room.left, y, room.right, y)
        text = words.number(tick, axis.decimals)
        baseline = y + form.text * 0.35
        drawing.write(Words(kind="value", x=room.left - 6, y=baseline, text=text, size=form.text, anchor="end"))
    if axis.is_cut:
        drawing.add(Shape(kind="cut", path=_zigzag(room.left - 1, room.bottom)))


def _zigzag(x: float, bottom: float) -> str:
    """Return the sign of a broken axis."""
    return f"M{x:g} {bottom - 24:g}v3l-4 2l8 3l-8 3l4 2v11"


def _draw_periods(words: ChartWords, form: Format, *, scale: Scale, drawing: Drawing, rows: _Rows) -> None:
    names = [words.tick(period, scale.every) for period in scale.periods]
    places = _ticked(names, form.text, scale)
    for place in places:
        x = scale.x(place)
        drawing.line("tick", x, scale.room.bottom, x, scale.room.bottom + 4)
        drawing.write(_below("period", x, rows.y(0), names[place], form))
    if scale.every is not Every.YEAR:
        drawing.write(*_years(scale, form, rows.y(1)))


def _ticked(names: Sequence[str], size: float, scale: Scale, *, gap: float = 0.6) -> range:
    """Return which periods are named, counted from the latest one: as many as there is room for."""
    widest = max((width_of(name, size) for name in names), default=0)
    apart = _step_for(widest + size * gap, scale.slot)
    last = len(names) - 1
    return range(last % apart if last >= 0 else 0, len(names), apart)


def _step_for(room: float, slot: float) -> int:
    wanted = ceil(room / slot)
    return next((one for one in _STEPS if one >= wanted), wanted)


def _years(scale: Scale, form: Format, y: float) -> Iterator[Words]:
    """Give each year once, below its first period in view; one that is nearly out of view is left out."""
    spans: dict[int, list[int]] = {}
    for place, period in enumerate(scale.periods):
        spans.setdefault(year_of(period, scale.every), []).append(place)
    for number, (year, places) in enumerate(spans.items()):
        width = width_of(str(year), form.text)
        left = scale.room.left + places[0] * scale.slot
        room = len(places) * scale.slot
        is_last = number == len(spans) - 1
        if len(spans) == 1 or room > width + form.text:
            yield Words(kind="year", x=round(left + 1, 1), y=y, text=str(year), size=form.text)
        elif is_last:
            yield Words(kind="year", x=scale.room.right, y=y, text=str(year), size=form.text, anchor="end")


def _draw_n(chart: Chart, words: ChartWords, form: Format, *, scale: Scale, drawing: Drawing, y: float) -> None:
    told = [words.number(n) if (n := one.point.denominator) is not None else "" for one in chart.shown]
    name = words.say("n")
    drawing.write(Words(kind="n", x=scale.room.left - 6, y=y, text=name, size=form.text, anchor="end"))
    for place in _ticked(told, form.text, scale, gap=0.4):
        drawing.write(_below("n", scale.x(place), y, told[place], form))


def _below(kind: str, x: float, y: float, text: str, form: Format) -> Words:
    """Return a text centred below a point, held inside the picture."""
    half = width_of(text, form.text) / 2
    return Words(
        kind=kind, x=round(min(max(x, half), form.width - half), 1), y=y, text=text, size=form.text, anchor="middle"
    )
