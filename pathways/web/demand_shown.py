"""The demand on units in words and as bars: quarters, what is asked, and where it is too much."""

from collections.abc import Sequence
from dataclasses import dataclass

from pathways.planning.demand import Load, Quarter
from pathways.queries.demand import Demand, UnitDemand, demand, units_of, would_collide
from pathways.web.visit import Visit

MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A unit's quarter: how much is asked, told and drawn. `width` is of the widest bar, in percent."""

    quarter: str
    load: Load
    collides: bool
    width: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What one introduction asks in a quarter, in words."""

    slug: str
    pathway: str
    words: tuple[str, ...]


def read_demand(visit: Visit) -> Demand:
    """Return the demand on the units of the visitor's region."""
    with visit.read() as work:
        return demand(work, region_id=visit.visitor.region_id, profile=visit.profile, today=visit.today)


def quarter_name(visit: Visit, quarter: Quarter) -> str:
    """Return a quarter's name."""
    return visit.texts.say("web.national.quarter", number=quarter.number, year=quarter.year)


def tell_quarters(visit: Visit, found: Demand, unit: UnitDemand) -> tuple[Told, ...]:
    """Return a unit's quarters, with bars on one scale for all units."""
    widest = max((load.hours for one in found.units for load in one.by_quarter.values()), default=0.0)
    return tuple(
        Told(
            quarter=quarter_name(visit, quarter),
            load=unit.load(quarter),
            collides=unit.collides(quarter),
            width=round(100 * unit.load(quarter).hours / widest, 1) if widest else 0.0,
        )
        for quarter in found.quarters
    )


def tell_asks(visit: Visit, found: Demand, load: Load) -> tuple[Asked, ...]:
    """Return what each introduction asks, in the order of the pathways' names."""
    by_case: dict[int, list[str]] = {}
    for part in load.parts:
        word = visit.texts.word("web.national.ask", part.kind)
        told = visit.texts.say("web.national.part", what=word, n=part.n, hours=visit.formats.number(part.hours))
        if part.expected:
            told = visit.texts.say("web.national.part_expected", part=told, n=part.expected)
        by_case.setdefault(part.introduction_id, []).append(told)
    asked = (
        Asked(found.askers[case].slug, found.askers[case].pathway, tuple(words)) for case, words in by_case.items()
    )
    return tuple(sorted(asked, key=lambda one: one.pathway))


def warn_before_start(visit: Visit) -> str:
    """Return which units have no room for another pathway, before one is begun; empty where all have."""
    if not visit.may("see_demand"):
        return ""
    return _warning(visit, would_collide(read_demand(visit)), "web.national.warn_start")


def warn_before_decision(visit: Visit, slug: str) -> str:
    """Return which units of an introduction are asked too much in some quarter; empty where none is."""
    if not visit.may("see_demand"):
        return ""
    return _warning(visit, units_of(read_demand(visit), slug), "web.national.warn_decision")


def _warning(visit: Visit, units: Sequence[UnitDemand], text: str) -> str:
    if not units:
        return ""
    names = ", ".join(unit.name for unit in units[:MOST_NAMED])
    more = len(units) - MOST_NAMED
    told = visit.texts.say("web.national.and_more", names=names, n=more) if more > 0 else names
    return visit.texts.say(text, n=len(units), limit=visit.profile.workload.demands_per_quarter, names=told)
