"""What an introduction came to: the figures of its evaluation, what people say of them, and who took part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pathways.models.gap import GapInvitation, InvitationState
from pathways.models.holding import EvaluationLine, HoldCheck
from pathways.models.introduction import Appointment
from pathways.models.loop import Celebration, FollowUp, LearningLoop, LoopState
from pathways.models.plan import Activity, ActivityState, Standpoint
from pathways.models.task import Task, TaskState
from pathways.profiles.vocabulary import Role
from pathways.queries.material import Head, Material
from pathways.queries.people import load_names, load_units
from pathways.queries.plan import load_material
from pathways.services.celebrate.write_evaluation import AFTERWARDS, EVALUATED
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork

KINDS = (EvaluationLine, Celebration, FollowUp, LearningLoop, Activity, GapInvitation, HoldCheck, Task, Appointment)
NEVER_NAMED = frozenset({Role.PATIENT_REPRESENTATIVE})


@dataclass(frozen=True, slots=True)
class Units:
    """How many units were asked, answered, and were excused."""

    asked: int
    answered: int
    excused: int


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the activities that were decided on; `late` of the done ones ended after their last day."""

    decided: int
    done: int
    late: int
    stopped: int

    @property
    def going_on(self) -> int:
        """Return how many are neither done nor stopped."""
        return self.decided - self.done - self.stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The five lines, as far as the product knows them, and people's remarks by line."""

    head: Head
    units: Units
    carried: Carried
    follow_ups: tuple[Row, ...]
    loops_held: int
    hold_checked_on: date | None
    remarks: Mapping[str, Row]
    celebration: Row | None
    receiver: str | None
    people: tuple[tuple[str, str], ...]
    unit_names: tuple[str, ...]

    @property
    def is_written(self) -> bool:
        """Say whether people have said anything."""
        return any(row["body"] for row in self.remarks.values())

    @property
    def takes_remarks(self) -> bool:
        """Say whether remarks may be written now."""
        return self.head.place in AFTERWARDS and self.head.standing == "active"

    def remark(self, line: str) -> str:
        """Return what people say of a line."""
        return str(self.remarks[line]["body"] or "") if line in self.remarks else ""


def load_evaluation(
    work: UnitOfWork, *, region_id: int, slug: str, now: datetime, as_of: datetime | None = None
) -> Evaluation:
    """Return the evaluation as it stands, or stood at an earlier moment; raise `Unknown` for another region's."""
    material = load_material(work, KINDS, region_id=region_id, slug=slug, now=now, as_of=as_of)
    names = load_names(work, region_id=region_id).names
    units = load_units(work, region_id=region_id)
    celebration = next(iter(material.of(Celebration)[::-1]), None)
    return Evaluation(
        head=material.head,
        units=_units(material),
        carried=_carried(material),
        follow_ups=_newest_round(material),
        loops_held=sum(row["state"] == LoopState.HELD for row in material.of(LearningLoop)),
        hold_checked_on=max((row["closed_on"] for row in material.of(HoldCheck) if row["results"]), default=None),
        remarks={row["line"]: row for row in material.of(EvaluationLine) if row["line"] in EVALUATED},
        celebration=celebration,
        receiver=names.get(celebration["receiver_id"]) if celebration else None,
        people=_people(material, names),
        unit_names=tuple(sorted({units[row["unit_id"]] for row in _taking_part(material)}, key=swedish_key)),
    )


def _invited(material: Material) -> list[Row]:
    newest = material.head.own["analysed_version_id"]
    return [row for row in material.of(GapInvitation) if row["version_id"] == newest]


def _taking_part(material: Material) -> list[Row]:
    return [row for row in _invited(material) if row["state"] != InvitationState.EXCUSED]


def _units(material: Material) -> Units:
    invited = _invited(material)
    states = [row["state"] for row in invited]
    return Units(len(invited), states.count(InvitationState.ANSWERED), states.count(InvitationState.EXCUSED))


def _carried(material: Material) -> Carried:
    decided = [row for row in material.of(Activity) if row["standpoint"] != Standpoint.DECLINED]
    done = [row for row in decided if row["state"] == ActivityState.DONE]
    late = [row for row in done if row["due_on"] and row["ended_on"] and row["ended_on"] > row["due_on"]]
    stopped = sum(row["state"] == ActivityState.STOPPED for row in decided)
    return Carried(len(decided), len(done), len(late), stopped)


def _newest_round(material: Material) -> tuple[Row, ...]:
    rows = material.of(FollowUp)
    newest = max((row["round"] for row in rows), default=None)
    return tuple(sorted((row for row in rows if row["round"] == newest), key=lambda row: int(row["months"])))


def _people(material: Material, names: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    """Return who took part, by name: those appointed with their role, and those who did a task without one."""
    roles: dict[int, str] = {}
    for task in material.of(Task):
        if task["state"] == TaskState.DONE and task["settled_by"] is not None and task["role"] not in NEVER_NAMED:
            roles.setdefault(task["settled_by"], "")
    for row in material.of(Appointment):
        if row["person_id"] is not None and row["role"] not in NEVER_NAMED:
            roles[row["person_id"]] = str(row["role"])
    hidden = {row["person_id"] for row in material.of(Appointment) if row["role"] in NEVER_NAMED}
    named = ((names[one], role) for one, role in roles.items() if one in names and one not in hidden)
    return tuple(sorted(named, key=lambda pair: swedish_key(pair[0])))
