"""A document of charts: three to a page with what they say, and their tables on the page after."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pathways.charts.alone import draw_plain
from pathways.charts.chart import Chart
from pathways.charts.figure import Figure, build_figure
from pathways.charts.words import ChartWords
from pathways.documents.pdf import make_pdf

TEMPLATES = Path(__file__).parent / "templates"
A_PAGE = 3

Drawn = tuple[Figure, Markup]


def make_chart_pdf(charts: Sequence[Chart], words: ChartWords, *, title: str) -> bytes:
    """Return the document as a PDF."""
    return make_pdf(render_charts(charts, words, title=title))


def render_charts(charts: Sequence[Chart], words: ChartWords, *, title: str) -> str:
    """Return the document as a page of HTML that asks for nothing."""
    template = _environment().get_template("charts.html")
    return template.render(title=title, pages=list(_pages(charts, words)), t=words.texts.say, language=words.language)


def _pages(charts: Sequence[Chart], words: ChartWords) -> Iterator[list[Drawn]]:
    for start in range(0, len(charts), A_PAGE):
        yield [(build_figure(chart, words), _picture(chart, words)) for chart in charts[start : start + A_PAGE]]


def _picture(chart: Chart, words: ChartWords) -> Markup:
    return Markup(draw_plain(chart, words)) if chart.shown else Markup("")  # noqa: S704 - escaped where it was drawn


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
