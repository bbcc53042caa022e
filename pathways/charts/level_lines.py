"""Draws level lines: solid in the baseline and dashed after it, a gap between phases, a label at the right end."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from pathways.charts.chart import Chart
from pathways.charts.curve import pieces
from pathways.charts.drawing import Box, Drawing, Shape, Words, spread
from pathways.charts.formats import Format
from pathways.charts.letters import width_of
from pathways.charts.levels import Level
from pathways.charts.scale import Scale

_BREAK = 3.0  # on either side of a phase's border
_LEAD = 12.0  # from the end of a line to its label
_APART = 1.25  # of the text's size: between two labels
_MARGIN = 4.0
_NEAR, _STEP, _CLEAR = 5.0, 8.0, 2.0  # along the curve, from place to place, and free around a label


def end_labels_width(levels: Sequence[Level], form: Format) -> float:
    """Return the room that the labels at the right end need."""
    widths = (width_of(label_of(one, form), form.text, bold=one.kind == "centre") for one in levels if one.is_latest)
    return max(widths, default=0.0) + _LEAD + _MARGIN


def label_of(level: Level, form: Format) -> str:
    """Return the label that suits the format."""
    return {"long": level.label, "short": level.short_label, "value": level.value_label}[form.labels]


def draw_levels(levels: Sequence[Level], chart: Chart, form: Format, *, scale: Scale, drawing: Drawing) -> None:
    """Draw the lines, the labels at the right end, and those of the phases before."""
    for level in levels:
        _draw_line(level, scale=scale, drawing=drawing)
    _draw_end_labels([one for one in levels if one.is_latest], form, scale=scale, drawing=drawing)
    for level in levels:
        if level.kind == "centre" and not level.is_latest:
            _draw_old_label(level, chart, form, scale=scale, drawing=drawing)


def _draw_line(level: Level, *, scale: Scale, drawing: Drawing) -> None:
    y = scale.y(level.value)
    start = scale.room.left + level.first * scale.slot + (_BREAK if level.first else 0)
    end = scale.room.left + (level.last + 1) * scale.slot - (0 if level.is_latest else _BREAK)
    kind = "limit" if level.kind in {"upper", "lower"} else level.kind
    turn = min(max(scale.room.left + (level.solid_until + 1) * scale.slot, start), end)
    if turn > start:
        drawing.line(kind, round(start, 1), y, round(turn, 1), y)
    if end > turn:
        drawing.line(f"{kind} chart-{kind}--after", round(turn, 1), y, round(end, 1), y)


def _draw_end_labels(levels: Sequence[Level], form: Format, *, scale: Scale, drawing: Drawing) -> None:
    """Set the labels as near to their lines as keeps them apart, with a thread where one had to move."""
    ordered = sorted(levels, key=lambda one: -one.value)
    apart = form.text * _APART
    low, high = scale.room.top + form.text * 0.3, scale.room.bottom
    places = spread([scale.y(one.value) for one in ordered], apart=apart, low=low, high=high)
    right = scale.room.right
    for level, place in zip(ordered, places, strict=True):
        y, label = scale.y(level.value), label_of(level, form)
        drawing.add(Shape(kind="thread", path=f"M{right + 1:g} {y:g}L{right + _LEAD - 4:g} {place:.4g}"))
        baseline = round(place + form.text * 0.35, 1)
        kind = f"label chart-label--{level.kind}"
        drawing.write(
            Words(
                kind=kind,
                x=round(right + _LEAD, 1),
                y=baseline,
                text=label,
                size=form.text,
                bold=level.kind == "centre",
            )
        )


def _draw_old_label(level: Level, chart: Chart, form: Format, *, scale: Scale, drawing: Drawing) -> None:
    """Write a former phase's centre beside its line, where it covers as little of the curve as may be."""
    along = list(_along(chart, scale))
    taken = [one.box for one in drawing.texts]
    best: tuple[int, Words] | None = None
    for candidate in _places(level, form, scale=scale):
        if any(candidate.box.meets(other) for other in taken):
            continue
        covered = sum(candidate.box.holds(x, y, _CLEAR) for x, y in along)
        if best is None or covered < best[0]:
            best = (covered, candidate)
        if covered == 0:
            break
    if best is not None:
        drawing.add(Shape(kind="ground", path=_ground(best[1].box)))
        drawing.write(best[1])


def _along(chart: Chart, scale: Scale) -> Iterator[tuple[float, float]]:
    """Give places along the curve and the interventions' lines, too close for a text to lie between two of them."""
    for piece in pieces(chart):
        drawn = [(scale.x(n), scale.y(value)) for n, value in piece]
        yield from drawn
        for (x1, y1), (x2, y2) in pairwise(drawn):
            steps = int(hypot(x2 - x1, y2 - y1) / _NEAR) + 1
            yield from ((x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(1, steps))
    room = scale.room
    for one in chart.shown_interventions:
        x = scale.edge(one.on)
        yield from ((x, room.top + n * _NEAR) for n in range(int(room.height / _NEAR)))


def _places(level: Level, form: Format, *, scale: Scale) -> Iterator[Words]:
    """Give the places for a label, the best first: near to the line and its right end, the longer words before."""
    room, y = scale.room, scale.y(level.value)
    left = room.left + level.first * scale.slot + 2 * _BREAK
    right = room.left + (level.last + 1) * scale.slot - 2 * _BREAK
    heights = [y + form.text * lines for lines in (-0.5, 1.1, -1.7, 2.3)]
    heights = [one for one in heights if room.top + form.text < one < room.bottom - form.text * 0.3]
    texts = [one for one in (level.label, level.short_label) if width_of(one, form.text) <= right - left]
    for text in dict.fromkeys((*texts, level.value_label)):
        width = width_of(text, form.text)
        end = min(max(right, room.left + width + _BREAK), room.right)  # a phase may be shorter than its value
        for height in heights:
            for step in range(max(int((end - left - width) / _STEP) + 1, 1)):
                yield Words(
                    kind="label chart-label--old",
                    x=round(end - step * _STEP, 1),
                    y=round(height, 1),
                    text=text,
                    size=form.text,
                    anchor="end",
                )


def _ground(box: Box) -> str:
    return f"M{box.left - 2:.4g} {box.top:.4g}H{box.right + 2:.4g}V{box.bottom:.4g}H{box.left - 2:.4g}Z"
