"""What the minutes of a meeting say, as plain values: who was there, and what became of each item.

Names and words stand as they were when the record was read, so that a frozen one says the same for ever.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import and_, select

from pathways.models.catalogue import Pathway
from pathways.models.decision import Decision, DecisionKind
from pathways.models.decision_basis import BasisVersion
from pathways.models.introduction import Introduction
from pathways.models.meeting import AgendaAnnex, AgendaItem, Attendance, Disqualification, Minutes, MinutesState
from pathways.models.organisation import Body, Person, Region
from pathways.profiles.vocabulary import Matter
from pathways.services.meeting.sitting import Sitting
from pathways.services.members import members_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_item, _annex, _minutes, _person = (table_of(row) for row in (AgendaItem, AgendaAnnex, Minutes, Person))
_attendance, _away, _region, _body = (table_of(row) for row in (Attendance, Disqualification, Region, Body))
_introduction, _pathway, _basis = table_of(Introduction), table_of(Pathway), table_of(BasisVersion)
_decision = table_of(Decision)
_PEOPLE = ("chair", "secretary", "approvers", "present", "absent")
FORM = 1
"""The form of a frozen record; another one would be another number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person in the record: the name, and the role by which a public extract calls them."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRecord:
    """One item as minuted. `endorses` says that another body decides, and this one had its say before it."""

    item_id: int
    position: int
    kind: str
    title: str
    matter: str = ""
    pathway: str = ""
    proposal: str = ""
    presenter: Somebody | None = None
    outcome: str = ""
    endorses: bool = False
    motive: str = ""
    dissent: str = ""
    conditions: tuple[str, ...] = ()
    paragraph_no: str = ""
    register_no: str = ""
    conflicted: tuple[Somebody, ...] = ()
    annexes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecord:
    """The minutes of one meeting. Withdrawn items are left out.

    `mentioned` are the people of the region whose names stand in its texts: a public extract leaves them out.
    """

    region: str
    origin: str
    body: str
    body_name: str
    held_on: str
    opened_at: str = ""
    closed_at: str = ""
    kept_at: str = ""
    approved_on: str = ""
    register_no: str = ""
    chair: Somebody | None = None
    secretary: Somebody | None = None
    approvers: tuple[Somebody, ...] = ()
    present: tuple[Somebody, ...] = ()
    absent: tuple[Somebody, ...] = ()
    items: tuple[ItemRecord, ...] = ()
    mentioned: tuple[str, ...] = ()
    starts_at: str = ""
    place: str = ""


def freeze_record(record: MeetingRecord) -> tuple[str, str]:
    """Return the record as canonical JSON, and the digest of that text."""
    told = {"form": FORM, **asdict(record)}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text, sha256(text.encode()).hexdigest()


def thaw_record(text: str) -> MeetingRecord:
    """Return the record that was frozen."""
    told = json.loads(text)
    del told["form"]
    parts = {name: told.pop(name) for name in (*_PEOPLE, "items", "mentioned")}
    return MeetingRecord(
        **told,
        chair=_somebody(parts["chair"]),
        secretary=_somebody(parts["secretary"]),
        approvers=_people_of(parts["approvers"]),
        present=_people_of(parts["present"]),
        absent=_people_of(parts["absent"]),
        items=tuple(_item_of(one) for one in parts["items"]),
        mentioned=tuple(parts["mentioned"]),
    )


def read_record(
    work: UnitOfWork, sitting: Sitting, *, region_id: int, approved_on: date | None = None
) -> MeetingRecord:
    """Return what the minutes say now; approved ones say what was frozen. `approved_on` is for those just approved."""
    minutes = work.find(select(_minutes).where(_minutes.c.meeting_id == sitting.meeting_id))
    if minutes is not None and minutes["state"] == MinutesState.APPROVED and minutes["frozen"]:
        return thaw_record(minutes["frozen"])
    region = work.find(select(_region.c.name, _region.c.origin).where(_region.c.id == region_id))
    body = work.find(select(_body.c.name).where(_body.c.id == sitting.body_id))
    assert region is not None
    assert body is not None
    people = _People(work, sitting, region_id=region_id)
    held = minutes or {}
    items = _items(work, sitting, people)
    there = work.rows(select(_attendance).where(_attendance.c.meeting_id == sitting.meeting_id))
    return MeetingRecord(
        region=region["name"],
        origin=str(region["origin"]),
        body=sitting.body,
        body_name=body["name"],
        held_on=sitting.held_on.isoformat(),
        opened_at=held.get("opened_at") or "",
        closed_at=held.get("closed_at") or "",
        kept_at=held.get("kept_at") or "",
        approved_on=approved_on.isoformat() if approved_on else "",
        chair=people.one(held.get("chair_id"), "chair"),
        secretary=people.one(held.get("secretary_id"), "secretary"),
        approvers=people.all(held.get("approver_ids") or (), "approver"),
        present=people.all([row["person_id"] for row in there if row["present"]]),
        absent=people.all([row["person_id"] for row in there if not row["present"]]),
        items=items,
        mentioned=people.named_in(items),
        starts_at=sitting.starts_at or "",
        place=sitting.place or "",
    )


class _People:
    """Names and roles of everybody in the region, by id."""

    def __init__(self, work: UnitOfWork, sitting: Sitting, *, region_id: int) -> None:
        rows = work.rows(select(_person.c.id, _person.c.name).where(_person.c.region_id == region_id))
        self._names = {row["id"]: str(row["name"]) for row in rows}
        members = members_of(work, region_id=region_id, body_id=sitting.body_id, kind=sitting.kind)
        self._roles = {one.person_id: str(one.roles[0]) for one in members}

    def one(self, person_id: int | None, role: str = "") -> Somebody | None:
        """Return a person, or None where nobody is named; `role` is what they do at the meeting."""
        if person_id is None or person_id not in self._names:
            return None
        return Somebody(name=self._names[person_id], role=role or self._roles.get(person_id, "member"))

    def all(self, ids: Iterable[int], role: str = "") -> tuple[Somebody, ...]:
        """Return people by name."""
        found = [one for person_id in ids if (one := self.one(person_id, role)) is not None]
        return tuple(sorted(found, key=lambda one: one.name))

    def named_in(self, items: tuple[ItemRecord, ...]) -> tuple[str, ...]:
        """Return the people whose whole names stand in the texts of items."""
        texts = [text for one in items for text in (one.title, one.proposal, one.motive, *one.conditions)]
        whole = "\n".join([*texts, *(title for one in items for _, title in one.annexes)])
        return tuple(sorted(name for name in set(self._names.values()) if name in whole))


def _items(work: UnitOfWork, sitting: Sitting, people: _People) -> tuple[ItemRecord, ...]:
    query = (
        select(_item, _pathway.c.name.label("pathway"), _decision.c.kind.label("decision"))
        .outerjoin(_introduction, _introduction.c.id == _item.c.introduction_id)
        .outerjoin(_pathway, _pathway.c.id == _introduction.c.pathway_id)
        .outerjoin(
            _decision,
            and_(_decision.c.introduction_id == _item.c.introduction_id, _decision.c.ref == _item.c.decision_ref),
        )
        .where(_item.c.meeting_id == sitting.meeting_id, _item.c.withdrawn_on.is_(None))
        .order_by(_item.c.position, _item.c.id)
    )
    rows = work.rows(query)
    ids = [row["id"] for row in rows]
    annexes = work.rows(select(_annex).where(_annex.c.item_id.in_(ids)).order_by(_annex.c.letter))
    away = work.rows(select(_away.c.item_id, _away.c.person_id).where(_away.c.item_id.in_(ids)))
    proposals = proposals_of(work, {row["introduction_id"] for row in rows if row["matter"] == Matter.PLAN})
    return tuple(
        _item_record(
            {**row, "proposal": row["proposal"] or proposals.get(row["introduction_id"])},
            people,
            [one["person_id"] for one in away if one["item_id"] == row["id"]],
            tuple((one["letter"], one["title"]) for one in annexes if one["item_id"] == row["id"]),
        )
        for row in rows
    )


def proposals_of(work: UnitOfWork, introductions: set[int | None]) -> dict[int | None, str]:
    """Return what the newest decision basis of each introduction proposes, or the matter in short where it does not."""
    wanted = sorted(one for one in introductions if one is not None)
    if not wanted:
        return {}
    query = select(_basis).where(_basis.c.introduction_id.in_(wanted), _basis.c.voided_by.is_(None))
    rows = work.rows(query.order_by(_basis.c.number))
    return {row["introduction_id"]: str(row["proposal"] or row["summary"] or "") for row in rows}


def _item_record(row: Row, people: _People, away: list[int], annexes: tuple[tuple[str, str], ...]) -> ItemRecord:
    texts = ("pathway", "proposal", "motive", "dissent", "paragraph_no", "register_no")
    return ItemRecord(
        item_id=row["id"],
        position=row["position"],
        kind=str(row["kind"]),
        title=row["title"],
        matter=str(row["matter"] or ""),
        presenter=people.one(row["presenter_id"], "presenter"),
        outcome=str(row["outcome"] or ""),
        endorses=row["decision"] == DecisionKind.ENDORSEMENT,
        conditions=tuple(row["conditions"] or ()),
        conflicted=people.all(away),
        annexes=annexes,
        **{name: row[name] or "" for name in texts},
    )


def _somebody(told: dict[str, str] | None) -> Somebody | None:
    return Somebody(**told) if told else None


def _people_of(told: list[dict[str, str]]) -> tuple[Somebody, ...]:
    return tuple(Somebody(**one) for one in told)


def _item_of(told: dict[str, Any]) -> ItemRecord:  # Any: as JSON gives it
    """Return an item from its frozen form."""
    parts = {name: told.pop(name) for name in ("presenter", "conflicted", "annexes", "conditions")}
    return ItemRecord(
        **told,
        presenter=_somebody(parts["presenter"]),
        conflicted=_people_of(parts["conflicted"]),
        annexes=tuple((letter, title) for letter, title in parts["annexes"]),
        conditions=tuple(parts["conditions"]),
    )
