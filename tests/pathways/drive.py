"""Drives an introduction to a place by the commands that people and timers give; nothing is written past them.

Every step moves the clock as far as the step needs: to the board's meeting, to the loop's day, to a follow-up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.base import CaseRow
from pathways.models.introduction import Introduction, Timer, TimerState
from pathways.models.loop import FollowUp
from pathways.models.organisation import Body, Meeting
from pathways.models.plan import Activity
from pathways.models.task import Task, TaskState
from pathways.planning.instants import local_date, local_instant
from pathways.services.ask import Ask, Receipt
from pathways.storage.unit_of_work import Row, table_of

UNIT_REPRESENTATIVES = MappingProxyType({"vc-falun": "vcf", "medicin": "med"})
NOON = time(12, 0)

_introduction, _task, _timer = table_of(Introduction), table_of(Task), table_of(Timer)
_activity, _meeting, _body, _follow_up = (table_of(row) for row in (Activity, Meeting, Body, FollowUp))


@dataclass(frozen=True, slots=True)
class Driver:
    """One introduction at the wheel: who gives which command, and on which day."""

    app: App
    clock: SetClock
    slug: str

    @property
    def today(self) -> date:
        """The date on the region's calendars."""
        return local_date(self.clock.now(), self.app.profile.region.zone)

    def do(self, command: str, *, by: str | None = "sam", reason: str | None = None, **data: object) -> Receipt:
        """Gives one command; `by=None` is the system itself."""
        return self.app.run(self.slug, command, data, Ask(actor=by, reason=reason))

    def row(self) -> Row | None:
        """The newest introduction of that name in the region, or None before the first."""
        query = select(_introduction).where(
            _introduction.c.region_id == self.app.region_id(), _introduction.c.slug == self.slug
        )
        with self.app.read() as work:
            return work.find(query.order_by(_introduction.c.number.desc()))

    def place(self) -> str | None:
        """Where it stands, or None where nothing is open."""
        row = self.row()
        return str(row["place"]) if row else None

    def go_to(self, day: date) -> None:
        """Moves the clock to noon of a day, never backwards."""
        at = local_instant(day, NOON, self.app.profile.region.zone)
        self.clock.set(max(at, self.clock.now()))

    def complete_required_tasks(self) -> None:
        """Completes the open tasks that some command waits for."""
        for task in self._own(_task.c.state == TaskState.OPEN, of=Task):
            if task["required_for"]:
                self.do("complete_task", task=task["ref"], outcome="klart")

    def prepare(self) -> None:
        """preparation -> mapping."""
        self.do("appoint", person="ordf", role="lag_chair")
        self.do("appoint", person="res", role="development_resource")
        for member in ("m1", "m2", "m3"):
            self.do("appoint", person=member, role="lag_member")
        self.do("arrange_patient_perspective", how="interviews")
        self.do("inform", body="lg_hs", held_on=self.today.isoformat())
        self.complete_required_tasks()
        self.do("start_gap_analysis")

    def analyse(self) -> None:
        """mapping -> communicated: two units find gaps of every level."""
        due_on = self.today + timedelta(days=30)
        self.do("invite_units", units=list(UNIT_REPRESENTATIVES), due_on=due_on.isoformat())
        for unit, representative in UNIT_REPRESENTATIVES.items():
            steps = [step.ref for step in self.app.profile.default_steps]
            answers = [{"step": step, "level": n % 4, "measure": "Utbilda"} for n, step in enumerate(steps)]
            self.do("answer_gap", by=representative, unit=unit, answers=answers)
        self.complete_required_tasks()
        self.do("communicate_gap_analysis", by="ordf")

    def plan(self) -> None:
        """communicated -> ranking: two activities, the comment round waived."""
        answers = [row["ref"] for row in self._own(of_table="gap_answer")]
        due_on = (self.today + timedelta(days=300)).isoformat()
        for title, kind in (("Utbilda alla enheter", "training"), ("Ändra rutinen", "routine")):
            self.do("plan_activity", title=title, kind=kind, responsible="res", due_on=due_on, gaps=answers)
        self.do("close_comment_round", outcome="waived", reason="Enheterna satt med i gruppen")
        self.complete_required_tasks()
        self.do("propose_plan")

    def submit(self) -> None:
        """ranking -> awaiting_decision: to the health-care board's next meeting whose hand-in is not past."""
        activities = [row["ref"] for row in self._own(of=Activity)]
        self.do("rank", by="lg", order=activities, motive="Störst gap först")
        self.do("make_decision_basis", body="hsn", meeting_on=self._next_meeting().isoformat(), basis="Underlag")
        self.complete_required_tasks()
        self.do("submit_for_decision")

    def adopt(self) -> None:
        """awaiting_decision -> executing, the day after the meeting."""
        cases = self._own(of_table="board_case")
        meeting_on: date = cases[-1]["meeting_on"]
        self.go_to(meeting_on + timedelta(days=1))
        minutes = {"meeting_on": meeting_on.isoformat(), "paragraph_no": "§ 7", "register_no": "HSN 2021/7"}
        self.do("decide", by="reg", outcome="adopt", body="hsn", **minutes)

    def open_due_loop(self) -> None:
        """executing -> reviewing, when the loop's timer falls due."""
        timers = self._own(_timer.c.state == TimerState.LIVE, of=Timer)
        due_at: datetime = timers[0]["due_at"]
        self.clock.set(max(due_at, self.clock.now()))
        self.do("open_loop", by=None)

    def hold_loop(self, decision: str = "continue") -> None:
        """reviewing -> executing, adjusting or evaluating."""
        self.do(
            "hold_loop",
            by="ordf",
            held_on=self.today.isoformat(),
            attendees=["lag_chair", "development_resource"],
            decision=decision,
            summary="Vi ser en tydlig förbättring",
            hold_check_done=True,
            indicators_secured=True,
        )

    def adopt_adjusted_plan(self) -> None:
        """adjusting -> executing, with one activity changed."""
        activity = self._own(of=Activity)[0]
        due_on = (self.today + timedelta(days=200)).isoformat()
        self.do("update_activity", activity=activity["ref"], due_on=due_on)
        self.complete_required_tasks()
        self.do("adopt_adjusted_plan")

    def celebrate(self) -> None:
        """evaluating -> celebrated."""
        self.complete_required_tasks()
        self.do("record_celebration", evaluation="Bra jobbat", held_on=self.today.isoformat(), receiver="vcf")

    def finish(self) -> None:
        """celebrated -> finished."""
        self.complete_required_tasks()
        self.do("finish")

    def follow_up(self) -> None:
        """finished -> closed: every follow-up recorded on its day, each says that the change holds."""
        for planned in self._own(_follow_up.c.recorded_on.is_(None), of=FollowUp):
            self.go_to(planned["due_on"])
            self.do("record_follow_up", by="ana", months=planned["months"], outcome="holds", hold_check_done=True)

    def _own(self, *where: ColumnElement[bool], of: type[CaseRow] | None = None, of_table: str = "") -> list[Row]:
        table = table_of(of) if of is not None else _introduction.metadata.tables[of_table]
        row = self.row()
        assert row is not None
        query = select(table).where(table.c.introduction_id == row["id"], table.c.voided_by.is_(None), *where)
        with self.app.read() as work:
            return work.rows(query.order_by(table.c.made_in, table.c.ref))

    def _next_meeting(self) -> date:
        query = (
            select(_meeting.c.held_on)
            .join(_body, _body.c.id == _meeting.c.body_id)
            .where(
                _body.c.region_id == self.app.region_id(), _body.c.slug == "hsn", _meeting.c.hand_in_on >= self.today
            )
            .order_by(_meeting.c.held_on)
        )
        with self.app.read() as work:
            found: date | None = work.value(query)
        assert found is not None, "the region has no meeting ahead: set_up_region writes two years of them"
        return found


ONWARD: dict[str, Callable[[Driver], object]] = {
    "preparation": Driver.prepare,
    "mapping": Driver.analyse,
    "communicated": Driver.plan,
    "ranking": Driver.submit,
    "awaiting_decision": Driver.adopt,
    "executing": Driver.open_due_loop,
    "reviewing": lambda driver: driver.hold_loop("finish"),
    "adjusting": Driver.adopt_adjusted_plan,
    "evaluating": Driver.celebrate,
    "celebrated": Driver.finish,
    "finished": Driver.follow_up,
    "paused": lambda driver: driver.do("resume"),
}
PLACES = (*ONWARD, "closed", "stopped")
"""Where an introduction can be driven to."""


def drive_to(app: App, clock: SetClock, slug: str, place: str) -> Driver:
    """Drives the introduction on from where it stands to `place`, starting it if need be, and gives its driver.

    To `paused` and `stopped` it goes straight from where it is; from a rest it resumes. What lies behind is refused.
    """
    if place not in PLACES:
        raise ValueError(f"cannot drive to {place!r}; known: {', '.join(PLACES)}")
    driver = Driver(app, clock, slug)
    if driver.place() in {None, "closed", "stopped"}:
        driver.do("start")
    if place == "paused":
        driver.do("pause", reason="Pandemi", until_on=(driver.today + timedelta(days=90)).isoformat())
    if place == "stopped":
        driver.do("stop", reason="Vårdförloppet drogs tillbaka")
    while (here := driver.place()) != place:
        if here == "reviewing" and place == "adjusting":
            driver.hold_loop("adjust")
        elif here in ONWARD:
            ONWARD[here](driver)
        else:
            raise ValueError(f"{slug} stands at {here} and never comes to {place}")
    return driver
