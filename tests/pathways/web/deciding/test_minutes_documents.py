"""Approved minutes among the documents: the same bytes wherever they are fetched, and whatever a release rewords."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from pathways.locale import Texts
from pathways.models.organisation import Person
from tests.pathways.documents.conftest import pango
from tests.pathways.services.deciding.table import Table
from tests.pathways.web.conftest import Web
from tests.pathways.web.deciding.test_decide_page import at, text_of
from tests.pathways.web.deciding.test_minutes_page import WHOLE, approve, decided, minutes_of

__all__ = ["decided", "pango"]
pytestmark = pytest.mark.usefixtures("pango")


def found_in(page: str) -> list[int]:
    """The documents that a page leads to."""
    return [int(one) for one in dict.fromkeys(re.findall(r"/handlingar/(\d+)", page))]


def test_the_meeting_leads_to_its_documents_once_the_minutes_are_approved(web: Web, board: Table, decided: int) -> None:
    meeting = minutes_of(board).removesuffix("/protokoll")
    client = web.as_("reg")
    assert found_in(client.get(meeting).text) == found_in(client.get(minutes_of(board)).text) == []
    approve(web, board)
    both = found_in(client.get(meeting).text)
    assert found_in(client.get(minutes_of(board)).text) == both
    whole, extract = both
    shown = client.get(f"/handlingar/{whole}")
    assert "Protokoll" in text_of(shown)
    assert f'href="{minutes_of(board)}"' in shown.text
    assert "/ny-utgava" not in shown.text
    assert found_in(client.get("/forlopp/kol/handlingar").text) == [extract]
    assert client.post(f"/handlingar/{extract}/ny-utgava").status_code == 409


def article_of(page: str) -> str:
    """The minutes as a page shows them, without the page around them."""
    return page.partition('<article class="minutes"')[2].partition("</article>")[0]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_document_is_the_same_bytes_as_the_file_of_the_minutes_page(
    web: Web, board: Table, decided: int, form: str
) -> None:
    approve(web, board)
    client = web.as_("reg")
    whole, extract = found_in(client.get(minutes_of(board)).text)
    for document, address in ((whole, minutes_of(board, f".{form}")), (extract, at(board, decided, f"/utdrag.{form}"))):
        assert client.get(address).content == client.get(f"/handlingar/{document}/handling.{form}").content


def test_a_release_with_other_headings_changes_no_approved_paper(
    web: Web, board: Table, decided: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(web, board)
    client = web.as_("reg")
    files = (minutes_of(board, ".pdf"), at(board, decided, "/utdrag.docx?offentligt=1"))
    first = {address: client.get(address).content for address in files}
    said = Texts.say

    def reworded(texts: Texts, name: str, **values: object) -> str:
        told = said(texts, name, **values)
        return f"Omskrivet {told}" if name.startswith("web.decide.paper.") else told

    monkeypatch.setattr(Texts, "say", reworded)
    with board.app.write() as work:
        work.update(Person, {"id": board.id_of("lg")}, {"name": "Någon Annan"})
        work.commit()
    assert {address: client.get(address).content for address in files} == first
    for address in (minutes_of(board), minutes_of(board, "?offentligt=1"), at(board, decided, "/utdrag")):
        assert "Omskrivet" not in article_of(client.get(address).text)
    for address in (minutes_of(board, ".docx"), minutes_of(board, ".docx?offentligt=1")):  # made after the release
        with ZipFile(BytesIO(client.get(address).content)) as file:
            assert "Omskrivet" not in file.read("word/document.xml").decode()
    other = board.at_body("rs")
    other.item()
    assert "Omskrivet" in article_of(client.get(minutes_of(other)).text)


def test_the_number_typed_at_the_approval_is_the_minutes_own(web: Web, board: Table, decided: int) -> None:
    client = web.as_("reg")
    client.post(minutes_of(board), data=WHOLE)
    form = {"approved_on": board.held_on.isoformat(), "sure": "yes", "register_no": "x" * 41}
    page = client.post(minutes_of(board, "/justera"), data=form)
    assert page.status_code == 422
    assert "högst 40 tecken" in text_of(page)
    assert client.post(minutes_of(board, "/justera"), data={**form, "register_no": "HSN 2021/99"}).status_code == 303
    assert "HSN 2021/99" in text_of(client.get(minutes_of(board)))


def test_who_reads_english_gets_the_minutes_in_english_also_when_approved(web: Web, board: Table, decided: int) -> None:
    approve(web, board)
    with board.app.write() as work:
        work.update(Person, {"slug": "reg"}, {"language": "en"})
        work.commit()
    assert "Minutes" in text_of(web.as_("reg").get(minutes_of(board)))
