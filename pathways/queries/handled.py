"""Which bodies have handled a matter already, for many introductions at once: what those after them wait for."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select

from pathways.models.decision import Decision
from pathways.models.meeting import AgendaItem
from pathways.models.organisation import Body, Meeting
from pathways.profiles.vocabulary import Matter
from pathways.services.deciding.situation import SAID
from pathways.services.plan.spoken import KINDS, have_spoken
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_item, _meeting, _body, _decision = (table_of(row) for row in (AgendaItem, Meeting, Body, Decision))


def handled_matters(
    work: UnitOfWork, *, region_id: int, cases: Collection[int]
) -> Mapping[tuple[int, str], frozenset[str]]:
    """Return the bodies, by slug, that have had their say, by introduction and matter; the same as deciding asks for.

    For a matter that ends with a decision in an introduction's log its log counts, for others the items of meetings.
    """
    found: defaultdict[tuple[int, str], frozenset[str]] = defaultdict(frozenset)
    if not cases:
        return found
    bodies = work.rows(select(_body.c.id, _body.c.slug).where(_body.c.region_id == region_id))
    names = {row["id"]: row["slug"] for row in bodies}
    mine = (_decision.c.introduction_id.in_(sorted(cases)), _decision.c.voided_by.is_(None))
    logs: defaultdict[int, list[Row]] = defaultdict(list)
    for row in work.rows(select(_decision).where(*mine)):
        logs[row["introduction_id"]].append(row)
    for case, rows in logs.items():
        for matter in KINDS:
            found[case, matter] = have_spoken(rows, matter, names)
    for row in _items(work, region_id, cases):
        if Matter(row["matter"]) not in KINDS:
            found[row["introduction_id"], row["matter"]] |= {names[row["body_id"]]}
    return found


def _items(work: UnitOfWork, region_id: int, cases: Collection[int]) -> list[Row]:
    query = (
        select(_item.c.introduction_id, _item.c.matter, _meeting.c.body_id)
        .join(_meeting, _meeting.c.id == _item.c.meeting_id)
        .where(
            _item.c.region_id == region_id,
            _item.c.introduction_id.in_(sorted(cases)),
            _item.c.matter.is_not(None),
            _item.c.outcome.in_(SAID),
            _item.c.withdrawn_on.is_(None),
        )
    )
    return work.rows(query)
