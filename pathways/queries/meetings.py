"""The bodies of a region and their meetings: which come next, which have been, who belongs, and what may be decided."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, and_, func, select

from pathways.models.decision import Decision, DecisionKind
from pathways.models.meeting import AgendaItem, Outcome
from pathways.models.organisation import Body, Meeting
from pathways.planning.meetings import Setting, meeting_of, usual_setting
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Matter, Role
from pathways.services.members import Member, members_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_body, _meeting, _item, _decision = table_of(Body), table_of(Meeting), table_of(AgendaItem), table_of(Decision)
_OWN = ("body_id", "held_on", "hand_in_on", "starts_at", "place", "cancelled")
AHEAD, BEHIND = 60, 24
"""How many meetings are listed: those that come, and those that have been."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """One meeting in a list. `items` is how many stand on its agenda.

    `outcomes` is how many of them had each outcome, those first that another body decides after this one.
    """

    meeting_id: int
    body_id: int
    body: str
    name: str
    held_on: date
    hand_in_on: date
    starts_at: str | None
    place: str | None
    cancelled: bool
    items: int
    outcomes: tuple[tuple[Outcome, bool, int], ...] = ()

    @property
    def address(self) -> str:
        """Return where the meeting's page is."""
        return f"/moten/{self.body}/{self.held_on.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLine:
    """One body in the list of all, with its next meeting."""

    body_id: int
    slug: str
    name: str
    short: str | None
    next: MeetingLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """The days before a meeting that its body's lead times set."""

    hand_in_on: date
    committee_on: date
    summons_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPage:
    """One body: what it may decide, who belongs to it, how many must be there, and its meetings.

    `members` holds names by role; `chains` the order of bodies of each matter that the body takes part in.
    """

    body_id: int
    slug: str
    name: str
    short: str | None
    kind: str
    decides: tuple[Matter, ...]
    informed_of: tuple[Matter, ...]
    usual: Setting
    quorum: Mapping[Role, int]
    chains: Mapping[Matter, tuple[str, ...]]
    members: tuple[Member, ...]
    coming: tuple[tuple[MeetingLine, Leads | None], ...]
    past: tuple[MeetingLine, ...]
    names: Mapping[str, str]


def list_coming(work: UnitOfWork, *, region_id: int, today: date) -> tuple[MeetingLine, ...]:
    """Return the meetings of all bodies from today on, in order; cancelled ones that had an agenda are among them."""
    rows = work.rows(_lines(region_id).where(_meeting.c.held_on >= today).order_by(_meeting.c.held_on, _body.c.id))
    return tuple(line for line in map(_line, rows) if line.items or not line.cancelled)[:AHEAD]


def list_bodies(work: UnitOfWork, *, region_id: int, coming: tuple[MeetingLine, ...]) -> tuple[BodyLine, ...]:
    """Return the region's bodies, each with the first of the coming meetings that is its own."""
    rows = work.rows(select(_body).where(_body.c.region_id == region_id).order_by(_body.c.id))
    ahead = [line for line in coming if not line.cancelled]
    return tuple(
        BodyLine(
            body_id=row["id"],
            slug=row["slug"],
            name=row["name"],
            short=row["short"],
            next=next((line for line in ahead if line.body_id == row["id"]), None),
        )
        for row in rows
    )


def read_body(work: UnitOfWork, *, region_id: int, profile: Profile, slug: str, today: date) -> BodyPage | None:
    """Return one body of the region; None where there is none of that name."""
    bodies = work.rows(select(_body).where(_body.c.region_id == region_id).order_by(_body.c.id))
    row = next((one for one in bodies if one["slug"] == slug), None)
    if row is None:
        return None
    mine = _lines(region_id).where(_meeting.c.body_id == row["id"])
    ahead = work.rows(mine.where(_meeting.c.held_on >= today).order_by(_meeting.c.held_on).limit(AHEAD))
    behind = work.rows(mine.where(_meeting.c.held_on < today).order_by(_meeting.c.held_on.desc()).limit(BEHIND))
    rule = profile.find_body(slug)
    return BodyPage(
        body_id=row["id"],
        decides=rule.decides if rule else (),
        informed_of=rule.informed_of if rule else (),
        usual=usual_setting(rule),
        quorum=profile.quorum_of(slug),
        chains={matter: chain for matter, chain in profile.chains.items() if slug in chain},
        members=members_of(work, region_id=region_id, body_id=row["id"], kind=row["kind"]),
        coming=tuple(
            (line, leads_of(profile, slug, line.held_on, line.hand_in_on))
            for line in map(_line, ahead)
            if line.items or not line.cancelled
        ),
        past=_with_outcomes(work, [line for line in map(_line, behind) if line.items or not line.cancelled]),
        names={one["slug"]: one["short"] or one["name"] for one in bodies},
        **{name: row[name] for name in ("slug", "name", "short", "kind")},
    )


def leads_of(profile: Profile, body: str, held_on: date, hand_in_on: date) -> Leads | None:
    """Return the days before a meeting; the hand-in day is the one written. None for a body the profile lacks."""
    rule = profile.find_body(body)
    if rule is None:
        return None
    dates = meeting_of(rule, held_on, profile.workdays)
    return Leads(hand_in_on=hand_in_on, committee_on=dates.committee_on, summons_on=dates.summons_on)


def _with_outcomes(work: UnitOfWork, lines: Sequence[MeetingLine]) -> tuple[MeetingLine, ...]:
    """Return the meetings with what became of their items."""
    query = (
        select(_item.c.meeting_id, _item.c.outcome, _decision.c.kind, func.count().label("items"))
        .outerjoin(
            _decision,
            and_(_decision.c.introduction_id == _item.c.introduction_id, _decision.c.ref == _item.c.decision_ref),
        )
        .where(
            _item.c.meeting_id.in_([line.meeting_id for line in lines]),
            _item.c.withdrawn_on.is_(None),
            _item.c.outcome.is_not(None),
        )
        .group_by(_item.c.meeting_id, _item.c.outcome, _decision.c.kind)
    )
    found: defaultdict[int, Counter[tuple[Outcome, bool]]] = defaultdict(Counter)
    for row in work.rows(query):
        found[row["meeting_id"]][row["outcome"], row["kind"] == DecisionKind.ENDORSEMENT] += row["items"]
    order = [(outcome, endorses) for endorses in (True, False) for outcome in Outcome]
    return tuple(
        replace(line, outcomes=tuple((*one, n) for one in order if (n := found[line.meeting_id][one])))
        for line in lines
    )


def _lines(region_id: int) -> Select[tuple[object, ...]]:
    standing = and_(_item.c.meeting_id == _meeting.c.id, _item.c.withdrawn_on.is_(None))
    items = select(func.count()).select_from(_item).where(standing).correlate(_meeting).scalar_subquery()
    return (
        select(
            *(_meeting.c[name] for name in ("id", *_OWN)),
            *(_body.c[name] for name in ("slug", "name", "short")),
            items.label("items"),
        )
        .join(_body, _body.c.id == _meeting.c.body_id)
        .where(_body.c.region_id == region_id)
    )


def _line(row: Row) -> MeetingLine:
    return MeetingLine(
        meeting_id=row["id"],
        body=row["slug"],
        name=row["short"] or row["name"],
        items=row["items"],
        **{name: row[name] for name in _OWN},
    )
