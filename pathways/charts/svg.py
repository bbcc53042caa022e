"""Writes a drawing as SVG: classes instead of styles, no script, everything that was typed escaped."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from pathways.charts.drawing import Drawing, PointMark, Shape, Words


def inline(drawing: Drawing, *, key: str, name: str, title: str, told: str) -> Markup:
    """Return the drawing for a page, which brings the style sheet; `key` and `name` make its ids."""
    ids = f"{key}-{name}"
    width, height = f"{drawing.width:g}", f"{drawing.height:g}"
    head = (
        f'<svg class="chart chart--{name}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        f' aria-labelledby="{ids}-title {ids}-desc" focusable="false">'
        f'<title id="{ids}-title">{escape(title)}</title><desc id="{ids}-desc">{escape(told)}</desc>'
    )
    return Markup(head + body(drawing) + "</svg>")  # noqa: S704 - every text in it has been escaped


def alone(drawing: Drawing, *, title: str, told: str, style: str, drawn: str = "") -> str:
    """Return the drawing, and what has been drawn already, as a file of its own with its style sheet inside."""
    width, height = f"{drawing.width:g}", f"{drawing.height:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart--alone" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img"><title>{escape(title)}</title><desc>{escape(told)}</desc>'
        f'<style>{style}</style><path class="chart-sheet" d="M0 0H{width}V{height}H0Z"/>{drawn}{body(drawing)}</svg>'
    )


def body(drawing: Drawing) -> str:
    """Return what is inside: shapes, then marks, then texts."""
    return "".join((*_shapes(drawing.shapes), *_marks(drawing.marks), *_texts(drawing.texts)))


def _shapes(shapes: Iterable[Shape]) -> Iterable[str]:
    return (f'<path class="chart-{one.kind}" d="{one.path}"/>' for one in shapes)


def _marks(marks: Iterable[PointMark]) -> Iterable[str]:
    return (
        f'<g class="chart-mark chart-mark--{one.kind}" data-point="{one.number}"><title>{escape(one.told)}</title>'
        f'<path d="{one.path}"/></g>'
        for one in marks
    )


def _texts(texts: Iterable[Words]) -> Iterable[str]:
    anchors = {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'}
    return (
        f'<text class="chart-{one.kind}" x="{one.x:g}" y="{one.y:g}"{anchors[one.anchor]}>{escape(one.text)}</text>'
        for one in texts
    )
