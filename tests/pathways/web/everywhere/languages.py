"""What a reader is told on a page, and which of it is in another language than the page says it is.

The words of the product are known from its catalogues and the region's checklists; what people wrote is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from babel.messages.pofile import read_po

from pathways.locale import LANGUAGES
from pathways.locale.texts import FOLDER
from pathways.profiles.load import load_shipped_profile

TOLD_BY = frozenset({"aria-label", "title", "placeholder", "alt", "data-label", "content-label"})
"""Attributes that are read out or shown."""

SILENT = frozenset({"script", "style", "template"})
EMPTY = frozenset(
    {*("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"), "use"}
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
LETTERS_NEEDED = 8
"""A sentence whose own words are fewer letters than this could be anybody's."""

DATES = {
    "sv": r"(?:jan|feb|apr|aug|sep|okt|nov|dec)\.|mars|maj|juni|juli",
    "en": r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec",
}
FOREIGN_DATE = {
    language: re.compile(rf"\b\d{{1,2}} (?:{DATES[other]}) \d{{4}}\b")
    for language, other in (("sv", "en"), ("en", "sv"))
}


@dataclass
class Told:
    """A page as it is told: its language, title and headings, and every text with the language it is marked as."""

    language: str = ""
    title: str = ""
    headings: int = 0
    texts: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.told = Told()
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang") or (self._open[-1][1] if self._open else "")
        if tag == "html":
            self.told.language = language
        self.told.headings += tag == "h1"
        self.told.texts += [(" ".join(given[name].split()), language) for name in given if name in TOLD_BY]
        if tag not in EMPTY:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or not self._open or any(tag in SILENT for tag, _ in self._open):
            return
        tag, language = self._open[-1]
        if tag == "title":
            self.told.title = text
        self.told.texts.append((text, language))


def read(html: str) -> Told:
    """Return what a page tells."""
    reader = _Reader()
    reader.feed(html)
    return reader.told


def foreign_texts(told: Told) -> Iterator[str]:
    """Yield the texts of the product that stand there in another language than they are marked as."""
    for text, language in told.texts:
        if language in LANGUAGES and (_is_foreign(text, language) or FOREIGN_DATE[language].search(text)):
            yield text


def _is_foreign(text: str, language: str) -> bool:
    other = next(one for one in LANGUAGES if one != language)
    own, others = _spoken(language), _spoken(other)
    if text in own.whole or own.holds(text):
        return False
    return text in others.whole or others.holds(text)


@dataclass(frozen=True, slots=True)
class Spoken:
    """All that the product says in one language: whole texts, and those with places for values."""

    whole: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def holds(self, text: str) -> bool:
        """Say whether the text is one of those with values in its places."""
        return any(pattern.fullmatch(text) for pattern in self.patterns)


@cache
def _spoken(language: str) -> Spoken:
    said = {" ".join(one.split()) for one in (*_catalogued(language), *_titles(language))}
    templates = [one for one in said if PLACEHOLDER.search(one)]
    whole = {form.replace("%%", "%") for one in said - {*templates} for form in (one, one[:1].upper() + one[1:])}
    return Spoken(frozenset(whole), tuple(_pattern(one) for one in templates if _is_telling(one)))


def _catalogued(language: str) -> Iterator[str]:
    for path in sorted((FOLDER / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
                yield from forms if message.id else ()


def _titles(language: str) -> Iterator[str]:
    """Yield what the region's profile says in both languages: its checklists."""
    yield from _in(load_shipped_profile().model_dump(), language)


def _in(value: object, language: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        if set(value) == set(LANGUAGES):
            yield str(value[language])
        else:
            yield from (text for inner in value.values() for text in _in(inner, language))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        yield from (text for inner in value for text in _in(inner, language))


def _is_telling(text: str) -> bool:
    return sum(letter.isalpha() for letter in PLACEHOLDER.sub("", text)) >= LETTERS_NEEDED


def _pattern(text: str) -> re.Pattern[str]:
    parts = (re.escape(part.replace("%%", "%")) for part in PLACEHOLDER.split(text))
    return re.compile(".+?".join(parts))
