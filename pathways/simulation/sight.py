"""What the invented people see when they look: their introduction, its tasks, gaps, plan and papers. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, select

from pathways.bootstrap import App
from pathways.models.base import CaseRow
from pathways.models.catalogue import PathwayStep, PathwayVersion, VersionKind
from pathways.models.decision import BoardCase, Decision
from pathways.models.gap import GapAnswer, GapInvitation
from pathways.models.introduction import Introduction
from pathways.models.loop import FollowUp, LearningLoop, LoopState
from pathways.models.organisation import Body, Meeting, Person, Unit
from pathways.models.plan import Activity, ActivityState, CommentRound
from pathways.models.task import Task, TaskState
from pathways.storage.unit_of_work import Row, table_of

_introduction, _task, _person, _unit = (table_of(row) for row in (Introduction, Task, Person, Unit))
_answer, _invitation, _version = table_of(GapAnswer), table_of(GapInvitation), table_of(PathwayVersion)
_loop, _follow_up, _board = table_of(LearningLoop), table_of(FollowUp), table_of(BoardCase)
_activity, _round, _meeting, _body = (table_of(row) for row in (Activity, CommentRound, Meeting, Body))
_decision = table_of(Decision)

_COLUMNS = (
    "id",
    "slug",
    "place",
    "phase",
    "standing",
    "configuration",
    "version",
    "anchor_on",
    "return_on",
    "analysed_version_id",
    "adopted_version_id",
    "pathway_id",
)
_CASES = select(*(_introduction.c[name] for name in _COLUMNS)).order_by(_introduction.c.id)
_TASKS = (
    select(
        _task.c.introduction_id,
        _task.c.ref,
        _task.c.item,
        _task.c.due_on,
        _task.c.snoozes,
        _introduction.c.slug,
        _introduction.c.place,
        _person.c.slug.label("assignee"),
        _unit.c.slug.label("unit"),
    )
    .join(_introduction, _introduction.c.id == _task.c.introduction_id)
    .outerjoin(_person, _person.c.id == _task.c.assignee_id)
    .outerjoin(_unit, _unit.c.id == _task.c.unit_id)
    .where(_task.c.state == TaskState.OPEN, _task.c.voided_by.is_(None))
    .order_by(_task.c.introduction_id, _task.c.made_at, _task.c.ref)
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a national text."""

    id: int
    label: str
    final: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """A pair of eyes on the database."""

    app: App

    def cases(self) -> dict[str, Row]:
        """Return every introduction by its slug."""
        return {row["slug"]: row for row in self._rows(_CASES)}

    def case(self, slug: str) -> Row:
        """Return one introduction."""
        return self._rows(_CASES.where(_introduction.c.slug == slug))[-1]

    def open_tasks(self, slug: str | None = None) -> list[Row]:
        """Return the open tasks of every active introduction, or of the one named, resting or not."""
        which = _introduction.c.standing == "active" if slug is None else _introduction.c.slug == slug
        return self._rows(_TASKS.where(which))

    def versions(self, case: Row) -> list[Version]:
        """Return the versions of the national text, oldest first."""
        query = select(_version).where(_version.c.pathway_id == case["pathway_id"]).order_by(_version.c.number)
        return [Version(row["id"], row["label"], row["kind"] == VersionKind.FINAL) for row in self._rows(query)]

    def steps(self, version_id: int) -> list[str]:
        """Return the steps that the gap analysis of a version asks about."""
        step = table_of(PathwayStep)
        own = self._rows(select(step.c.step).where(step.c.version_id == version_id).order_by(step.c.ordinal))
        return [row["step"] for row in own] or [step.ref for step in self.app.profile.default_steps]

    def gaps(self, case: Row) -> list[Row]:
        """Return the answers of the version at hand that are gaps of level 2 or 3, the largest first."""
        query = (
            select(_answer.c.ref, _answer.c.step, _answer.c.level, _answer.c.measure, _unit.c.slug.label("unit"))
            .join(_unit, _unit.c.id == _answer.c.unit_id)
            .where(
                *_standing(GapAnswer, case),
                _answer.c.version_id == case["analysed_version_id"],
                _answer.c.level >= 2,
            )
            .order_by(_answer.c.level.desc(), _answer.c.step, _unit.c.slug)
        )
        return self._rows(query)

    def invited(self, case: Row, version_id: int | None = None) -> dict[str, str]:
        """Return the units asked about a version (the one at hand if none is given), with the state of each."""
        version = version_id or case["analysed_version_id"]
        query = (
            select(_unit.c.slug, _invitation.c.state)
            .join(_unit, _unit.c.id == _invitation.c.unit_id)
            .where(*_standing(GapInvitation, case), _invitation.c.version_id == version)
            .order_by(_unit.c.slug)
        )
        return {row["slug"]: str(row["state"]) for row in self._rows(query)}

    def activities(self, case: Row) -> list[Row]:
        """Return the activities that are not stopped, in the order they were planned."""
        columns = ("ref", "state", "standpoint", "rank", "due_on", "start_on", "title", "made_in")
        query = select(*(_activity.c[name] for name in columns)).where(
            *_standing(Activity, case), _activity.c.state != ActivityState.STOPPED
        )
        return sorted(self._rows(query), key=lambda row: [int(part) for part in row["ref"].split(".")])

    def decided_at(self, body: str, meeting_on: date) -> int:
        """Return how many decisions a meeting of a body has taken."""
        query = (
            select(_decision.c.introduction_id, _decision.c.ref)
            .join(_body, _body.c.id == _decision.c.body_id)
            .where(_body.c.slug == body, _decision.c.meeting_on == meeting_on, _decision.c.voided_by.is_(None))
        )
        return len(self._rows(query))

    def comment_round(self, case: Row) -> Row | None:
        """Return the newest comment round, or None."""
        return self._newest(select(_round).where(*_standing(CommentRound, case)).order_by(_round.c.made_in.desc()))

    def board_case(self, case: Row) -> Row | None:
        """Return the plan's way to a meeting that still waits, or None."""
        query = (
            select(_board, _body.c.slug.label("body"))
            .join(_body, _body.c.id == _board.c.body_id)
            .where(*_standing(BoardCase, case), ~_board.c.closed)
        )
        return self._newest(query)

    def open_loop(self, case: Row) -> Row | None:
        """Return the learning loop that is open, or None."""
        query = select(_loop).where(*_standing(LearningLoop, case), _loop.c.state == LoopState.OPEN)
        return self._newest(query)

    def loops_held(self, case: Row) -> int:
        """Return how many loops have been held."""
        query = select(_loop.c.ref).where(*_standing(LearningLoop, case), _loop.c.state == LoopState.HELD)
        return len(self._rows(query))

    def follow_ups(self, case: Row) -> list[Row]:
        """Return the follow-ups of the newest round, the earliest first."""
        rows = self._rows(select(_follow_up).where(*_standing(FollowUp, case)).order_by(_follow_up.c.due_on))
        newest = max((row["round"] for row in rows), default=0)
        return [row for row in rows if row["round"] == newest]

    def next_meeting(self, body: str, *, hand_in_from: date) -> date | None:
        """Return the body's first meeting whose papers can still be handed in, or None if none is known."""
        query = self._meetings(body).where(_meeting.c.hand_in_on >= hand_in_from).order_by(_meeting.c.held_on)
        row = self._newest(query)
        return row["held_on"] if row else None

    def last_meeting(self, body: str, *, by: date) -> date | None:
        """Return the body's last meeting up to a day, or None if none is known."""
        query = self._meetings(body).where(_meeting.c.held_on <= by).order_by(_meeting.c.held_on.desc())
        row = self._newest(query)
        return row["held_on"] if row else None

    def _meetings(self, body: str) -> Select[tuple[object, ...]]:
        joined = select(_meeting.c.held_on).join(_body, _body.c.id == _meeting.c.body_id)
        return joined.where(_body.c.slug == body, _body.c.region_id == self.app.region_id())

    def _rows(self, query: Select[tuple[object, ...]]) -> list[Row]:
        with self.app.read() as work:
            return work.rows(query)

    def _newest(self, query: Select[tuple[object, ...]]) -> Row | None:
        with self.app.read() as work:
            return work.find(query)


def _standing(row: type[CaseRow], case: Mapping[str, object]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    table = table_of(row)
    return table.c.introduction_id == case["id"], table.c.voided_by.is_(None)
