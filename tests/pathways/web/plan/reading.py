"""Reads pages as a browser would: what a form holds, so that a test can send it back changed."""

from collections.abc import Mapping
from html.parser import HTMLParser

from starlette.testclient import TestClient

from pathways.bootstrap import App
from tests.pathways.queries.watching import watched

Form = dict[str, list[str]]


class _Forms(HTMLParser):
    """Collects the fields of the forms of a page, by the form's address."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self._form: Form | None = None
        self._select = ""
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = self.forms.setdefault(given.get("action", ""), {})
        name = given.get("name", "")
        if self._form is None or (not name and tag != "option"):
            return
        if tag == "input" and (given.get("type") not in {"checkbox", "radio"} or "checked" in given):
            self._form.setdefault(name, []).append(given.get("value", ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self._form.setdefault(self._select, []).append(given["value"])
        elif tag == "textarea":
            self._area = name
            self._form.setdefault(name, []).append("")

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._form is not None:
            self._form[self._area][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "form":
            self._form = None


def form_at(page: str, action: str) -> Form:
    """What the form of a page that is sent to `action` holds."""
    reader = _Forms()
    reader.feed(page)
    return reader.forms[action]


def fill(client: TestClient, address: str, **answers: object) -> Form:
    """The form of a page with some answers changed."""
    page = client.get(address)
    assert page.status_code == 200, page.text
    return changed(form_at(page.text, address.partition("?")[0]), answers)


def count_statements(app: App, client: TestClient, address: str) -> int:
    """How many statements a page asks the database, what it reads once for all left out."""
    client.get(address)
    with watched(app) as sent:
        client.get(address)
    return len(sent)


def changed(form: Form, answers: Mapping[str, object]) -> Form:
    """A form with some answers changed; a list stands for several."""
    given = {name: value if isinstance(value, list) else [str(value)] for name, value in answers.items()}
    return {**form, **given}
