"""Puts an introduction's rows into the parts of its page: tasks, timers, people, plan, gaps and so on (pure)."""

from collections import defaultdict
from collections.abc import Iterable

from pathways.models.decision import BoardCase, Decision
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState, Verdict
from pathways.models.introduction import Appointment, Timer
from pathways.models.loop import Celebration, FollowUp, LearningLoop
from pathways.models.plan import Activity, ActivityGap, CommentRound
from pathways.models.task import Task, TaskState
from pathways.queries.material import Material, ref_key
from pathways.queries.names import Names
from pathways.queries.views import (
    ActivityView,
    AppointmentView,
    BoardCaseView,
    CelebrationView,
    CommentRoundView,
    DecisionView,
    FollowUpView,
    GapPicture,
    GapStep,
    LoopView,
    TaskView,
    TimerView,
    Title,
)
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row


def title_of(task: Row) -> Title:
    """Return a task's title: as the person who made it wrote it, or in both languages; an erased one is empty."""
    if task["item"]:
        return {"sv": str(task["title_sv"]), "en": str(task["title_en"])}
    return str(task["own_title"] or "")


def list_tasks(material: Material, names: Names) -> tuple[TaskView, ...]:
    """Return all tasks: the open ones first, the soonest at the top."""
    rows = sorted(
        material.of(Task), key=lambda row: (row["state"] != TaskState.OPEN, row["due_on"], ref_key(row["ref"]))
    )
    return tuple(
        TaskView(
            title=title_of(row),
            assignee=names.people.name(row["assignee_id"]),
            unit=names.unit(row["unit_id"]),
            required_for=tuple(row["required_for"]),
            settled_by=names.people.name(row["settled_by"]),
            role=str(row["role"]),
            state=str(row["state"]),
            **_same(row, "ref", "item", "assignee_id", "due_on", "settled_at", "outcome", "reason"),
        )
        for row in rows
    )


def list_timers(material: Material) -> tuple[TimerView, ...]:
    """Return all timers by their time."""
    rows = sorted(material.of(Timer), key=lambda row: (row["due_at"], ref_key(row["ref"])))
    return tuple(
        TimerView(
            kind=str(row["kind"]),
            state=str(row["state"]),
            **_same(row, "ref", "occurrence", "due_at", "settled_at", "note"),
        )
        for row in rows
    )


def list_people(material: Material, names: Names) -> tuple[AppointmentView, ...]:
    """Return who holds which role, role by role and by name in Swedish order."""
    views = (
        AppointmentView(
            role=str(row["role"]),
            person=names.people.name(row["person_id"]),
            unit=names.unit(row["unit_id"]),
            **_same(row, "person_id", "since_on"),
        )
        for row in material.of(Appointment)
        if row["until_on"] is None
    )
    return tuple(sorted(views, key=lambda view: (view.role, swedish_key(view.person or ""))))


def list_decisions(material: Material, names: Names) -> tuple[DecisionView, ...]:
    """Return the decisions in the order they were recorded."""
    return tuple(
        DecisionView(
            kind=str(row["kind"]),
            body=names.bodies.get(row["body_id"], ""),
            **_same(row, "meeting_on", "paragraph_no", "register_no", "outcome", "conditions"),
        )
        for row in material.of(Decision)
    )


def list_loops(material: Material) -> tuple[LoopView, ...]:
    """Return the learning loops by number."""
    return tuple(
        LoopView(
            state=str(row["state"]),
            attendees=tuple(row["attendees"]),
            **_same(row, "number", "due_on", "opened_on", "held_on", "decision", "summary"),
        )
        for row in sorted(material.of(LearningLoop), key=lambda row: int(row["number"]))
    )


def list_activities(material: Material, names: Names) -> tuple[ActivityView, ...]:
    """Return the plan's activities: ranked ones in their order, then the others as they were planned."""
    gaps: dict[str, list[str]] = defaultdict(list)
    for link in material.of(ActivityGap):
        gaps[link["activity_ref"]].append(link["answer_ref"])
    rows = sorted(material.of(Activity), key=lambda row: (row["rank"] is None, row["rank"] or 0, ref_key(row["ref"])))
    return tuple(
        ActivityView(
            title=str(row["title"] or ""),
            responsible=names.people.name(row["responsible_id"]),
            state=str(row["state"]),
            standpoint=str(row["standpoint"]) if row["standpoint"] else None,
            gaps=tuple(gaps[row["ref"]]),
            **_same(row, "ref", "kind", "responsible_id", "start_on", "due_on"),
            **_same(row, "cost_once", "cost_yearly", "rank", "motive"),
        )
        for row in rows
    )


def find_comment_round(material: Material) -> CommentRoundView | None:
    """Return the newest comment round, or None where there has been none."""
    rows = material.of(CommentRound)
    if not rows:
        return None
    return CommentRoundView(state=str(rows[-1]["state"]), **_same(rows[-1], "opened_on", "closes_on", "summary"))


def find_board_case(material: Material, names: Names) -> BoardCaseView | None:
    """Return the plan's way to the meeting that is to decide, or None where none is chosen."""
    waiting = [row for row in material.of(BoardCase) if not row["closed"]]
    if not waiting:
        return None
    same = _same(waiting[-1], "meeting_on", "hand_in_on", "basis", "basis_made_on")
    return BoardCaseView(body=names.bodies.get(waiting[-1]["body_id"], ""), **same)


def find_celebration(material: Material, names: Names) -> CelebrationView | None:
    """Return the newest celebration, or None where there has been none."""
    rows = material.of(Celebration)
    if not rows:
        return None
    receiver = names.people.name(rows[-1]["receiver_id"])
    return CelebrationView(receiver=receiver, **_same(rows[-1], "evaluation", "held_on"))


def list_follow_ups(material: Material) -> tuple[FollowUpView, ...]:
    """Return the follow-ups planned when the introduction was last finished, the first one first."""
    rows = material.of(FollowUp)
    newest = max((row["round"] for row in rows), default=0)
    return tuple(
        FollowUpView(**_same(row, "months", "due_on", "recorded_on", "holds", "note"))
        for row in sorted(rows, key=lambda row: int(row["months"]))
        if row["round"] == newest
    )


def picture_gaps(material: Material, names: Names, *, version: str | None) -> GapPicture:
    """Return what the units answered to the version that is analysed, step by step."""
    analysed = material.head.own["analysed_version_id"]
    asked = [row["state"] for row in material.of(GapInvitation) if row["version_id"] == analysed]
    answers: dict[str, list[Row]] = defaultdict(list)
    for row in material.of(GapAnswer):
        if row["version_id"] == analysed:
            answers[row["step"]].append(row)
    return GapPicture(
        version=version,
        invited=len(asked),
        answered=asked.count(InvitationState.ANSWERED),
        excused=asked.count(InvitationState.EXCUSED),
        steps=tuple(_gap_step(step, title, answers[step]) for step, title in names.steps.items()),
    )


def _gap_step(step: str, title: Title, answers: Iterable[Row]) -> GapStep:
    levels = [answer["level"] for answer in answers if answer["verdict"] == Verdict.LEVEL]
    others = [answer["verdict"] for answer in answers if answer["verdict"] != Verdict.LEVEL]
    return GapStep(
        step=step,
        title=title,
        levels=(levels.count(0), levels.count(1), levels.count(2), levels.count(3)),
        not_applicable=others.count(Verdict.NOT_APPLICABLE),
        dont_know=others.count(Verdict.DONT_KNOW),
    )


def _same(row: Row, *names: str) -> Row:
    """Return the columns that a view shows as they are."""
    return {name: row[name] for name in names}
