"""The decisions that a body is asked for at a meeting: items of its agenda, and the plans on their way to it (pure)."""

from collections.abc import Iterable

from pathways.models.decision import BoardCase
from pathways.models.decision_basis import BasisVersion
from pathways.models.meeting import ItemKind, Outcome
from pathways.models.plan import Activity, ActivityState, Standpoint
from pathways.queries.board import Placed
from pathways.queries.material import Material
from pathways.queries.pack.agenda import Item
from pathways.queries.pack.content import Asked, Basis, Measure
from pathways.services.pack.meeting import BodyMeeting
from pathways.storage.unit_of_work import Row

AWAITING = "awaiting_decision"
OPTIONS = tuple(str(one) for one in (Outcome.ADOPT, Outcome.ADOPT_WITH_CONDITIONS, Outcome.RETURN, Outcome.DECLINE))
_PARTS = ("summary", "background", "consequences", "proposal")


def list_asked(placed: Iterable[Placed], agenda: Iterable[Item], meeting: BodyMeeting) -> tuple[Asked, ...]:
    """Return the decisions in the order of the agenda; plans that no item is about come last."""
    cases = {(one.row.slug, one.row.number): one for one in placed}
    items = [item for item in agenda if item.line.kind == ItemKind.DECISION]
    named = {item.case for item in items if item.case}
    from_items = [_of_item(item, cases.get(item.case) if item.case else None, meeting) for item in items]
    waiting = [one for key, one in cases.items() if key not in named and case_before(one.material, meeting)]
    return (*from_items, *(_of_case(one, meeting) for one in waiting))


def case_before(material: Material, meeting: BodyMeeting) -> Row | None:
    """Return the plan's way to this very meeting, or None where it goes elsewhere or nowhere."""
    mine = (
        row
        for row in material.of(BoardCase)
        if not row["closed"] and row["body_id"] == meeting.body_id and row["meeting_on"] == meeting.held_on
    )
    return next(mine, None) if material.head.is_open else None


def _of_item(item: Item, case: Placed | None, meeting: BodyMeeting) -> Asked:
    about = _about(case, meeting) if case else {"key": f"item-{item.line.item}"}
    told = {**about, "title": item.line.title, "proposal": item.proposal, "item": item.line.item}
    return Asked(options=OPTIONS, **told)


def _of_case(case: Placed, meeting: BodyMeeting) -> Asked:
    return Asked(options=OPTIONS, title=case.row.pathway, **_about(case, meeting))


def _about(case: Placed, meeting: BodyMeeting) -> Row:
    """Return what an introduction's plan brings: text, measures in their order, and what they cost."""
    row, material = case.row, case.material
    on_its_way = case_before(material, meeting)
    measures = _measures(material)
    funded = [one for one in measures if one.standpoint != Standpoint.DECLINED]
    return {
        "key": f"{row.slug}.{row.number}",
        **{name: getattr(row, name) for name in ("slug", "pathway", "number")},
        "submitted": on_its_way is not None and row.place == AWAITING,
        "basis": _basis(material, on_its_way),
        "measures": measures,
        "cost_once": sum(one.cost_once or 0 for one in funded),
        "cost_yearly": sum(one.cost_yearly or 0 for one in funded),
    }


def _basis(material: Material, case: Row | None) -> Basis | None:
    """Return the newest text; from before there were versions the words that were handed in with the plan."""
    versions = sorted(material.of(BasisVersion), key=lambda row: int(row["number"]))
    if versions:
        newest = versions[-1]
        parts = {name: str(newest[name] or "") for name in _PARTS}
        return Basis(number=newest["number"], made_at=newest["made_at"], **parts)
    return None if case is None or not case["basis"] else _unversioned(material, case)


def _unversioned(material: Material, case: Row) -> Basis:
    return Basis(number=0, made_at=material.head.phase_since_at, summary=str(case["basis"]))


def _measures(material: Material) -> tuple[Measure, ...]:
    """Return the plan's measures: ranked ones in their order, then those nobody has ranked, then the declined."""
    rows = [row for row in material.of(Activity) if row["state"] != ActivityState.STOPPED]
    found = [
        Measure(
            ref=row["ref"],
            title=str(row["title"] or ""),
            standpoint=str(row["standpoint"] or ""),
            motive=str(row["motive"] or ""),
            **{name: row[name] for name in ("rank", "cost_once", "cost_yearly")},
        )
        for row in rows
    ]
    return tuple(
        sorted(found, key=lambda one: (one.standpoint == Standpoint.DECLINED, one.rank is None, one.rank or 0))
    )
