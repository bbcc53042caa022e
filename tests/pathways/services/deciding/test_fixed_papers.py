"""Approved minutes and their extracts are documents of the authority: fixed in the same breath, and never changed."""

from hashlib import sha256

import pytest
from sqlalchemy import select

from pathways.documents.paper import Paper, thaw_paper
from pathways.errors import MeetingRefused, Refused
from pathways.exports.archive import build_archive
from pathways.models.document import Document, DocumentFile, DocumentState
from pathways.models.meeting import ItemKind, MinutesState
from pathways.queries.documents import list_documents, list_meeting_documents
from pathways.services.document.dispatch_document import dispatch_document
from pathways.services.document.make_document import new_edition
from pathways.services.document.write_words import write_words
from pathways.services.meeting.fixed_papers import MANNERS, Fixing, Manner, fixed_paper
from pathways.services.meeting.minutes import approve_minutes
from pathways.services.meeting.record import MeetingRecord
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.services.deciding.table import Table, fixing
from tests.pathways.services.deciding.test_minutes import approve, board, do, keep, minutes, refused
from tests.pathways.services.judge import traces

__all__ = ["board"]
_document, _file = table_of(Document), table_of(DocumentFile)


def documents(table: Table) -> list[Row]:
    with table.app.read() as work:
        return work.rows(select(_document).order_by(_document.c.id))


def approve_with(table: Table, given: Fixing) -> object:
    day = table.held_on
    return do(table, lambda desk: approve_minutes(desk, table.body, day, approved_on=day, fixing=given))


def test_the_approval_makes_the_minutes_and_every_extract_fixed_documents(board: Table) -> None:
    noted = board.item(kind=ItemKind.INFORMATION, matter=None, introduction_id=None, position=2, title="Mötesdagar")
    board.decide(noted, "note", paragraph_no="8")
    keep(board)
    approve(board)
    whole, plan, told = documents(board)
    assert [(row["kind"], row["introduction_id"] is not None) for row in (whole, plan, told)] == [
        ("minutes", False),
        ("minutes_extract", True),
        ("minutes_extract", False),
    ]
    for row in (whole, plan, told):
        assert row["state"] == DocumentState.FIXED
        assert row["sha256"] == sha256(row["content"].encode()).hexdigest()
        assert (row["process_class"], row["retention"]) == ("2.3 Bereda ärenden", "bevaras")
        assert thaw_paper(row["content"]).register_no == row["register_no"]
    assert (whole["register_no"], plan["register_no"]) == (f"HSN {board.held_on.isoformat()}", "HSN 2021/7")
    assert board.records().count("fix_document") == 3


def test_the_register_number_that_was_asked_for_stands_on_the_minutes(board: Table) -> None:
    keep(board)
    approve_with(board, fixing(board.app, " HSN  2021/99 "))
    assert documents(board)[0]["register_no"] == "HSN 2021/99"


def test_a_register_number_that_is_too_long_is_refused(board: Table) -> None:
    keep(board)
    assert refused(board, lambda: approve_with(board, fixing(board.app, "x" * 41))) == {"input.too_long"}
    assert documents(board) == []


def test_where_the_papers_cannot_be_made_nothing_is_approved(board: Table) -> None:
    def build(_record: MeetingRecord, _item: int | None, _manner: Manner) -> Paper:
        raise MeetingRefused(())

    keep(board)
    before = traces(board.app)
    with pytest.raises(MeetingRefused):
        approve_with(board, Fixing(profile=board.app.profile, build=build))
    assert traces(board.app) == before
    assert minutes(board)["state"] == MinutesState.DRAFT
    assert documents(board) == []


def test_every_wording_is_kept_so_that_none_is_ever_built_anew(board: Table) -> None:
    keep(board)
    approve(board)
    with board.app.read() as work:
        for row in work.rows(select(_document)):
            kept = work.rows(select(_file.c.kind, _file.c.language).where(_file.c.document_id == row["id"]))
            assert {(one["kind"], one["language"]) for one in kept} == {
                ("public", "sv"),
                ("paper", "en"),
                ("public", "en"),
            }
            papers = {manner: fixed_paper(work, row, manner) for manner in MANNERS}
            assert len(set(papers.values())) == len(MANNERS)
            assert {paper.language for manner, paper in papers.items() if manner.language == "en"} == {"en"}


def test_a_fixed_extract_has_no_other_edition_and_is_not_written_in(board: Table) -> None:
    keep(board)
    approve(board)
    extract = documents(board)[1]["id"]
    assert refused(board, lambda: do(board, lambda desk: new_edition(desk, extract))) == {
        "error.document_built_elsewhere"
    }
    with pytest.raises(Refused, match="document_is_fixed"):
        do(board, lambda desk: write_words(desk, extract, {}))


def test_an_extract_is_dispatched_and_says_the_same_afterwards(board: Table) -> None:
    keep(board)
    approve(board)
    before = documents(board)[1]
    do(board, lambda desk: dispatch_document(desk, before["id"], to="Verksamhetschefen", on=board.held_on))
    after = documents(board)[1]
    assert after["state"] == DocumentState.DISPATCHED
    assert (after["content"], after["sha256"]) == (before["content"], before["sha256"])


def test_the_meeting_lists_them_and_the_introduction_its_own(board: Table) -> None:
    keep(board)
    approve(board)
    region_id = board.app.region_id()
    row = board.driver.row()
    assert row is not None
    with board.app.read() as work:
        of_meeting = list_meeting_documents(work, region_id=region_id, meeting_id=board.meeting_id(work))
        own = list_documents(work, region_id=region_id, introduction_id=row["id"], only_fixed=True)
        of_region = list_documents(work, region_id=region_id, introduction_id=None, only_fixed=True)
        strange = list_meeting_documents(work, region_id=region_id + 1, meeting_id=board.meeting_id(work))
    assert [line.kind for line in of_meeting] == ["minutes", "minutes_extract"]
    assert [line.kind for line in own] == ["minutes_extract"]
    assert own[0].title.endswith("§ 7 Handlingsplan för KOL")
    assert of_region == strange == ()


def test_the_archive_of_the_introduction_holds_the_extract(board: Table) -> None:
    keep(board)
    approve(board)
    with board.app.read() as work:
        archive = build_archive(
            work,
            region_id=board.app.region_id(),
            slug=board.driver.slug,
            now=board.app.clock.now(),
            although_open=True,
        )
    extract = documents(board)[1]
    kept = [path for path in archive.files if "minutes_extract" in path]
    assert len(kept) == 2
    content = next(archive.files[path] for path in kept if path.endswith(".json"))
    assert sha256(content).hexdigest() == extract["sha256"]
