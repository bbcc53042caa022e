"""Judges the invented series at the end, as their pages do, and holds what the charts say against what was planted."""

from collections.abc import Iterable, Iterator
from datetime import date

from pathways.bootstrap import App
from pathways.measurement.judge import Judgement
from pathways.measurement.marks import Side
from pathways.queries.series import Series, load_measures
from pathways.simulation.dice import Dice
from pathways.simulation.planted import TAKES_HOLD, Plant, plants_of
from pathways.simulation.result import PlantedSeries, Verdict
from pathways.simulation.texts import said
from pathways.storage.unit_of_work import Row, UnitOfWork


def find_planted(app: App, work: UnitOfWork, cases: Iterable[Row], *, seed: int, end: date) -> list[PlantedSeries]:
    """Return every invented series with its verdict, in the order of the introductions."""
    return [one for case in cases for one in _of_case(app, work, case, seed=seed, end=end)]


def _of_case(app: App, work: UnitOfWork, case: Row, *, seed: int, end: date) -> Iterator[PlantedSeries]:
    measures = load_measures(work, region_id=app.region_id(), slug=case["slug"], now=work.now)
    named = {one.name: one for one in measures.indicators}
    for plant in plants_of(Dice(seed), case["slug"]):
        if said(plant.name) in named:
            yield _judged(case, plant, measures.series(named[said(plant.name)]), end)


def _judged(case: Row, plant: Plant, series: Series, end: date) -> PlantedSeries:
    live, frozen = series.live_on, any(one.frozen_through for one in series.phases)
    after = [period for period in series.rows if live is not None and period >= live]
    verdict = _verdict(plant, series, series.judge(end)) if frozen else Verdict.NOT_COMPARABLE
    return PlantedSeries(
        slug=case["slug"],
        pathway=case["pathway"],
        indicator=said(plant.name),
        every=plant.every.value,
        shift=plant.shift,
        live_on=live,
        before=len(series.rows) - len(after),
        after=len(after),
        verdict=verdict,
    )


def _verdict(plant: Plant, series: Series, judgement: Judgement) -> Verdict:
    assert series.live_on is not None
    if not plant.shift:
        return Verdict.FALSE_ALARM if judgement.signals else Verdict.SILENT
    felt = series.live_on + TAKES_HOLD
    found = any(one.side is Side.ABOVE and one.until is not None and one.until >= felt for one in judgement.signals)
    return Verdict.FOUND if found else Verdict.MISSED
