"""One series and its phases as a command finds them: its final periods, and the phase that runs now."""

from dataclasses import dataclass
from datetime import date

from pathways.errors import Refused
from pathways.measurement.calendar import Every
from pathways.models.measure import IndicatorPhase, IndicatorValue
from pathways.services.case import Case
from pathways.services.lookup import rows_of, unit_of
from pathways.services.measure.checks import SETTLED
from pathways.services.measure.parts import open_indicator
from pathways.services.measure.periods import example, read_period
from pathways.storage.unit_of_work import Row


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator in one unit, or in the whole region: its final periods and its phases, oldest first."""

    indicator: Row
    unit_id: int | None
    periods: tuple[date, ...]
    phases: tuple[Row, ...]

    @property
    def every(self) -> Every:
        """Return how long a period is."""
        return Every(self.indicator["every"])

    @property
    def phase(self) -> Row | None:
        """Return the phase that runs now, None where nobody has decided anything."""
        return self.phases[-1] if self.phases else None

    @property
    def began(self) -> date:
        """Return the first period of the phase that runs now; a series without values is refused."""
        if not self.periods:
            raise Refused("error.series_empty", name=str(self.indicator["slug"]))
        return self.phase["starts"] if self.phase is not None else self.periods[0]

    def count(self, first: date, last: date) -> int:
        """Return how many final values lie between two periods, both counted."""
        return sum(first <= period <= last for period in self.periods)


def series_of(case: Case, indicator: str, unit: str | None) -> Series:
    """Return a series; an indicator that is retired, and a unit of another region, are refused."""
    row = open_indicator(case, indicator)
    unit_id = unit_of(case, unit) if unit is not None else None
    where = {"indicator": row["ref"], "unit_id": unit_id}
    values = rows_of(case, IndicatorValue, **where)
    phases = rows_of(case, IndicatorPhase, **where)
    periods = sorted(value["period"] for value in values if value["state"] in SETTLED)
    return Series(row, unit_id, tuple(periods), tuple(sorted(phases, key=lambda phase: phase["starts"])))


def period_named(series: Series, text: str) -> date:
    """Return the period that an order names; one of another length is refused."""
    try:
        return read_period(text, series.every)
    except ValueError:
        raise Refused("error.no_period", given=text, expected=example(series.every)) from None


def reason_of(case: Case) -> str:
    """Return why; a command without a reason is refused."""
    if not case.ask.reason:
        raise Refused("reason_missing")
    return case.ask.reason
