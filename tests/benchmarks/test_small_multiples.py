"""How long a page with forty small charts takes: judging the series, drawing them, the whole page in its template."""

import pytest

from pathways.charts.figure import build_small
from tests.benchmarks.table import Sheet
from tests.benchmarks.timing import in_turns, middle
from tests.pathways.charts.samples import SWEDISH, per_unit
from tests.pathways.web.charts.stage import show_multiples

UNITS, POINTS, TIMES = 40, 24, 9


@pytest.mark.benchmark
def test_a_page_of_forty_small_multiples(sheet: Sheet) -> None:
    charts = per_unit(UNITS, points=POINTS)
    judged, drawn, shown = in_turns(
        TIMES,
        lambda _n: per_unit(UNITS, points=POINTS),
        lambda _n: build_small(charts, SWEDISH),
        lambda _n: show_multiples(build_small(per_unit(UNITS, points=POINTS), SWEDISH)),
        warm_up=2,
    )
    parts = f"judged {middle(judged):.0f} ms, drawn {middle(drawn):.0f} ms"
    sheet.time(f"page of {UNITS} small charts of {POINTS} points", "none", taken=middle(shown), goal=300, beside=parts)
