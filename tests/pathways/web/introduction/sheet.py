"""Reads a page as a person without scripts does: its words and its forms, which it fills and sends."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol

from starlette.testclient import TestClient

VOID = {"input", "br", "img", "meta", "link", "hr"}
UNSEEN = {"script", "style", "svg"}


class Answer(Protocol):
    """What the test client gives back, whichever of its libraries made it."""

    @property
    def status_code(self) -> int: ...

    @property
    def text(self) -> str: ...

    @property
    def content(self) -> bytes: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


@dataclass
class Form:
    """A form of a page: where it is posted, and what it sends as it stands."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    options: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def put(self, **answers: str | list[str]) -> "Form":
        """Answers questions; one that the form does not ask is an error of the test."""
        for name, answer in answers.items():
            assert name in self.names, f"the form does not ask for {name}: {sorted(self.names)}"
            self.values[name] = answer if isinstance(answer, list) else [answer]
        return self

    def choose(self, name: str, words: str) -> "Form":
        """Chooses the option whose words hold these."""
        found = [value for value, label in self.options[name] if words in label]
        assert found, f"{words!r} is not among {self.options[name]}"
        self.values[name] = [found[0]]
        return self

    def send(self, client: TestClient, button: str = "") -> Answer:
        """Posts the form as the browser would when the button is pressed."""
        data = dict(self.values)
        if button:
            assert button in [value for _, value in self.buttons], self.buttons
            data["steg"] = [button]
        return client.post(self.action, data=data)


class Sheet(HTMLParser):
    """A page taken apart."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.status = answer.status_code
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._words: list[str] = []
        self._open: list[str] = []
        self._area: str | None = None
        self._select: str | None = None
        self._option: str | None = None
        self._labels: dict[str, str] = {}
        self._label_for: str | None = None
        self._radios: list[tuple[Form, str, str, str]] = []
        self.feed(answer.text)
        for form, name, value, identity in self._radios:
            form.options.setdefault(name, []).append((value, self._labels.get(identity, "").strip()))

    @property
    def words(self) -> str:
        """Everything a reader sees, with single spaces."""
        return re.sub(r"\s+", " ", " ".join(self._words)).strip()

    @property
    def form(self) -> Form:
        """The form in the page's own part that is posted and has keys."""
        return next(form for form in self.forms if "command_id" in form.values)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "label":
            self._label_for = given.get("for", "")
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
        if self.forms and "form" in self._open:
            self._part_of_a_form(tag, given)

    def _part_of_a_form(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if tag in {"input", "select", "textarea"} and name:
            form.names.add(name)
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind in {"radio", "checkbox"}:
                self._radios.append((form, name, given.get("value", ""), given.get("id", "")))
            if kind not in {"radio", "checkbox"} or "checked" in given:
                form.values.setdefault(name, []).append(given.get("value", ""))
        elif tag == "textarea":
            self._area = name
            form.values.setdefault(name, []).append("")
        elif tag == "select":
            self._select = name
            form.options.setdefault(name, [])
        elif tag == "option" and self._select:
            self._option = given.get("value", "")
            form.options[self._select].append((self._option, ""))
            if "selected" in given:
                form.values[self._select] = [self._option]
        elif tag == "button" and name:
            form.buttons.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open and self._open.pop() != tag:
                pass
        if tag == "textarea" and self._area is not None:
            name, self._area = self._area, None
            self.forms[-1].values[name][-1] = self.forms[-1].values[name][-1].removeprefix("\n")
        if tag == "select" and self._select:
            form, name = self.forms[-1], self._select
            form.values.setdefault(name, [form.options[name][0][0]] if form.options[name] else [])
            self._select = None
        if tag == "option":
            self._option = None
        if tag == "label":
            self._label_for = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1].values[self._area][-1] += data
        if self._option is not None and self._select:
            options = self.forms[-1].options[self._select]
            value, label = options[-1]
            options[-1] = (value, label + data.strip())
        if self._label_for:
            self._labels[self._label_for] = self._labels.get(self._label_for, "") + data
        if not UNSEEN & set(self._open):
            self._words.append(data)


def look(client: TestClient, path: str) -> Sheet:
    """Opens a page."""
    return Sheet(client.get(path))


def give(client: TestClient, path: str, **answers: str | list[str]) -> Answer:
    """Gives a command from its first page to its last, as a person does: answer, review, confirm."""
    sheet = look(client, path)
    assert sheet.status == 200, sheet.words
    buttons = [value for _, value in sheet.form.buttons]
    if "granska" in buttons:
        sheet = Sheet(sheet.form.put(**answers).send(client, "granska"))
        assert sheet.status == 200, sheet.words
    return sheet.form.send(client, "bekrafta")
