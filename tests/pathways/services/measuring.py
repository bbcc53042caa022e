"""What tests of measuring begin with: indicators, and series of values month by month."""

from collections.abc import Sequence

from pathways.models.measure import Indicator, IndicatorValue
from pathways.storage.unit_of_work import Row
from tests.pathways.drive import Driver
from tests.pathways.services.judge import Data, rows

DAYS: Data = {
    "name": "Dagar till första besök",
    "kind": "process",
    "direction": "lower",
    "every": "month",
    "unit": "dagar",
}
SHARE: Data = {
    "name": "Andel med samordnad plan",
    "kind": "outcome",
    "direction": "higher",
    "every": "month",
    "share": True,
    "target": 80,
}
WAITING, PLANNED = "dagar-till-forsta-besok", "andel-med-samordnad-plan"
YES: Data = dict.fromkeys(("shift_sustained", "cause_known", "wanted_or_accepted", "expected_to_last"), True)


def define(driver: Driver, **other: object) -> str:
    """Defines an indicator, by default of days, and gives its slug."""
    driver.do("define_indicator", **{**DAYS, **other})
    return str(rows(driver, Indicator)[-1]["slug"])


def define_share(driver: Driver, **other: object) -> str:
    """Defines an indicator that is a share."""
    return define(driver, **{"unit": None, **SHARE, **other})


def months(values: Sequence[float], *, year: int = 2020, unit: str | None = None, first: int = 1) -> list[Data]:
    """Values month by month from January of a year."""
    places = [(year + (first - 1 + n) // 12, (first - 1 + n) % 12 + 1) for n in range(len(values))]
    return [
        {"period": f"{y}-{m:02}", "value": value, "unit": unit} for (y, m), value in zip(places, values, strict=True)
    ]


def shares(counts: Sequence[tuple[int, int]], *, year: int = 2020, unit: str | None = None) -> list[Data]:
    """Numerators and denominators month by month."""
    given = months([0] * len(counts), year=year, unit=unit)
    return [
        {"period": one["period"], "unit": unit, "numerator": part, "denominator": whole}
        for one, (part, whole) in zip(given, counts, strict=True)
    ]


def record(
    driver: Driver,
    indicator: str,
    values: Sequence[Data],
    *,
    by: str = "sam",
    reason: str | None = None,
    source: str = "api",
) -> None:
    """Records values."""
    driver.do("record_values", indicator=indicator, values=list(values), source=source, by=by, reason=reason)


def standing(driver: Driver, **where: object) -> list[Row]:
    """The values that stand, by period."""
    return sorted(rows(driver, IndicatorValue, **where), key=lambda row: (row["unit_id"] or 0, row["period"]))
