"""What an introduction measures, now or as of an earlier day: indicators, their series in each unit, and the judgement.

Small counts are left out for whoever may not see them, before anything is computed from them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import bindparam, select

from pathways.errors import Unknown
from pathways.measurement.judge import judge
from pathways.measurement.judgement import Judgement
from pathways.measurement.series import Intervention, Phase, Point, Settings
from pathways.models.gap import GapInvitation
from pathways.models.measure import Indicator, IndicatorPhase, IndicatorValue
from pathways.models.organisation import Unit
from pathways.models.plan import Activity
from pathways.queries.material import Head, Material
from pathways.queries.people import load_names
from pathways.queries.plan import load_material
from pathways.services.measure.checks import Known
from pathways.services.measure.record_values import known_of
from pathways.services.measure.series import (
    by_series,
    first_live,
    interventions_of,
    is_small,
    phases_of,
    point_of,
    settings_of,
)
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_unit = table_of(Unit)
_UNITS = select(*(_unit.c[name] for name in ("id", "slug", "name", "active"))).where(
    _unit.c.region_id == bindparam("region")
)
KINDS = (Indicator, IndicatorValue, IndicatorPhase, Activity, GapInvitation)
ORDER = ("outcome", "process", "balancing", "structure")
"""Indicators are read in this order: what it leads to, what is done, what must not get worse, what must be there."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: whether they may see small counts everywhere, or only those of their own units."""

    see_all: bool = False
    own_units: frozenset[int] = frozenset()

    def see(self, unit_id: int | None) -> bool:
        """Say whether small counts of a unit, or of the whole region, may be shown to them."""
        return self.see_all or (unit_id is not None and unit_id in self.own_units)


ALL_SEEING = Eyes(see_all=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorView:
    """An indicator as pages show it; `row` holds its columns."""

    row: Row
    owner: str | None

    @property
    def ref(self) -> str:
        """Return the key that its values and phases name it by."""
        return str(self.row["ref"])

    @property
    def slug(self) -> str:
        """Return its name in addresses."""
        return str(self.row["slug"])

    @property
    def name(self) -> str:
        """Return its name; an erased one is told by its slug."""
        return str(self.row["name"] or self.row["slug"])

    @property
    def unit(self) -> str:
        """Return what its values are counted in."""
        return str(self.row["unit"] or "")

    @property
    def is_retired(self) -> bool:
        """Say whether it is measured no more."""
        return self.row["retired_on"] is not None

    @property
    def settings(self) -> Settings:
        """Return how it is judged."""
        return settings_of(self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """An indicator in one unit, or in the whole region: what stands, period by period, without what is too small.

    `rows` are the values' rows by period, `hidden` the periods whose values are too small for whoever looks.
    """

    indicator: IndicatorView
    unit_id: int | None
    place: str
    points: tuple[Point, ...]
    phases: tuple[Phase, ...]
    phase_rows: tuple[Row, ...]
    interventions: tuple[Intervention, ...]
    rows: Mapping[date, Row]
    hidden: frozenset[date] = frozenset()

    @property
    def settings(self) -> Settings:
        """Return how it is judged."""
        return self.indicator.settings

    def judge(self, today: date) -> Judgement:
        """Return what may be said of it on a day."""
        return judge(self.points, settings=self.settings, phases=self.phases, today=today)

    @property
    def live_on(self) -> date | None:
        """Return when the first activity went live."""
        return first_live(self.interventions)


@dataclass(frozen=True, kw_only=True)
class Measures:
    """All that an introduction measures, for whoever looks. `units` are the region's units by id, by name."""

    head: Head
    indicators: tuple[IndicatorView, ...]
    units: Mapping[int, Row]
    people: Mapping[int, str]
    material: Material = field(repr=False)
    eyes: Eyes = ALL_SEEING

    @property
    def current(self) -> tuple[IndicatorView, ...]:
        """Return those that are still measured."""
        return tuple(one for one in self.indicators if not one.is_retired)

    def get(self, slug: str) -> IndicatorView:
        """Return an indicator by its slug or ref; raise `Unknown` with the nearest names."""
        found = next((one for one in self.indicators if slug in {one.slug, one.ref}), None)
        if found is None:
            raise Unknown("indicator", slug, (one.slug for one in self.indicators))
        return found

    def places(self, indicator: IndicatorView) -> tuple[int | None, ...]:
        """Return where it has values: the whole region first, then the units by name."""
        known = {unit_id for ref, unit_id in self._values if ref == indicator.ref}
        return (*((None,) if None in known else ()), *(one for one in self.units if one in known))

    def series(self, indicator: IndicatorView, unit_id: int | None = None) -> Series:
        """Return one series; without values it is empty."""
        key = (indicator.ref, unit_id)
        rows = {row["period"]: row for row in sorted(self._values.get(key, []), key=lambda row: str(row["period"]))}
        sees = self.eyes.see(unit_id)
        hidden = frozenset(period for period, row in rows.items() if not sees and is_small(indicator.row, row))
        phase_rows = self._phases.get(key, [])
        return Series(
            indicator=indicator,
            unit_id=unit_id,
            place=str(self.units[unit_id]["name"]) if unit_id is not None else "",
            points=tuple(point_of(row) for period, row in rows.items() if period not in hidden),
            phases=phases_of(phase_rows),
            phase_rows=tuple(sorted(phase_rows, key=lambda row: str(row["starts"]))),
            interventions=self.interventions,
            rows=rows,
            hidden=hidden,
        )

    @cached_property
    def interventions(self) -> tuple[Intervention, ...]:
        """Return the activities' real starts and stops."""
        return interventions_of(self.material.of(Activity))

    @cached_property
    def taking_part(self) -> tuple[Row, ...]:
        """Return the units whose values may be entered: those that were asked to take part, all where none was."""
        asked = {row["unit_id"] for row in self.material.of(GapInvitation)}
        return tuple(unit for unit in self.units.values() if unit["active"] and (not asked or unit["id"] in asked))

    def known(self, indicator: IndicatorView, today: date) -> Known:
        """Return what new values of an indicator are held against."""
        return known_of(
            indicator=indicator.row,
            units=(unit for unit in self.units.values() if unit["active"]),
            invited=self.material.of(GapInvitation),
            values=self.material.of(IndicatorValue),
            today=today,
        )

    @cached_property
    def _values(self) -> dict[tuple[str, int | None], list[Row]]:
        return by_series(self.material.of(IndicatorValue))

    @cached_property
    def _phases(self) -> dict[tuple[str, int | None], list[Row]]:
        return by_series(self.material.of(IndicatorPhase))


def load_measures(
    work: UnitOfWork,
    *,
    region_id: int,
    slug: str,
    now: datetime,
    as_of: datetime | None = None,
    eyes: Eyes = ALL_SEEING,
) -> Measures:
    """Return what an introduction measures, or measured at an earlier moment; raise `Unknown` for another region's."""
    material = load_material(work, KINDS, region_id=region_id, slug=slug, now=now, as_of=as_of)
    people = load_names(work, region_id=region_id)
    units = work.rows(_UNITS, {"region": region_id})
    indicators = (IndicatorView(row=row, owner=people.name(row["owner_id"])) for row in material.of(Indicator))
    return Measures(
        head=material.head,
        indicators=tuple(sorted(indicators, key=_place_in_list)),
        units={unit["id"]: unit for unit in sorted(units, key=lambda unit: swedish_key(unit["name"]))},
        people=people.names,
        material=material,
        eyes=eyes,
    )


def list_indicators(
    work: UnitOfWork, *, region_id: int, slug: str, now: datetime, as_of: datetime | None = None
) -> tuple[IndicatorView, ...]:
    """Return the indicators of an introduction, those that are measured no more last."""
    return load_measures(work, region_id=region_id, slug=slug, now=now, as_of=as_of).indicators


def read_series(
    work: UnitOfWork,
    indicator: str,
    unit_id: int | None,
    *,
    region_id: int,
    slug: str,
    now: datetime,
    as_of: datetime | None = None,
    eyes: Eyes = ALL_SEEING,
) -> Series:
    """Return one series of an introduction by the indicator's slug or ref."""
    measures = load_measures(work, region_id=region_id, slug=slug, now=now, as_of=as_of, eyes=eyes)
    return measures.series(measures.get(indicator), unit_id)


def _place_in_list(one: IndicatorView) -> tuple[bool, int, tuple[object, ...]]:
    return one.is_retired, ORDER.index(str(one.row["kind"])), swedish_key(one.name)
