"""Reads minutes and extracts as papers: of approved ones what was fixed, of others what the record says now."""

from dataclasses import dataclass

from pathways.documents.paper import Paper
from pathways.exports.minutes_paper import build_paper
from pathways.queries.meeting_page import MeetingPage
from pathways.services.meeting.fixed_papers import Manner, find_fixed, fixed_paper
from pathways.services.meeting.record import read_record
from pathways.storage.unit_of_work import Row, UnitOfWork
from pathways.web.visit import NotFound, Visit

PUBLIC = "offentligt"


@dataclass(frozen=True, slots=True)
class ToRead:
    """A paper in the manner that was asked for, and the document that it was fixed as."""

    paper: Paper
    manner: Manner
    document: Row | None


def is_public(visit: Visit) -> bool:
    """Say whether the address asks for roles in the place of names."""
    return visit.request.query_params.get(PUBLIC) == "1"


def paper_to_read(visit: Visit, work: UnitOfWork, page: MeetingPage, item_id: int | None = None) -> ToRead:
    """Return the minutes, or the extract of one item; an item that the minutes leave out has no extract."""
    region_id = visit.visitor.region_id
    manner = Manner(visit.language, public=is_public(visit))
    row = find_fixed(work, page.sitting, region_id=region_id, item_id=item_id) if page.sitting.closed else None
    if row is not None:
        return ToRead(fixed_paper(work, row, manner), manner, row)
    record = read_record(work, page.sitting, region_id=region_id)
    if item_id is not None and all(one.item_id != item_id for one in record.items):
        raise NotFound
    return ToRead(build_paper(record, item_id, manner), manner, None)
