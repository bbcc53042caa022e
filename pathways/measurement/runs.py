"""The run chart's two rules: an unusually long run on one side of the line, and unusually few crossings of it.

A point exactly on the line neither breaks nor lengthens a run, and neither does a missing value. Equal to the
critical value is no signal (Anhøj and Olesen 2014).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pathways.measurement.critical import LEAST_USEFUL, crossings_limit, longest_run_limit
from pathways.measurement.marks import Side, side_of
from pathways.measurement.values import middle, present


@dataclass(frozen=True, slots=True)
class Run:
    """Useful points in a row on one side; `places` are positions in the series as it was given."""

    side: Side
    places: tuple[int, ...]

    @property
    def length(self) -> int:
        """How many useful points it has."""
        return len(self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAnalysis:
    """What the two rules find; the limits are None below ten useful points, where the rules do not speak."""

    useful: int
    longest_run: int
    longest_run_limit: int | None
    crossings: int
    crossings_limit: int | None
    signal: bool
    centre: float | None
    longest: Run | None = None  # of equally long ones the first
    long_runs: tuple[Run, ...] = ()  # every run that is a signal
    last: int | None = None  # position of the latest useful point
    few_crossings: bool = False
    present: int = 0  # values that are there

    @property
    def weak(self) -> bool:
        """Whether the test is weak: fewer than two thirds of the points are useful (our choice)."""
        return self.present > 0 and 3 * self.useful < 2 * self.present


def analyse_runs(values: Sequence[float | None], *, centre: float | None = None) -> RunAnalysis:
    """Return both rules for a series against a line, by default its own median; missing values are None.

    No rule counts a missing value. Fewer than ten useful points give no signal.
    """
    places, found = present(values)
    if not found:
        return RunAnalysis(
            useful=0,
            longest_run=0,
            longest_run_limit=None,
            crossings=0,
            crossings_limit=None,
            signal=False,
            centre=centre,
        )
    line = middle(found) if centre is None else centre
    runs = _collect(places, found, line)
    useful = sum(len(run) for run in runs)
    longest = max(runs, key=len, default=[])
    crossings = max(len(runs) - 1, 0)
    tested = useful >= LEAST_USEFUL
    most = longest_run_limit(useful) if tested else None
    least = crossings_limit(useful) if tested else None
    is_long = most is not None and len(longest) > most
    is_few = least is not None and crossings < least
    return RunAnalysis(
        useful=useful,
        longest_run=len(longest),
        longest_run_limit=most,
        crossings=crossings,
        crossings_limit=least,
        signal=is_long or is_few,
        centre=line,
        longest=_run(longest, values, line) if longest else None,
        last=runs[-1][-1] if runs else None,
        long_runs=tuple(_run(run, values, line) for run in runs if most is not None and len(run) > most),
        few_crossings=is_few,
        present=len(found),
    )


def list_runs(values: Sequence[float | None], centre: float) -> Iterator[Run]:
    """Yield every run against the line, in order of time."""
    return (_run(run, values, centre) for run in _collect(*present(values), centre))


def _collect(places: Sequence[int], found: Sequence[float], line: float) -> list[list[int]]:
    runs: list[list[int]] = []
    was_above: bool | None = None
    for place, value in zip(places, found, strict=True):
        if value == line:
            continue
        above = value > line
        if above is not was_above:
            runs.append([])
            was_above = above
        runs[-1].append(place)
    return runs


def _run(places: Sequence[int], values: Sequence[float | None], line: float) -> Run:
    first = values[places[0]]
    assert first is not None
    return Run(side_of(first, line), tuple(places))
