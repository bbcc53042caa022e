"""What a simulation hands back: figures, timelines and the board by quarter, as plain values with a JSON form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in one phase and standing, from a day up to another."""

    phase: str
    standing: str
    from_on: date
    until_on: date

    @property
    def kind(self) -> str:
        """Return what a board says: the phase, or the standing where it is not simply under way."""
        return self.phase if self.standing == "active" else self.standing


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day: a loop, a decision, a celebration, a correction."""

    kind: str
    on: date
    detail: str = ""

    @property
    def look(self) -> str:
        """Return what decides how the mark is drawn: its kind, and for some what was decided."""
        return f"{self.kind}_{self.detail}" if self.kind in {"decision", "follow_up"} else self.kind


@dataclass(frozen=True, slots=True)
class Timeline:
    """The life of one introduction as its log tells it."""

    slug: str
    pathway: str
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]

    @property
    def last(self) -> Stretch:
        """Return where it stood at the end."""
        return self.stretches[-1]


@dataclass(frozen=True, slots=True)
class Loops:
    """The learning loops of one introduction: held, held in time, skipped during a rest, still open."""

    slug: str
    pathway: str
    held: int
    on_time: int
    skipped: int
    open: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """Where every introduction stood at the end of a quarter; the key is the pathway's slug."""

    ends_on: date
    standings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mails:
    """The mails one person got, by ISO week; weeks without a mail are left out."""

    person: str
    weeks: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return all of them."""
        return sum(self.weeks.values())

    @property
    def most(self) -> int:
        """Return the most in one week."""
        return max(self.weeks.values(), default=0)


class Verdict(StrEnum):
    """What a chart said of an invented series, held against what was planted in it."""

    FOUND = "found"  # a shift was planted, and the chart shows it
    MISSED = "missed"  # a shift was planted, and the chart is silent
    SILENT = "silent"  # nothing was planted, and the chart is silent
    FALSE_ALARM = "false_alarm"  # nothing was planted, and the chart shows something
    NOT_COMPARABLE = "not_comparable"  # no baseline: work had not begun, or too little was measured before


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedSeries:
    """One invented series: how far it was moved (standard deviations, 0 for not at all), and what its chart says.

    `before` and `after` count the points on either side of the day the first activity went live.
    """

    slug: str
    pathway: str
    indicator: str
    every: str
    shift: float
    live_on: date | None
    before: int
    after: int
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationResult:
    """What came of a simulation. `verify` holds the findings of the check and is empty when nothing is wrong."""

    start: date
    end: date
    months: int
    seed: int
    introductions: int
    celebrated: int
    stopped: int
    loops_held: int
    loops_on_time: int
    messages: int
    mails: int
    events: int
    digest: str
    verify: tuple[str, ...]
    loops: tuple[Loops, ...]
    timelines: tuple[Timeline, ...]
    quarters: tuple[Quarter, ...]
    mails_by_person: tuple[Mails, ...]
    series: tuple[PlantedSeries, ...] = ()
    seconds: float = 0.0

    def after(self, *, seconds: float) -> "SimulationResult":
        """Return the result with the time it took, which is the only part that differs between equal runs."""
        return replace(self, seconds=seconds)

    def to_json(self) -> dict[str, object]:
        """Return the form for `--json`."""
        return {
            "start": self.start.isoformat(),
            "months": self.months,
            "seed": self.seed,
            "introductions": self.introductions,
            "celebrated": self.celebrated,
            "stopped": self.stopped,
            "loops_held": self.loops_held,
            "loops_on_time": self.loops_on_time,
            "messages": self.messages,
            "mails": self.mails,
            "events": self.events,
            "seconds": self.seconds,
            "verify": list(self.verify) if self.verify else "ok",
            "digest": self.digest,
            "loops": {
                row.slug: {"held": row.held, "on_time": row.on_time, "skipped": row.skipped, "open": row.open}
                for row in self.loops
            },
            "board": [{"ends_on": one.ends_on.isoformat(), **one.standings} for one in self.quarters],
            "series": [
                {
                    "slug": one.slug,
                    "indicator": one.indicator,
                    "every": one.every,
                    "shift": one.shift,
                    "live_on": one.live_on.isoformat() if one.live_on else None,
                    "before": one.before,
                    "after": one.after,
                    "verdict": one.verdict,
                }
                for one in self.series
            ],
            "mails_per_person_and_week": {one.person: dict(one.weeks) for one in self.mails_by_person},
        }
