"""The hand that gives commands for the invented people: real use cases, a moving clock, repeatable command ids."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.planning.instants import local_date, local_instant
from pathways.services.ask import Ask, Receipt
from states.errors import TransitionRefused
from states.reasons import Reason

MORNING = time(9, 0)
BETWEEN_COMMANDS = timedelta(minutes=2)


@dataclass(slots=True)
class Hand:
    """Gives commands one after the other; `name` makes its command ids differ from every other hand's."""

    app: App
    clock: SetClock
    name: str
    given: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    last: Receipt | None = None

    @property
    def now(self) -> datetime:
        """Return the present instant of the invented world."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """Return the date on the region's calendar."""
        return local_date(self.clock.now(), self.app.profile.region.zone)

    def wake(self, day: date, at: time = MORNING) -> None:
        """Move the clock to a time of a day; never back."""
        self.clock.set(max(self.clock.now(), local_instant(day, at, self.app.profile.region.zone)))

    def give(
        self,
        slug: str,
        command: str,
        by: str | None,
        *,
        data: Mapping[str, object] | None = None,
        reason: str | None = None,
        on_behalf: str | None = None,
    ) -> Receipt:
        """Give a command a few minutes after the one before; a refusal is raised as always."""
        self.clock.set(self.clock.now() + BETWEEN_COMMANDS)
        self.given += 1
        ask = Ask(actor=by, on_behalf=on_behalf, reason=reason, command_id=f"{self.name}:{self.given:06d}")
        self.last = self.app.run(slug, command, data or {}, ask)
        return self.last

    def attempt(
        self,
        slug: str,
        command: str,
        by: str,
        *,
        data: Mapping[str, object] | None = None,
        reason: str | None = None,
    ) -> tuple[Reason, ...]:
        """Give a command and return the reasons it was refused for; none when it was carried out."""
        try:
            self.give(slug, command, by, data=data, reason=reason)
        except TransitionRefused as refusal:
            self.refused.update(reason.sentence for reason in refusal.reasons)
            return refusal.reasons
        return ()
