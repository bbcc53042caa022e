"""A document goes from working paper to fixed to dispatched; what is fixed never changes, and nothing is deleted."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.documents.paper import thaw_paper
from pathways.errors import DocumentRefused, InvalidOrder, NotAllowed, Refused, Unknown
from pathways.locale import texts
from pathways.models.administration import RegionEvent
from pathways.models.document import Document, DocumentFile, DocumentKind, DocumentState
from pathways.services.document.dispatch_document import dispatch_document
from pathways.services.document.files import find_file, keep_file, paper_of
from pathways.services.document.kinds import NEEDED, PARTS, REGISTERED
from pathways.services.document.make_document import new_edition
from pathways.services.document.shelf import get_document
from pathways.services.document.write_words import write_words
from pathways.services.verify.run import verify
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.services.document.desk import Desk

PLAN, LETTER, REPORT = DocumentKind.ACTION_PLAN, DocumentKind.STATUS_LETTER, DocumentKind.STATE_REPORT


@pytest.fixture
def desk(app: App, clock: SetClock) -> Desk:
    """The coordinator, with an introduction whose plan is drafted."""
    drive_to(app, clock, "sepsis", "ranking")
    return Desk(app, clock)


def sentences(refused: DocumentRefused) -> list[str]:
    return [texts("sv").say(one.sentence, **one.values) for one in refused.reasons]


def test_a_working_paper_has_process_class_and_retention_of_its_kind(desk: Desk) -> None:
    row = desk.row(desk.begin(PLAN, "sepsis"))
    assert (row["state"], row["edition"], row["content"]) == (DocumentState.WORKING_PAPER, 1, None)
    assert (row["process_class"], row["retention"]) == ("3.1 Införa vårdförlopp", "bevaras")


def test_making_it_again_gives_the_same_working_paper(desk: Desk) -> None:
    assert desk.begin(PLAN, "sepsis") == desk.begin(PLAN, "sepsis")


def test_letters_to_two_units_are_two_documents(desk: Desk) -> None:
    assert desk.begin(LETTER, "sepsis", "vc-falun") != desk.begin(LETTER, "sepsis", "medicin")


def test_a_fixed_document_says_what_it_said_that_day_with_its_hash(desk: Desk) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    digest = desk.fix(document_id)
    row = desk.row(document_id)
    assert row["state"] == DocumentState.FIXED
    assert row["sha256"] == digest == sha256(row["content"].encode()).hexdigest()
    paper = thaw_paper(row["content"])
    assert paper.register_no == "HSN 2021/7"
    assert "Arbetsmaterial" not in paper.note
    desk.clock.set(desk.clock.now() + timedelta(days=30))
    assert desk.row(document_id)["content"] == row["content"]


def test_what_is_fixed_is_neither_written_in_nor_fixed_again(desk: Desk) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    desk.fix(document_id)
    with pytest.raises(Refused, match="document_is_fixed"):
        desk.do(lambda office: write_words(office, document_id, {"summary": "Nytt"}))
    with pytest.raises(Refused, match="document_is_fixed"):
        desk.fix(document_id)


def test_every_missing_thing_is_told_at_once(desk: Desk) -> None:
    document_id = desk.begin(DocumentKind.CONSULTATION_RESPONSE, "sepsis")
    with pytest.raises(DocumentRefused) as refused:
        desk.fix(document_id, register_no=" ")
    told = sentences(refused.value)
    assert len(told) == 3
    assert any("sammanfattning" in one for one in told)
    assert any("remissversion" in one for one in told)
    assert any("Diarienummer saknas" in one for one in told)
    assert desk.row(document_id)["state"] == DocumentState.WORKING_PAPER


@pytest.mark.parametrize("kind", sorted(REGISTERED & set(PARTS)))
def test_what_the_law_registers_is_not_fixed_without_its_number(desk: Desk, kind: DocumentKind) -> None:
    document_id = desk.begin(kind, "sepsis")
    with pytest.raises(DocumentRefused) as refused:
        desk.fix(document_id, register_no="")
    assert "error.document_register_no_missing" in [one.sentence for one in refused.value.reasons]


def test_words_are_kept_and_empty_ones_go(desk: Desk) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    desk.do(lambda office: write_words(office, document_id, {"summary": " Kort sagt. ", "follow_up": " "}))
    assert desk.row(document_id)["words"] == {"summary": "Kort sagt."}


def test_a_part_that_the_kind_lacks_and_one_that_is_too_long_are_refused(desk: Desk) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    with pytest.raises(InvalidOrder) as refused:
        desk.do(lambda office: write_words(office, document_id, {"greeting": "Hej", "summary": "x" * 8001}))
    assert sorted(one.field for one in refused.value.problems) == ["greeting", "summary"]


def test_only_what_is_fixed_is_dispatched_and_only_once(desk: Desk) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    today = desk.today
    with pytest.raises(Refused, match="document_not_fixed"):
        desk.do(lambda office: dispatch_document(office, document_id, to="HSN", on=today))
    desk.fix(document_id)
    desk.do(lambda office: dispatch_document(office, document_id, to="  HSN  ", on=today))
    row = desk.row(document_id)
    assert (row["state"], row["dispatched_to"], row["dispatched_on"]) == (DocumentState.DISPATCHED, "HSN", today)
    with pytest.raises(Refused, match="document_is_dispatched"):
        desk.do(lambda office: dispatch_document(office, document_id, to="RS", on=today))


@pytest.mark.parametrize(
    ("to", "days", "sentence"),
    [
        ("", 0, "error.document_receiver_missing"),
        ("HSN", None, "error.document_day_missing"),
        ("HSN", 1, "error.document_day_ahead"),
        ("HSN", -1, "error.document_day_before_fixed"),
        ("x" * 201, 0, "input.too_long"),
    ],
)
def test_a_wrong_dispatch_is_refused(desk: Desk, to: str, days: int | None, sentence: str) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    desk.fix(document_id)
    on: date | None = desk.today + timedelta(days=days) if days is not None else None
    with pytest.raises(DocumentRefused) as refused:
        desk.do(lambda office: dispatch_document(office, document_id, to=to, on=on))
    assert [one.sentence for one in refused.value.reasons] == [sentence]


def test_a_new_edition_stands_beside_the_fixed_one_with_its_words(desk: Desk) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    desk.do(lambda office: write_words(office, document_id, {"summary": "Kort"}))
    with pytest.raises(Refused, match="document_not_fixed"):
        desk.do(lambda office: new_edition(office, document_id))
    desk.fix(document_id)
    second = desk.do(lambda office: new_edition(office, document_id))
    row = desk.row(second)
    assert (row["edition"], row["words"], row["state"]) == (2, {"summary": "Kort"}, DocumentState.WORKING_PAPER)
    assert desk.do(lambda office: new_edition(office, document_id)) == second
    assert desk.row(document_id)["edition"] == 1


def test_a_file_is_kept_as_it_was_first_made(desk: Desk) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    with pytest.raises(Refused, match="document_not_fixed"):
        paper_of(desk.row(document_id))
    desk.fix(document_id)
    row = desk.row(document_id)
    kept = desk.do(lambda office: keep_file(office.work, row, "pdf", b"first"))
    assert kept == desk.do(lambda office: keep_file(office.work, row, "pdf", b"second")) == b"first"
    with desk.app.read() as work:
        assert find_file(work, row, "pdf") == b"first"
        assert find_file(work, row, "docx") is None
        assert work.value(select(table_of(DocumentFile).c.sha256)) == sha256(b"first").hexdigest()


@pytest.mark.parametrize("person", ["vcf", "lg", "ana", "frammande"])
def test_others_keep_no_documents(desk: Desk, person: str) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    other = Desk(desk.app, desk.clock, person)
    for act in (
        lambda: other.begin(PLAN, "sepsis"),
        lambda: other.do(lambda office: write_words(office, document_id, {})),
        lambda: other.fix(document_id),
        lambda: other.do(lambda office: dispatch_document(office, document_id, to="HSN", on=desk.today)),
        lambda: other.do(lambda office: new_edition(office, document_id)),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_registrar_keeps_documents_too(desk: Desk) -> None:
    assert Desk(desk.app, desk.clock, "reg").begin(PLAN, "sepsis")


def test_a_document_of_another_region_is_unknown(desk: Desk) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    with desk.app.read() as work, pytest.raises(Unknown):
        get_document(work, document_id, region_id=desk.app.region_id() + 1)


def test_the_region_s_log_tells_who_did_what_without_names(desk: Desk) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    desk.fix(document_id)
    desk.do(lambda office: dispatch_document(office, document_id, to="Anna Andersson", on=desk.today))
    with desk.app.read() as work:
        event = table_of(RegionEvent)
        rows = work.rows(select(event).where(event.c.subject == f"action_plan:{document_id}"))
    assert [row["action"] for row in rows] == ["make_document", "fix_document", "dispatch_document"]
    assert "Anna" not in str([row["values"] for row in rows])


def test_two_who_fix_at_once_are_not_both_let_through(desk: Desk) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    seen = desk.row(document_id)
    desk.fix(document_id)
    with desk.app.write() as work:
        stale = {"id": seen["id"], "region_id": seen["region_id"], "state": seen["state"]}
        assert work.update(Document, stale, {"title": "x"}) == 0


def test_every_needed_text_is_asked_for_and_has_a_sentence() -> None:
    for kind, parts in NEEDED.items():
        assert set(parts) <= set(PARTS[kind])
        assert all(texts("sv").has(f"error.document_no_{part}") for part in parts)


def test_a_report_of_an_unknown_year_is_refused(desk: Desk) -> None:
    document_id = desk.begin(REPORT, about="interim-1999")
    with pytest.raises(Unknown):
        desk.fix(document_id)


def test_the_whole_way_goes_on_both_kinds_of_database(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "sepsis", "ranking")
    desk = Desk(either_app, clock)
    document_id = desk.begin(PLAN, "sepsis")
    assert desk.begin(PLAN, "sepsis") == document_id
    report = desk.begin(REPORT, about="yearly-2021")
    assert desk.begin(REPORT, about="yearly-2021") == report
    desk.do(lambda office: write_words(office, report, {"resources": "Två tjänster"}))
    for one in (document_id, report):
        desk.fix(one)
        desk.do(lambda office, one=one: dispatch_document(office, one, to="HSN", on=desk.today))  # type: ignore[misc]
        assert desk.row(desk.do(lambda office, one=one: new_edition(office, one)))["edition"] == 2  # type: ignore[misc]


def test_the_nightly_check_finds_a_fixed_document_or_file_that_somebody_altered(desk: Desk) -> None:
    document_id = desk.begin(PLAN, "sepsis")
    desk.fix(document_id)
    row = desk.row(document_id)
    desk.do(lambda office: keep_file(office.work, row, "pdf", b"as it was"))
    assert verify(desk.app) == ()
    desk.do(lambda office: office.work.update(Document, {"id": document_id}, {"content": row["content"] + " "}))
    desk.do(lambda office: office.work.update(DocumentFile, {"document_id": document_id}, {"content": b"as it is"}))
    found = verify(desk.app)
    assert [one.sentence for one in found] == ["verify.document_altered", "verify.document_file_altered"]
    assert [texts("sv").say(one.sentence, **one.values) for one in found][1].startswith("Filen pdf av handling")
