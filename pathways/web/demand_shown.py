"""The demand on units in words: first where it is too much, then quarters with bars, and what is only foreseen."""

from collections.abc import Sequence
from dataclasses import dataclass

from pathways.planning.demand import Load, Part, Quarter
from pathways.queries.demand import Demand, Foreseen, UnitDemand, demand, units_of, would_collide
from pathways.web.visit import Visit

MOST_NAMED = 5
MOST_SENTENCES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A unit's quarter: how much is asked, told and drawn. `width` is of the widest bar, in percent."""

    quarter: str
    load: Load
    collides: bool
    width: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Which units are asked too much, in one sentence each; where none is, which is asked the most."""

    crowded: int
    first: tuple[str, ...]
    others: tuple[str, ...]
    most: str


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in one quarter."""

    unit: UnitDemand
    told: Told


@dataclass(frozen=True, slots=True)
class QuarterTable:
    """A quarter: in one sentence, with the units that are asked something, and the names of those that are not."""

    name: str
    summary: str
    lines: tuple[Line, ...]
    idle: tuple[str, ...]


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


def tell_answer(visit: Visit, found: Demand, units: Sequence[UnitDemand]) -> Answer:
    """Return the answer for some units, those that are asked too much soonest first."""
    crowded = sorted((one for one in units if one.crowded), key=lambda one: one.crowded[0])
    told = [
        visit.texts.say("web.national.demand.crowded_unit", name=one.name, quarters=_in_quarters(visit, one))
        for one in crowded
    ]
    return Answer(len(told), tuple(told[:MOST_SENTENCES]), tuple(told[MOST_SENTENCES:]), _most(visit, found, units))


def _in_quarters(visit: Visit, unit: UnitDemand) -> str:
    return ", ".join(_in_quarter(visit, unit, quarter) for quarter in unit.crowded)


def _in_quarter(visit: Visit, unit: UnitDemand, quarter: Quarter) -> str:
    n = unit.load(quarter).asks
    return visit.texts.say("web.national.demand.in_quarter", n=n, number=quarter.number, year=quarter.year)


def _most(visit: Visit, found: Demand, units: Sequence[UnitDemand]) -> str:
    several = [(one, quarter) for one in units for quarter in found.quarters]
    if not several:
        return ""
    unit, quarter = max(several, key=lambda one: one[0].load(one[1]).asks)
    if not unit.load(quarter).asks:
        return ""
    return visit.texts.say("web.national.demand.most", name=unit.name, quarters=_in_quarter(visit, unit, quarter))


def list_tables(visit: Visit, found: Demand, units: Sequence[UnitDemand]) -> tuple[QuarterTable, ...]:
    """Return a table for each quarter, with the units of the choice."""
    told = [(one, tell_quarters(visit, found, one)) for one in units]
    tables = []
    for number, quarter in enumerate(found.quarters):
        lines = tuple(Line(one, quarters[number]) for one, quarters in told if quarters[number].load.asks)
        idle = tuple(one.name for one, quarters in told if not quarters[number].load.asks)
        name = quarter_name(visit, quarter)
        tables.append(QuarterTable(name, _summary(visit, name, lines), lines, idle))
    return tuple(tables)


def _summary(visit: Visit, name: str, lines: Sequence[Line]) -> str:
    say = visit.texts.say
    if not lines:
        return say("web.national.demand.summary_none", quarter=name)
    hours = visit.formats.number(sum(one.told.load.hours for one in lines))
    told = say("web.national.demand.summary", n=len(lines), quarter=name, hours=hours)
    much = sum(one.told.collides for one in lines)
    return say("web.national.demand.summary_much", n=much, told=told) if much else told


def tell_foreseen(visit: Visit, found: Demand, one: Foreseen) -> list[tuple[str, tuple[str, ...]]]:
    """Return what an invited unit can count on, by quarter, in words; quarters without anything are left out."""
    return [
        (quarter_name(visit, quarter), tuple(_part(visit, part) for part in one.load(quarter).parts))
        for quarter in found.quarters
        if one.load(quarter).asks
    ]


def tell_asks(visit: Visit, found: Demand, load: Load) -> tuple[Asked, ...]:
    """Return what each introduction asks, in the order of the pathways' names."""
    by_case: dict[int, list[str]] = {}
    for part in load.parts:
        told = _part(visit, part)
        if part.expected:
            told = visit.texts.say("web.national.part_expected", part=told, n=part.expected)
        by_case.setdefault(part.introduction_id, []).append(told)
    asked = (
        Asked(found.askers[case].slug, found.askers[case].pathway, tuple(words)) for case, words in by_case.items()
    )
    return tuple(sorted(asked, key=lambda one: one.pathway))


def _part(visit: Visit, part: Part) -> str:
    word = visit.texts.word("web.national.ask", part.kind)
    return visit.texts.say("web.national.part", what=word, n=part.n, hours=visit.formats.number(part.hours))


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
