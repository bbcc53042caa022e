"""The page of one item: what is on the table, the decision with its consequences shown first, and what came of it."""

import html
import re
from dataclasses import replace

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from pathways.models.meeting import ItemKind
from pathways.models.task import Task
from pathways.profiles.vocabulary import Matter, Role
from tests.pathways.drive import drive_to
from tests.pathways.services.deciding.table import Table, with_profile
from tests.pathways.services.judge import rows, traces
from tests.pathways.web.conftest import Web, over

DECISION = {"outcome": "adopt", "motive": "Gapen är störst här", "paragraph_no": "§ 7", "register_no": "HSN 2021/7"}


def at(table: Table, item: int, more: str = "") -> str:
    return f"/moten/{table.body}/{table.held_on.isoformat()}/arende/{item}{more}"


def text_of(response: Response) -> str:
    """The words of a page, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def keys(response: Response) -> dict[str, str]:
    """The unseen keys of a page's form for deciding."""
    return dict(re.findall(r'name="(command_id|version)" value="([^"]*)"', response.text))


def post(client: TestClient, table: Table, item: int, **form: str) -> Response:
    """Posts the form of a page that was opened just before."""
    opened = client.get(at(table, item))
    return client.post(at(table, item), data={**keys(opened), **DECISION, **form})


def test_everything_is_on_the_table(web: Web, board: Table) -> None:
    item = board.item(proposal="Planen antas", presenter_id=board.id_of("chef"))
    told = text_of(web.as_("lg").get(at(board, item)))
    assert "Planen antas" in told
    assert "Örjan Ek" in told
    assert "KSG" in told
    assert told.count("Tillstyrkt") == 2
    assert "Läs beslutsunderlaget" in told
    assert "Beslutet antecknas av registrator" in told


@pytest.mark.parametrize(("who", "status"), [("lg", 200), ("reg", 200), ("ordf", 200), ("frammande", 404)])
def test_members_and_others_of_the_house_read(web: Web, board: Table, who: str, status: int) -> None:
    assert web.as_(who).get(at(board, board.item())).status_code == status


def test_the_consequences_are_shown_before_anything_happens(web: Web, board: Table) -> None:
    item, client = board.item(), web.as_("reg")
    conditions = {"condition-1": "Redovisa i juni", "due-1": "2021-12-01", "role-1": "head"}
    opened = client.get(at(board, item))
    before = traces(board.app)
    form = {**keys(opened), **DECISION, **conditions, "outcome": "adopt_with_conditions", "steg": "granska"}
    shown = client.post(at(board, item), data=form)
    assert shown.status_code == 200
    assert traces(board.app) == before
    told = text_of(shown)
    assert "Redovisa i juni" in told
    assert "Örjan Ek" in told
    done = client.post(at(board, item), data={**form, "steg": "bekrafta"})
    assert done.status_code == 303
    assert [one["role"] for one in rows(board.driver, Task, own_title="Redovisa i juni")] == ["head"]
    after = text_of(client.get(at(board, item)))
    assert "Avgjort, § 7" in after
    assert "Beslutet är antecknat" in after
    assert "Regina Strand" in after


def test_nothing_typed_is_lost_when_another_condition_is_asked_for(web: Web, board: Table) -> None:
    item, client = board.item(), web.as_("reg")
    form = {"steg": "villkor", "condition-1": "Redovisa i juni", "due-1": "2021-12-01"}
    page = post(client, board, item, **form)
    assert 'name="condition-2"' in page.text
    assert 'value="Redovisa i juni"' in page.text
    assert "Gapen är störst här" in page.text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"outcome": ""}, "Välj vad som beslutades."),
        ({"paragraph_no": ""}, "Skriv paragrafens nummer"),
        ({"register_no": ""}, "Skriv diarienumret"),
        ({"outcome": "return", "motive": ""}, "Skriv varför"),
        ({"outcome": "adopt_with_conditions"}, "Skriv minst ett villkor"),
        ({"outcome": "adopt_with_conditions", "condition-1": "Redovisa", "due-1": "snart"}, "Välj en dag då villkoret"),
    ],
)
def test_what_is_lacking_is_said_at_its_question(web: Web, board: Table, change: dict[str, str], told: str) -> None:
    item, client = board.item(), web.as_("reg")
    before = traces(board.app)
    page = post(client, board, item, steg="granska", **change)
    assert page.status_code == 422
    assert told in text_of(page)
    assert 'aria-invalid="true"' in page.text
    assert traces(board.app) == before


def test_every_rule_is_told_at_once(web: Web, board: Table) -> None:
    with_profile(board.app, quorum={"hsn": {Role.MANAGEMENT_GROUP_MEMBER: 3}})
    item = board.item(presenter_id=board.id_of("m1"))
    board.conflict(item, "m1")
    page = post(web.as_("reg"), board, item, steg="bekrafta")
    assert page.status_code == 409
    told = text_of(page)
    assert "Mötet är inte beslutfört" in told
    assert "Maja Zetterlund är jävig och kan inte föredra ärendet" in told


def test_the_second_browser_is_told_who_decided(web: Web, board: Table) -> None:
    item, first, second = board.item(), web.as_("reg"), web.as_("chef")
    form = {**keys(second.get(at(board, item))), **DECISION, "steg": "bekrafta"}
    assert post(first, board, item, steg="bekrafta").status_code == 303
    late = second.post(at(board, item), data={**form, "outcome": "decline"})
    assert late.status_code == 409
    assert "Ärendet är redan avgjort: bifall, § 7. Regina Strand antecknade det" in text_of(late)


def test_a_page_from_before_a_change_goes_on_with_what_stands_now(web: Web, board: Table) -> None:
    item, client = board.item(), web.as_("reg")
    form = {**keys(client.get(at(board, item))), **DECISION, "steg": "bekrafta"}
    board.driver.do("create_task", title="Något annat", due_on="2021-12-24")
    late = client.post(at(board, item), data=form)
    assert late.status_code == 409
    assert "Gapen är störst här" in late.text
    again = client.post(at(board, item), data={**form, **keys(late)})
    assert again.status_code == 303


def test_an_item_without_introduction_is_decided_alone(web: Web, board: Table) -> None:
    item, client = board.item(introduction_id=None, matter=None, title="Mötesdagar"), web.as_("reg")
    shown = post(client, board, item, steg="granska", register_no="")
    assert "Inget införande flyttas" in text_of(shown)
    assert post(client, board, item, steg="bekrafta", register_no="").status_code == 303


def test_information_is_noted(web: Web, board: Table) -> None:
    item, client = board.item(kind=ItemKind.INFORMATION, matter=None), web.as_("reg")
    assert post(client, board, item, outcome="note", steg="bekrafta", register_no="").status_code == 303
    assert "Antecknas till protokollet" in text_of(client.get(at(board, item)))


def test_a_conflict_is_declared_and_taken_back(web: Web, board: Table) -> None:
    board.join("m1")
    item, member = board.item(), web.as_("m1")
    assert member.post(at(board, item, "/jav"), data={}).status_code == 303
    told = text_of(web.as_("reg").get(at(board, item)))
    assert "Jäv Maja Zetterlund" in told
    assert member.post(at(board, item, "/jav"), data={"person": "lg"}).status_code == 404
    back = web.as_("reg").post(at(board, item, "/jav"), data={"person": "m1", "gor": "ta-tillbaka"})
    assert back.status_code == 303
    assert "Ingen har anmält jäv." in text_of(member.get(at(board, item)))


def test_what_moved_nothing_is_taken_back_on_its_page(web: Web, board: Table) -> None:
    item, client = board.item(kind=ItemKind.INFORMATION, matter=None), web.as_("reg")
    board.decide(item, "note", register_no="")
    assert client.post(at(board, item, "/ta-tillbaka"), data={}).status_code == 303
    assert "Anteckna ärendet" in text_of(client.get(at(board, item)))
    again = client.post(at(board, item, "/ta-tillbaka"), data={})
    assert again.status_code == 409
    assert "inget att ta tillbaka" in text_of(again)


def test_a_statement_is_taken_back_with_a_reason(web: Web, board: Table) -> None:
    board.decide(board.item(), "return")
    ksg = board.at_body("ksg", days=1)
    item, client = ksg.item(), web.as_("reg")
    ksg.decide(item)
    assert client.post(at(ksg, item, "/ta-tillbaka"), data={"reason": ""}).status_code == 409
    assert client.post(at(ksg, item, "/ta-tillbaka"), data={"reason": "Fel mening"}).status_code == 303
    assert ksg.row(item)["outcome"] is None


def test_those_who_steer_are_led_to_the_correction_of_a_decision(web: Web, board: Table) -> None:
    item = board.item()
    recorded = board.decide(item)
    assert recorded.receipt is not None
    to = f"/forlopp/kol/gor/correct?undo_to={recorded.receipt.seq - 1}"
    assert to in web.as_("sam").get(at(board, item)).text
    assert to not in web.as_("reg").get(at(board, item)).text


def test_the_decider_gets_the_way_to_undo(web: Web, board: Table) -> None:
    item, client = board.item(), web.as_("sam")
    assert post(client, board, item, steg="bekrafta").status_code == 303
    undo = re.search(r'href="(/forlopp/kol/angra/\d+)"', client.get(at(board, item)).text)
    assert undo is not None
    client.post(undo[1], data=keys(client.get(undo[1])))
    assert board.row(item)["outcome"] is None


def test_one_goes_from_item_to_item(web: Web, board: Table) -> None:
    first, second = board.item(), board.item(position=2, title="Mötesdagar")
    client = web.as_("lg")
    assert at(board, second) in client.get(at(board, first)).text
    assert at(board, first) in client.get(at(board, second)).text


@pytest.mark.parametrize("item", ["999999", "x", "nytt2", "99999999999999999999"])
def test_what_is_no_item_of_the_meeting_is_not_there(web: Web, board: Table, item: str) -> None:
    assert web.as_("reg").get(f"/moten/hsn/{board.held_on.isoformat()}/arende/{item}").status_code == 404


def test_the_decisions_of_an_introduction_show_each_body_in_order(web: Web, board: Table) -> None:
    item = board.item()
    before = text_of(web.as_("lg").get("/forlopp/kol/beslut")).partition("Organens handläggning")[2]
    assert before.index("KSG") < before.index("LG-HS") < before.index("HSN")
    board.decide(item)
    page = web.as_("lg").get("/forlopp/kol/beslut")
    assert at(board, item) in page.text
    assert "Organens handläggning" in text_of(page)


@pytest.fixture
def narrow(web: Web) -> Web:
    """A region whose units bear one demand a quarter."""
    workload = web.app.profile.workload.model_copy(update={"demands_per_quarter": 1})
    profile = web.app.profile.model_copy(update={"workload": workload})
    return over(replace(web.app, profiles={profile.region.code: profile}), web.clock)


def test_who_decides_a_plan_is_told_which_units_have_no_room(narrow: Web, board: Table) -> None:
    drive_to(narrow.app, narrow.clock, "epilepsi", "communicated")  # asks the same units something in the same quarter
    plan, told = board.item(), board.item(position=2, kind=ItemKind.INFORMATION)
    page = narrow.as_("lg").get(at(board, plan))
    assert "får fler uppgifter än 1 på ett kvartal" in text_of(page)
    assert 'href="/belastning"' in page.text
    board.decide(plan)
    assert "krav på ett kvartal" not in text_of(narrow.as_("lg").get(at(board, plan)))
    response = board.item(position=3, matter=Matter.RESPONSE)
    for item in (told, response):
        assert narrow.as_("lg").get(at(board, item)).status_code == 200
    assert "krav på ett kvartal" not in text_of(narrow.as_("lg").get(at(board, response)))


def test_where_there_is_room_nothing_is_said_of_it(web: Web, board: Table) -> None:
    drive_to(web.app, web.clock, "epilepsi", "communicated")
    assert "krav på ett kvartal" not in text_of(web.as_("lg").get(at(board, board.item())))


def test_who_may_not_see_the_demand_is_not_told_of_it(narrow: Web, board: Table) -> None:
    drive_to(narrow.app, narrow.clock, "epilepsi", "communicated")
    board.join("frammande", role=Role.ELECTED_READER)
    page = narrow.as_("frammande").get(at(board, board.item()))
    assert page.status_code == 200
    assert "krav på ett kvartal" not in text_of(page)


def listed(web: Web, table: Table, item: int) -> str:
    """What the meeting's page says of an item."""
    page = web.as_("lg").get(at(table, item).partition("/arende")[0])
    row = re.search(rf'<tr id="arende-{item}">.*?</tr>', page.text, re.DOTALL)
    assert row is not None
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row[0])).split())


def test_the_meeting_shows_what_the_introductions_log_says_of_the_bodies_before(web: Web, board: Table) -> None:
    """The endorsements were written in the log, at no meeting of the product."""
    assert "KSG" not in listed(web, board, board.item())


def test_after_a_return_the_meeting_shows_that_the_chain_begins_anew(web: Web, board: Table) -> None:
    board.decide(board.item(), "return", motive="Räkna om tidsplanen")
    again = board.at_body("hsn", days=28)
    told = listed(web, again, again.item())
    assert "KSG" in told
    assert "LG-HS" in told
    hindered = text_of(web.as_("reg").get(at(again, again.item(position=2))))
    assert "KSG, LG-HS" in hindered  # the page that decides says the same
