"""A page as a reader without script has it: its words, and its forms with what they send when a button is pressed."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from httpx2 import Response
from starlette.testclient import TestClient

QUIET = re.compile(r"<(style|script|svg|noscript)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def words(response: Response) -> str:
    """Everything that is written on a page between its head and its foot, with single spaces."""
    return _written(response.text.partition("<main")[2].partition("</main>")[0] or response.text)


def notices(response: Response) -> str:
    """What a page tells that was just done."""
    return _written(response.text.partition('id="notices"')[2].partition("<main")[0])


def _written(html: str) -> str:
    inner = html if html.lstrip().startswith("<") else html.partition(">")[2]
    return " ".join(unescape(TAG.sub(" ", QUIET.sub(" ", inner))).split())


@dataclass
class Form:
    """One form: where it goes, and what it sends as it stands."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    is_multipart: bool = False

    def send(self, client: TestClient, /, **typed: str | list[str]) -> Response:
        """Press the button, with what was typed into some fields."""
        data = {**self.fields, **{name: value if isinstance(value, list) else [value] for name, value in typed.items()}}
        if self.method == "get":
            return client.get(self.action, params=data)
        return client.post(self.action, data=data)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            multipart = given.get("enctype") == "multipart/form-data"
            self.forms.append(Form(given["action"], given["method"], is_multipart=multipart))
        elif tag == "textarea" and self.forms:
            self._area = given["name"]
            self.forms[-1].fields[self._area] = [""]
        elif tag == "input" and self.forms and given.get("type") not in {"checkbox", "radio", "file"}:
            self.forms[-1].fields.setdefault(given["name"], []).append(given.get("value", ""))
        elif tag == "input" and self.forms and "checked" in given:
            self.forms[-1].fields.setdefault(given["name"], []).append(given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].fields[self._area][0] += data.removeprefix("\n")


def forms(response: Response) -> dict[str, Form]:
    """The forms of a page by the end of their address."""
    reader = _Forms()
    reader.feed(response.text)
    return {form.action: form for form in reader.forms}


def form(response: Response, ending: str) -> Form:
    """The one form whose address ends so."""
    found = [one for action, one in forms(response).items() if action.endswith(ending)]
    assert len(found) == 1, [*forms(response)]
    return found[0]


def follow(client: TestClient, response: Response) -> Response:
    """Go where an answer leads."""
    assert response.status_code == 303, (response.status_code, words(response))
    return client.get(response.headers["location"])
