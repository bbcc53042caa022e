"""Annexes get their letters from the product; attendance is written for every member from the day of the meeting."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import Refused, Unknown
from pathways.models.document import Document, DocumentKind, DocumentState
from pathways.models.meeting import AgendaAnnex, Attendance
from pathways.services.meeting.annex import add_annex, letter_of, number_of, remove_annex
from pathways.services.meeting.attendance import record_attendance
from pathways.storage.unit_of_work import table_of
from tests.pathways.services.meeting.stage import BODY, act, add, join, order, second_meeting

LINK = "https://regionen.example/underlag.pdf"
_annex, _attendance = table_of(AgendaAnnex), table_of(Attendance)
LETTERS = [(1, "A"), (2, "B"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")]


def annexed(
    app: App, day: date, item: int, title: str, *, link: str | None = None, document_id: int | None = None
) -> str:
    """Add an annex and return its letter."""
    return act(
        app,
        lambda office: add_annex(
            office, BODY, held_on=day, item_id=item, title=title, link=link, document_id=document_id
        ),
    )


@pytest.mark.parametrize(("number", "letter"), LETTERS)
def test_letters_go_on_as_the_columns_of_a_sheet(number: int, letter: str) -> None:
    assert (letter_of(number), number_of(letter)) == (letter, number)


def test_annexes_get_the_next_letter_and_the_letters_of_others_stay(app: App) -> None:
    day = second_meeting(app)
    item = add(app, order(), held_on=day)
    for title in ("Gapanalys", "Kostnader", "Bilder"):
        annexed(app, day, item, title, link=LINK)
    act(app, lambda office: remove_annex(office, BODY, held_on=day, item_id=item, letter="B"))
    act(app, lambda office: add_annex(office, BODY, held_on=day, item_id=item, title="Tidsplan", link=LINK))
    with app.read() as work:
        rows = work.rows(select(_annex.c.letter, _annex.c.title).order_by(_annex.c.letter))
    assert [(row["letter"], row["title"]) for row in rows] == [("A", "Gapanalys"), ("C", "Bilder"), ("D", "Tidsplan")]


@pytest.mark.parametrize(
    "link",
    [
        "http://regionen.example/x",
        "javascript:alert(1)",
        "https://",
        "https://någon@regionen.example/x",
        "https://regionen.example/a b",
        "https://regionen.example/" + "x" * 500,
        "https://[fel",
    ],
)
def test_an_annex_leads_to_a_safe_address_only(app: App, link: str) -> None:
    day = second_meeting(app)
    item = add(app, order(), held_on=day)
    with pytest.raises(Refused, match="annex_link"):
        act(app, lambda office: add_annex(office, BODY, held_on=day, item_id=item, title="Underlag", link=link))


def test_an_annex_is_an_address_or_a_document_and_not_both(app: App) -> None:
    day = second_meeting(app)
    item = add(app, order(), held_on=day)
    for link, document in ((None, None), (LINK, 1)):
        with pytest.raises(Refused, match="annex_one_source"):
            annexed(app, day, item, "Bilaga", link=link, document_id=document)


def test_a_document_of_the_region_gives_its_own_title(app: App) -> None:
    day = second_meeting(app)
    item = add(app, order(), held_on=day)
    with app.write() as work:
        values = {"region_id": app.region_id(), "kind": DocumentKind.ACTION_PLAN, "title": "Handlingsplan KOL"}
        document = work.insert_one(Document, {**values, "state": DocumentState.WORKING_PAPER, "made_at": work.now})
        work.commit()
    act(app, lambda office: add_annex(office, BODY, held_on=day, item_id=item, title="", document_id=document))
    with app.read() as work:
        assert work.values(select(_annex.c.title)) == ["Handlingsplan KOL"]
    with pytest.raises(Unknown):
        act(app, lambda office: add_annex(office, BODY, held_on=day, item_id=item, title="", document_id=4711))


def test_taking_away_an_annex_that_is_not_there_is_refused(app: App) -> None:
    day = second_meeting(app)
    item = add(app, order(), held_on=day)
    with pytest.raises(Unknown):
        act(app, lambda office: remove_annex(office, BODY, held_on=day, item_id=item, letter="A"))


def test_attendance_is_written_for_every_member_and_can_be_corrected(app: App, clock: SetClock) -> None:
    join(app, "chef", BODY)
    day = second_meeting(app)
    clock.set(clock.now() + (day - clock.now().date()))
    act(app, lambda office: record_attendance(office, BODY, held_on=day, present=["lg", "chef"]))
    assert act(app, lambda office: record_attendance(office, BODY, held_on=day, present=["lg"])) == 1
    with app.read() as work:
        assert sorted(work.values(select(_attendance.c.present))) == [False, True]


def test_attendance_waits_for_the_day(app: App, clock: SetClock) -> None:
    day = second_meeting(app)
    clock.set(clock.now() + (day - clock.now().date()) - timedelta(days=1))
    with pytest.raises(Refused, match="meeting_ahead"):
        act(app, lambda office: record_attendance(office, BODY, held_on=day, present=["lg"]))


def test_nobody_but_a_member_is_written_as_there(app: App, clock: SetClock) -> None:
    day = second_meeting(app)
    clock.set(clock.now() + (day - clock.now().date()))
    with pytest.raises(Unknown):
        act(app, lambda office: record_attendance(office, BODY, held_on=day, present=["frammande"]))
