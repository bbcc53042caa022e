"""Turns a template and values into HTML in one language. Templates show; a missing value is an error, not a gap."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pathways.services.access.session import IDLE
from pathways.web.assets import asset
from pathways.web.formatting import Formatting
from pathways.wording import Wording

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Return the one environment of all pages: escaping on everywhere, undefined names refused."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"asset": asset, "idle_hours": int(IDLE.total_seconds()) // 3600}
    made.tests["day"] = _is_day
    return made


def render(template: str, words: Wording, formats: Formatting, values: Mapping[str, object]) -> str:
    """Return the page; `words` and `formats` are those of its reader."""
    return environment().get_template(template).render({**language_of(words, formats), **values})


def language_of(words: Wording, formats: Formatting) -> dict[str, object]:
    """Return what every template may call: `t`, `word`, `sentence`, and the forms of dates and numbers."""
    texts = words.texts
    return {
        "texts": texts,
        "words": words,
        "t": texts.say,
        "word": texts.word,
        "sentence": words.sentence,
        "day": formats.day,
        "long_day": formats.long_day,
        "moment": formats.moment,
        "clock": formats.clock,
        "number": formats.number,
        "title_of": formats.title,
    }


def _is_day(text: str) -> bool:
    """Say whether a date field would show this text; it drops what is no day."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def lines_of(text: str) -> Markup:
    """Return what a person wrote with its line breaks kept, everything else escaped."""
    return Markup("<br>").join(text.splitlines())
