"""One simulation of fifteen months that several tests look at, with eyes on its database."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pathways.bootstrap import App, build_app
from pathways.settings import Settings
from pathways.simulation.result import SimulationResult
from pathways.simulation.simulate import simulate

START = date(2021, 6, 9)


@pytest.fixture(scope="package")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("simulation"))


@pytest.fixture(scope="package")
def result(settings: Settings) -> SimulationResult:
    return simulate(settings, start=START, months=15, seed=1)


@pytest.fixture
def simulated(settings: Settings, result: SimulationResult) -> Iterator[App]:
    """The application on the simulation's file; the simulation itself has run before."""
    assert result.months
    app = build_app(settings, database_url=f"sqlite:///{settings.simulation_file}")
    yield app
    app.database.dispose()


def simulate_in(folder: Path, *, months: int, seed: int, start: date = START) -> SimulationResult:
    return simulate(Settings(home=folder), start=start, months=months, seed=seed)
