"""A document is begun, written, fixed and dispatched on its pages; its files are the same for ever once it is fixed."""

import re
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from pathways.documents.paper_word import make_own_template
from pathways.models.organisation import Person, RegionRole
from pathways.models.plan import Activity
from pathways.profiles.vocabulary import Role
from pathways.storage.unit_of_work import table_of
from tests.pathways.documents.test_papers import template_with
from tests.pathways.drive import Driver, drive_to
from tests.pathways.queries.watching import watched
from tests.pathways.web.conftest import Web

LIST = "/forlopp/sepsis/handlingar"


@pytest.fixture
def planned(web: Web) -> Web:
    """An introduction whose plan waits for the board."""
    drive_to(web.app, web.clock, "sepsis", "awaiting_decision")
    return web


def begun(web: Web, kind: str = "action_plan", by: str = "sam", **form: str) -> str:
    """Begin a document and return its address."""
    answer = web.as_(by).post(LIST, data={"kind": kind, **form})
    assert answer.status_code == 303
    return answer.headers["location"]


def fixed(web: Web, kind: str = "action_plan", number: str = "HSN 2021/7", **form: str) -> str:
    """Begin and fix a document, and return its address."""
    address = begun(web, kind, **form)
    answer = web.as_("sam").post(f"{address}/faststall", data={"register_no": number})
    assert answer.status_code == 303, answer.text
    return address


def text_of(answer: Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_an_introduction_without_documents_says_so_and_offers_to_begin(planned: Web) -> None:
    page = planned.as_("sam").get(LIST)
    assert page.status_code == 200
    assert "Inga handlingar än" in page.text
    assert 'value="decision_basis"' in page.text
    assert 'value="decision_basis"' not in planned.as_("ana").get(LIST).text


def test_a_begun_document_is_shown_as_made_now_and_stands_in_the_list(planned: Web) -> None:
    address = begun(planned)
    page = planned.as_("sam").get(address)
    assert page.status_code == 200
    assert "Arbetsmaterial" in page.text
    assert "Aktiviteter med ansvarig" in page.text
    assert address in planned.as_("sam").get(LIST).text
    assert begun(planned) == address


@pytest.mark.parametrize(
    ("form", "told"),
    [({}, "Välj vilken handling"), ({"kind": "status_letter"}, "Välj vilken enhet"), ({"kind": "poem"}, "Välj vilken")],
)
def test_a_choice_that_is_missing_is_asked_for_again(planned: Web, form: dict[str, str], told: str) -> None:
    answer = planned.as_("sam").post(LIST, data=form)
    assert answer.status_code == 422
    assert told in answer.text


def test_words_are_written_and_shown(planned: Web) -> None:
    address = begun(planned)
    written = {"summary": "Kort & gott.\n\n- Ett\n- Två", "follow_up": ""}
    assert planned.as_("sam").post(f"{address}/skriv", data=written).status_code == 303
    page = planned.as_("sam").get(address).text
    assert "Kort &amp; gott." in page
    assert "<li>Ett</li>" in page
    assert "Kort &amp; gott." in planned.as_("sam").get(f"{address}/skriv").text


def test_words_that_are_too_long_are_shown_again_with_nothing_lost(planned: Web) -> None:
    address = begun(planned)
    answer = planned.as_("sam").post(f"{address}/skriv", data={"summary": "x" * 8001})
    assert answer.status_code == 422
    assert "x" * 8001 in answer.text
    assert "högst 8000 tecken" in text_of(answer)


def test_what_is_missing_is_told_before_and_after_the_try(planned: Web) -> None:
    address = begun(planned, "decision_basis")
    asked = planned.as_("sam").get(f"{address}/faststall").text
    assert "Förslag till beslut saknas" in asked
    assert '/underlag">Till beslutsunderlaget</a>' in asked
    answer = planned.as_("sam").post(f"{address}/faststall", data={"register_no": ""})
    assert answer.status_code == 422
    assert "Diarienummer saknas" in answer.text
    assert "Förslag till beslut saknas" in answer.text


def test_a_fixed_document_is_locked_and_can_be_dispatched_once(planned: Web) -> None:
    address = fixed(planned)
    page = planned.as_("sam").get(address).text
    assert "Fastställd" in page
    assert f"{address}/skriv" not in page
    assert planned.as_("sam").post(f"{address}/skriv", data={"summary": "x"}).status_code == 409
    wrong = planned.as_("sam").post(f"{address}/expediera", data={"to": "", "on": "i går"})
    assert wrong.status_code == 422
    assert "Skriv vem" in wrong.text
    assert "Skriv vilken dag" in wrong.text
    day = planned.app.clock.now().date().isoformat()
    assert planned.as_("reg").post(f"{address}/expediera", data={"to": "HSN", "on": day}).status_code == 303
    assert "till HSN" in planned.as_("sam").get(address).text
    assert planned.as_("sam").post(f"{address}/expediera", data={"to": "HSN", "on": day}).status_code == 409


def test_a_new_edition_stands_beside_the_fixed_one(planned: Web) -> None:
    address = fixed(planned)
    answer = planned.as_("sam").post(f"{address}/ny-utgava")
    assert answer.status_code == 303
    assert answer.headers["location"] != address
    listed = planned.as_("sam").get(LIST).text
    assert address in listed
    assert answer.headers["location"] in listed


def test_an_elected_reader_sees_fixed_documents_only(planned: Web) -> None:
    working = begun(planned)
    reader = reading(planned)
    assert working not in reader.get(LIST).text
    assert reader.get(working).status_code == 404
    assert reader.get(f"{working}/handling.docx").status_code == 404
    planned.as_("sam").post(f"{working}/faststall", data={})
    assert working in reader.get(LIST).text
    assert reader.get(working).status_code == 200


def reading(web: Web) -> TestClient:
    """Return the browser of an elected reader."""
    region_id = web.app.region_id()
    with web.app.write() as work:
        values = {
            "region_id": region_id,
            "slug": "lasare",
            "name": "Lova Nyman",
            "address": "mailto://l@forlopp.example",
        }
        person_id = work.insert_one(Person, values)
        work.insert_one(RegionRole, {"region_id": region_id, "person_id": person_id, "role": Role.ELECTED_READER})
        work.commit()
    return web.as_("lasare")


@pytest.mark.parametrize("person", ["vcf", "lg", "ana"])
def test_others_read_working_papers_but_change_nothing(planned: Web, person: str) -> None:
    address = begun(planned)
    client = planned.as_(person)
    assert client.get(address).status_code == 200
    for path in ("skriv", "faststall", "expediera"):
        assert client.get(f"{address}/{path}").status_code == 404
        assert client.post(f"{address}/{path}", data={}).status_code == 404
    assert client.post(f"{address}/ny-utgava").status_code == 404
    assert client.post(LIST, data={"kind": "action_plan"}).status_code == 404


@pytest.mark.usefixtures("pango")
@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_a_file_of_a_fixed_document_is_byte_equal_for_ever(planned: Web, form: str) -> None:
    address = fixed(planned)
    first = planned.as_("sam").get(f"{address}/handling.{form}")
    assert first.status_code == 200
    assert "attachment" in first.headers["content-disposition"]
    drive_to(planned.app, planned.clock, "sepsis", "executing")
    planned.as_("adm").post("/admin/wordmallar", files={"file": ("mall.docx", template_with("Ny: {{ title }}"))})
    assert planned.as_("lg").get(f"{address}/handling.{form}").content == first.content


def test_a_working_paper_as_word_says_so_on_every_page(planned: Web) -> None:
    address = begun(planned)
    content = planned.as_("sam").get(f"{address}/handling.docx").content
    with ZipFile(BytesIO(content)) as package:
        assert "Arbetsmaterial" in package.read("word/header1.xml").decode()


def test_the_plan_as_excel_holds_no_formula(planned: Web) -> None:
    drive_to(planned.app, planned.clock, "sepsis", "executing")
    with planned.app.read() as work:
        activity = table_of(Activity)
        ref = work.value(select(activity.c.ref))
    Driver(planned.app, planned.clock, "sepsis").do("update_activity", activity=ref, title='=HYPERLINK("http://x";"y")')
    address = begun(planned)
    book = openpyxl.load_workbook(BytesIO(planned.as_("sam").get(f"{address}/handling.xlsx").content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") and cell.data_type == "s" for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]
    book.close()


@pytest.mark.parametrize("path", ["handling.exe", "handling.xlsx"])
def test_a_file_of_a_kind_that_is_not_made_is_not_there(planned: Web, path: str) -> None:
    address = begun(planned, "decision_basis")
    assert planned.as_("sam").get(f"{address}/{path}").status_code == 404


def test_a_document_that_is_not_there_is_not_found(planned: Web) -> None:
    assert planned.as_("sam").get("/handlingar/999").status_code == 404


def test_the_page_of_documents_is_read_in_few_statements(planned: Web) -> None:
    for unit in ("vc-falun", "medicin", "alvdalen"):
        begun(planned, "status_letter", unit=unit)
    client = planned.as_("sam")
    with watched(planned.app) as seen:
        client.get(LIST)
    assert len(seen) <= 12


def test_both_reports_are_begun_for_a_year_and_have_their_figures(planned: Web) -> None:
    assert "Inga redovisningar än" in planned.as_("sam").get("/rapporter").text
    for occasion, told in (("interim", "Delredovisning 2021"), ("yearly", "Redovisning 2021 och plan framåt")):
        answer = planned.as_("sam").post("/rapporter", data={"occasion": occasion, "year": "2021"})
        assert answer.status_code == 303
        page = planned.as_("sam").get(answer.headers["location"])
        assert told in page.text
        assert "Pågående införanden" in page.text
    assert planned.as_("sam").get("/rapporter").text.count('href="/handlingar/') == 2


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "Välj vilken av de två"),
        ({"occasion": "yearly", "year": "2099"}, "Välj ett år"),
        ({"occasion": "yearly", "year": "x"}, "Välj ett år"),
        ({"occasion": "monthly", "year": "2021"}, "Välj vilken av de två"),
    ],
)
def test_a_report_that_cannot_be_is_asked_for_again(planned: Web, form: dict[str, str], told: str) -> None:
    answer = planned.as_("sam").post("/rapporter", data=form)
    assert answer.status_code == 422
    assert told in answer.text


def test_the_region_s_template_is_checked_used_and_dropped(planned: Web) -> None:
    administrator, here = planned.as_("adm"), "/admin/wordmallar"
    assert "Förlopps egen mall används" in administrator.get(here).text
    template = template_with("Regionens: {{ title }}")
    answer = administrator.post(here, files={"file": ("Regionens mall.docx", template)})
    assert answer.status_code == 303
    assert "Regionens mall.docx" in administrator.get(here).text
    assert administrator.get(f"{here}/regionens.docx").content == template
    with ZipFile(BytesIO(administrator.get(f"{here}/prov.docx").content)) as package:
        assert "Regionens: Provhandling" in package.read("word/document.xml").decode()
    assert administrator.post(f"{here}/egen").status_code == 303
    assert administrator.get(f"{here}/regionens.docx").status_code == 404
    assert administrator.get(f"{here}/produktens.docx").content == make_own_template()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mall.docx", template_with("{{ rubrik }}"), "mall.docx har ett okänt fält: rubrik"),
        ("mall.docx", template_with("{{ titel }}"), "Närmast kända: title"),
        ("mall.docx", b"%PDF-1.7", "mall.docx är ingen Word-fil"),
        ("mall.pdf", b"%PDF-1.7", "mall.pdf är ingen Word-fil"),
        ("mall.docx", b"", "Välj"),
    ],
)
def test_a_wrong_template_is_refused_with_what_is_wrong(planned: Web, name: str, content: bytes, told: str) -> None:
    answer = planned.as_("adm").post("/admin/wordmallar", files={"file": (name, content)})
    assert answer.status_code == 422
    assert told in text_of(answer)


def test_the_template_is_not_for_everybody(planned: Web) -> None:
    assert planned.as_("reg").get("/admin/wordmallar").status_code == 404
    assert planned.as_("ana").post("/admin/wordmallar/egen").status_code == 404


def test_the_pages_speak_english(planned: Web) -> None:
    address = begun(planned)
    client = planned.as_("sam")
    client.post("/sprak", data={"language": "en"})
    assert "Working paper" in client.get(address).text
    assert "Documents" in client.get(LIST).text
