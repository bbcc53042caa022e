"""Builds the facts that guards look at from the rows of one introduction, in one statement; open tasks are given."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Label,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    bindparam,
    exists,
    func,
    literal,
    select,
    true,
)

from pathways.models.base import CaseRow
from pathways.models.catalogue import PathwayVersion, VersionKind
from pathways.models.decision import BoardCase, Decision, DecisionKind
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.models.introduction import Appointment, Timer, TimerKind, TimerState
from pathways.models.loop import Celebration, FollowUp, LearningLoop, LoopState
from pathways.models.plan import Activity, ActivityGap, ActivityState, CommentRound, RoundState
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.services.open_tasks import open_tasks_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.facts import Facts

CASE: BindParameter[int] = bindparam("case")
PATHWAY: BindParameter[int] = bindparam("pathway")
ANALYSED: BindParameter[int] = bindparam("analysed")
ADOPTED: BindParameter[int] = bindparam("adopted")
GAP_LEVEL = 2


def _standing(row: type[CaseRow], *more: ColumnElement[bool]) -> ColumnElement[bool]:
    table = table_of(row)
    return and_(table.c.introduction_id == CASE, table.c.voided_by.is_(None), *more)


def _count(row: type[CaseRow], *where: ColumnElement[bool], **named: ColumnElement[bool]) -> Subquery:
    """Count the introduction's rows of a kind under several names at once; each table is gone through once."""
    counts = (func.count().filter(condition).label(name) for name, condition in named.items())
    return select(*counts).select_from(table_of(row)).where(_standing(row, *where)).subquery()


def _newest(row: type[CaseRow], by: str, *columns: str, where: ColumnElement[bool] | None = None) -> Subquery:
    table = table_of(row)
    query = select(*(table.c[name] for name in columns)).where(_standing(row, *([] if where is None else [where])))
    return query.order_by(table.c[by].desc()).limit(1).subquery()


def _label_of(version: BindParameter[int]) -> ScalarSelect[str]:
    return select(_version.c.label).where(_version.c.id == version).scalar_subquery()


_version, _appointment, _decision = table_of(PathwayVersion), table_of(Appointment), table_of(Decision)
_answer, _invitation = table_of(GapAnswer), table_of(GapInvitation)
_activity, _link, _round = table_of(Activity), table_of(ActivityGap), table_of(CommentRound)
_board, _loop, _follow_up, _timer = (table_of(row) for row in (BoardCase, LearningLoop, FollowUp, Timer))

_final = (
    select(_version.c.id.label("newest"), _version.c.label.label("newest_label"))
    .where(_version.c.pathway_id == PATHWAY, _version.c.kind == VersionKind.FINAL)
    .order_by(_version.c.number.desc())
    .limit(1)
    .cte()
)
_for_newest = _invitation.c.version_id == select(_final.c.newest).scalar_subquery()
_for_analysed = _invitation.c.version_id == ANALYSED
_waiting = _invitation.c.state == InvitationState.WAITING
_has_gap = exists().where(
    _link.c.introduction_id == _activity.c.introduction_id,
    _link.c.activity_ref == _activity.c.ref,
    _link.c.voided_by.is_(None),
)
_nobody, _no_day = _activity.c.responsible_id.is_(None), _activity.c.due_on.is_(None)
_last_loop = select(func.max(_loop.c.number)).where(_standing(LearningLoop)).scalar_subquery()
_last_round = select(func.max(_follow_up.c.round)).where(_standing(FollowUp)).scalar_subquery()
_recorded = and_(_follow_up.c.round == _last_round, _follow_up.c.recorded_on.is_not(None))

_COUNTS = (
    _count(
        Appointment,
        _appointment.c.until_on.is_(None),
        chairs=_appointment.c.role == Role.LAG_CHAIR,
        members=_appointment.c.role == Role.LAG_MEMBER,
        resources=_appointment.c.role == Role.DEVELOPMENT_RESOURCE,
    ),
    _count(
        GapInvitation,
        invited=_for_analysed,
        waiting=_for_analysed & _waiting,
        newest_invited=_for_newest,
        newest_waiting=_for_newest & _waiting,
    ),
    _count(
        GapAnswer,
        _answer.c.version_id == ANALYSED,
        _answer.c.level >= GAP_LEVEL,
        gaps=true(),
        gaps_bare=func.coalesce(_answer.c.measure, "") == "",
    ),
    _count(Decision, responses=_decision.c.kind == DecisionKind.RESPONSE),
    _count(
        Activity,
        _activity.c.state != ActivityState.STOPPED,
        activities=true(),
        without_gap=~_has_gap,
        without_responsible=_nobody,
        without_deadline=_no_day,
        unranked=_activity.c.standpoint.is_(None),
        new_incomplete=and_(_activity.c.from_loop == _last_loop, _nobody | _no_day),
    ),
    _count(CommentRound, rounds_settled=_round.c.state != RoundState.OPEN),
    _count(
        LearningLoop,
        _loop.c.number == _last_loop,
        _loop.c.state == LoopState.HELD,
        reviews=true(),
        hold_checks=_loop.c.hold_check_done,
        secured=_loop.c.indicators_secured,
    ),
    _count(FollowUp, _follow_up.c.round == _last_round, planned=true(), recorded=_recorded),
    _count(
        Timer,
        _timer.c.kind == TimerKind.LEARNING_LOOP,
        _timer.c.state == TimerState.LIVE,
        loops_due=_timer.c.due_at <= bindparam("now", type_=_timer.c.due_at.type),
    ),
)
_PERHAPS = (
    _final,
    _newest(BoardCase, "made_in", "hand_in_on", "basis_made_on", where=~_board.c.closed),
    _newest(Celebration, "made_in", "evaluation", "held_on", "receiver_id"),
    _newest(FollowUp, "months", "holds", "hold_check_done", where=_recorded),
)


def _side_by_side(parts: Sequence[FromClause], *more: Label[str]) -> Select[tuple[object, ...]]:
    """Return the query that puts parts, each of one row or none, side by side in one row."""
    joined: FromClause = select(literal(1).label("always")).subquery()
    for part in parts:
        joined = joined.outerjoin(part, true())
    return select(*(column for part in parts for column in part.c), *more).select_from(joined)


def _all_facts() -> Select[tuple[object, ...]]:
    """Return one row of everything: counts are always there, the newest of a kind perhaps."""
    groups = (_COUNTS[:3], _COUNTS[3:6], _COUNTS[6:], _PERHAPS)
    # The limit takes nothing away, but keeps PostgreSQL from planning all these joins at once: that takes 10 ms.
    apart = [_side_by_side(parts).limit(1).subquery() for parts in groups]
    return _side_by_side(apart, _label_of(ANALYSED).label("analysed_label"), _label_of(ADOPTED).label("adopted_label"))


_FACTS = _all_facts()
_VERSIONS = select(_version.c.id, _version.c.label, _version.c.kind, _version.c.number).where(
    _version.c.pathway_id == PATHWAY
)


class Versions:
    """The versions of one pathway's national text, as far as rules ask about them."""

    def __init__(self, rows: list[Row]) -> None:
        self.by_id = {int(row["id"]): row for row in rows}
        finals = [row for row in rows if row["kind"] == VersionKind.FINAL]
        self.newest_final = max(finals, key=lambda row: int(row["number"]), default=None)
        self.newest = max(rows, key=lambda row: int(row["number"]), default=None)


def versions_of(work: UnitOfWork, pathway_id: int) -> Versions:
    """Return the versions of one pathway."""
    return Versions(work.rows(_VERSIONS, {"pathway": pathway_id}))


def facts_of(
    work: UnitOfWork,
    introduction: Row,
    profile: Profile,
    *,
    now: datetime,
    today: date,
    open_tasks: Iterable[Row] | None = None,
) -> Facts:
    """Return the facts of one introduction as its rows stand inside this transaction.

    A caller that has read the open tasks already may give them.
    """
    keys = {
        "case": introduction["id"],
        "pathway": introduction["pathway_id"],
        "analysed": introduction["analysed_version_id"],
        "adopted": introduction["adopted_version_id"],
        "now": now,
    }
    row = work.find(_FACTS, keys)
    assert row is not None
    tasks = open_tasks_of(work, introduction["id"]) if open_tasks is None else open_tasks
    return Facts(
        today=today,
        open_items=_open_items(tasks),
        **_up_to_the_decision(row, introduction, profile),
        **_after_the_decision(row, introduction, profile),
    )


def _up_to_the_decision(row: Row, introduction: Row, profile: Profile) -> dict[str, Any]:  # Any: the fields' own types
    newest, adopted = row["newest"], introduction["adopted_version_id"]
    return {
        "chair_appointed": row["chairs"] > 0,
        "members_appointed": row["members"],
        "members_required": profile.preparation.members_required,
        "development_resource_appointed": row["resources"] > 0,
        "patient_perspective_arranged": introduction["patient_perspective"] is not None,
        "management_group_informed": introduction["informed_on"] is not None,
        "units_invited": row["invited"],
        "units_waiting": row["waiting"],
        "gaps_found": row["gaps"],
        "gaps_without_measure": row["gaps_bare"],
        "analysed_version": row["analysed_label"],
        "version_in_force": row["newest_label"],
        "final_version_available": newest is not None,
        "version_adopted": row["adopted_label"],
        "newer_version_available": newest is not None and adopted is not None and newest != adopted,
        "gap_revised_for_newest": row["newest_invited"] > 0 and row["newest_waiting"] == 0,
        "response_decided": row["responses"] > 0,
        "activities": row["activities"],
        "activities_without_gap": row["without_gap"],
        "activities_without_responsible": row["without_responsible"],
        "activities_without_deadline": row["without_deadline"],
        "comment_round_settled": row["rounds_settled"] > 0,
        "measures_unranked": row["unranked"],
        "decision_basis_made": row["basis_made_on"] is not None,
        "meeting_chosen": row["hand_in_on"] is not None,
        "hand_in_on": row["hand_in_on"],
    }


def _after_the_decision(row: Row, introduction: Row, profile: Profile) -> dict[str, Any]:  # Any: the fields' own types
    followed_up = introduction["place"] == "finished" and row["recorded"] > 0
    return {
        "loop_due": row["loops_due"] > 0,
        "review_complete": row["reviews"] > 0,
        "hold_check_done": bool(row["hold_check_done"] if followed_up else row["hold_checks"]),
        "indicators_secured": row["secured"] > 0,
        "plan_revised": introduction["plan_revised_on"] is not None,
        "new_activities_incomplete": row["new_incomplete"],
        "evaluation_written": bool(row["evaluation"]),
        "celebrated_on": row["held_on"],
        "receiver_named": row["receiver_id"] is not None,
        "follow_ups_planned": row["planned"] >= len(profile.follow_up_months),
        "follow_ups_recorded": row["recorded"],
        "follow_ups_required": len(profile.follow_up_months),
        "change_slipped": row["recorded"] > 0 and not row["holds"],
    }


def _open_items(tasks: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for task in tasks:
        for command in task["required_for"] if task["item"] else ():
            found.setdefault(command, {})[task["item"]] = None
    return {command: tuple(items) for command, items in found.items()}
