"""One meeting: its days, its agenda with what each item waits for, who is there, and who may not take part."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, bindparam, select

from pathways.models.administration import RegionEvent
from pathways.models.catalogue import Pathway
from pathways.models.decision import Decision, DecisionKind
from pathways.models.decision_basis import BasisVersion
from pathways.models.introduction import Introduction
from pathways.models.meeting import (
    AgendaAnnex,
    AgendaItem,
    Attendance,
    Disqualification,
    ItemKind,
    Minutes,
    Summons,
)
from pathways.models.organisation import Body, Meeting, Person
from pathways.planning.agenda import Slot, ends_at, find_overlaps
from pathways.planning.mandate import missing_before, missing_for_quorum
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Matter, Role
from pathways.queries.handled import handled_matters
from pathways.queries.meetings import Leads, leads_of
from pathways.services.meeting.sitting import Sitting, find_sitting
from pathways.services.members import Member, members_of, roles_present
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

AWAITING = "awaiting_decision"
_item, _annex, _person = table_of(AgendaItem), table_of(AgendaAnnex), table_of(Person)
_introduction, _pathway = table_of(Introduction), table_of(Pathway)
_meeting, _body = table_of(Meeting), table_of(Body)
_there, _apart, _minutes = table_of(Attendance), table_of(Disqualification), table_of(Minutes)
_event = table_of(RegionEvent)
_summons, _basis, _decision = table_of(Summons), table_of(BasisVersion), table_of(Decision)

_ITEMS = (
    select(
        *_item.c,
        _person.c.name.label("presenter"),
        _person.c.slug.label("presenter_slug"),
        _introduction.c.slug.label("introduction"),
        _introduction.c.place,
        _pathway.c.name.label("pathway"),
        _decision.c.kind.label("decision"),
    )
    .outerjoin(_person, _person.c.id == _item.c.presenter_id)
    .outerjoin(_introduction, _introduction.c.id == _item.c.introduction_id)
    .outerjoin(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .outerjoin(
        _decision,
        and_(_decision.c.introduction_id == _item.c.introduction_id, _decision.c.ref == _item.c.decision_ref),
    )
    .where(_item.c.meeting_id == bindparam("meeting"))
    .order_by(_item.c.position, _item.c.id)
)
_ANNEXES = (
    select(_annex)
    .join(_item, _item.c.id == _annex.c.item_id)
    .where(_item.c.meeting_id == bindparam("meeting"))
    .order_by(_annex.c.item_id, _annex.c.id)
)
_APART = (
    select(_apart.c.item_id, _person.c.name)
    .join(_item, _item.c.id == _apart.c.item_id)
    .join(_person, _person.c.id == _apart.c.person_id)
    .where(_item.c.meeting_id == bindparam("meeting"))
    .order_by(_person.c.name)
)


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that an item still lacks; `what` names the sentence, `values` fill it."""

    what: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One item of an agenda; `row` holds its columns. `number` is its place among those that stand."""

    number: int
    row: Row
    ends_at: str | None
    annexes: tuple[Row, ...]
    apart: tuple[str, ...]
    waits: tuple[Wait, ...]
    overlaps: tuple[int, ...]

    @property
    def item_id(self) -> int:
        """Return the item's id."""
        return int(self.row["id"])

    @property
    def is_decided(self) -> bool:
        """Say whether the body has done with it."""
        return self.row["outcome"] is not None

    @property
    def endorses(self) -> bool:
        """Say whether another body decides, and this one had its say before it."""
        return bool(self.row["decision"] == DecisionKind.ENDORSEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    """A meeting. `present` has an entry for each member whose attendance is recorded."""

    sitting: Sitting
    full_name: str
    leads: Leads | None
    items: tuple[ItemLine, ...]
    withdrawn: tuple[Row, ...]
    members: tuple[Member, ...]
    present: Mapping[int, bool]
    quorum: Mapping[Role, int]
    lacking: Mapping[Role, int]
    minutes: Row | None
    summons: Row | None
    before: date | None
    after: date | None
    moved_to: date | None

    @property
    def address(self) -> str:
        """Return where the meeting's page is."""
        return f"/moten/{self.sitting.body}/{self.sitting.held_on.isoformat()}"

    @property
    def can_change(self) -> bool:
        """Say whether anything about the meeting may still change."""
        return not (self.sitting.cancelled or self.sitting.closed)

    def find_item(self, item_id: int) -> ItemLine | None:
        """Return the item if it stands on the agenda."""
        return next((item for item in self.items if item.item_id == item_id), None)


def read_meeting(work: UnitOfWork, *, region_id: int, profile: Profile, body: str, held_on: date) -> MeetingPage | None:
    """Return a meeting of the region; None where there is none of that body on that day."""
    sitting = find_sitting(work, region_id=region_id, body=body, held_on=held_on)
    if sitting is None:
        return None
    key = {"meeting": sitting.meeting_id}
    rows = work.rows(_ITEMS, key)
    members = members_of(work, region_id=region_id, body_id=sitting.body_id, kind=sitting.kind)
    there = work.rows(select(_there.c.person_id, _there.c.present).where(_there.c.meeting_id == sitting.meeting_id))
    present = {row["person_id"]: bool(row["present"]) for row in there}
    quorum = profile.quorum_of(body)
    days = _neighbours(work, sitting)
    return MeetingPage(
        sitting=sitting,
        full_name=work.value(select(_body.c.name).where(_body.c.id == sitting.body_id)),
        leads=leads_of(profile, body, held_on, sitting.hand_in_on),
        items=_items(work, profile, sitting, rows, region_id=region_id),
        withdrawn=tuple(row for row in rows if row["withdrawn_on"] is not None),
        members=members,
        present=present,
        quorum=quorum,
        lacking=missing_for_quorum(
            roles_present(members, (one for one, is_there in present.items() if is_there)), quorum
        ),
        minutes=work.find(select(_minutes).where(_minutes.c.meeting_id == sitting.meeting_id)),
        summons=work.find(select(_summons).where(_summons.c.meeting_id == sitting.meeting_id)),
        before=max((day for day in days if day < held_on), default=None),
        after=min((day for day in days if day > held_on), default=None),
        moved_to=_moved_to(work, sitting, region_id=region_id) if sitting.cancelled else None,
    )


def _items(
    work: UnitOfWork, profile: Profile, sitting: Sitting, rows: list[Row], *, region_id: int
) -> tuple[ItemLine, ...]:
    standing = [row for row in rows if row["withdrawn_on"] is None]
    annexes, apart = _by_item(work.rows(_ANNEXES, {"meeting": sitting.meeting_id})), defaultdict(list)
    for row in work.rows(_APART, {"meeting": sitting.meeting_id}):
        apart[row["item_id"]].append(row["name"])
    cases = {row["introduction_id"] for row in standing if row["introduction_id"] is not None}
    handled = handled_matters(work, region_id=region_id, cases=cases)
    with_basis = _with_basis(work, cases)
    numbers = {row["id"]: number for number, row in enumerate(standing, start=1)}
    overlaps = defaultdict(list)
    for one, other in find_overlaps(
        Slot(row["id"], row["starts_at"], row["minutes"]) for row in standing if row["starts_at"]
    ):
        overlaps[one].append(numbers[other])
        overlaps[other].append(numbers[one])
    return tuple(
        ItemLine(
            number=numbers[row["id"]],
            row=row,
            ends_at=ends_at(row["starts_at"], row["minutes"]),
            annexes=tuple(annexes[row["id"]]),
            apart=tuple(apart[row["id"]]),
            waits=() if row["outcome"] is not None else tuple(_waits(profile, sitting, row, handled, with_basis)),
            overlaps=tuple(overlaps[row["id"]]),
        )
        for row in standing
    )


def _waits(
    profile: Profile,
    sitting: Sitting,
    row: Row,
    handled: Mapping[tuple[int, str], frozenset[str]],
    with_basis: set[int],
) -> list[Wait]:
    waits = []
    decides, case = row["kind"] == ItemKind.DECISION, row["introduction_id"]
    if decides and row["matter"] is not None and case is not None:
        chain = profile.chain_of(Matter(row["matter"]))
        missing = missing_before(chain, handled[case, row["matter"]], body=sitting.body)
        names = [(found.short or found.name) if (found := profile.find_body(one)) else one for one in missing]
        waits += [Wait("chain", {"bodies": ", ".join(names)})] if names else []
        if row["matter"] == Matter.PLAN and (not chain or sitting.body == chain[-1]) and row["place"] != AWAITING:
            waits.append(Wait("submission"))
        if row["matter"] == Matter.PLAN and case not in with_basis:
            waits.append(Wait("basis"))
    if decides and not row["proposal"] and case is None:
        waits.append(Wait("proposal"))
    if row["presenter_id"] is None:
        waits.append(Wait("presenter"))
    return waits


def _with_basis(work: UnitOfWork, cases: set[int]) -> set[int]:
    if not cases:
        return set()
    query = select(_basis.c.introduction_id).where(_basis.c.introduction_id.in_(cases), _basis.c.voided_by.is_(None))
    return set(work.values(query))


def _by_item(annexes: list[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in annexes:
        found[row["item_id"]].append(row)
    return found


def _moved_to(work: UnitOfWork, sitting: Sitting, *, region_id: int) -> date | None:
    """Return the day to which the meeting of this day was moved; None where it was simply cancelled."""
    mine = (_event.c.region_id == region_id, _event.c.action == "move_meeting", _event.c.subject == sitting.body)
    moves = work.values(select(_event.c["values"]).where(*mine).order_by(_event.c.id.desc()))
    day = sitting.held_on.isoformat()
    return next((date.fromisoformat(move["held_on"]) for move in moves if move["was_on"] == day), None)


def _neighbours(work: UnitOfWork, sitting: Sitting) -> list[date]:
    """Return the days of the meetings just before and just after."""
    mine = (_meeting.c.body_id == sitting.body_id, _meeting.c.cancelled.is_(False))
    earlier = select(_meeting.c.held_on).where(*mine, _meeting.c.held_on < sitting.held_on)
    later = select(_meeting.c.held_on).where(*mine, _meeting.c.held_on > sitting.held_on)
    return [
        *work.values(earlier.order_by(_meeting.c.held_on.desc()).limit(1)),
        *work.values(later.order_by(_meeting.c.held_on).limit(1)),
    ]
