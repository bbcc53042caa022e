"""The hold checks of one introduction: who was asked, how many have answered, and what the closed ones came to.

What anybody answered is read nowhere: while a check is open only how many have answered is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select

from pathways.models.holding import HoldCheck, HoldInvitation
from pathways.models.introduction import Introduction
from pathways.models.loop import FollowUp
from pathways.models.task import Task, TaskState
from pathways.queries.details import title_of
from pathways.queries.material import Head, Material
from pathways.queries.people import load_names
from pathways.queries.plan import load_material
from pathways.queries.views import Title
from pathways.services.hold.checks import BEFORE_CELEBRATION, FINISHED, WORKING
from pathways.services.hold.lines import FEWEST, LineResult
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

KINDS = (HoldCheck, HoldInvitation, FollowUp, Task)

_check, _invitation, _task = table_of(HoldCheck), table_of(HoldInvitation), table_of(Task)
_introduction = table_of(Introduction)
_ASKED = (
    select(
        _introduction.c.id.label("introduction_id"),
        _introduction.c.version,
        _check.c.ref.label("check_ref"),
        _check.c.months,
        _check.c.due_on,
        _check.c.closed_on,
        _invitation.c.ref.label("invitation_ref"),
        _invitation.c.answered_on,
        _invitation.c.person_id,
    )
    .join_from(_introduction, _check, _check.c.introduction_id == _introduction.c.id)
    .join(
        _invitation,
        (_invitation.c.introduction_id == _check.c.introduction_id) & (_invitation.c.check_ref == _check.c.ref),
    )
    .join(_task, (_task.c.introduction_id == _check.c.introduction_id) & (_task.c.ref == _invitation.c.task_ref))
    .where(
        _introduction.c.region_id == bindparam("region"),
        _introduction.c.slug == bindparam("slug"),
        _check.c.voided_by.is_(None),
        _invitation.c.voided_by.is_(None),
        (_invitation.c.person_id == bindparam("person")) | (_task.c.assignee_id == bindparam("person")),
    )
    .order_by(_introduction.c.number.desc(), _check.c.closed_on.is_not(None), _check.c.made_in.desc())
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked, and when they answered; `task` leads to the task they were given."""

    name: str
    answered_on: date | None
    task: str


@dataclass(frozen=True, slots=True)
class LowLine:
    """One of the two lowest lines, and the task it became."""

    line: str
    task: str
    title: Title
    owner: str | None
    due_on: date | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """One check. `lines` has the results by line; what too few answered is not among them."""

    ref: str
    months: int
    opened_on: date
    due_on: date
    closed_on: date | None
    asked: tuple[Asked, ...]
    answers: int
    lines: Mapping[str, LineResult]
    lowest: tuple[LowLine, ...]
    is_given_up: bool

    @property
    def is_open(self) -> bool:
        """Say whether it can be answered."""
        return self.closed_on is None

    @property
    def can_close(self) -> bool:
        """Say whether enough have answered for the answers to be shown."""
        return self.answers >= FEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPage:
    """All checks of an introduction, the newest first. `ahead` are the months that may be checked now."""

    head: Head
    checks: tuple[CheckView, ...]
    follow_ups: tuple[Row, ...]
    ahead: tuple[int, ...]

    @property
    def open(self) -> CheckView | None:
        """Return the check that is open."""
        return next((one for one in self.checks if one.is_open), None)

    @property
    def closed(self) -> tuple[CheckView, ...]:
        """Return the checks that are closed, the newest first."""
        return tuple(one for one in self.checks if not one.is_open)

    @property
    def has_slipped(self) -> bool:
        """Say whether the newest follow-up said that the change slipped, and nobody has reopened it since."""
        recorded = [row for row in self.follow_ups if row["recorded_on"] is not None]
        return self.head.place == FINISHED and bool(recorded) and not recorded[-1]["holds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one person has been asked: which check, until when, and whether they have answered before."""

    introduction_id: int
    version: int
    check_ref: str
    months: int
    due_on: date
    is_open: bool
    answered_on: date | None


def hold_page(work: UnitOfWork, *, region_id: int, slug: str, now: datetime, as_of: datetime | None = None) -> HoldPage:
    """Return the checks as they stand, or stood at an earlier moment; raise `Unknown` for another region's."""
    material = load_material(work, KINDS, region_id=region_id, slug=slug, now=now, as_of=as_of)
    names = load_names(work, region_id=region_id).names
    tasks = {row["ref"]: row for row in material.of(Task)}
    checks = tuple(_check_view(row, material, tasks, names) for row in reversed(material.of(HoldCheck)))
    follow_ups = _newest_round(material)
    return HoldPage(head=material.head, checks=checks, follow_ups=follow_ups, ahead=_ahead(material.head, follow_ups))


def find_question(work: UnitOfWork, *, region_id: int, slug: str, person_id: int) -> Question | None:
    """Return what a person has been asked, the open check first, or None where they were asked nothing."""
    rows = work.rows(_ASKED, {"region": region_id, "slug": slug, "person": person_id})
    if not rows:
        return None
    newest = [row for row in rows if row["check_ref"] == rows[0]["check_ref"]]
    row = min(newest, key=lambda one: (one["answered_on"] is not None, one["person_id"] != person_id))
    return Question(
        introduction_id=row["introduction_id"],
        version=row["version"],
        check_ref=row["check_ref"],
        months=row["months"],
        due_on=row["due_on"],
        is_open=row["closed_on"] is None,
        answered_on=row["answered_on"],
    )


def _check_view(row: Row, material: Material, tasks: Mapping[str, Row], names: Mapping[int, str]) -> CheckView:
    invited = [one for one in material.of(HoldInvitation) if one["check_ref"] == row["ref"]]
    answered = sum(one["answered_on"] is not None for one in invited)
    return CheckView(
        ref=row["ref"],
        months=row["months"],
        opened_on=row["opened_on"],
        due_on=row["due_on"],
        closed_on=row["closed_on"],
        asked=_asked(invited, names),
        answers=answered if row["answers"] is None else row["answers"],
        lines={one["line"]: LineResult(**one) for one in row["results"] or ()},
        lowest=tuple(_low_line(one, tasks.get(one["task"]), names) for one in row["lowest"] or ()),
        is_given_up=row["closed_on"] is not None and row["results"] is None,
    )


def _asked(invited: list[Row], names: Mapping[int, str]) -> tuple[Asked, ...]:
    asked = (Asked(names.get(row["person_id"], "–"), row["answered_on"], row["task_ref"]) for row in invited)
    return tuple(sorted(asked, key=lambda one: swedish_key(one.name)))


def _low_line(low: Mapping[str, str], task: Row | None, names: Mapping[int, str]) -> LowLine:
    if task is None:
        return LowLine(low["line"], low["task"], "", None, None, str(TaskState.CANCELLED))
    owner = names.get(task["assignee_id"])
    return LowLine(low["line"], low["task"], title_of(task), owner, task["due_on"], str(task["state"]))


def _newest_round(material: Material) -> tuple[Row, ...]:
    rows = material.of(FollowUp)
    newest = max((row["round"] for row in rows), default=None)
    return tuple(sorted((row for row in rows if row["round"] == newest), key=lambda row: int(row["months"])))


def _ahead(head: Head, follow_ups: tuple[Row, ...]) -> tuple[int, ...]:
    if head.standing != "active":
        return ()
    if head.place in WORKING:
        return (BEFORE_CELEBRATION,)
    if head.place == FINISHED:
        return tuple(row["months"] for row in follow_ups if row["recorded_on"] is None)
    return ()
