"""The minutes' page and its files: filled in, approved, the same for ever after; and extracts without personal data."""

import io
import zipfile
from datetime import timedelta

import pytest

from pathways.models.meeting import ItemKind
from pathways.models.organisation import Body, Person
from tests.pathways.queries.watching import watched
from tests.pathways.services.deciding.table import Table
from tests.pathways.services.judge import traces
from tests.pathways.web.conftest import Web
from tests.pathways.web.deciding.test_decide_page import at, text_of

WHOLE = {
    "chair": "lg",
    "secretary": "reg",
    "approvers": "m1",
    "opened_at": "9:00",
    "closed_at": "11:30",
    "kept_at": "Regionens arkiv",
}
FILES = ("protokoll.pdf", "protokoll.docx", "protokoll.pdf?offentligt=1")


def minutes_of(table: Table, more: str = "") -> str:
    return f"/moten/{table.body}/{table.held_on.isoformat()}/protokoll{more}"


@pytest.fixture
def decided(board: Table) -> int:
    """The plan, decided with a motive that names people, and with a dissent."""
    board.join("m1", "lg")
    item = board.item(presenter_id=board.id_of("chef"), proposal="Planen antas enligt Sara Åkesson")
    board.conflict(item, "m1")
    motive = "Zetterlund och Örjan Ek har svarat på frågor, ring 023-49 00 00 eller maja@region.example."
    board.decide(item, motive=motive, dissent="Lars Grahn reserverar sig")
    return item


def approve(web: Web, table: Table) -> None:
    """Fills the minutes in and approves them."""
    client = web.as_("reg")
    assert client.post(minutes_of(table), data=WHOLE).status_code == 303
    form = {"approved_on": table.held_on.isoformat(), "sure": "yes"}
    assert client.post(minutes_of(table, "/justera"), data=form).status_code == 303


def test_the_minutes_read_as_they_will_and_say_what_is_lacking(web: Web, board: Table, decided: int) -> None:
    board.item(position=2, title="Mötesdagar", introduction_id=None, matter=None)
    told = text_of(web.as_("reg").get(minutes_of(board)))
    assert "§ 7 Handlingsplan för KOL" in told
    assert "Hälso- och sjukvårdsnämnden bifaller förslaget." in told
    assert "Maja Zetterlund deltog inte i ärendet." in told
    assert "Lars Grahn reserverar sig" in told
    assert "Ärende 2 är inte avgjort: Mötesdagar" in told
    assert "Välj vem som ledde mötet." in told


def test_members_read_and_see_no_forms(web: Web, board: Table, decided: int) -> None:
    page = web.as_("lg").get(minutes_of(board))
    assert page.status_code == 200
    assert f'action="{minutes_of(board)}' not in page.text
    assert web.as_("lg").post(minutes_of(board), data=WHOLE).status_code == 404
    assert web.as_("frammande").get(minutes_of(board)).status_code == 404


def test_what_was_typed_wrong_is_said_at_its_question(web: Web, board: Table, decided: int) -> None:
    page = web.as_("reg").post(minutes_of(board), data={**WHOLE, "opened_at": "morgon"})
    assert page.status_code == 422
    assert 'value="morgon"' in page.text
    assert "Skriv tiden som 13.05." in text_of(page)


@pytest.mark.parametrize(
    ("form", "status", "told"),
    [
        ({"approved_on": "2021-09-21"}, 422, "Kryssa i att protokollet är läst."),
        ({"approved_on": "snart", "sure": "yes"}, 422, "Skriv en dag"),
        ({"approved_on": "2021-09-20", "sure": "yes"}, 422, "Välj en justeringsdag"),
    ],
)
def test_an_approval_is_meant_and_dated(
    web: Web, board: Table, decided: int, form: dict[str, str], status: int, told: str
) -> None:
    client = web.as_("reg")
    client.post(minutes_of(board), data=WHOLE)
    page = client.post(minutes_of(board, "/justera"), data=form)
    assert page.status_code == status
    assert told in text_of(page)


def test_an_approval_with_something_undecided_is_refused_on_its_page(web: Web, board: Table, decided: int) -> None:
    board.item(position=2, title="Mötesdagar", introduction_id=None, matter=None)
    form = {"approved_on": board.held_on.isoformat(), "sure": "yes"}
    client = web.as_("reg")
    before = traces(board.app)
    page = client.post(minutes_of(board, "/justera"), data=form)
    assert page.status_code == 409
    told = text_of(page)
    assert "Ärende 2 är inte avgjort" in told
    assert "Välj minst en justerare." in told
    assert traces(board.app) == before


def test_files_of_approved_minutes_never_change(web: Web, board: Table, decided: int) -> None:
    approve(web, board)
    client = web.as_("reg")
    addresses = [minutes_of(board).replace("protokoll", name) for name in FILES]
    addresses += [at(board, decided, "/utdrag.pdf"), at(board, decided, "/utdrag.docx")]
    before = [client.get(address) for address in addresses]
    assert {one.status_code for one in before} == {200}
    with board.app.write() as work:
        work.update(Person, {"id": board.id_of("lg")}, {"name": "Någon Annan"})
        work.update(Body, {"slug": "hsn"}, {"name": "Nya nämnden"})
        work.commit()
    web.clock.set(web.clock.now() + timedelta(days=400))
    client = web.as_("reg")
    assert [client.get(address).content for address in addresses] == [one.content for one in before]


def test_after_the_approval_the_page_has_no_forms_but_the_notice(web: Web, board: Table, decided: int) -> None:
    approve(web, board)
    client = web.as_("reg")
    page = client.get(minutes_of(board))
    assert "Kontrollsumma" in page.text
    assert f'action="{minutes_of(board)}"' not in page.text
    late = (board.held_on + timedelta(days=4)).isoformat()
    assert client.post(minutes_of(board, "/anslag"), data={"up_on": late}).status_code == 303
    told = text_of(client.get(minutes_of(board)))
    assert "Anslaget kom upp senare än två dagar efter justeringen." in told
    early = client.post(minutes_of(board, "/anslag"), data={"up_on": late, "down_on": late})
    assert early.status_code == 422
    assert "Anslaget ska sitta uppe i tre veckor." in text_of(early)
    assert client.post(minutes_of(board), data=WHOLE).status_code == 409


def test_a_decided_item_has_its_extract(web: Web, board: Table, decided: int) -> None:
    told = text_of(web.as_("lg").get(at(board, decided, "/utdrag")))
    assert "Protokollsutdrag" in told
    assert "HSN 2021/7" in told
    word = web.as_("lg").get(at(board, decided, "/utdrag.docx"))
    assert word.headers["content-disposition"].endswith('.docx"')
    with zipfile.ZipFile(io.BytesIO(word.content)) as file:
        assert "bifaller" in file.read("word/document.xml").decode()
    assert web.as_("lg").get(at(board, decided, "/utdrag.pdf")).content.startswith(b"%PDF")


PERSONAL = ("Zetterlund", "Grahn", "Örjan", "Ek har", "Åkesson", "Regina", "023-49", "maja@region", "Haddad")


@pytest.mark.parametrize("kind", ["minutes", "extract", "word"])
def test_a_public_extract_names_nobody(web: Web, board: Table, decided: int, kind: str) -> None:
    approve(web, board)
    client = web.as_("ana")
    where = {"minutes": minutes_of(board), "extract": at(board, decided, "/utdrag")}.get(kind, "")
    if kind == "word":
        answer = client.get(at(board, decided, "/utdrag.docx?offentligt=1"))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
            told = file.read("word/document.xml").decode()
    else:
        told = client.get(f"{where}?offentligt=1").text.partition("<article")[2].partition("</article>")[0]
    assert "bifaller" in told
    assert [one for one in PERSONAL if one in told] == []
    assert "reserverar sig" not in told


def test_minutes_without_items_say_so(web: Web, board: Table) -> None:
    assert "Mötet har inga ärenden ännu." in text_of(web.as_("reg").get(minutes_of(board)))


@pytest.mark.parametrize("more", [".txt", "/nytt", ".pdf/x"])
def test_there_are_no_other_pages_or_files(web: Web, board: Table, more: str) -> None:
    assert web.as_("reg").get(minutes_of(board, more)).status_code == 404


def test_an_item_to_be_noted_stands_in_the_minutes(web: Web, board: Table) -> None:
    noted = board.item(kind=ItemKind.INFORMATION, matter=None, introduction_id=None, title="Läget")
    board.decide(noted, "note", register_no="", motive="Tack för redovisningen")
    told = text_of(web.as_("lg").get(minutes_of(board)))
    assert "antecknar ärendet till protokollet" in told
    assert "Tack för redovisningen" in told


def test_the_number_of_items_does_not_change_the_number_of_statements(web: Web, board: Table, decided: int) -> None:
    client, counts = web.as_("lg"), []
    client.get("/")  # what the first page of all reads once
    for first in (2, 6):
        for position in range(first, first + 4):
            noted = board.item(kind=ItemKind.INFORMATION, matter=None, introduction_id=None, position=position)
            board.decide(noted, "note", register_no="", paragraph_no=str(100 + position))
        with watched(board.app) as seen:
            assert client.get(minutes_of(board)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_what_a_body_says_before_the_decision_is_told_as_such(web: Web, board: Table, decided: int) -> None:
    board.driver.do("correct", undo_to=board.driver._own(of_table="decision")[-1]["made_in"] - 1, reason="Fel")
    board.driver.do("decide", by="reg", outcome="return", body="hsn", reason="Räkna om", **NUMBERS, **meeting(board))
    ksg = board.at_body("ksg", days=1)
    item = ksg.item()
    ksg.decide(item, "decline")
    told = text_of(web.as_("lg").get(at(ksg, item, "/utdrag")))
    assert "Kunskapsstyrningsgruppen avstyrker förslaget." in told
    assert "Avstyrkt" in text_of(web.as_("lg").get("/forlopp/kol/beslut"))


NUMBERS = {"paragraph_no": "§ 9", "register_no": "HSN 2021/9"}


def meeting(table: Table) -> dict[str, str]:
    return {"meeting_on": table.held_on.isoformat()}


def test_the_agenda_the_list_and_the_minutes_tell_what_the_body_did_with_each_item(web: Web, board: Table) -> None:
    board.decide(board.item(), "return")
    told = board.item(position=2, kind=ItemKind.INFORMATION, title="Läget", introduction_id=None, matter=None)
    board.decide(told, "note", paragraph_no="8", register_no="", motive="")
    meeting = minutes_of(board).removesuffix("/protokoll")
    web.clock.set(web.clock.now() + timedelta(days=1))
    for path in (meeting, minutes_of(board)):
        page = text_of(web.as_("lg").get(path))
        assert "Återremiss" in page
        assert "Antecknat" in page
        assert "Avgjort" not in page
    assert "2 ärenden: 1 återremiss, 1 antecknat" in text_of(web.as_("lg").get("/moten/hsn"))


def test_what_another_body_decides_is_told_as_what_was_said_to_it(web: Web, board: Table) -> None:
    group = board.at_body("lg_hs")
    group.join("m1")
    group.seat("lg", "m1")
    group.decide(group.item(), "adopt", paragraph_no="3", register_no="LG 1")
    web.clock.set(web.clock.now() + timedelta(days=1))
    assert "Tillstyrkt" in text_of(web.as_("lg").get(minutes_of(group).removesuffix("/protokoll")))
    assert "1 ärende: 1 tillstyrkt" in text_of(web.as_("lg").get("/moten/lg_hs"))


def test_an_item_nobody_has_settled_says_so_in_the_minutes(web: Web, board: Table) -> None:
    board.item()
    assert "Inte avgjort" in text_of(web.as_("lg").get(minutes_of(board)))


def test_only_members_can_be_chosen_to_approve_and_without_any_it_is_told_where_they_are_set(
    web: Web, board: Table
) -> None:
    board.item()
    bare = web.as_("reg").get(minutes_of(board))
    assert 'name="approvers"' not in bare.text
    assert "Organet har inga ledamöter" in bare.text
    assert "Be en administratör" in bare.text
    assert 'href="/moten/hsn#ledamoter"' in bare.text
    board.join("m1")
    page = web.as_("reg").get(minutes_of(board)).text
    assert page.count('name="approvers"') == 1
    assert "Organet har inga ledamöter" not in page


def test_before_the_meeting_the_minutes_page_says_when_and_offers_no_form(web: Web, board: Table) -> None:
    board.item()
    web.clock.set(web.clock.now() - timedelta(days=3))
    page = web.as_("reg").get(minutes_of(board))
    assert "Protokollet skrivs när mötet har hållits" in page.text
    assert f'action="{minutes_of(board)}' not in page.text
    refused = web.as_("reg").post(minutes_of(board), data=WHOLE)
    assert refused.status_code == 409
    assert "Protokollet kan skrivas från mötesdagen" in refused.text
