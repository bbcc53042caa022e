"""A chart as a file to take away: CSV or Excel with every value, a picture, a drawing, a document."""

from collections.abc import Callable, Mapping

from fastapi.responses import Response

from pathways.charts.alone import draw_alone
from pathways.charts.chart import Chart
from pathways.charts.table import build_export
from pathways.charts.words import ChartWords
from pathways.documents.chart_pages import make_chart_pdf
from pathways.documents.png import make_png
from pathways.documents.table_export import CSV, XLSX, Sheet, write_csv, write_xlsx

SVG = "image/svg+xml"


def chart_sheet(chart: Chart, words: ChartWords) -> Sheet:
    """Return every value of the chart as a table with what must be known to read it."""
    found = build_export(chart, words)
    return Sheet(
        title=found.title,
        facts=found.facts,
        headings=found.headings,
        rows=found.rows,
        decimal_comma=words.language == "sv",
    )


def chart_csv(chart: Chart, words: ChartWords) -> bytes:
    """Return the values as CSV; what people typed never becomes a formula."""
    return write_csv(chart_sheet(chart, words))


def chart_xlsx(chart: Chart, words: ChartWords) -> bytes:
    """Return the values as an Excel workbook."""
    return write_xlsx(chart_sheet(chart, words))


def chart_svg(chart: Chart, words: ChartWords) -> bytes:
    """Return the chart as a drawing that brings its style sheet."""
    return draw_alone(chart, words).encode()


def chart_png(chart: Chart, words: ChartWords) -> bytes:
    """Return the chart as a picture."""
    return make_png(draw_alone(chart, words))


def chart_pdf(chart: Chart, words: ChartWords) -> bytes:
    """Return the chart as a document with its table."""
    return make_chart_pdf([chart], words, title=chart.place or chart.name)


MAKERS: Mapping[str, tuple[str, Callable[[Chart, ChartWords], bytes]]] = {
    "csv": (CSV, chart_csv),
    "xlsx": (XLSX, chart_xlsx),
    "svg": (SVG, chart_svg),
    "png": ("image/png", chart_png),
    "pdf": ("application/pdf", chart_pdf),
}
"""What a chart can be taken away as."""


def ways_to_take(root: str, words: ChartWords, *, query: str = "") -> list[tuple[str, str]]:
    """Return (address, label) for each kind of file, where `root` and the kind make the address: "/x/matning.csv"."""
    return [(f"{root}.{kind}{query}", words.say(f"get.{kind}")) for kind in MAKERS]


def send_chart(chart: Chart, words: ChartWords, kind: str) -> Response:
    """Send the chart as one of `MAKERS`; raises `KeyError` for any other kind."""
    media, make = MAKERS[kind]
    headers = {"content-disposition": f'attachment; filename="{chart.key}.{kind}"'}
    return Response(make(chart, words), media_type=media, headers=headers)
