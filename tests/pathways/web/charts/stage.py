"""Pages with every kind of chart, through the product's own environment, headers and static files."""

from collections.abc import Mapping, Sequence
from functools import cache

from jinja2 import Template
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from pathways.charts.figure import Figure, build_figure, build_small
from pathways.charts.summary import summarise
from pathways.charts.words import ChartWords
from pathways.locale import texts
from pathways.web.assets import STATIC, StaticAssets
from pathways.web.render import environment
from pathways.web.security import Guard
from tests.pathways.charts.samples import every_kind, per_unit
from tests.pathways.web.look.stage import frame

FRAME = """{% extends "base.html" %}
{% import "charts/charts.html" as charts with context %}
{% block title %}Diagram{% endblock %}
{% block head %}<link rel="stylesheet" href="{{ asset('charts.css') }}">
<script src="{{ asset('charts.js') }}" defer></script>{% endblock %}
{% block main %}<h1>Diagram</h1>{% block charts %}{% endblock %}{% endblock %}"""
PAGES: Mapping[str, str] = {
    "alla": """{% for figure in figures %}<section class="card">
{{ charts.chart(figure, ways=[("/x.csv", t("web.chart.get.csv"))], level=2) }}</section>{% endfor %}""",
    "tabell": "{{ charts.chart(figures[0], level=2, open_table=True) }}",
    "manga": "{{ charts.small_multiples(small, switch='?skala=fri', level=2, hrefs={'enhet-1': '/enhet'}) }}",
    "fri": "{{ charts.small_multiples(free, free=True, switch='?skala=lika', level=2) }}",
    "kort": "{{ charts.summary(rows, hrefs={'inom-30': '/inom-30'}) }}",
}


def show(name: str, language: str = "sv") -> str:
    """Return one of the pages."""
    words = ChartWords(texts(language))
    values: dict[str, object] = {}
    if name in {"alla", "tabell"}:
        values["figures"] = [build_figure(chart, words) for chart in every_kind()]
    if name == "manga":
        values["small"] = build_small(per_unit(8), words)
    if name == "fri":
        values["free"] = build_small(per_unit(4), words, free=True)
    if name == "kort":
        values["rows"] = [summarise(chart, words) for chart in every_kind()]
    return _render(PAGES[name], language, values)


def show_multiples(figures: Sequence[Figure]) -> str:
    """Return a page of small multiples."""
    return _render("{{ charts.small_multiples(figures) }}", "sv", {"figures": figures})


def _render(body: str, language: str, values: Mapping[str, object]) -> str:
    return _template(body).render(frame(language, **values))


@cache
def _template(body: str) -> Template:
    return environment().from_string(FRAME.replace("{% block charts %}", "{% block charts %}" + body))


def build_stage() -> ASGIApp:
    """Return the application: every page by its name, with `?language=en` in English."""

    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(show(request.path_params["name"], request.query_params.get("language", "sv")))

    routes = [Mount("/static", StaticAssets(directory=STATIC)), Route("/{name}", page)]
    return Guard(Starlette(routes=routes), https=False)
