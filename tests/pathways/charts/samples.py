"""Charts of every kind, made from values that a pathway could have had."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from pathways.charts.chart import Chart
from pathways.charts.words import ChartWords
from pathways.locale import texts
from pathways.measurement.calendar import Every, step
from pathways.measurement.judge import judge
from pathways.measurement.series import Direction, Intervention, Phase, Point, PointState, RuleSet, Settings

SWEDISH, ENGLISH = ChartWords(texts("sv")), ChartWords(texts("en"))
WEEKLY = date(2026, 1, 5)
MONTHLY = date(2024, 5, 1)
TODAY = date(2026, 11, 2)
WITHIN = (52, 58, 49, 61, 55, 60, 57, 50, 63, 54, 59, 56, 58, 71, 68, 74, 70, 77, 69, 73, 80, 72, 76, 79, 75, 78)
DAYS = (34, 29, 38, 31, 36, 33, 30, 37, 35, 32, 39, 28, 34, 31, 36, 33, 29, 37, 35, 32, 30, 36, 34, 33, 52, 31, 35, 30)
STEPS = (
    Intervention(number=1, on=date(2026, 3, 30), text="Ny remissmall i hela länet"),
    Intervention(number=2, on=date(2026, 4, 6), text="Samordnare på plats"),
    Intervention(number=3, on=date(2026, 5, 25), stops=True, text="Extra mottagning på kvällar"),
)


def shares(values: Sequence[float | None], *, every: Every = Every.WEEK, first: date = WEEKLY) -> list[Point]:
    """Return points that are shares of 18 to 47 patients; a missing value is a missing period."""
    found = []
    for number, value in enumerate(values):
        if value is not None:
            n = 18 + number * 7 % 30
            part = round(value * n / 100)
            found.append(Point(period=step(first, every, number), value=100 * part / n, numerator=part, denominator=n))
    return found


def plain(values: Sequence[float | None], *, every: Every = Every.MONTH, first: date = MONTHLY) -> list[Point]:
    """Return points that have no parts."""
    return [Point(period=step(first, every, n), value=v) for n, v in enumerate(values) if v is not None]


def make_chart(
    points: Sequence[Point],
    settings: Settings,
    *,
    key: str,
    name: str,
    unit: str = "%",
    phases: Sequence[Phase] = (),
    interventions: Sequence[Intervention] = (),
    window: int = 26,
    place: str = "",
) -> Chart:
    """Return a judged chart."""
    return Chart(
        key=key,
        name=name,
        unit=unit,
        place=place,
        settings=settings,
        judgement=judge(points, settings=settings, phases=phases, today=TODAY),
        interventions=interventions,
        source="Kvalitetsregistret, lokalt uttag",
        cut_off=date(2026, 10, 30),
        window=window,
    )


def improved() -> Chart:
    """Return a frozen baseline of twelve weeks, three interventions and a long run above the median."""
    settings = Settings(every=Every.WEEK, direction=Direction.HIGHER, target=80.0, share=True)
    phases = [Phase(starts=WEEKLY, frozen_through=step(WEEKLY, Every.WEEK, 11))]
    name = "Andel patienter med tid inom 30 dagar"
    return make_chart(shares(WITHIN), settings, key="inom-30", name=name, phases=phases, interventions=STEPS)


def limited() -> Chart:
    """Return an XmR chart of waiting days with one month far outside."""
    settings = Settings(
        every=Every.MONTH, direction=Direction.LOWER, rules=RuleSet.XMR, target=30.0, second_target=25.0
    )
    phases = [Phase(starts=MONTHLY, frozen_through=step(MONTHLY, Every.MONTH, 19))]
    name = "Dagar till första besök"
    return make_chart(plain(DAYS), settings, key="vantetid", name=name, unit="dagar", phases=phases)


def in_phases() -> Chart:
    """Return two phases after a confirmed reset, gaps in both, a corrected and two preliminary values."""
    values: list[float | None] = [52, 58, 49, 61, None, 60, 57, 50, 63, 54, 59, 56, 71, 68, 74, 70, None, None, 69, 73]
    values += [80, 72, 76, 79, 75, 78]
    points = shares(values)
    points[8] = replace(points[8], state=PointState.CORRECTED)
    points[-2:] = [replace(one, state=PointState.PRELIMINARY) for one in points[-2:]]
    settings = Settings(every=Every.WEEK, direction=Direction.HIGHER, target=75.0, share=True)
    phases = [
        Phase(starts=WEEKLY, frozen_through=step(WEEKLY, Every.WEEK, 11)),
        Phase(starts=step(WEEKLY, Every.WEEK, 12), cause="reset"),
    ]
    name = "Andel med samordnad plan"
    return make_chart(points, settings, key="faser", name=name, phases=phases, interventions=STEPS[:1])


def undirected() -> Chart:
    """Return a series without a better side that has moved upwards."""
    values = [12, 14, 11, 13, 12, 15, 13, 12, 14, 11, 13, 12, 16, 17, 18, 16, 19, 17, 18, 20, 17, 19, 18, 17]
    settings = Settings(every=Every.MONTH)
    phases = [Phase(starts=MONTHLY, frozen_through=step(MONTHLY, Every.MONTH, 11))]
    return make_chart(plain(values), settings, key="remisser", name="Antal remisser", unit="remisser", phases=phases)


def worsened() -> Chart:
    """Return waiting days that have grown."""
    values = [31, 29, 33, 30, 32, 28, 31, 34, 30, 29, 33, 31, 37, 39, 36, 41, 38, 40, 42, 37, 39, 41]
    settings = Settings(every=Every.MONTH, direction=Direction.LOWER)
    phases = [Phase(starts=MONTHLY, frozen_through=step(MONTHLY, Every.MONTH, 11))]
    return make_chart(plain(values), settings, key="samre", name="Dagar till svar", unit="dagar", phases=phases)


def early() -> Chart:
    """Return three quarters: too early to tell anything."""
    settings = Settings(every=Every.QUARTER, direction=Direction.HIGHER, target=90.0, share=True)
    points = shares([61, 66, 64], every=Every.QUARTER, first=date(2026, 1, 1))
    return make_chart(points, settings, key="tidigt", name="Andel med uppföljning inom ett år")


def provisional() -> Chart:
    """Return seven years: a provisional median."""
    settings = Settings(every=Every.YEAR, direction=Direction.LOWER)
    points = plain([1240, 1310, 1185, 1400, 1290, 1350, 1275], every=Every.YEAR, first=date(2019, 1, 1))
    return make_chart(points, settings, key="ar", name="Kostnad per patient", unit="kronor")


def empty() -> Chart:
    """Return an indicator that has no values yet."""
    settings = Settings(every=Every.MONTH, direction=Direction.HIGHER, share=True)
    return make_chart([], settings, key="tom", name="Andel nöjda patienter")


def every_kind() -> tuple[Chart, ...]:
    """Return one of each."""
    return (improved(), limited(), in_phases(), undirected(), worsened(), early(), provisional(), empty())


def per_unit(count: int, *, points: int = 24) -> tuple[Chart, ...]:
    """Return the same indicator for so many units."""
    settings = Settings(every=Every.MONTH, direction=Direction.HIGHER, target=80.0, share=True)
    phases = [Phase(starts=MONTHLY, frozen_through=step(MONTHLY, Every.MONTH, 11))]
    found = []
    for number in range(count):
        random = Random(number)
        middle = 45 + 4 * (number % 8)
        lift = 18 if number % 3 == 0 else 0
        values = [middle + random.gauss(0, 5) + (lift if n > 11 else 0) for n in range(points)]
        found.append(
            make_chart(
                shares(values, every=Every.MONTH, first=MONTHLY),
                settings,
                key=f"enhet-{number}",
                name="Andel med samordnad plan",
                phases=phases,
                place=f"Vårdcentral {number + 1}",
            )
        )
    return tuple(found)
