"""Turns rows into a series as the statistics take it: points, phases, settings, and the activities' real days. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pathways.measurement.calendar import Every
from pathways.measurement.series import (
    Direction,
    Intervention,
    Phase,
    Point,
    PointState,
    RuleSet,
    Settings,
)
from pathways.models.measure import PhaseCause
from pathways.models.plan import ActivityState
from pathways.storage.unit_of_work import Row

FEW = 5
"""Fewer persons than this are not shown to others: somebody could be recognised."""
SHORT_TEXT = 80

Key = tuple[str, int | None]
"""Names a series: the indicator, and its unit or None for the whole region."""


@dataclass(frozen=True, slots=True)
class RealDay:
    """A day on which an activity began, or `stops`; its title stands elsewhere and may be erased."""

    activity: str
    number: int
    on: date
    stops: bool


def settings_of(indicator: Row) -> Settings:
    """Return how an indicator is judged."""
    return Settings(
        every=Every(indicator["every"]),
        direction=Direction(indicator["direction"]),
        rules=RuleSet(indicator["rules"]),
        screen=bool(indicator["screen"]),
        two_of_three="older" if indicator["two_of_three"] == "older" else "2023",
        target=indicator["target"],
        second_target=indicator["second_target"],
        share=bool(indicator["share"]),
        count=bool(indicator["counts_people"]),
        lag_days=indicator["lag_days"] or 0,
    )


def point_of(value: Row) -> Point:
    """Return one period's value as a point."""
    return Point(
        period=value["period"],
        value=value["value"],
        numerator=value["numerator"],
        denominator=value["denominator"],
        state=PointState(value["state"]),
    )


def phases_of(rows: Iterable[Row]) -> tuple[Phase, ...]:
    """Return the phases that people confirmed, oldest first."""
    ordered = sorted(rows, key=lambda row: str(row["starts"]))
    return tuple(
        Phase(starts=row["starts"], frozen_through=row["frozen_through"], cause=PhaseCause(row["cause"]).value)
        for row in ordered
    )


def real_days_of(activities: Iterable[Row]) -> tuple[RealDay, ...]:
    """Return the days on which activities really began and ended, in order; an activity has one number for both.

    One that began and ended on the same day, or of which only the end is known, is one day.
    """
    begun = sorted(
        (row for row in activities if row["started_on"] or row["ended_on"]),
        key=lambda row: (str(row["started_on"] or row["ended_on"]), str(row["ref"])),
    )
    found: list[RealDay] = []
    for number, row in enumerate(begun, start=1):
        began, ended = row["started_on"], row["ended_on"]
        gave_up = row["state"] == ActivityState.STOPPED
        if began or not gave_up:
            found.append(RealDay(row["ref"], number, began or ended, stops=False))
        if ended and (gave_up or (began and ended != began)):
            found.append(RealDay(row["ref"], number, ended, stops=True))
    return tuple(sorted(found, key=lambda one: (one.on, one.number)))


def tell_real_days(days: Iterable[RealDay], titles: Mapping[str, str]) -> tuple[Intervention, ...]:
    """Return the days as lines of a chart, with the activities' `titles` by ref; one without a title has no text."""
    return tuple(
        Intervention(number=one.number, on=one.on, stops=one.stops, text=titles.get(one.activity, "")[:SHORT_TEXT])
        for one in days
    )


def interventions_of(activities: Iterable[Row]) -> tuple[Intervention, ...]:
    """Return the activities' real days as lines of a chart."""
    rows = list(activities)
    return tell_real_days(real_days_of(rows), {row["ref"]: str(row["title"] or "") for row in rows})


def by_series(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    """Return values or phases by the indicator and unit they belong to."""
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault((row["indicator"], row["unit_id"]), []).append(row)
    return found


def is_small(indicator: Row, value: Row) -> bool:
    """Say whether so few persons stand behind a value that others may not see it.

    Of a share the numerator, what is left of the denominator, and the denominator itself must be nought or five.
    """
    if indicator["counts_people"]:
        return 0 < float(value["value"]) < FEW
    part, whole = value["numerator"], value["denominator"]
    if part is None or whole is None:
        return False
    return any(0 < count < FEW for count in (part, whole - part, whole))


def first_live(interventions: Sequence[Intervention]) -> date | None:
    """Return the day on which the first activity went live, None where none has."""
    return min((one.on for one in interventions if not one.stops), default=None)
