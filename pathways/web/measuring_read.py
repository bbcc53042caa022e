"""Reads what an introduction measures for its pages: as of which day, through whose eyes, and in which unit."""

from dataclasses import dataclass, replace
from datetime import date

from pathways.errors import Refused, Unknown
from pathways.profiles.vocabulary import Role
from pathways.queries.moment import NotThere
from pathways.queries.series import ALL_SEEING, Eyes, IndicatorView, Measures, Series, load_measures
from pathways.services.roster import roster_of
from pathways.storage.unit_of_work import Row, UnitOfWork
from pathways.web.as_of import AsOf, read_as_of
from pathways.web.visit import NotFound, Visit

UNIT = "enhet"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was read, and the day it stands for."""

    as_of: AsOf
    measures: Measures
    own_units: frozenset[int]

    @property
    def case(self) -> int:
        """Return the introduction's id."""
        return self.measures.head.introduction_id

    def day(self, visit: Visit) -> date:
        """Return the day that is looked at."""
        return self.as_of.day or visit.today


def look(visit: Visit, work: UnitOfWork, slug: str, *, back: bool = True) -> Looked:
    """Return what is measured, as of the day that the address names; where it had not begun, why, and as it stands.

    `back` is False for forms: they are about today.
    """
    asked = read_as_of(visit) if back else None
    measures = None
    if asked is not None and asked.moment is not None:
        try:
            measures = _load(visit, work, slug, asked)
        except (NotThere, Refused) as error:
            asked = asked.refused(visit.wording.sentence(error.sentence, error.values))
    asked = asked or read_as_of(visit)
    measures = measures or _load(visit, work, slug, None)
    case = measures.head.introduction_id
    own = own_units(visit, work, case)
    eyes = ALL_SEEING if visit.may("see_small_counts", case) else Eyes(own_units=own)
    return Looked(asked, replace(measures, eyes=eyes), own)


def own_units(visit: Visit, work: UnitOfWork, introduction_id: int) -> frozenset[int]:
    """Return the units that the visitor answers for in an introduction."""
    visitor = visit.visitor
    if Role.UNIT_REPRESENTATIVE not in visitor.roles_in(introduction_id):
        return frozenset()
    roster = roster_of(work, introduction_id=introduction_id, region_id=visitor.region_id, today=visit.today)
    return frozenset(roster.units_of(visitor.person_id))


def get_indicator(looked: Looked, slug: str) -> IndicatorView:
    """Return an indicator of the introduction; answer as if there were no such page where there is none."""
    try:
        return looked.measures.get(slug)
    except Unknown:
        raise NotFound from None


def chosen_series(visit: Visit, looked: Looked, indicator: IndicatorView, named: str | None = None) -> Series:
    """Return the series of the unit that the address names, or the first that has values."""
    wanted = visit.request.query_params.get(UNIT, "") if named is None else named
    if wanted:
        unit = next((one for one in looked.measures.units.values() if one["slug"] == wanted), None)
        if unit is None:
            raise NotFound
        return looked.measures.series(indicator, unit["id"])
    places = looked.measures.places(indicator)
    first = None if named is not None or None in places or not places else places[0]
    return looked.measures.series(indicator, first)


def slug_of(looked: Looked, unit_id: int | None) -> str:
    """Return a unit's slug, "" for the whole region."""
    return str(looked.measures.units[unit_id]["slug"]) if unit_id is not None else ""


def units_to_enter(visit: Visit, looked: Looked) -> tuple[tuple[Row, ...], bool]:
    """Return the units whose values the visitor may enter, and whether the whole region's too; else `NotFound`."""
    if visit.may("record_values", looked.case):
        return looked.measures.taking_part, True
    own = tuple(unit for unit in looked.measures.taking_part if unit["id"] in looked.own_units)
    if not own:
        raise NotFound
    return own, False


def may_enter(visit: Visit, looked: Looked) -> bool:
    """Say whether the visitor may enter any values here."""
    own = {unit["id"] for unit in looked.measures.taking_part} & looked.own_units
    return looked.measures.head.is_open and (visit.may("record_values", looked.case) or bool(own))


def _load(visit: Visit, work: UnitOfWork, slug: str, asked: AsOf | None) -> Measures:
    return load_measures(
        work,
        region_id=visit.visitor.region_id,
        slug=slug,
        now=visit.now,
        as_of=asked.moment if asked is not None else None,
        eyes=Eyes(),
    )
