"""What the forms of a meeting let a person choose between: introductions, meetings to hand in to, documents."""

from datetime import date

from sqlalchemy import select

from pathways.models.catalogue import Pathway
from pathways.models.document import Document
from pathways.models.introduction import Introduction
from pathways.models.organisation import Body, Meeting
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import ENDED

_introduction, _pathway, _document = table_of(Introduction), table_of(Pathway), table_of(Document)
_body, _meeting = table_of(Body), table_of(Meeting)
NEWEST_DOCUMENTS, MEETINGS = 30, 40


def list_open_introductions(work: UnitOfWork, *, region_id: int) -> list[Row]:
    """Return slug and pathway of the region's introductions that have not ended, by name."""
    query = (
        select(_introduction.c.id, _introduction.c.slug, _pathway.c.name)
        .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
        .where(_introduction.c.region_id == region_id, _introduction.c.standing.not_in(sorted(ENDED)))
    )
    return sorted(work.rows(query), key=lambda row: swedish_key(row["name"]))


def list_meetings_ahead(work: UnitOfWork, *, region_id: int, today: date) -> list[Row]:
    """Return the next meetings of all bodies of the region that are not cancelled."""
    query = (
        select(_body.c.slug, _body.c.name, _body.c.short, _meeting.c.held_on, _meeting.c.hand_in_on)
        .join(_body, _body.c.id == _meeting.c.body_id)
        .where(_body.c.region_id == region_id, _meeting.c.held_on >= today, _meeting.c.cancelled.is_(False))
        .order_by(_meeting.c.held_on, _body.c.id)
    )
    return work.rows(query.limit(MEETINGS))


def list_documents_for(work: UnitOfWork, *, region_id: int, introduction_id: int | None) -> list[Row]:
    """Return the newest documents about the introduction; of the whole region where there is none."""
    query = select(_document.c.id, _document.c.title, _document.c.made_at).where(_document.c.region_id == region_id)
    if introduction_id is not None:
        query = query.where(_document.c.introduction_id == introduction_id)
    return work.rows(query.order_by(_document.c.id.desc()).limit(NEWEST_DOCUMENTS))
