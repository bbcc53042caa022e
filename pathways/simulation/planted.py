"""What is planted in the invented series: a known shift in some, none in the others, and values of chance around it."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from pathways.measurement.calendar import Every
from pathways.simulation.dice import Dice

TAKES_HOLD = timedelta(days=14)
"""So long after the first activity went live the change is felt."""
MOVED_SHARE = 0.6
SHIFT_OF_PROCESS, SHIFT_OF_OUTCOME = 2.0, 1.5


@dataclass(frozen=True, slots=True)
class Plant:
    """An invented indicator: a share of so many in each period, at a level, and how far it moves in deviations."""

    name: str
    kind: str
    every: Every
    level: float
    each: int
    shift: float

    @property
    def deviation(self) -> float:
        """Return the standard deviation of one period's share."""
        return sqrt(self.level * (1 - self.level) / self.each)

    def numerator(self, dice: Dice, slug: str, period: date, *, live_on: date | None) -> int:
        """Return how many of `each` there were in a period: by chance, at the level that holds then."""
        moved = live_on is not None and period >= live_on + TAKES_HOLD
        level = self.level + (self.shift * self.deviation if moved else 0.0)
        drawn = dice.of(slug, "value", self.name, period)
        return sum(drawn.random() < level for _ in range(self.each))


def plants_of(dice: Dice, slug: str) -> tuple[Plant, Plant]:
    """Return a pathway's two series: a weekly one of what is done, a monthly one of what it leads to.

    In some pathways both move when work begins, in the others neither does.
    """
    moves = dice.chance(MOVED_SHARE, slug, "effect")
    drawn = dice.of(slug, "levels")
    return (
        Plant(
            "Andel patienter med samordnad plan",
            "process",
            Every.WEEK,
            drawn.uniform(0.35, 0.55),
            drawn.randint(30, 50),
            SHIFT_OF_PROCESS if moves else 0.0,
        ),
        Plant(
            "Andel patienter som nått sitt eget mål",
            "outcome",
            Every.MONTH,
            drawn.uniform(0.4, 0.6),
            drawn.randint(80, 120),
            SHIFT_OF_OUTCOME if moves else 0.0,
        ),
    )
