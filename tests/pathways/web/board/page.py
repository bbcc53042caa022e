"""Reads what a page shows, as a person would: the rows of its table, its links, and the words without the marks."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol


class Answered(Protocol):
    """What a browser was answered."""

    @property
    def text(self) -> str:
        """The page."""
        ...

    @property
    def content(self) -> bytes:
        """The file."""
        ...


@dataclass
class Page(HTMLParser):
    """A page of ours, taken apart. `rows` holds the cells of the first table's body, each as its words."""

    heads: dict[str, str] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    sorts: dict[str, str] = field(default_factory=dict)
    words: str = ""
    _in_body: int = 0
    _cell: list[str] | None = None
    _link: str | None = None
    _link_words: str = ""
    _silent: int = 0

    def __post_init__(self) -> None:
        """Begin as a parser does."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where cells and links begin."""
        given = dict(attrs)
        if tag in {"svg", "script", "head"}:
            self._silent += 1
        if tag == "tbody":
            self._in_body += 1
        if tag == "tr" and self._in_body:
            self.rows.append([])
        if tag in {"th", "td"}:
            self._cell = []
            self._sort = given.get("aria-sort") or ""
        if tag == "a":
            self._link, self._link_words = given.get("href") or "", ""

    def handle_endtag(self, tag: str) -> None:
        """Put cells and links away."""
        if tag in {"svg", "script", "head"}:
            self._silent -= 1
        if tag in {"th", "td"} and self._cell is not None:
            words = tidy("".join(self._cell))
            if self._in_body:
                self.rows[-1].append(words)
            elif self._sort:
                self.sorts[words] = self._sort
            self._cell = None
        if tag == "a" and self._link is not None:
            self.links[tidy(self._link_words)] = self._link
            self._link = None

    def handle_data(self, data: str) -> None:
        """Gather words."""
        if self._silent:
            return
        self.words += data
        if self._cell is not None:
            self._cell.append(data + " ")
        if self._link is not None:
            self._link_words += data

    @property
    def names(self) -> list[str]:
        """The first cell of every row."""
        return [row[0] for row in self.rows]


def tidy(text: str) -> str:
    """Words with single spaces."""
    return re.sub(r"\s+", " ", text).strip()


def read(answer: Answered) -> Page:
    """Take an answer apart."""
    page = Page()
    page.feed(answer.text)
    page.words = tidy(page.words)
    return page
