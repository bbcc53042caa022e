"""What is wrong with a meeting is refused with the place, the value and what to do about it, in both languages."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from pathways.locale.forms import plain_day
from pathways.models.meeting import ItemKind
from pathways.profiles.vocabulary import Matter, Role
from tests.pathways.documents.test_papers import template_with
from tests.pathways.drive import drive_to
from tests.pathways.services.deciding.table import Table, board_day, endorsed, open_table
from tests.pathways.services.judge import traces
from tests.pathways.services.meeting.stage import items_at, meetings_of, second_meeting
from tests.pathways.web.conftest import Web, over

LANGUAGES = ("sv", "en")
DECISION = {"outcome": "adopt", "motive": "Gapen", "paragraph_no": "7", "register_no": "HSN 2021/7", "steg": "bekrafta"}
CHRISTMAS = "2021-12-25"


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """The language of whoever is refused."""
    return str(request.param)


@pytest.fixture
def board(web: Web) -> Table:
    """The board's meeting on the plan for KOL, which KSG and LG-HS have endorsed."""
    driver = drive_to(web.app, web.clock, "kol", "awaiting_decision")
    endorsed(driver, "ksg", "lg_hs")
    table = open_table(driver, "hsn", board_day(driver))
    table.seat("lg", "m1", absent=("m2",))
    return table


def who(web: Web, slug: str, language: str) -> TestClient:
    """Somebody who reads that language."""
    client = web.as_(slug)
    client.post("/sprak", data={"language": language})
    return client


def words(answer: Response) -> str:
    """The words of a page, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def told(answer: Response, status: int, *, language: str, sv: tuple[str, ...], en: tuple[str, ...]) -> None:
    """The refusal has its status, and says every part of what it must in the reader's language."""
    page = words(answer)
    assert answer.status_code == status, page
    assert [one for one in (sv if language == "sv" else en) if one not in page] == [], page


def decide(client: TestClient, table: Table, item: int) -> Response:
    """Posts the decision from a page that was opened just before."""
    here = f"/moten/{table.body}/{table.held_on.isoformat()}/arende/{item}"
    keys = dict(re.findall(r'name="(command_id|version)" value="([^"]*)"', client.get(here).text))
    return client.post(here, data={**keys, **DECISION})


@pytest.mark.parametrize("address", ["/moten/lg_hs/{day}/flytta", "/admin/organ"])
def test_a_meeting_on_a_day_off_is_warned_with_the_nearest_days(web: Web, language: str, address: str) -> None:
    day = second_meeting(web.app)
    client = who(web, "sam", language)
    before = len(meetings_of(web.app, "lg_hs"))
    asked = {"body": "lg_hs", "held_on": CHRISTMAS, "hand_in_on": day.isoformat()}
    answer = client.post(address.format(day=day.isoformat()), data=asked)
    told(
        answer,
        422,
        language=language,
        sv=("25 december 2021", "ledig dag", "23 december 2021", "27 december 2021", "Kryssa i rutan"),
        en=("25 December 2021", "day off", "23 December 2021", "27 December 2021", "Tick the box"),
    )
    assert len(meetings_of(web.app, "lg_hs")) == before
    assert f'value="{CHRISTMAS}"' in answer.text  # nothing typed is lost


def test_past_the_hand_in_day_the_next_possible_meeting_is_offered(web: Web, language: str) -> None:
    day = second_meeting(web.app)
    asked, *later = (row for row in meetings_of(web.app, "lg_hs") if row["held_on"] >= day)
    following = next(row for row in later if row["hand_in_on"] >= day)
    web.clock.set(web.clock.now() + (day - web.clock.now().date()))
    client = who(web, "sam", language)
    there = f"/moten/lg_hs/{day.isoformat()}/arende/nytt"
    answer = client.post(there, data={"title": "Läget i regionen", "kind": "discussion"})
    last, offered = (plain_day(day, language) for day in (asked["hand_in_on"], following["held_on"]))
    told(
        answer,
        422,
        language=language,
        sv=("LG-HS", last, f"Nästa möjliga möte är {offered}", "Ange ett skäl"),
        en=("LG-HS", last, f"next possible meeting is on {offered}", "Give a reason"),
    )
    assert items_at(web.app, day) == []


def test_a_decision_outside_the_mandate_is_not_taken_up(web: Web, language: str) -> None:
    day = second_meeting(web.app)
    client = who(web, "sam", language)
    answer = client.post(
        f"/moten/lg_hs/{day.isoformat()}/arende/nytt",
        data={"title": "Remissvar", "kind": "decision", "matter": "response"},
    )
    told(
        answer,
        422,
        language=language,
        sv=("lg_hs", "får inte besluta i det här ärendet", "rs", "Välj ett möte där"),
        en=("lg_hs", "may not decide on this matter", "rs", "Choose a meeting there"),
    )
    assert 'id="f-matter-error"' in answer.text  # beside the question


def test_a_decision_outside_the_mandate_is_not_taken(web: Web, board: Table, language: str) -> None:
    item = board.item(matter=Matter.RESPONSE)
    client = who(web, "reg", language)
    before = traces(board.app)
    told(
        decide(client, board, item),
        409,
        language=language,
        sv=("HSN får inte besluta i det här ärendet. Det får: RS", "Lägg ärendet på ett möte där"),
        en=("HSN may not decide this matter. These may: RS", "Put the item on a meeting there"),
    )
    assert traces(board.app) == before


def test_a_decision_without_quorum_is_refused_with_who_is_lacking(web: Web, board: Table, language: str) -> None:
    quorum = {Role.MANAGEMENT_GROUP_MEMBER: 3}
    bodies = tuple(
        one.model_copy(update={"quorum": quorum}) if one.slug == "hsn" else one for one in web.app.profile.bodies
    )
    profile = web.app.profile.model_copy(update={"bodies": bodies})
    strict = over(replace(web.app, profiles={profile.region.code: profile}), web.clock)
    item = board.item()
    before = board.row(item)
    told(
        decide(who(strict, "reg", language), board, item),
        409,
        language=language,
        sv=("Mötet är inte beslutfört", "av minst 3", "flytta ärendet"),
        en=("no quorum", "at least 3", "move the item"),
    )
    assert board.row(item) == before


def test_who_has_a_conflict_does_not_record_the_decision(web: Web, board: Table, language: str) -> None:
    item = board.item()
    board.conflict(item, "reg")
    client = who(web, "reg", language)
    before = traces(board.app)
    told(
        decide(client, board, item),
        409,
        language=language,
        sv=("Regina Strand är jävig", "kan inte anteckna beslutet", "Låt någon annan göra det"),
        en=("Regina Strand has a conflict of interest", "cannot record the decision", "Let somebody else do it"),
    )
    assert traces(board.app) == before


def test_who_has_a_conflict_does_not_present_the_item(web: Web, board: Table, language: str) -> None:
    item = board.item(presenter_id=board.id_of("m1"))
    board.conflict(item, "m1")
    told(
        decide(who(web, "reg", language), board, item),
        409,
        language=language,
        sv=("Maja Zetterlund är jävig", "kan inte föredra ärendet", "Välj en annan föredragande"),
        en=("Maja Zetterlund has a conflict of interest", "cannot present the item", "Choose another presenter"),
    )
    assert board.row(item)["outcome"] is None


def test_a_template_with_an_unknown_field_is_refused_with_file_field_and_nearest(web: Web, language: str) -> None:
    files = {"file": ("Regionens mall.docx", template_with("{{ titel }}"))}
    answer = who(web, "adm", language).post("/admin/wordmallar", files=files)
    told(
        answer,
        422,
        language=language,
        sv=("Regionens mall.docx har ett okänt fält: titel", "Närmast kända: title", "Rätta fältet i Word"),
        en=("Regionens mall.docx has an unknown field: titel", "Nearest known: title", "Correct the field in Word"),
    )
    assert web.as_("adm").get("/admin/wordmallar/regionens.docx").status_code == 404


@pytest.mark.parametrize("more", ["", ".json", ".pdf"])
def test_a_pack_of_a_day_that_has_not_come_is_refused(web: Web, language: str, more: str) -> None:
    day = second_meeting(web.app)
    today = web.clock.now().date()
    ahead = today + timedelta(days=1)
    client = who(web, "sam", language)
    told(
        client.get(f"/moten/lg_hs/{day.isoformat()}/underlag{more}?datum={ahead.isoformat()}"),
        409,
        language=language,
        sv=(plain_day(ahead, "sv"), "ligger framåt i tiden", plain_day(today, "sv"), "Ange en tid som har varit"),
        en=(plain_day(ahead, "en"), "lies ahead", plain_day(today, "en"), "Give a time that has been"),
    )


def test_a_pack_of_a_day_that_has_been_is_that_days_pack(web: Web) -> None:
    day = second_meeting(web.app)
    client, pack = web.as_("sam"), f"/moten/lg_hs/{day.isoformat()}/underlag"
    then = web.clock.now().date()
    contents = []
    for number in (1, 2):
        assert client.post(f"{pack}/frys", data={"nummer": str(number)}).status_code == 303
        contents.append(client.get(f"{pack}.json").content)
        web.clock.set(web.clock.now() + timedelta(days=1))
        client = web.as_("sam")
    assert contents[0] != contents[1]
    assert client.get(f"{pack}.json?datum={then.isoformat()}").content == contents[0]
    assert client.get(f"{pack}.json?datum={(then + timedelta(days=1)).isoformat()}").content == contents[1]
    before = (then - timedelta(days=1)).isoformat()
    assert client.get(f"{pack}.json?datum={before}").status_code == 404
    assert client.get(f"{pack}.json?datum=i+morgon").status_code == 404


def test_an_item_that_is_only_told_of_needs_neither_mandate_nor_quorum(web: Web, board: Table) -> None:
    item = board.item(kind=ItemKind.INFORMATION, matter=Matter.RESPONSE)
    client = web.as_("reg")
    here = f"/moten/hsn/{board.held_on.isoformat()}/arende/{item}"
    keys = dict(re.findall(r'name="(command_id|version)" value="([^"]*)"', client.get(here).text))
    assert client.post(here, data={**keys, **DECISION, "outcome": "note", "register_no": ""}).status_code == 303
