"""Works out the pictures of the report: where each bar, mark and tick stands. The template only writes them down."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pathways.simulation.figures import NOT_STARTED
from pathways.simulation.result import Mails, Quarter, SimulationResult, Timeline
from pathways.workdays import Workdays

WIDTH = 1080.0
NAMES = 250.0  # the column of names to the left of the bars
ROW, BAR, TOP = 46.0, 20.0, 30.0
LABEL_FITS = 70.0
MARGIN = 10.0  # room for a mark on the last day
STANDINGS = (
    NOT_STARTED,
    "preparation",
    "gap_analysis",
    "prioritisation",
    "implementation",
    "learning",
    "celebration",
    "finished",
    "closed",
    "paused",
    "stopped",
)
"""What the board can say of an introduction, in the order of the process."""

LETTERS_TO_A_LINE = 36


@dataclass(frozen=True, slots=True)
class Bar:
    """A box of one kind; `label` is empty where it does not fit."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    from_on: date | None = None
    until_on: date | None = None
    count: int = 0
    has_label: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark at a point."""

    x: float
    y: float
    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Tick:
    """A line with a word."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One introduction's row in the chart of timelines."""

    y: float
    names: tuple[str, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart of all timelines."""

    width: float
    height: float
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One quarter of the stacked chart: its boxes from the bottom up, and its date."""

    x: float
    width: float
    label: str
    boxes: tuple[Bar, ...]


def draw_timelines(result: SimulationResult) -> Chart:
    """Return the chart of all introductions, from the first day to the last."""
    days = (result.end - result.start).days
    scale = (WIDTH - NAMES - MARGIN) / days

    def x_of(day: date) -> float:
        return round(NAMES + (day - result.start).days * scale, 1)

    ticks = tuple(
        Tick(x_of(day), f"{day:%Y-%m}") for day in _quarter_days(result) if day < result.end - timedelta(days=20)
    )
    lanes = tuple(_lane(line, TOP + number * ROW, x_of) for number, line in enumerate(result.timelines))
    return Chart(WIDTH, TOP + len(lanes) * ROW + 8, ticks, lanes)


def _quarter_days(result: SimulationResult) -> Iterable[date]:
    return (Workdays.months_after(result.start, number) for number in range(0, result.months, 3))


def _lane(line: Timeline, y: float, x_of: Callable[[date], float]) -> Lane:
    bars = tuple(
        Bar(
            x=x_of(stretch.from_on),
            y=y,
            width=round(max(1.5, x_of(stretch.until_on) - x_of(stretch.from_on)), 1),
            height=BAR,
            kind=stretch.kind,
            from_on=stretch.from_on,
            until_on=stretch.until_on,
            has_label=x_of(stretch.until_on) - x_of(stretch.from_on) >= LABEL_FITS,
        )
        for stretch in line.stretches
    )
    marks = tuple(Placed(x_of(mark.on), y + BAR + 9, mark.look, mark.on) for mark in line.marks)
    return Lane(y, tuple(_lines(line.pathway)), bars, marks)


def _lines(name: str) -> list[str]:
    """Break a long name into two lines at a space."""
    if len(name) <= LETTERS_TO_A_LINE:
        return [name]
    cut = name.rfind(" ", 0, LETTERS_TO_A_LINE)
    return [name[:cut], name[cut + 1 :]] if cut > 0 else [name]


def draw_board(quarters: Sequence[Quarter], *, height: float = 220.0) -> tuple[Column, ...]:
    """Return a stacked column per quarter: how many introductions stood where."""
    if not quarters:
        return ()
    most = max(len(quarter.standings) for quarter in quarters)
    step = WIDTH / len(quarters)
    unit = height / most
    return tuple(
        Column(
            x=round(number * step, 1),
            width=round(min(step * 0.78, 120.0), 1),
            label=quarter.ends_on.isoformat(),
            boxes=tuple(_stack(quarter.standings, height, unit)),
        )
        for number, quarter in enumerate(quarters)
    )


def _stack(standings: Mapping[str, str], height: float, unit: float) -> Iterable[Bar]:
    """Yield the boxes of one quarter; the furthest along stands at the bottom."""
    bottom = height
    for kind in reversed(STANDINGS):
        count = sum(one == kind for one in standings.values())
        if count:
            bottom -= unit * count
            yield Bar(0, round(bottom, 1), 0, round(unit * count, 1), kind, count=count, has_label=True)


def draw_weeks(mails: Mails, weeks: Mapping[str, int], *, full: int, width: float = 320.0, height: float = 22.0) -> str:
    """Return the path of one person's mails, a stroke per week; `full` mails have the full height.

    `weeks` numbers the weeks of the whole time.
    """
    step = width / max(1, len(weeks))
    strokes = (
        f"M{weeks[week] * step + step / 2:.1f} {height:g}v-{count * height / full:.1f}"
        for week, count in mails.weeks.items()
        if week in weeks
    )
    return "".join(strokes)


def number_weeks(result: SimulationResult) -> dict[str, int]:
    """Return the ISO weeks of the simulated time, numbered from 0."""
    days = (result.start + timedelta(days=number) for number in range((result.end - result.start).days))
    names = dict.fromkeys(f"{year}-W{week:02d}" for year, week, _ in (day.isocalendar() for day in days))
    return {name: number for number, name in enumerate(names)}
