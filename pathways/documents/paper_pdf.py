"""A paper as a PDF that can be read aloud: title, language, headings, table headers and words for each figure."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pathways.documents.paper import NAMES, Block, Heading, Paper, printable
from pathways.documents.pdf import VARIANT, make_pdf

TEMPLATES = Path(__file__).parent / "templates"


def make_paper_pdf(paper: Paper, *, variant: str = VARIANT) -> bytes:
    """Return the paper as a PDF of the wanted kind; the same paper gives the same bytes."""
    return make_pdf(render_paper(paper), variant=variant)


def render_paper(paper: Paper) -> str:
    """Return the paper as a page of HTML that asks for nothing."""
    return _environment().get_template("report.html").render(paper=paper)


def level_of(heading: Heading) -> int:
    """Return the level that a heading is set in: the title alone has level 1, and 3 is the deepest."""
    return min(max(heading.level, 2), 3)


def _kind(block: Block) -> str:
    return NAMES[type(block)]


def _picture(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    environment.filters |= {"kind": _kind, "picture": _picture, "level": level_of}
    return environment
