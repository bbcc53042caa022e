"""Shows templates with made-up values, through the product's own environment, headers and static files."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from pathways.locale import texts
from pathways.web.assets import STATIC, StaticAssets
from pathways.web.formatting import Formatting
from pathways.web.navigation import Link
from pathways.web.refusals import Shown, ShownReason
from pathways.web.render import environment, language_of
from pathways.web.security import Guard
from pathways.wording import Wording

ZONE = ZoneInfo("Europe/Stockholm")
REASONS = (
    ShownReason("Arbetsgruppen har ingen ordförande.", "avdelningschef, samordnare", "/forlopp/kol/manniskor"),
    ShownReason("2 av 7 gap saknar åtgärd.", "processledare", None),
)
ROWS = [("Nuläge", "Vi kontrollerar fötterna en gång om året.", "Vi kontrollerar fötterna vid varje besök.")]


@dataclass(frozen=True)
class SomeVisitor:
    """As much of a visitor as the frame shows."""

    name: str = "Sara Åkesson"
    region_name: str = "Region Dalarna"
    session_id: str = "någon"
    slug: str = "sam"
    has_unsent: bool = False


def frame(language: str, **values: object) -> dict[str, object]:
    """Return what every page is given, for somebody who is logged in."""
    told = texts(language)
    nav = [
        Link("/", told.say("web.frame.my_work"), is_current=False),
        Link("/forlopp", told.say("web.frame.board"), is_current=True),
        Link("/katalog", told.say("web.frame.catalogue"), is_current=False),
        Link("/admin", told.say("web.frame.administration"), is_current=False),
    ]
    return {
        **language_of(Wording(told, ZONE), Formatting(told, ZONE)),
        "visitor": SomeVisitor(),
        "nav": nav,
        "notices": [],
        "demo": True,
        "path_here": "/forlopp",
        "version": "0.2.0",
        **values,
    }


def shown(template: str, language: str = "sv", **values: object) -> str:
    """Return a template as a page of the product."""
    return environment().get_template(template).render(frame(language, **values))


def piece(source: str, language: str = "sv", **values: object) -> str:
    """Return what a line of a template becomes, with the pieces at hand as `ui`."""
    template = environment().from_string('{% import "ui.html" as ui with context %}' + source)
    return template.render(frame(language, **values))


NOBODY: Mapping[str, object] = {"visitor": None, "nav": [], "demo": False}
NOTICES = [("good", "Gapanalysen är startad.", "/angra"), ("warn", "Ett mejl kom inte fram.", None)]
PAGES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "stilguide": ("look/styleguide.html", {"notices": NOTICES, "shortcuts": False}),
    "nekad": ("errors/refusal.html", {"told": Shown(409, "refused", "Det går inte än: Starta gapanalysen.", REASONS)}),
    "saknas": ("errors/refusal.html", {"told": Shown(404, "not_found", "Sidan finns inte.")}),
    "senare": ("errors/refusal.html", {"told": Shown(503, "later", "Databasen är upptagen.")}),
    "fel": ("errors/refusal.html", {"told": Shown(500, "fault", "Något gick fel hos oss."), **NOBODY}),
    "hann-fore": (
        "errors/changed.html",
        {"told": Shown(409, "refused", "Örjan Ek ändrade nyss planen."), "rows": ROWS, "href": "/forlopp/kol/plan"},
    ),
    "lank": ("errors/expired.html", {"href": "/logga-in", **NOBODY}),
}

# Everything that the tools must find: no language, a picture without words, a style and a script in the page.
BAD = """<!doctype html><title>Dålig</title><main><h1>Dålig</h1>
<img src="/static/favicon.svg"><p style="width: 3000px">bred</p><script>alert(1)</script>
<pre>%s</pre></main>""" % ("lång rad " * 100)


def build_stage() -> ASGIApp:
    """Return the application: every page by its name, with `?language=en` in English and `?keys=1` with shortcuts."""

    async def page(request: Request) -> HTMLResponse:
        template, values = PAGES[request.path_params["name"]]
        keys = {"shortcuts": True} if "keys" in request.query_params else {}
        return HTMLResponse(shown(template, request.query_params.get("language", "sv"), **{**values, **keys}))

    async def bad(_request: Request) -> HTMLResponse:
        return HTMLResponse(BAD)

    routes = [Mount("/static", StaticAssets(directory=STATIC)), Route("/dalig", bad), Route("/{name}", page)]
    return Guard(Starlette(routes=routes), https=False)
