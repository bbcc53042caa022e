"""The page of a pack: what was frozen stays word for word, what came later stands beside it, and files stay as sent."""

import re
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from pathways.bootstrap import build_app
from tests.pathways.packing import Scene
from tests.pathways.queries.watching import watched
from tests.pathways.web.conftest import Web, over

KINDS = ("json", "pdf", "docx", "xlsx")
SINCE = re.compile(r'<tr class="since">.*?</tr>|<div class="since-box since">.*?</div>', re.DOTALL)


@pytest.fixture
def address(scene: Scene) -> str:
    """Where the pack of the scene's meeting is."""
    return scene.meeting.path


def frozen_part(page: str) -> str:
    """The frozen part of a page: its article without what is marked as later, and without empty lines."""
    article = page[page.index('<article class="pack"') : page.index("</article>")]
    return "\n".join(line for line in SINCE.sub("", article).splitlines() if line.strip())


def read(web: Web, address: str, who: str = "sam", *, of: Scene | None = None) -> str:
    """A page as somebody reads it."""
    answer = web.as_(who).get(address)
    assert answer.status_code == 200, answer.text[:500]
    return str(answer.text)


def test_before_the_freezing_the_page_says_when_the_clock_will_do_it(
    meeting_web: Web, scene: Scene, address: str
) -> None:
    page = read(meeting_web, address)
    assert "Underlaget är inte fryst än" in page
    assert "Det fryses automatiskt" in page
    assert f'href="{address}/frys"' in page


def test_a_member_reads_that_it_is_not_frozen_and_has_no_button(meeting_web: Web, address: str) -> None:
    assert f'href="{address}/frys"' not in read(meeting_web, address, "lg")


def test_the_coordinator_is_asked_first_and_then_it_is_frozen(meeting_web: Web, scene: Scene, address: str) -> None:
    client = meeting_web.as_("sam")
    asked = client.get(f"{address}/frys").text
    assert "sparas oföränderligt" in asked
    answer = client.post(f"{address}/frys", data={"nummer": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert "Underlaget är fryst, nummer 1" in client.get(address).text
    assert [row["number"] for row in scene.rows()] == [1]


def test_pressing_twice_freezes_once(meeting_web: Web, scene: Scene, address: str) -> None:
    client = meeting_web.as_("sam")
    answers = [client.post(f"{address}/frys", data={"nummer": "1"}).status_code for _ in range(2)]
    assert (answers, len(scene.rows())) == ([303, 303], 1)


def test_the_page_names_date_number_hash_and_who_froze_it(meeting_web: Web, scene: Scene, address: str) -> None:
    scene.freeze()
    page = read(meeting_web, address)
    row = scene.rows()[0]
    assert row["sha256"] in page
    assert "Automatiskt, vid den tid som regionen har bestämt" in page


def test_the_page_tells_every_part_with_captions_and_row_headings(meeting_web: Web, scene: Scene, address: str) -> None:
    scene.freeze()
    page = read(meeting_web, address)
    titles = ("Beslut som ni ska ta", "Läget i alla öppna förlopp", "Försenat och i riskzonen", "Mätningar")
    assert [title for title in titles if title not in page] == []
    article = page[page.index("<article") : page.index("</article>")]
    assert article.count("<table") == article.count("<caption")
    assert 'scope="row"' in article


def test_the_frozen_part_is_the_same_after_much_has_happened_and_the_changes_stand_beside_it(
    meeting_web: Web, scene: Scene, address: str
) -> None:
    scene.freeze()
    before = read(meeting_web, address)
    scene.change()
    after = read(meeting_web, address)
    assert frozen_part(after) == frozen_part(before)
    assert "Inget har ändrats sedan underlaget frystes" in before
    for told in (
        "HSN har beslutat: anta",
        "Nytt läge: Prioritering: pausat",
        "Införandet har börjat",
        "Är besvarat eller avslutat",
    ):
        assert told in after, told


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_byte_equal_after_facts_have_changed_and_after_a_restart(
    meeting_web: Web, scene: Scene, address: str, kind: str
) -> None:
    scene.freeze()
    first = meeting_web.as_("sam").get(f"{address}.{kind}").content
    scene.change()
    app = build_app(scene.app.settings, clock=scene.clock, database_url=str(scene.app.database.url))
    restarted = over(app, scene.clock)
    again = restarted.as_("lg").get(f"{address}.{kind}?nummer=1").content
    app.database.dispose()
    assert again == first


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_file_that_nobody_had_asked_for_is_made_later_from_what_was_frozen_alone(
    meeting_web: Web, scene: Scene, address: str, kind: str
) -> None:
    scene.freeze()
    scene.change()
    late = meeting_web.as_("sam").get(f"{address}.{kind}").content
    with scene.app.write() as work:
        work.connection.exec_driver_sql("delete from pack_file")
        work.commit()
    assert meeting_web.as_("sam").get(f"{address}.{kind}").content == late


def test_the_json_is_the_frozen_text_and_its_hash_can_be_checked(meeting_web: Web, scene: Scene, address: str) -> None:
    scene.freeze()
    answer = meeting_web.as_("lg").get(f"{address}.json")
    assert sha256(answer.content).hexdigest() == scene.rows()[0]["sha256"]
    assert answer.headers["content-disposition"].endswith(f'underlag-hsn-{scene.day}-nr1.json"')


def test_no_cell_of_the_workbook_becomes_a_formula(meeting_web: Web, scene: Scene, address: str) -> None:
    scene.waiting.do("create_task", title="=1+1", role="coordinator", due_on=scene.day.isoformat())
    scene.freeze()
    book = load_workbook(BytesIO(meeting_web.as_("sam").get(f"{address}.xlsx").content))
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert "f" not in kinds
    assert len(book.sheetnames) > 5


def test_the_word_file_holds_tables_and_the_chart_as_a_picture(meeting_web: Web, scene: Scene, address: str) -> None:
    scene.freeze()
    with ZipFile(BytesIO(meeting_web.as_("sam").get(f"{address}.docx").content)) as file:
        names = file.namelist()
        assert "Läget i alla öppna förlopp" in file.read("word/document.xml").decode()
    assert [name for name in names if name.endswith(".png")]


def test_each_language_has_its_own_file_and_page(meeting_web: Web, scene: Scene, address: str) -> None:
    scene.freeze()
    client = meeting_web.as_("sam")
    swedish = client.get(f"{address}.docx").content
    client.post("/sprak", data={"language": "en"})
    page, english = client.get(address).text, client.get(f"{address}.docx").content
    assert "Where all open pathways stand" in page
    assert english != swedish


def test_an_earlier_number_can_be_read_and_leads_to_the_latest(meeting_web: Web, scene: Scene, address: str) -> None:
    scene.freeze()
    scene.clock.set(scene.clock.now() + timedelta(days=1))
    scene.freeze()
    page = read(meeting_web, f"{address}?nummer=1")
    assert "Det här är nummer 1. Det finns ett senare." in page
    assert scene.rows()[0]["sha256"] in page


@pytest.mark.parametrize(
    "asked", ["?nummer=2", "?nummer=0", "?nummer=ett", "?nummer=99999999", ".exe", ".pdf?nummer=7"]
)
def test_what_is_not_there_is_not_found(meeting_web: Web, scene: Scene, address: str, asked: str) -> None:
    scene.freeze()
    assert meeting_web.as_("sam").get(f"{address}{asked}").status_code == 404


def test_after_the_meeting_there_is_no_button_and_the_pack_stays(meeting_web: Web, scene: Scene, address: str) -> None:
    scene.freeze()
    scene.waiting.go_to(scene.day + timedelta(days=1))
    page = read(meeting_web, address)
    assert f'href="{address}/frys"' not in page
    assert meeting_web.as_("sam").post(f"{address}/frys", data={"nummer": "2"}).status_code == 409


def test_no_patient_representative_reads_it(meeting_web: Web, scene: Scene, address: str) -> None:
    scene.freeze()
    assert meeting_web.as_("frammande").get(address).status_code == 404


def test_the_number_of_statements_does_not_follow_the_number_of_introductions(
    meeting_web: Web, scene: Scene, address: str
) -> None:
    scene.freeze()

    def count() -> int:
        client = meeting_web.as_("sam")
        client.get("/forlopp")
        with watched(scene.app) as sent:
            client.get(address)
        return len(sent)

    before = count()
    scene.change()
    assert count() == before < 35
