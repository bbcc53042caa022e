"""When a way through stages will come to a milestone, told from the ways that others have gone (pure).

Whoever has been in the stage for some days is held against those who were still there after as many, and from that
day on: so a slow one is not promised the time of the quick, nor of those who left on that very day. Own history comes
first where it is enough, else all are asked. Those still on their way count as what they are, unfinished.

Among those seen and one more, the one that is forecast, the safe day is the first by which at least 85 of a hundred
have come. The longer somebody has been in a stage, the fewer can be asked; of few, a rank rounded to the nearest
promises up to five of a hundred too many, and that is what went wrong in the midst of a stage.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from pathways.measurement.survival import HALF, Span, estimate

SAFE = Fraction(85, 100)
FEWEST = 8
MOST_UNDER_WAY = Fraction(1, 3)
"""How many must have come to the milestone, and how large a part may still be on its way there.

While most are still on their way, those who have come are the quick ones, and 85 of a hundred would be promised too
soon: without these limits 75 to 81 of a hundred promises held. How the safe day is counted was chosen on twelve
simulated regions and tried on twelve others, each promise made at the start and remade every fourth week: on those 84
of a hundred held of either kind (before: 83 and 83; and on the twelve first ones 86 and 76, now 88 and 80).
"""
LOOKED_BACK_ON = 25
"""So many of the newest ways are looked back on to see how forecasts have held."""


@dataclass(frozen=True, slots=True)
class Way:
    """The day each stage (or one beyond it) was first come to, and the last day on which it was known how things stood.

    For one that was stopped that is the day it stopped: until then it was unfinished, and of later nothing can be said.
    """

    reached: Mapping[int, date]
    known_until: date


@dataclass(frozen=True, slots=True)
class Place:
    """A stage, since when, and the day from which is looked ahead."""

    stage: int
    since: date
    today: date

    @property
    def days(self) -> int:
        """Return how long it has been there."""
        return (self.today - self.since).days


@dataclass(frozen=True, slots=True)
class Forecast:
    """When half will have come to a milestone, and when 85 of a hundred; None where it is further off than is known.

    `told_by` is how many had come there of those it is told from; `is_own` that they are the region's own.
    """

    milestone: int
    likely: date | None
    safe: date | None
    told_by: int
    is_own: bool

    def moved(self, by: timedelta) -> "Forecast":
        """Return the forecast for a beginning so much later."""
        likely, safe = (None if on is None else on + by for on in (self.likely, self.safe))
        return replace(self, likely=likely, safe=safe)


@dataclass(frozen=True, slots=True)
class History:
    """The ways that a forecast is told from: one's own, and those of others."""

    own: Sequence[Way]
    others: Sequence[Way] = ()


def forecast(place: Place, milestone: int, history: History) -> Forecast | None:
    """Return when a milestone will be come to; None where too few have gone that way, or none was ever so slow."""
    spans, is_own = _chosen(place, milestone, history)
    if not _are_enough(spans):
        return None
    likely, safe = (_on(place.today, _days(spans, share)) for share in (HALF, SAFE))
    return Forecast(milestone, likely, safe, sum(span.is_over for span in spans), is_own)


def chance_by(day: date, place: Place, milestone: int, history: History) -> Fraction | None:
    """Return the share that had come to a milestone in the time that is left until a day; None of too few."""
    spans, _ = _chosen(place, milestone, history)
    if not _are_enough(spans) or day < place.today:
        return None
    return 1 - estimate(spans).left_after((day - place.today).days)


def _chosen(place: Place, milestone: int, history: History) -> tuple[list[Span], bool]:
    own = list(_comparable(history.own, place, milestone))
    if _are_enough(own):
        return own, True
    return [*own, *_comparable(history.others, place, milestone)], False


def _are_enough(spans: Sequence[Span]) -> bool:
    came = sum(span.is_over for span in spans)
    return came >= FEWEST and len(spans) - came <= MOST_UNDER_WAY * len(spans)


def _comparable(ways: Iterable[Way], place: Place, milestone: int) -> Iterator[Span]:
    """Yield how long it took, from the same day in the same stage on, as far as was known when it is asked."""
    for way in ways:
        came = way.reached.get(place.stage)
        if came is None:
            continue
        began, until = came + timedelta(days=place.days), min(way.known_until, place.today)
        left = _known(way, place.stage + 1, until)
        if until < began or (left is not None and left <= began and place.days > 0):
            continue  # gone by then: what is asked is how long those take who are still there
        reached = _known(way, milestone, until)
        yield Span(((reached or until) - began).days, is_over=reached is not None)


def _known(way: Way, stage: int, until: date) -> date | None:
    on = way.reached.get(stage)
    return on if on is not None and on <= until else None


def _days(spans: Sequence[Span], share: Fraction) -> int | None:
    """Return the days by which a share has come, the one that is forecast counted in and not yet there.

    Half is told at the rank nearest to it. What is to hold is told at the first rank that holds.
    """
    itself = Span(max(span.days for span in spans) + 1, is_over=False)
    slack = Fraction(1, 2 * (len(spans) + 1)) if share == HALF else Fraction(0)
    return estimate([*spans, itself]).days_until(share - slack)


def _on(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Issued:
    """A forecast as it would have been made on an earlier day, and the day that came of it, if it has come."""

    whose: int
    made_on: date
    forecast: Forecast
    came_on: date | None

    @property
    def was_kept(self) -> bool:
        """Say whether it came by the day that was to hold in 85 cases of a hundred."""
        return self.came_on is not None and self.forecast.safe is not None and self.came_on <= self.forecast.safe

    @property
    def was_early(self) -> bool:
        """Say whether it came by the day by which half were to come."""
        return self.came_on is not None and self.forecast.likely is not None and self.came_on <= self.forecast.likely


@dataclass(frozen=True, slots=True)
class Calibration:
    """How many forecasts can be judged afterwards, how many held with margin, and how many came by the likely day."""

    judged: int
    kept: int
    early: int

    @property
    def share(self) -> Fraction | None:
        """Return the share that held; None where there is nothing to judge."""
        return Fraction(self.kept, self.judged) if self.judged else None


def look_back(own: Mapping[int, Way], others: Sequence[Way], *, most: int = LOOKED_BACK_ON) -> tuple[Issued, ...]:
    """Return what would have been forecast as each of the newest ways came to a stage, with what was known then."""
    newest = sorted(own, key=lambda whose: (own[whose].reached[0], whose))[-most:]
    return tuple(issued for whose in newest for issued in _issued(whose, own, others))


def _issued(whose: int, own: Mapping[int, Way], others: Sequence[Way]) -> Iterator[Issued]:
    way = own[whose]
    history = History([one for other, one in own.items() if other != whose], others)
    last = max(stage for one in (*own.values(), *others) for stage in one.reached)
    for stage, on in sorted(way.reached.items()):
        if way.reached.get(stage + 1) == on:
            continue  # passed through within the day: nobody would have asked
        for milestone in range(stage + 1, last + 1):
            made = forecast(Place(stage, on, on), milestone, history)
            if made is not None:
                yield Issued(whose, on, made, way.reached.get(milestone))


def calibrate(issued: Iterable[Issued], ways: Mapping[int, Way]) -> Calibration:
    """Return how well forecasts held. Only those are judged whose safe day has passed for whoever was still on the way.

    To judge what came early and leave out what may yet come late would flatter them.
    """
    judged = [one for one in issued if _can_be_judged(one, ways[one.whose])]
    return Calibration(len(judged), sum(one.was_kept for one in judged), sum(one.was_early for one in judged))


def _can_be_judged(one: Issued, way: Way) -> bool:
    """Whoever gave up before the day came is left out: it can no longer be said what would have been."""
    return one.forecast.safe is not None and one.forecast.safe <= way.known_until
