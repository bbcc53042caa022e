"""What the table of hints says to a team that is to decide on an activity. It suggests; people decide.

Each row of the table is a hint with its reason. Where several rows fit, all of them are said, so that a good sign never
hides a bad one. What no row fits is left to the team without a hint.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pathways.measurement.judgement import Judgement, Status
from pathways.measurement.marks import Mark


class Delivered(StrEnum):
    """Whether the activity was done as planned."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Seen(StrEnum):
    """What the curves of one kind of measure say together."""

    BETTER = "better"  # a signal in the wanted direction
    WORSE = "worse"  # a signal in the other direction
    CHANGED = "changed"  # a signal without a direction that could be called good or bad
    NONE = "none"  # enough points, and no signal
    TOO_FEW = "too_few"  # too early to tell


class Hint(StrEnum):
    """What is suggested."""

    FIX_DELIVERY = "fix_delivery"  # fix delivery first: adjust; no verdict on the idea
    WIDEN = "widen"  # keep, widen, plan re-set and hold check
    KEEP_LONGER = "keep_longer"  # keep one or two loops more; slow outcome, or weak theory?
    STOP_OR_ADJUST = "stop_or_adjust"  # stop or adjust; look at balancing effects
    NOT_REACHED = "not_reached"  # adjust or stop: the change does not reach practice
    EXTEND = "extend"  # extend; raise measuring frequency
    INVESTIGATE = "investigate"  # pause, investigate: data, patient mix, resources, process, people


Fits = Callable[[Delivered | None, Seen | None, Seen | None], bool]


@dataclass(frozen=True, slots=True)
class _Row:
    hint: Hint
    fits: Fits
    decisions: frozenset[str]


def _yes(process: Seen, *outcomes: Seen) -> Fits:
    """Return the question whether it was done as planned, with this process measure and one of these outcomes."""
    wanted = outcomes or tuple(Seen)
    return lambda done, seen, outcome: (
        done is Delivered.YES and seen is process and (outcome in wanted or (outcome is None and not outcomes))
    )


TABLE: tuple[_Row, ...] = (
    _Row(Hint.FIX_DELIVERY, lambda done, _p, _o: done is Delivered.NO, frozenset({"adjust"})),
    _Row(Hint.WIDEN, _yes(Seen.BETTER, Seen.BETTER), frozenset({"keep"})),
    _Row(Hint.KEEP_LONGER, _yes(Seen.BETTER, Seen.NONE, Seen.TOO_FEW), frozenset({"keep", "extend"})),
    _Row(Hint.STOP_OR_ADJUST, _yes(Seen.BETTER, Seen.WORSE), frozenset({"stop", "adjust"})),
    _Row(Hint.NOT_REACHED, _yes(Seen.NONE), frozenset({"adjust", "stop"})),
    _Row(Hint.EXTEND, _yes(Seen.TOO_FEW, Seen.TOO_FEW), frozenset({"extend"})),
    _Row(Hint.INVESTIGATE, lambda _d, process, _o: process is Seen.WORSE, frozenset({"stop", "adjust"})),
)
"""The table of the specification, row by row. An empty third column there ("any") is no outcome named here."""


def list_hints(done: Delivered | None, process: Seen | None, outcome: Seen | None) -> tuple[Hint, ...]:
    """Return every hint that fits, in the table's order; None stands for what is not known yet."""
    return tuple(row.hint for row in TABLE if row.fits(done, process, outcome))


def agrees(decision: str, hints: tuple[Hint, ...]) -> bool:
    """Say whether a decision is one that each hint names; without hints every decision is."""
    return all(decision in row.decisions for row in TABLE if row.hint in hints)


def join_seen(several: tuple[Seen, ...]) -> Seen | None:
    """Return what several curves of one kind say together; what worsens is never hidden by what betters."""
    order = (Seen.WORSE, Seen.BETTER, Seen.CHANGED, Seen.NONE, Seen.TOO_FEW)
    return next((seen for seen in order if seen in several), None)


def seen_in(judgement: Judgement) -> tuple[Seen, ...]:
    """Return what one judged series says: its status, and a concern among its latest points beside an improvement."""
    seen = _SEEN[judgement.status]
    return (seen, Seen.WORSE) if judgement.opposite is Mark.CONCERN else (seen,)


_SEEN = {
    Status.TOO_EARLY: Seen.TOO_FEW,
    Status.QUIET: Seen.NONE,
    Status.IMPROVEMENT: Seen.BETTER,
    Status.CONCERN: Seen.WORSE,
    Status.CHANGED: Seen.CHANGED,
    Status.UP: Seen.CHANGED,
    Status.DOWN: Seen.CHANGED,
}


FALSE_ALARM = 0.05  # how often the run rules signal in a series in which nothing has changed, at most


def chance_of_false_alarm(series: int) -> int:
    """Return in how many of a hundred reviews at least one of so many unchanged series signals."""
    return round(100 * (1 - (1 - FALSE_ALARM) ** series))
