"""What a chart shows: a judged series with its title as a sentence, its unit, interventions and source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pathways.measurement.calendar import step
from pathways.measurement.judgement import JudgedPoint, Judgement
from pathways.measurement.series import Intervention, Settings

NARROWEST, WIDEST, USUAL = 12, 36, 24
"""How many periods are in view: fewer tell little, more cannot be told apart."""
_KEY = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart before it is drawn. `key` names it on its page: small letters, digits and hyphens."""

    key: str
    name: str  # the indicator
    unit: str  # "%", "dagar"
    settings: Settings
    judgement: Judgement
    source: str
    cut_off: date  # nothing later was known
    title: str = ""  # a sentence: what the series says; empty: the judgement's own
    place: str = ""  # the unit that was measured; empty for all
    interventions: Sequence[Intervention] = ()
    window: int = USUAL
    turn: date | None = None  # a day that is to be in view with what came before it: the change went live

    def __post_init__(self) -> None:
        """Refuse a key that could not stand in an id of a page."""
        if not _KEY.fullmatch(self.key):
            message = f"a chart's key is small letters, digits and hyphens, not {self.key!r}"
            raise ValueError(message)

    @property
    def periods(self) -> int:
        """Return how many periods are in view at most."""
        return min(max(self.window, NARROWEST), WIDEST)

    @property
    def shown(self) -> tuple[JudgedPoint, ...]:
        """Return the points in view, missing periods among them: the latest ones, or those around the turn."""
        return self.judgement.points[self.hidden : self.hidden + self.periods]

    @property
    def hidden(self) -> int:
        """Return how many older points lie before the view; a third of it lies before the turn, if there is one."""
        points = self.judgement.points
        latest = max(len(points) - self.periods, 0)
        if self.turn is None:
            return latest
        before = sum(one.point.period < self.turn for one in points)
        return min(max(before - self.periods // 3, 0), latest)

    @property
    def later(self) -> int:
        """Return how many newer points lie after the view."""
        return len(self.judgement.points) - self.hidden - len(self.shown)

    @property
    def shown_interventions(self) -> tuple[Intervention, ...]:
        """Return the interventions within the periods in view, in order of their numbers."""
        if not self.shown:
            return ()
        first = self.shown[0].point.period
        end = step(self.shown[-1].point.period, self.settings.every)
        found = [one for one in self.interventions if first <= one.on < end]
        return tuple(sorted(found, key=lambda one: one.number))
