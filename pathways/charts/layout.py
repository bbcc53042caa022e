"""Lays a chart out: margins that its words need, then axes, level lines, interventions, curve and marks."""

from dataclasses import dataclass, replace

from pathways.charts.axes import draw_axes, foot_height
from pathways.charts.chart import Chart
from pathways.charts.curve import draw_curve
from pathways.charts.drawing import Drawing
from pathways.charts.flags import Flag, draw_flags, flag_rows, place_flags
from pathways.charts.formats import Format
from pathways.charts.letters import width_of
from pathways.charts.level_lines import draw_levels, end_labels_width
from pathways.charts.levels import Level, list_levels, values_in_view
from pathways.charts.scale import Axis, Room, Scale, fit
from pathways.charts.words import ChartWords

_EDGE, _GAP = 4.0, 8.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart that has been laid out: its drawing and the scale that it follows."""

    drawing: Drawing
    scale: Scale


def own_axis(chart: Chart, words: ChartWords, form: Format) -> Axis:
    """Return the axis that suits this chart alone."""
    values = values_in_view(chart, list_levels(chart, words))
    return fit(values, share=chart.settings.share, wanted=form.ticks)


def shared_axis(charts: tuple[Chart, ...], words: ChartWords, form: Format) -> Axis:
    """Return the axis on which all of these charts are seen."""
    values = [value for chart in charts for value in values_in_view(chart, list_levels(chart, words))]
    return fit(values, share=all(chart.settings.share for chart in charts), wanted=form.ticks)


def shared_margin(charts: tuple[Chart, ...], words: ChartWords, form: Format) -> float:
    """Return the right margin that has room for the labels of all these charts, so that their curves are as wide."""
    return max((end_labels_width(list_levels(chart, words), form) for chart in charts), default=0.0)


def lay_out(
    chart: Chart, words: ChartWords, form: Format, *, axis: Axis | None = None, margin: float | None = None
) -> Picture:
    """Return the drawing of a chart in a format, on the axis and with the right margin it is given or on its own."""
    levels = list_levels(chart, words)
    axis = axis or fit(values_in_view(chart, levels), share=chart.settings.share, wanted=form.ticks)
    right = end_labels_width(levels, form) if margin is None else margin
    scale = _scale(chart, words, form, axis=axis, right=right)
    flags = place_flags(chart, scale, form)
    top = _EDGE + flag_rows(flags) * form.text * 1.6 + form.text * 0.4
    scale = replace(scale, room=replace(scale.room, top=top))
    drawing = Drawing(form.width, round(scale.room.bottom + foot_height(chart, form), 1))
    _draw(chart, words, form, scale=scale, drawing=drawing, levels=levels, flags=flags)
    return Picture(drawing, scale)


def _draw(
    chart: Chart,
    words: ChartWords,
    form: Format,
    *,
    scale: Scale,
    drawing: Drawing,
    levels: tuple[Level, ...],
    flags: tuple[Flag, ...],
) -> None:
    draw_axes(chart, words, form, scale=scale, drawing=drawing)
    draw_flags(flags, form, scale=scale, drawing=drawing)
    draw_levels(levels, chart, form, scale=scale, drawing=drawing)
    draw_curve(chart, words, form, scale=scale, drawing=drawing)


def _scale(chart: Chart, words: ChartWords, form: Format, *, axis: Axis, right: float) -> Scale:
    written = [words.number(tick, axis.decimals) for tick in axis.ticks]
    left = max((width_of(one, form.text) for one in written), default=0) + _GAP + _EDGE
    room = Room(round(left, 1), 0, round(form.width - left - right, 1), form.plot_height)
    return Scale(room, axis, [one.point.period for one in chart.shown], chart.settings.every)
