"""Forecasts made as the simulated regions went on are held against what came: the safe day holds in 80-90 of a hundred.

The regions are others than those on which the rule was chosen. Each is forecast from its own history and the others',
with what was known on the day; only promises whose day has passed are judged. A promise is made at the start of
a stage, and remade every fourth week for as long as it lasts.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pathways.bootstrap import build_app
from pathways.measurement.forecasting import (
    Calibration,
    History,
    Issued,
    Place,
    Way,
    calibrate,
    forecast,
    look_back,
)
from pathways.queries.milestones import MILESTONES, Ways, ways_of
from pathways.queries.stays import load_stays
from pathways.settings import Settings
from tests.pathways.simulation.conftest import START, simulate_in

pytestmark = pytest.mark.slow
SEEDS, MONTHS = range(13, 19), 48
ALL = 1000
AGAIN = timedelta(weeks=4)
LAST = date(START.year + MONTHS // 12, START.month, START.day)  # of later nothing is known, whenever this runs


def ways_after(folder: Path, seed: int) -> Ways:
    result = simulate_in(folder / str(seed), months=MONTHS, seed=seed)
    assert result.verify == ()
    settings = Settings(home=folder / str(seed))
    app = build_app(settings, database_url=f"sqlite:///{settings.simulation_file}")
    with app.read() as work:
        past = load_stays(work, region_id=app.region_id(), until=work.now)
    zone = app.profile.region.zone
    app.database.dispose()
    return ways_of(past, zone, LAST)


@pytest.fixture(scope="module")
def regions(tmp_path_factory: pytest.TempPathFactory) -> list[Ways]:
    folder = tmp_path_factory.mktemp("forecasts")
    return [ways_after(folder, seed) for seed in SEEDS]


def judged(regions: list[Ways]) -> Calibration:
    found = []
    for one in regions:
        others = [way for other in regions if other is not one for way in other.own.values()]
        found.append(calibrate(look_back(one.own, others, most=ALL), one.own))
    return Calibration(*(sum(getattr(one, name) for one in found) for name in ("judged", "kept", "early")))


def remade(regions: list[Ways]) -> Calibration:
    """Promises of the same ways, remade every fourth week in the midst of a stage."""
    totals = Calibration(0, 0, 0)
    for one in regions:
        others = tuple(way for other in regions if other is not one for way in other.own.values())
        found = calibrate(in_the_midst(one, others), one.own)
        totals = Calibration(totals.judged + found.judged, totals.kept + found.kept, totals.early + found.early)
    return totals


def in_the_midst(ways: Ways, others: tuple[Way, ...]) -> Iterator[Issued]:
    for whose, way in ways.own.items():
        history = History([one for other, one in ways.own.items() if other != whose], others)
        for stage, on in way.reached.items():
            for day in days_within(on, min(way.reached.get(stage + 1, LAST), way.known_until)):
                for milestone in range(stage + 1, len(MILESTONES)):
                    made = forecast(Place(stage, on, day), milestone, history)
                    if made is not None:
                        yield Issued(whose, day, made, way.reached.get(milestone))


def days_within(first: date, end: date) -> Iterator[date]:
    day = first + AGAIN
    while day < end:
        yield day
        day += AGAIN


def test_the_safe_day_holds_in_80_to_90_of_a_hundred(regions: list[Ways]) -> None:
    told = judged(regions)
    assert told.judged >= 80
    assert told.share is not None
    assert 0.80 <= told.share <= 0.90, told


def test_about_half_come_by_the_likely_day(regions: list[Ways]) -> None:
    told = judged(regions)
    assert 0.40 <= told.early / told.judged <= 0.70, told


def test_remade_in_the_midst_of_a_stage_it_holds_as_often(regions: list[Ways]) -> None:
    told = remade(regions)
    assert told.judged >= 200
    assert told.share is not None
    assert 0.80 <= told.share <= 0.90, told
