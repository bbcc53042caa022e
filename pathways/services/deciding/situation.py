"""All that the rules of deciding look at, for one item: read once, inside the transaction that may decide it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from pathways.errors import Unknown
from pathways.models.decision import Decision
from pathways.models.introduction import Introduction
from pathways.models.meeting import AgendaItem, Attendance, Disqualification, ItemKind, Minutes, MinutesState, Outcome
from pathways.models.organisation import Body, Meeting, Person
from pathways.planning.mandate import missing_for_quorum
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Matter, Role
from pathways.services.deciding.paragraphs import taken_paragraphs
from pathways.services.members import Member, members_of, roles_present
from pathways.services.plan.spoken import KINDS, have_spoken
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_item, _meeting, _body, _minutes, _person = (table_of(row) for row in (AgendaItem, Meeting, Body, Minutes, Person))
_attendance, _away = table_of(Attendance), table_of(Disqualification)
_introduction, _decision = table_of(Introduction), table_of(Decision)
SAID = (Outcome.ADOPT, Outcome.ADOPT_WITH_CONDITIONS)
"""What a body must have said of a matter for it to go on to the next."""


class Part(StrEnum):
    """What a body has to do with an item."""

    DECIDES = "decides"  # its decision moves the introduction
    ENDORSES = "endorses"  # it has its say before another body decides
    SETTLES = "settles"  # it decides, and no introduction moves by it
    NOTES = "notes"  # it is told, or talks
    OUTSIDE = "outside"  # the matter is not its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One item with its meeting, who is there, what has been said, and whom it may not be decided by."""

    item: Row
    meeting: Row
    body: Row
    profile: Profile
    today: date
    part: Part
    introduction: Row | None
    members: tuple[Member, ...]
    attendance: Mapping[int, bool]
    conflicted: frozenset[int]
    names: Mapping[int, str]
    spoken: frozenset[str]
    taken: frozenset[str]
    is_approved: bool

    @property
    def slug(self) -> str:
        """Return the body's slug."""
        return str(self.body["slug"])

    @property
    def matter(self) -> Matter | None:
        """Return what the item is about."""
        return Matter(self.item["matter"]) if self.item["matter"] else None

    @property
    def quorum(self) -> Mapping[Role, int]:
        """Return how many must be there, by role."""
        return self.profile.quorum_of(self.slug)

    def roles_there(self, *, without: frozenset[int] = frozenset()) -> list[Role]:
        """Return one entry for each role of each member who is there, but for some."""
        there = (person for person, present in self.attendance.items() if present and person not in without)
        return roles_present(self.members, there)

    @property
    def lacking(self) -> dict[Role, int]:
        """Return how many more must be there, by role; who has a conflict of interest is not counted."""
        return missing_for_quorum(self.roles_there(without=self.conflicted), self.quorum)

    @property
    def chain(self) -> tuple[str, ...]:
        """Return the bodies that handle the matter, in order."""
        return self.profile.chain_of(self.matter) if self.matter else ()

    @property
    def moves(self) -> bool:
        """Say whether what is recorded goes into the introduction's own log."""
        return self.part in {Part.DECIDES, Part.ENDORSES}


def read_situation(
    work: UnitOfWork, item_id: int, *, region_id: int, profile: Profile, today: date, lock: bool = False
) -> Situation:
    """Return the situation of one item of the region; with `lock` nobody else decides at this body meanwhile."""
    item = work.find(select(_item).where(_item.c.id == item_id, _item.c.region_id == region_id))
    if item is None:
        raise Unknown("agenda_item", str(item_id), ())
    meeting = work.find(select(_meeting).where(_meeting.c.id == item["meeting_id"]))
    assert meeting is not None
    asked = select(_body).where(_body.c.id == meeting["body_id"])
    body = work.find(asked.with_for_update() if lock else asked)
    assert body is not None
    if lock:
        item = work.find(select(_item).where(_item.c.id == item_id)) or item
    introduction = _introduction_of(work, item)
    minutes = work.find(select(_minutes.c.state).where(_minutes.c.meeting_id == meeting["id"]))
    members = members_of(work, region_id=region_id, body_id=body["id"], kind=body["kind"])
    attendance = work.rows(select(_attendance).where(_attendance.c.meeting_id == meeting["id"]))
    conflicted = work.values(select(_away.c.person_id).where(_away.c.item_id == item_id))
    named = {
        *(one.person_id for one in members),
        *conflicted,
        *(row["person_id"] for row in attendance),
        item["presenter_id"] or 0,
    }
    return Situation(
        item=item,
        meeting=meeting,
        body=body,
        profile=profile,
        today=today,
        part=part_of(item, str(body["slug"]), profile),
        introduction=introduction,
        members=members,
        attendance={row["person_id"]: row["present"] for row in attendance},
        conflicted=frozenset(conflicted),
        names=names_of(work, named | {item["presenter_id"] or 0}),
        spoken=_spoken(work, item, region_id=region_id),
        taken=taken_paragraphs(work, body["id"], meeting["held_on"].year, besides=item_id),
        is_approved=minutes is not None and minutes["state"] == MinutesState.APPROVED,
    )


def part_of(item: Row, body: str, profile: Profile) -> Part:
    """Return what the body has to do with the item."""
    if item["kind"] != ItemKind.DECISION:
        return Part.NOTES
    if item["matter"] is None:
        return Part.SETTLES
    matter = Matter(item["matter"])
    logged = matter in KINDS and item["introduction_id"] is not None
    if body in {one.slug for one in profile.bodies_deciding(matter)}:
        return Part.DECIDES if logged else Part.SETTLES
    if body in profile.chain_of(matter)[:-1]:
        return Part.ENDORSES if logged else Part.SETTLES
    return Part.OUTSIDE


def names_of(work: UnitOfWork, ids: set[int]) -> dict[int, str]:
    """Return people's names by id."""
    rows = work.rows(select(_person.c.id, _person.c.name).where(_person.c.id.in_(sorted(ids))))
    return {row["id"]: row["name"] for row in rows}


def _introduction_of(work: UnitOfWork, item: Row) -> Row | None:
    if item["introduction_id"] is None:
        return None
    return work.find(select(_introduction).where(_introduction.c.id == item["introduction_id"]))


def _spoken(work: UnitOfWork, item: Row, *, region_id: int) -> frozenset[str]:
    """Return the bodies that have had their say on the matter of this introduction."""
    if item["matter"] is None or item["introduction_id"] is None:
        return frozenset()
    matter = Matter(item["matter"])
    if matter in KINDS:
        rows = work.rows(
            select(_decision).where(
                _decision.c.introduction_id == item["introduction_id"], _decision.c.voided_by.is_(None)
            )
        )
        bodies = work.rows(select(_body.c.id, _body.c.slug).where(_body.c.region_id == region_id))
        return have_spoken(rows, matter, {row["id"]: row["slug"] for row in bodies})
    handled = (
        select(_body.c.slug)
        .join(_meeting, _meeting.c.body_id == _body.c.id)
        .join(_item, _item.c.meeting_id == _meeting.c.id)
        .where(
            _item.c.region_id == region_id,
            _item.c.introduction_id == item["introduction_id"],
            _item.c.matter == matter,
            _item.c.withdrawn_on.is_(None),
            _item.c.outcome.in_(SAID),
        )
    )
    return frozenset(work.values(handled))
