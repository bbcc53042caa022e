"""How bodies handle an introduction's matters: each body in order, with the item of its meeting and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from pathways.models.decision import Decision, DecisionKind
from pathways.models.meeting import AgendaItem, ItemKind
from pathways.models.organisation import Body, Meeting
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Matter
from pathways.services.plan.spoken import KINDS
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_item, _meeting, _body, _decision = (table_of(row) for row in (AgendaItem, Meeting, Body, Decision))


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """What one body does with a matter: decided, put on an agenda, or still to come."""

    body: str
    name: str
    decides: bool
    item_id: int | None = None
    held_on: date | None = None
    outcome: str = ""
    paragraph_no: str = ""
    register_no: str = ""
    conditions: tuple[str, ...] = ()

    @property
    def href(self) -> str:
        """Return the item's page, empty where there is none."""
        if self.item_id is None or self.held_on is None:
            return ""
        return f"/moten/{self.body}/{self.held_on.isoformat()}/arende/{self.item_id}"


@dataclass(frozen=True, slots=True)
class Handling:
    """One matter and the bodies that handle it, those that have first and in the order of their meetings."""

    matter: Matter
    steps: tuple[Handled, ...]


def list_handling(
    work: UnitOfWork, *, region_id: int, introduction_id: int, profile: Profile, expected: Iterable[Matter] = ()
) -> tuple[Handling, ...]:
    """Return every matter of the introduction that a body has had to do with, and those expected to be handled."""
    items = _items_of(work, region_id, introduction_id)
    decisions = work.rows(
        select(_decision, _body.c.slug, _body.c.name, _body.c.short)
        .join(_body, _body.c.id == _decision.c.body_id)
        .where(
            _body.c.region_id == region_id,
            _decision.c.introduction_id == introduction_id,
            _decision.c.voided_by.is_(None),
        )
    )
    at_items = {row["decision_ref"] for row in items}
    done: list[tuple[Matter, Handled]] = [
        *((Matter(row["matter"]), _of_item(row, profile)) for row in items),
        *((_matter_of(row), _of_decision(row, profile)) for row in decisions if row["ref"] not in at_items),
    ]
    names = {body.slug: body.short or body.name for body in profile.bodies}
    matters = list(dict.fromkeys([*(matter for matter, _ in done), *expected]))
    return tuple(_handling(matter, done, profile, names) for matter in sorted(matters, key=list(Matter).index))


def _handling(matter: Matter, done: list[tuple[Matter, Handled]], profile: Profile, names: dict[str, str]) -> Handling:
    steps = sorted((one for about, one in done if about == matter), key=lambda one: one.held_on or date.max)
    begun = next((n for n, one in reversed(list(enumerate(steps, 1))) if one.decides and one.outcome), 0)
    since = {one.body for one in steps[begun:]}
    ended = begun > 0 and steps[begun - 1].outcome not in {"return", ""}
    chain = profile.chain_of(matter) or tuple(one.slug for one in profile.bodies_deciding(matter)[:1])
    ahead = () if ended else tuple(slug for slug in chain if slug not in since)
    to_come = (Handled(body=slug, name=names.get(slug, slug), decides=slug == chain[-1]) for slug in ahead)
    return Handling(matter, (*steps, *to_come))


def _items_of(work: UnitOfWork, region_id: int, introduction_id: int) -> list[Row]:
    query = (
        select(_item, _meeting.c.held_on, _body.c.slug, _body.c.name, _body.c.short)
        .join(_meeting, _meeting.c.id == _item.c.meeting_id)
        .join(_body, _body.c.id == _meeting.c.body_id)
        .where(
            _item.c.region_id == region_id,
            _item.c.introduction_id == introduction_id,
            _item.c.kind == ItemKind.DECISION,
            _item.c.matter.is_not(None),
            _item.c.withdrawn_on.is_(None),
        )
        .order_by(_meeting.c.held_on, _item.c.id)
    )
    return work.rows(query)


def _of_item(row: Row, profile: Profile) -> Handled:
    return Handled(
        body=row["slug"],
        name=row["short"] or row["name"],
        decides=_decides(profile, row["slug"], Matter(row["matter"])),
        item_id=row["id"],
        held_on=row["held_on"],
        outcome=str(row["outcome"] or ""),
        paragraph_no=row["paragraph_no"] or "",
        register_no=row["register_no"] or "",
        conditions=tuple(row["conditions"] or ()),
    )


def _of_decision(row: Row, profile: Profile) -> Handled:
    """Return a decision that was recorded without an item."""
    return Handled(
        body=row["slug"],
        name=row["short"] or row["name"],
        decides=_decides(profile, row["slug"], _matter_of(row)),
        held_on=row["meeting_on"],
        outcome=str(row["outcome"]),
        paragraph_no=row["paragraph_no"],
        register_no=row["register_no"],
        conditions=tuple((row["conditions"] or "").splitlines()),
    )


def _matter_of(row: Row) -> Matter:
    if row["kind"] == DecisionKind.ENDORSEMENT:
        return Matter(row["about"])
    return next(matter for matter, kind in KINDS.items() if kind == row["kind"])


def _decides(profile: Profile, body: str, matter: Matter) -> bool:
    return body in {one.slug for one in profile.bodies_deciding(matter)}
