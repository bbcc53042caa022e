"""Paragraph numbers of minutes: each body counts from one every calendar year, and no number is used twice."""

import re

from sqlalchemy import extract, select

from pathways.models.decision import Decision
from pathways.models.meeting import AgendaItem
from pathways.models.organisation import Meeting
from pathways.storage.unit_of_work import UnitOfWork, table_of

_item, _meeting, _decision = table_of(AgendaItem), table_of(Meeting), table_of(Decision)
_NUMBER = re.compile(r"^§?\s*(\d{1,4})$")


def paragraph_of(typed: str) -> str:
    """Return a paragraph number as minutes write it: "§ 7" for "7" or "§7"; other forms stay as they are."""
    plain = " ".join(typed.split())
    found = _NUMBER.match(plain)
    return f"§ {int(found[1])}" if found else plain


def taken_paragraphs(work: UnitOfWork, body_id: int, year: int, *, besides: int = 0) -> frozenset[str]:
    """Return the numbers that the body has used in a calendar year, at items and in decisions recorded without one."""
    at_items = select(_item.c.paragraph_no).join(_meeting, _meeting.c.id == _item.c.meeting_id)
    of_items = at_items.where(
        _meeting.c.body_id == body_id,
        extract("year", _meeting.c.held_on) == year,
        _item.c.paragraph_no.is_not(None),
        _item.c.id != besides,
    )
    in_logs = select(_decision.c.paragraph_no).where(
        _decision.c.body_id == body_id,
        extract("year", _decision.c.meeting_on) == year,
        _decision.c.voided_by.is_(None),
    )
    return frozenset(paragraph_of(one) for one in (*work.values(of_items), *work.values(in_logs)))


def next_paragraph(taken: frozenset[str]) -> str:
    """Return the number after the highest one used."""
    numbers = [int(found[1]) for one in taken if (found := _NUMBER.match(one))]
    return f"§ {max(numbers, default=0) + 1}"
