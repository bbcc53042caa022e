"""Puts times, waits and forecasts into words: never a number alone, and of few no middle."""

from fractions import Fraction

from pathways.measurement.forecasting import Calibration, Forecast
from pathways.measurement.lasting import Lasted
from pathways.measurement.survival import Span
from pathways.queries.bottlenecks import EarlyWarning, WaitTime
from pathways.queries.longest_waits import LongWait
from pathways.queries.milestones import MILESTONES
from pathways.web.visit import Visit

DASH = "–"
TEN = 10
FEW = 10
"""Of fewer judged forecasts no percent is told: one more would change it too much."""


def name_of(visit: Visit, pathway: str, number: int) -> str:
    """Return a pathway's name, with its number where the region introduces it again."""
    return pathway if number == 1 else visit.texts.say("web.flow.again", pathway=pathway, number=number)


def half_in_words(visit: Visit, known: Lasted) -> str:
    """Return within how many days half are through; a dash of too few, and of many under way that nobody knows yet."""
    if not known.has_middle:
        return DASH
    median = known.curve.median
    return visit.texts.say("web.flow.not_half") if median is None else visit.texts.say("web.flow.days", n=median)


def middle_in_words(visit: Visit, known: Lasted) -> str:
    """Return the middle half as "20–35 dagar"; of what has no known end yet "20 dagar eller mer"."""
    first, third = known.curve.middle_half
    if not known.has_middle or first is None:
        return DASH
    if third is None:
        return visit.texts.say("web.flow.or_more", n=first)
    return visit.texts.say("web.flow.between", first=first, n=third)


def singles_in_words(visit: Visit, known: Lasted) -> str:
    """Return the single values of few: "12, 30 (inte klart)"."""
    return ", ".join(_single(visit, span) for span in known.singles) or DASH


def _single(visit: Visit, span: Span) -> str:
    return str(span.days) if span.is_over else visit.texts.say("web.flow.not_over", n=span.days)


def tell_times(visit: Visit, name: str, known: Lasted) -> str:
    """Return a sentence that says what a row of the picture shows."""
    if not known.subjects:
        return visit.texts.say("web.flow.told.none", name=name)
    if not known.has_middle:
        return visit.texts.say("web.flow.told.few", name=name, values=singles_in_words(visit, known))
    return visit.texts.say(
        "web.flow.told.many",
        name=name,
        half=half_in_words(visit, known),
        middle=middle_in_words(visit, known),
        n=known.subjects,
        running=known.curve.running,
    )


def holder_of(visit: Visit, one: WaitTime | LongWait) -> str:
    """Return for which role or body something waits."""
    return one.body or visit.texts.word("role", one.role)


def what_waits(visit: Visit, one: LongWait) -> str:
    """Return what waits: a decision, a task of the checklist, or a task that somebody made."""
    if one.body:
        return visit.texts.say("web.flow.decision")
    return visit.formats.title(one.title) or visit.texts.say("web.flow.own_task")


def warn(visit: Visit, one: EarlyWarning) -> str:
    """Return the early-warning sentence: what is done, after how long, and how long half of those before took."""
    values = {"phase": visit.texts.word("phase", one.phase), "days": one.days, "median": one.median}
    if one.done.counted <= 0:
        return visit.texts.say("web.flow.warning_bare", **values)
    return visit.texts.say("web.flow.warning", done=one.done.done, of=one.done.counted, **values)


def milestone_name(visit: Visit, milestone: int) -> str:
    """Return what happens at a milestone: "planen är beslutad"."""
    return visit.texts.word("web.flow.milestone", MILESTONES[milestone])


def tell_forecast(visit: Visit, one: Forecast) -> str:
    """Return the forecast as a sentence; a day that nobody can tell yet is left out, and said to be."""
    what = milestone_name(visit, one.milestone)
    if one.likely is None:
        return visit.texts.say("web.flow.forecast.unknown", what=what)
    likely = visit.formats.day(one.likely)
    if one.safe is None:
        return visit.texts.say("web.flow.forecast.likely", what=what, likely=likely)
    return visit.texts.say("web.flow.forecast.both", what=what, likely=likely, safe=visit.formats.day(one.safe))


def tell_basis(visit: Visit, one: Forecast) -> str:
    """Return what a forecast is told from: so many introductions, the region's own or others' too."""
    return visit.texts.say("web.flow.basis_own" if one.is_own else "web.flow.basis_pooled", n=one.told_by)


def tell_calibration(visit: Visit, found: Calibration) -> str:
    """Return how forecasts have held, or that none can be judged yet."""
    if found.share is None:
        return visit.texts.say("web.flow.calibration.none")
    if found.judged < FEW:
        return visit.texts.say("web.flow.calibration.few", kept=found.kept, n=found.judged)
    return visit.texts.say(
        "web.flow.calibration.some", kept=found.kept, n=found.judged, percent=round(100 * found.share)
    )


def in_ten(visit: Visit, share: Fraction) -> str:
    """Return a share as "ungefär 6 av 10", which is as exact as it is."""
    return visit.texts.say("web.flow.chance", n=round(TEN * share))
