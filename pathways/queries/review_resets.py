"""The lines that a signed review wants set anew, and what has been done about it since.

A review decides nothing about lines: people answer four questions under the measure, prefilled from what it said.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from pathways.models.introduction import Introduction
from pathways.models.measure import Indicator, PhaseCause
from pathways.models.organisation import Unit
from pathways.models.review import ReviewIndicator
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

YES = "yes"
_unit, _said, _indicator, _introduction = (table_of(row) for row in (Unit, ReviewIndicator, Indicator, Introduction))
_SLUGS = select(_unit.c.id, _unit.c.slug).where(_unit.c.region_id == bindparam("region"))
_SAID = (
    select(*(_said.c[name] for name in ("loop", "unit_id", "explained", "explanation", "reset_why")))
    .join(_introduction, _introduction.c.id == _said.c.introduction_id)
    .join(
        _indicator,
        (_indicator.c.introduction_id == _said.c.introduction_id) & (_indicator.c.ref == _said.c.indicator),
    )
    .where(
        _introduction.c.region_id == bindparam("region"),
        _said.c.introduction_id == bindparam("case"),
        _said.c.loop == bindparam("loop"),
        _indicator.c.slug == bindparam("indicator"),
        _said.c.reset == YES,
        _said.c.voided_by.is_(None),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reset:
    """Lines to be set anew, and why; once that is done, from which period, on which day and by whom."""

    indicator: Row
    unit_id: int | None
    unit: str
    why: str | None
    starts: date | None
    done_on: date | None
    done_by: str | None


def list_resets(
    stored: Iterable[Row],
    phases: Iterable[Row],
    signed: Row | None,
    *,
    indicators: Mapping[str, Row],
    units: Mapping[int, str],
    name_of: Callable[[int | None], str | None],
) -> tuple[Reset, ...]:
    """Return what a signed review wants, the first lines set after its day with what it asked for."""
    if signed is None:
        return ()
    set_since = [row for row in phases if row["cause"] == PhaseCause.RESET and _is_since(row, signed)]
    found = []
    for row in stored:
        indicator = indicators.get(row["indicator"])
        if row["reset"] != YES or indicator is None:
            continue
        same = (row["indicator"], row["unit_id"])
        done = next((one for one in set_since if (one["indicator"], one["unit_id"]) == same), None)
        found.append(
            Reset(
                indicator=indicator,
                unit_id=row["unit_id"],
                unit=units.get(row["unit_id"], "") if row["unit_id"] is not None else "",
                why=row["reset_why"],
                starts=done["starts"] if done else None,
                done_on=done["decided_on"] if done else None,
                done_by=name_of(done["decided_by"]) if done else None,
            )
        )
    return tuple(found)


def _is_since(phase: Row, signed: Row) -> bool:
    """Say whether a phase was decided after the sign-off, by the order of the introduction's events."""
    return int(phase["made_in"]) > int(signed["made_in"])


def unit_slugs(work: UnitOfWork, *, region_id: int) -> dict[int, str]:
    """Return the short names of the region's units by id."""
    return {row["id"]: str(row["slug"]) for row in work.rows(_SLUGS, {"region": region_id})}


def find_wish(
    work: UnitOfWork, *, region_id: int, introduction_id: int, loop: int, indicator: str, unit_id: int | None
) -> Row | None:
    """Return what the signed review of a loop said of lines that it wants set anew; None where it wants none."""
    keys = {"region": region_id, "case": introduction_id, "loop": loop, "indicator": indicator}
    return next((row for row in work.rows(_SAID, keys) if row["unit_id"] == unit_id), None)
