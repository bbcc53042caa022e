"""How long plans have waited for a body's decision: from the day the basis was ready to the meeting that decided."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, bindparam, select

from pathways.measurement.survival import Span
from pathways.models.decision import BoardCase, Decision, DecisionKind
from pathways.models.introduction import Introduction
from pathways.models.organisation import Body
from pathways.storage.unit_of_work import UnitOfWork, table_of

AWAITING = "awaiting_decision"
_case, _decision, _introduction, _body = (table_of(row) for row in (BoardCase, Decision, Introduction, Body))
_CASES: Select[tuple[object, ...]] = (
    select(
        *(_case.c[name] for name in ("introduction_id", "made_in", "basis_made_on", "closed")),
        _introduction.c.place,
        _body.c.name,
        _body.c.short,
    )
    .join(_introduction, _introduction.c.id == _case.c.introduction_id)
    .join(_body, _body.c.id == _case.c.body_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _case.c.voided_by.is_(None),
        _case.c.basis_made_on.is_not(None),
    )
    .order_by(_case.c.introduction_id, _case.c.made_in)
)
_DECISIONS: Select[tuple[object, ...]] = (
    select(_decision.c.introduction_id, _decision.c.made_in, _decision.c.meeting_on)
    .join(_introduction, _introduction.c.id == _decision.c.introduction_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _decision.c.voided_by.is_(None),
        _decision.c.kind == DecisionKind.PLAN,
    )
    .order_by(_decision.c.introduction_id, _decision.c.made_in)
)


@dataclass(frozen=True, slots=True)
class DecisionWait:
    """One plan's wait for one body."""

    introduction_id: int
    body: str
    since: date
    span: Span


def decision_waits(work: UnitOfWork, *, region_id: int, today: date) -> list[DecisionWait]:
    """Return the waits of a region, those that go on among them; a basis that was never handed in is none."""
    decided: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for row in work.rows(_DECISIONS, {"region": region_id}):
        decided[row["introduction_id"]].append((row["made_in"], row["meeting_on"]))
    found = []
    for row in work.rows(_CASES, {"region": region_id}):
        answers = decided[row["introduction_id"]]
        later = bisect_right([made_in for made_in, _ in answers], row["made_in"])
        ends = answers[later][1] if later < len(answers) else None
        if ends is None and (row["closed"] or row["place"] != AWAITING):
            continue
        since: date = row["basis_made_on"]
        days = max(0, ((ends or today) - since).days)
        body = str(row["short"] or row["name"])
        found.append(DecisionWait(row["introduction_id"], body, since, Span(days, is_over=ends is not None)))
    return found
