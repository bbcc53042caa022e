"""Reads all that the facts of one introduction follow from, in one statement. What it means is said by `facts`."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, exists, func, select, true

from pathways.models.base import CaseRow
from pathways.models.decision import BoardCase, Decision, DecisionKind
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.models.introduction import Appointment, Timer, TimerKind, TimerState
from pathways.models.loop import Celebration, FollowUp, LearningLoop
from pathways.models.plan import Activity, ActivityGap, ActivityState, CommentRound, RoundState
from pathways.profiles.vocabulary import Role
from pathways.services.open_tasks import OPEN_TASKS, in_order
from pathways.services.versions import VERSIONS
from pathways.storage.gathering import Gathering, Query
from pathways.storage.unit_of_work import Row, UnitOfWork, constant, table_of

Evidence = Mapping[str, list[Row]]

GAP_LEVEL = 2
CASE: BindParameter[int] = bindparam("case")


def _standing(row: type[CaseRow]) -> ColumnElement[bool]:
    table = table_of(row)
    return and_(table.c.introduction_id == CASE, table.c.voided_by.is_(None))


def _list(row: type[CaseRow], *columns: str) -> Query:
    table = table_of(row)
    return Select(*(table.c[name] for name in columns)).where(_standing(row))


def _count(row: type[CaseRow], *where: ColumnElement[bool], **named: ColumnElement[bool]) -> Query:
    """Count the introduction's rows of a kind under several names at once; each table is gone through once."""
    counts = (func.count().filter(condition).label(name) for name, condition in named.items())
    return Select(*counts).select_from(table_of(row)).where(_standing(row), *where)


_appointment, _invitation, _answer = table_of(Appointment), table_of(GapInvitation), table_of(GapAnswer)
_decision, _activity, _link, _round = (table_of(row) for row in (Decision, Activity, ActivityGap, CommentRound))
_board, _loop, _timer = table_of(BoardCase), table_of(LearningLoop), table_of(Timer)

_nobody, _no_day = _activity.c.responsible_id.is_(None), _activity.c.due_on.is_(None)
_has_gap = exists().where(
    _link.c.introduction_id == _activity.c.introduction_id,
    _link.c.activity_ref == _activity.c.ref,
    _link.c.voided_by.is_(None),
)
_last_loop = select(func.max(_loop.c.number)).where(_standing(LearningLoop)).scalar_subquery()
_waiting = _invitation.c.state == constant(InvitationState.WAITING)

_EVIDENCE = Gathering(
    tasks=OPEN_TASKS,
    appointments=_count(
        Appointment,
        _appointment.c.until_on.is_(None),
        chairs=_appointment.c.role == constant(Role.LAG_CHAIR),
        members=_appointment.c.role == constant(Role.LAG_MEMBER),
        resources=_appointment.c.role == constant(Role.DEVELOPMENT_RESOURCE),
    ),
    invitations=select(
        _invitation.c.version_id, func.count().label("invited"), func.count().filter(_waiting).label("waiting")
    )
    .where(_standing(GapInvitation))
    .group_by(_invitation.c.version_id),
    gaps=_count(
        GapAnswer,
        _answer.c.version_id == bindparam("analysed"),
        _answer.c.level >= constant(GAP_LEVEL),
        found=true(),
        bare=func.coalesce(_answer.c.measure, constant("")) == constant(""),
    ),
    responses=_count(Decision, _decision.c.kind == constant(DecisionKind.RESPONSE), decided=true()),
    activities=_count(
        Activity,
        _activity.c.state != constant(ActivityState.STOPPED),
        standing=true(),
        without_gap=~_has_gap,
        without_responsible=_nobody,
        without_deadline=_no_day,
        unranked=_activity.c.standpoint.is_(None),
        new_incomplete=and_(_activity.c.from_loop == _last_loop, _nobody | _no_day),
    ),
    rounds=_count(CommentRound, _round.c.state != constant(RoundState.OPEN), settled=true()),
    last_loop=_list(LearningLoop, "state", "hold_check_done", "indicators_secured").where(_loop.c.number == _last_loop),
    follow_ups=_list(FollowUp, "round", "months", "recorded_on", "holds", "hold_check_done"),
    rung=_count(
        Timer,
        _timer.c.kind == constant(TimerKind.LEARNING_LOOP),
        _timer.c.state == constant(TimerState.LIVE),
        _timer.c.due_at <= bindparam("now", type_=_timer.c.due_at.type),
        loops=true(),
    ),
    meetings=_list(BoardCase, "made_in", "hand_in_on", "basis_made_on").where(~_board.c.closed),
    celebrations=_list(Celebration, "made_in", "evaluation", "held_on", "receiver_id"),
    versions=VERSIONS,
)


def evidence_of(work: UnitOfWork, introduction: Row, *, now: datetime) -> Evidence:
    """Return what the rows of one introduction say as they stand inside this transaction, open tasks included."""
    keys = {
        "case": introduction["id"],
        "pathway": introduction["pathway_id"],
        "analysed": introduction["analysed_version_id"],
        "now": now,
    }
    found = _EVIDENCE.read(work, keys)
    return {**found, "tasks": in_order(found["tasks"])}
