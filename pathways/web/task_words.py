"""What a task says about itself to the person who has it: why it came, when it is due, and what happens afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pathways.queries.cover import Covered
from pathways.web.visit import Visit

MEGABYTE = 1_000_000
KILOBYTE = 1_000


class Told(Protocol):
    """What is asked of a task: a row of a list, or a page of its own."""

    @property
    def introduction_id(self) -> int:
        """Where it belongs."""
        ...

    @property
    def pathway(self) -> str:
        """What that is called."""
        ...

    @property
    def role(self) -> str:
        """The role it came with."""
        ...

    @property
    def unit(self) -> str | None:
        """The unit it is for."""
        ...

    @property
    def instead_of(self) -> Covered | None:
        """The colleague who is away."""
        ...


@dataclass(frozen=True, slots=True)
class TaskWords:
    """The words of one visit's language."""

    visit: Visit

    def why(self, task: Told) -> str:
        """Return why the visitor has a task: whom they stand in for, the role they hold, or that it was handed over."""
        say = self.visit.texts.say
        if task.instead_of is not None:
            until = self.visit.formats.day(task.instead_of.until_on)
            return say("web.work.why.instead", name=task.instead_of.name, until=until)
        if task.role not in self.visit.visitor.roles_in(task.introduction_id):
            return say("web.work.why.handed", pathway=task.pathway)
        if task.unit is not None:
            return say("web.work.why.unit", unit=task.unit, pathway=task.pathway)
        return self.visit.texts.word("web.work.why", task.role, pathway=task.pathway)

    def due(self, due_on: date) -> str:
        """Return the last day in words, with how far away it is."""
        say, day = self.visit.texts.say, self.visit.formats.long_day(due_on)
        away = (due_on - self.visit.today).days
        if away == 0:
            return say("web.work.due.today", day=day)
        if away == 1:
            return say("web.work.due.tomorrow", day=day)
        if away > 0:
            return say("web.work.due.ahead", day=day, n=away)
        return say("web.work.due.late", day=day)

    def days_late(self, due_on: date) -> str:
        """Return by how much a task is late, empty where it is not."""
        late = (self.visit.today - due_on).days
        return self.visit.texts.say("web.work.days_late", n=late) if late > 0 else ""

    def then(self, commands: Iterable[str]) -> str:
        """Return what waits for a task."""
        spoken = [self.visit.texts.say("web.work.quoted", text=self.visit.wording.command(one)) for one in commands]
        if not spoken:
            return self.visit.texts.say("web.work.then_nothing")
        return self.visit.texts.say("web.work.then", commands=", ".join(spoken))

    def help(self, item: str) -> str:
        """Return the profile's help to a checklist item; empty for a task that a person made."""
        found = self.visit.profile.find_item(item) if item else None
        return str(getattr(found.help, self.visit.language)) if found else ""

    def size(self, size: int) -> str:
        """Return a file's size as a person would say it."""
        number = self.visit.formats.number
        if size >= MEGABYTE:
            return self.visit.texts.say("web.work.megabytes", size=number(round(size / MEGABYTE, 1)))
        return self.visit.texts.say("web.work.kilobytes", size=number(max(1, round(size / KILOBYTE))))
