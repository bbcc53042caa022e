"""How long the clockwork's large jobs take: a sweep with 10,000 timers due at once, a check of 1,000 introductions."""

from datetime import timedelta

import pytest

from pathways.services.clockwork.sweep import sweep
from pathways.services.verify import verify
from tests.benchmarks.staging import stage_for
from tests.benchmarks.table import Sheet
from tests.benchmarks.timing import seconds_of

TIMERS, CHECKED = 10_000, 1_000


@pytest.mark.benchmark
def test_a_sweep_with_10000_timers_due(database: tuple[str, str], sheet: Sheet) -> None:
    name, url = database
    stage = stage_for(url, "decide", copies=TIMERS - 1)
    now = stage.app.clock.now() + timedelta(days=1)
    fired: list[int] = []
    taken = seconds_of(lambda: fired.append(sweep(stage.app, now=now).timers_fired))
    stage.app.database.dispose()
    sheet.time("sweep of 10,000 due timers", name, taken=taken, goal=30, unit="s", beside=f"{fired[0]} rang")


@pytest.mark.benchmark
def test_a_check_of_1000_introductions(database: tuple[str, str], sheet: Sheet) -> None:
    name, url = database
    stage = stage_for(url, "report", copies=CHECKED - 1)
    taken = seconds_of(lambda: verify(stage.app))
    stage.app.database.dispose()
    sheet.time("verify of 1,000 introductions", name, taken=taken, goal=30, unit="s", beside="22 events each")
