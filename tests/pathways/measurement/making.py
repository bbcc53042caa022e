"""Makes series, settings and phases for the tests, month by month unless told otherwise."""

from collections.abc import Sequence
from datetime import date

from pathways.locale import texts
from pathways.measurement.calendar import Every, step
from pathways.measurement.judge import Judgement, judge
from pathways.measurement.judgement import Telling
from pathways.measurement.saying import say
from pathways.measurement.series import Direction, Phase, Point, PointState, RuleSet, Settings

START = date(2024, 1, 1)  # a Monday, and the first of a month
TODAY = date(2027, 1, 15)


def period(number: int, every: Every = Every.MONTH) -> date:
    return step(START, every, number)


def series(
    values: Sequence[float | None], *, every: Every = Every.MONTH, state: PointState = PointState.FINAL
) -> list[Point]:
    return [Point(period=period(n, every), value=value, state=state) for n, value in enumerate(values)]


def rules(
    which: RuleSet = RuleSet.RUNS,
    direction: Direction = Direction.HIGHER,
    *,
    target: float | None = None,
    every: Every = Every.MONTH,
) -> Settings:
    return Settings(every=every, direction=direction, rules=which, target=target)


def frozen(count: int, every: Every = Every.MONTH) -> Phase:
    """The first phase with its first points as baseline."""
    return Phase(starts=START, frozen_through=period(count - 1, every))


def judged(
    values: Sequence[float | None], settings: Settings | None = None, *phases: Phase, today: date = TODAY
) -> Judgement:
    chosen = settings or rules()
    return judge(series(values, every=chosen.every), settings=chosen, phases=phases, today=today)


def told(telling: Telling, language: str = "sv") -> str:
    name = {"name": "Andel med plan"} if telling.id.startswith("measure.about") else {}
    return say(telling, texts(language), number=lambda value: f"{value:g}", day=date.isoformat, **name)
