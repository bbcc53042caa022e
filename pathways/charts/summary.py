"""One indicator in one row: latest value, line, target, what is judged of it, and the curve as small as a word."""

from dataclasses import dataclass

from markupsafe import Markup

from pathways.charts import svg
from pathways.charts.chart import Chart
from pathways.charts.curve import pieces
from pathways.charts.drawing import Drawing, PointMark, Shape
from pathways.charts.legend import Sign
from pathways.charts.levels import list_levels, values_in_view
from pathways.charts.marks import Kind, kind_of, path_of
from pathways.charts.scale import Axis, Room, Scale, fit
from pathways.charts.words import ChartWords
from pathways.measurement.judgement import Centre, Status

_WIDTH, _HEIGHT, _EDGE, _MARK = 132.0, 40.0, 6.0, 3.4
_SIGNS: dict[Status, Kind] = {
    Status.IMPROVEMENT: "improvement",
    Status.CONCERN: "concern",
    Status.UP: "up",
    Status.DOWN: "down",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """What a row of the summary shows; every cell is in words, the curve comes beside them."""

    key: str
    name: str
    place: str
    latest: str
    period: str
    centre: str
    target: str
    status: str
    status_kind: Kind
    spark: Markup

    @property
    def sign(self) -> Sign:
        """Return the sign that stands before the judgement."""
        return Sign(self.status_kind, self.status)


def summarise(chart: Chart, words: ChartWords) -> SummaryRow:
    """Return the row of one chart; a dash stands where there is nothing yet."""
    latest = next((one for one in reversed(chart.judgement.points) if one.point.counts), None)
    phase = chart.judgement.phases[-1] if chart.judgement.phases else None
    centre, told = phase.centre if phase else None, "–"
    if phase and centre is not None:
        name = "mean" if phase.centre_kind is Centre.MEAN else "median"
        told = words.say(f"level.{name}", value=words.value(centre, chart))
    target = chart.settings.target
    return SummaryRow(
        key=chart.key,
        name=chart.name,
        place=chart.place,
        latest="–" if latest is None or latest.point.value is None else words.value(latest.point.value, chart),
        period="" if latest is None else words.period(latest.point.period, chart.settings.every),
        centre=told,
        target="–" if target is None else words.value(target, chart),
        status=words.say(f"status.{chart.judgement.status}"),
        status_kind=_SIGNS.get(chart.judgement.status, "neutral"),
        spark=draw_spark(chart, words),
    )


def draw_spark(chart: Chart, words: ChartWords) -> Markup:
    """Return the curve with its line and target, without axes; only the latest point is marked. "" without points."""
    values = [one.point.value for one in chart.shown if one.point.value is not None]
    if not values:
        return Markup("")
    levels = [one for one in list_levels(chart, words) if one.kind in {"centre", "target"}]
    in_view = values_in_view(chart, levels)
    axis = Axis(min(in_view), max(in_view), ()) if max(in_view) > min(in_view) else fit(in_view)
    room = Room(_EDGE, _EDGE, _WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE)
    scale = Scale(room, axis, [one.point.period for one in chart.shown], chart.settings.every)
    drawing = Drawing(_WIDTH, _HEIGHT)
    for level in levels:
        y = scale.y(level.value)
        start, end = room.left + level.first * scale.slot, room.left + (level.last + 1) * scale.slot
        drawing.line(level.kind, round(start, 1), y, round(end, 1), y)
    _draw_curve(chart, words, scale=scale, drawing=drawing)
    title = _title(chart, words)
    return svg.inline(drawing, key=chart.key, name="spark", title=title, told=words.title(chart))


def _draw_curve(chart: Chart, words: ChartWords, *, scale: Scale, drawing: Drawing) -> None:
    for piece in pieces(chart):
        if len(piece) > 1:
            path = "L".join(f"{scale.x(n):g} {scale.y(value):g}" for n, value in piece)
            drawing.add(Shape(kind="curve", path=f"M{path}"))
    number, judged = [(n, one) for n, one in enumerate(chart.shown) if one.point.value is not None][-1]
    x, y = scale.x(number), scale.y(judged.point.value or 0.0)
    kind = kind_of(judged)
    drawing.marks.append(
        PointMark(kind=kind, x=x, y=y, path=path_of(kind, x, y, _MARK), told=words.point(judged, chart), number=number)
    )


def _title(chart: Chart, words: ChartWords) -> str:
    first, last = (words.period(chart.shown[at].point.period, chart.settings.every) for at in (0, -1))
    value = next(one.point.value for one in reversed(chart.shown) if one.point.value is not None)
    return words.say("spark", name=chart.name, first=first, last=last, value=words.value(value, chart))
