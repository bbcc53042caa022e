"""What people do with the tasks on their lists: in time, late, never, put off, handed on, or declared needless.

How somebody takes a task is drawn when it first stands on the list; the list is one query a day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pathways.simulation.acts import Acts
from pathways.simulation.texts import REASONS, said
from pathways.simulation.world import ASSISTANT, COORDINATOR
from pathways.storage.unit_of_work import Row

PART_OF_THE_WORK = frozenset(
    {
        "bjud-in-enheterna",
        "skriv-handlingsplan",
        "skicka-synpunktsrunda",
        "rangordna-atgarderna",
        "skriv-beslutsunderlag",
        "hall-larandeloopen",
        "andra-implementeringsplanen",
        "skriv-utvardering",
        "utse-mottagare",
        "gor-uppfoljningen",
        "prova-aterstart",
    }
)
"""Tasks that are done when the work itself is done; nobody ticks them off beforehand."""

ANSWER = "svara-pa-gapanalysen"
MANNERS = {"in_time": 56, "late": 20, "snoozes": 8, "hands_on": 5, "needless": 4, "never": 7}
REOPENED = 0.02
HALF_DONE = 0.15


@dataclass(slots=True)
class Errand:
    """What somebody means to do with a task, and when; no day means never."""

    manner: str
    on: date | None


@dataclass(slots=True)
class Errands:
    """Everybody's plans for the tasks they have seen; a task that `leave` names is left undone."""

    acts: Acts
    manners: Mapping[str, int] = field(default_factory=lambda: MANNERS)
    leave: Callable[[Row], bool] = lambda _task: False
    plans: dict[tuple[int, str], Errand] = field(default_factory=dict)

    def run(self) -> None:
        """Let everybody look at their list and do what they meant to do today."""
        for task in self.acts.sight.open_tasks():
            if task["item"] in PART_OF_THE_WORK or self.leave(task):
                continue
            key = (task["introduction_id"], task["ref"])
            plan = self.plans.get(key) or self.plans.setdefault(key, self._drawn(task))
            if plan.on is not None and plan.on <= self.acts.today:
                self._do(task, plan)

    def _drawn(self, task: Row) -> Errand:
        dice = self.acts.dice.of(task["slug"], task["ref"], "manner")
        manner = dice.choices(list(self.manners), list(self.manners.values()))[0]
        days = {"in_time": dice.randint(-6, 0), "late": dice.randint(2, 14), "hands_on": -8}.get(manner, 0)
        if manner == "never":
            return Errand(manner, None)
        return Errand(manner, self._day(task, days))

    def _day(self, task: Row, days: int) -> date:
        wanted = self.acts.hand.app.profile.workdays.add(task["due_on"], days)
        return max(wanted, self.acts.workday(1))

    def _do(self, task: Row, plan: Errand) -> None:
        if task["item"] == ANSWER:
            self._answer(task, plan)
        elif plan.manner == "snoozes":
            self._snooze(task, plan)
        elif plan.manner == "hands_on" and task["assignee"] in ASSISTANT:
            self._hand_on(task, plan)
        elif plan.manner == "needless":
            data = {"task": task["ref"]}
            reason = said(REASONS["skip"])
            self.acts.hand.give(task["slug"], "skip_task", task["assignee"] or COORDINATOR, data=data, reason=reason)
        else:
            self._complete(task, plan)

    def _answer(self, task: Row, plan: Errand) -> None:
        """Answer for the unit; some stop half-way and go on a week later."""
        half = plan.manner == "in_time" and self.acts.dice.chance(HALF_DONE, task["slug"], task["ref"], "half")
        self.acts.answer(task["slug"], task["unit"], thorough=not half)
        plan.manner, plan.on = "late", self.acts.workday(5)

    def _snooze(self, task: Row, plan: Errand) -> None:
        due_on = self.acts.workday(10)
        reason = said(REASONS["snooze"])
        data = {"task": task["ref"], "due_on": due_on}
        self.acts.hand.give(task["slug"], "snooze_task", task["assignee"] or COORDINATOR, data=data, reason=reason)
        plan.manner, plan.on = "in_time", due_on

    def _hand_on(self, task: Row, plan: Errand) -> None:
        self.acts.hand_over(task, ASSISTANT[task["assignee"]], task["assignee"])
        plan.manner, plan.on = "in_time", self._day(task, 0)

    def _complete(self, task: Row, plan: Errand) -> None:
        self.acts.complete(task)
        first, plan.on = plan.manner != "again", None
        if first and self.acts.dice.chance(REOPENED, task["slug"], task["ref"], "reopened"):
            data = {"task": task["ref"]}
            self.acts.hand.give(task["slug"], "reopen_task", task["assignee"] or COORDINATOR, data=data)
            plan.manner, plan.on = "again", self.acts.workday(3)
