"""Meetings of the demo: KSG and LG-HS endorse the plan for heart failure, and the board is to decide on it.

Who belongs to the bodies, agendas, minutes and the pack are made by the use cases that people and the clock give.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import select

from pathways.exports.minutes_paper import build_paper
from pathways.models.meeting import AgendaItem, ItemKind, Outcome
from pathways.models.organisation import Body, Meeting, Person, RegionRole
from pathways.planning.meetings import usual_setting
from pathways.profiles.vocabulary import Matter, Role
from pathways.queries.pack.build import build_text
from pathways.services.administration.calendar import add_meeting
from pathways.services.administration.office import Office
from pathways.services.ask import Ask
from pathways.services.deciding.decide_item import Given, decide_item
from pathways.services.meeting.add_item import add_item
from pathways.services.meeting.attendance import record_attendance
from pathways.services.meeting.change_item import change_item
from pathways.services.meeting.fixed_papers import Fixing
from pathways.services.meeting.item import ItemOrder
from pathways.services.meeting.membership import add_member
from pathways.services.meeting.minutes import MinutesForm, approve_minutes, keep_minutes, put_up_notice
from pathways.services.national.share_experience import ToShare, share_experience
from pathways.services.pack.freeze import Frozen, freeze_by_hand
from pathways.services.pack.meeting import find_meeting
from pathways.simulation.acts import Acts
from pathways.simulation.demo_scenes import Move, Scene
from pathways.simulation.hand import BETWEEN_COMMANDS
from pathways.simulation.texts import register_no, said
from pathways.simulation.world import ANALYST, BOARD_SECRETARY, COORDINATOR, HEAD, MANAGERS
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

T = TypeVar("T")
SLUG, SHARED = "hjartsvikt-nydebuterad", "reumatoid-artrit-del-1"
KSG, LG_HS, HSN = "ksg", "lg_hs", "hsn"
ELECTED, ADMINISTRATOR = "fortroendevald", "administrator"
SEATS = (
    (KSG, HEAD, Role.HEAD),
    (KSG, COORDINATOR, Role.COORDINATOR),
    (KSG, ANALYST, Role.ANALYST),
    (HSN, ELECTED, Role.ELECTED_READER),
)
"""Who is given a seat; LG-HS has its members by their role in the region."""
PRESENT = {KSG: (HEAD, COORDINATOR, ANALYST), LG_HS: MANAGERS[:2]}
LEADS = {KSG: (HEAD, ANALYST), LG_HS: (MANAGERS[0], MANAGERS[1])}
"""Who leads the meetings of a body, and who approves its minutes."""
LATEST = timedelta(days=28)
PLAN = "Handlingsplan för hjärtsvikt"
PROPOSAL = "Planen antas så som arbetsgruppen har rangordnat åtgärderna. De tre första får medel i år."
NOTED = (("Läget i alla införanden", "09:30"), ("Så har lärandelooparna gått", "10:00"))
AHEAD = (
    (
        "Rangordning av åtgärder inför hösten",
        ItemKind.DISCUSSION,
        "Vilka åtgärder ska gå först när medlen inte räcker?",
    ),
    ("Läget i alla införanden", ItemKind.INFORMATION, None),
)
MOTIVE = "Åtgärderna stänger de största gapen, och enheterna har fått säga sitt"
_person, _role, _body, _meeting = (table_of(row) for row in (Person, RegionRole, Body, Meeting))
_item = table_of(AgendaItem)


@dataclass(frozen=True, slots=True)
class Meetings:
    """Does at meetings what people do, a few minutes after what was done before."""

    acts: Acts

    def act(self, who: str, do: Callable[[Office], T]) -> T:
        """Carry out a use case as somebody."""
        hand = self.acts.hand
        hand.clock.set(hand.now + BETWEEN_COMMANDS)
        region_id = hand.app.region_id()

        def run(work: UnitOfWork) -> T:
            person = work.value(select(_person.c.id).where(_person.c.region_id == region_id, _person.c.slug == who))
            roles = work.values(select(_role.c.role).where(_role.c.person_id == person))
            held = frozenset(Role(role) for role in roles)
            return do(Office(work=work, region_id=region_id, actor_id=int(person), roles=held, today=self.acts.today))

        return hand.app.retry(run)

    def seat(self) -> None:
        """Say who belongs to which body."""
        for body, person, role in SEATS:
            self.act(ADMINISTRATOR, partial(add_member, body=body, person=person, role=role))

    def choose(self, body: str, *, after: date) -> date:
        """Return the body's first meeting after a day; where the next one is too far, one more is written."""
        workdays = self.acts.hand.app.profile.workdays
        found = self.acts.sight.next_meeting(body, hand_in_from=max(self.acts.today, after))
        if found is not None and found <= after + LATEST:
            return found
        extra = workdays.next_workday(after + timedelta(days=14))
        hand_in_on = workdays.next_workday(after)
        self.act(
            COORDINATOR,
            partial(
                add_meeting,
                body=body,
                held_on=extra,
                hand_in_on=hand_in_on,
                workdays=workdays,
                setting=usual_setting(self.acts.hand.app.profile.find_body(body)),
            ),
        )
        return extra

    def propose(self, body: str, held_on: date, title: str, kind: ItemKind, **more: object) -> int:
        """Put an item on the agenda as the coordinator."""
        order = ItemOrder.model_validate({"title": said(title), "kind": kind, "presenter": COORDINATOR, **more})
        profile = self.acts.hand.app.profile
        return self.act(COORDINATOR, lambda office: add_item(office, body, order, held_on=held_on, profile=profile))

    def hold(self, body: str, held_on: date) -> None:
        """Write who is there and decide every item."""
        there = PRESENT[body]
        self.act(BOARD_SECRETARY, lambda office: record_attendance(office, body, held_on=held_on, present=there))
        dice = self.acts.dice.of(body, "paragraph", held_on.year)
        for number, item in enumerate(self.items(body, held_on), start=1):
            decides = item["kind"] == ItemKind.DECISION
            given = Given(
                outcome=Outcome.ADOPT if decides else Outcome.NOTE,
                paragraph_no=str(number),
                register_no=register_no(dice, held_on.year) if decides else "",
                motive=said(MOTIVE) if decides else "",
            )
            self.act(BOARD_SECRETARY, partial(self._decide, item=item, given=given))

    def minute(self, body: str, held_on: date) -> None:
        """Keep the minutes, approve them, and put the notice up the same day."""
        chair, approver = LEADS[body]
        form = MinutesForm(
            chair=chair,
            secretary=BOARD_SECRETARY,
            approvers=(approver,),
            opened_at="09:00",
            closed_at="10:30",
            kept_at=said("Regionens diarium"),
        )
        today = self.acts.today
        self.act(BOARD_SECRETARY, lambda office: keep_minutes(office, body, held_on, form))
        number = register_no(self.acts.dice.of(body, "minutes"), held_on.year)
        fixing = Fixing(profile=self.acts.hand.app.profile, build=build_paper, register_no=number)
        self.act(
            BOARD_SECRETARY, lambda office: approve_minutes(office, body, held_on, approved_on=today, fixing=fixing)
        )
        self.act(BOARD_SECRETARY, lambda office: put_up_notice(office, body, held_on, up_on=today))

    def freeze(self, body: str, held_on: date) -> None:
        """Freeze the meeting's pack ahead of the clock, as the board's secretary may, so that members can begin."""
        profile = self.acts.hand.app.profile

        def act(office: Office) -> Frozen:
            meeting = find_meeting(office.work, region_id=office.region_id, body=body, day=held_on)
            return freeze_by_hand(office, meeting, profile=profile, build=build_text)

        self.act(BOARD_SECRETARY, act)

    def planned(self, body: str) -> date | None:
        """Return the day of the body's meeting that has the plan for heart failure on its agenda."""
        with self.acts.hand.app.read() as work:
            query = select(_meeting.c.held_on).join(_body, _body.c.id == _meeting.c.body_id)
            query = query.join(_item, _item.c.meeting_id == _meeting.c.id)
            about = _item.c.introduction_id == self.acts.sight.case(SLUG)["id"]
            mine = (_body.c.slug == body, _item.c.matter == Matter.PLAN, _item.c.withdrawn_on.is_(None))
            found: date | None = work.value(query.where(about, *mine).order_by(_meeting.c.held_on.desc()).limit(1))
        return found

    def items(self, body: str, held_on: date) -> list[Row]:
        """Return the items of a meeting in order."""
        query = select(_item).join(_meeting, _meeting.c.id == _item.c.meeting_id)
        query = query.join(_body, _body.c.id == _meeting.c.body_id)
        mine = (_body.c.slug == body, _meeting.c.held_on == held_on, _item.c.withdrawn_on.is_(None))
        with self.acts.hand.app.read() as work:
            return work.rows(query.where(*mine).order_by(_item.c.position))

    def share(self) -> None:
        """Tell the other regions how a gap was closed."""
        case = self.acts.sight.case(SHARED)
        shared = ToShare(
            step=said("Träff med patienten inom två veckor"),
            how=said("Tre tider i veckan hålls öppna, och sjuksköterskan ringer själv upp"),
            result=said("Nio av tio träffas i tid, mot sex av tio före"),
            months=9,
            contact_role=Role.COORDINATOR,
        )
        self.act(COORDINATOR, lambda office: share_experience(office, case["id"], shared))

    def explain(self, held_on: date) -> None:
        """Write the proposal of the plan's item at the board's meeting."""
        item = next(one for one in self.items(HSN, held_on) if one["matter"] == Matter.PLAN)
        told = {"starts_at": "13:00", "minutes": 20, "presenter": COORDINATOR, "proposal": said(PROPOSAL)}
        order = ItemOrder.model_validate(
            {"title": said(PLAN), "kind": ItemKind.DECISION, "matter": Matter.PLAN, **told}
        )
        profile = self.acts.hand.app.profile
        self.act(
            COORDINATOR,
            lambda office: change_item(office, HSN, order, held_on=held_on, item_id=item["id"], profile=profile),
        )

    def _decide(self, office: Office, item: Row, given: Given) -> object:
        app, ask = self.acts.hand.app, Ask(actor=BOARD_SECRETARY, command_id=f"demo-item:{item['id']}")
        return decide_item(office, item["id"], given, ask=ask, profile=app.profile, salter=app.salter)


def tell_meetings() -> Iterator[Scene]:
    """Tell of the meetings that the plan for heart failure comes to, of what comes after, and of what is shared."""
    yield Scene(date(2021, 4, 9), SLUG, _propose)
    yield Scene(date(2021, 4, 12), SHARED, _share)
    for body in (KSG, LG_HS):
        yield Scene(date(2021, 4, 14), SLUG, _held(body))
        yield Scene(date(2021, 4, 16), SLUG, _minuted(body))
    yield Scene(date(2021, 6, 2), SLUG, _prepare)


def _propose(acts: Acts, _move: Move) -> bool:
    meetings = Meetings(acts)
    meetings.seat()
    ksg = meetings.choose(KSG, after=acts.today)
    lg_hs = meetings.choose(LG_HS, after=ksg)
    about = {"matter": Matter.PLAN, "introduction": SLUG, "proposal": said("Planen tillstyrks")}
    for body, held_on in ((KSG, ksg), (LG_HS, lg_hs)):
        meetings.propose(body, held_on, PLAN, ItemKind.DECISION, starts_at="09:00", minutes=30, **about)
        for title, starts_at in NOTED:
            meetings.propose(body, held_on, title, ItemKind.INFORMATION, starts_at=starts_at, minutes=20)
    return True


def _share(acts: Acts, _move: Move) -> bool:
    Meetings(acts).share()
    return True


def _prepare(acts: Acts, _move: Move) -> bool:
    meetings = Meetings(acts)
    board = meetings.planned(HSN)
    if board is None:
        return False
    meetings.explain(board)
    for body in (KSG, LG_HS):
        held_on = acts.sight.next_meeting(body, hand_in_from=acts.workday(8))
        assert held_on is not None
        for title, kind, proposal in AHEAD:
            meetings.propose(body, held_on, title, kind, proposal=said(proposal) if proposal else None)
    meetings.freeze(HSN, board)
    return True


def _held(body: str) -> Callable[[Acts, Move], bool]:
    def deed(acts: Acts, _move: Move) -> bool:
        meetings = Meetings(acts)
        held_on = meetings.planned(body)
        if held_on is None or acts.today < held_on:
            return False
        meetings.hold(body, held_on)
        return True

    return deed


def _minuted(body: str) -> Callable[[Acts, Move], bool]:
    def deed(acts: Acts, _move: Move) -> bool:
        meetings = Meetings(acts)
        held_on = meetings.planned(body)
        if held_on is None or acts.today <= held_on:
            return False
        meetings.minute(body, held_on)
        return True

    return deed
