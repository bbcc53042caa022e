"""The matrix counts introductions by phase and standing, now or as of a moment, in one region or in all."""

from collections import Counter

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import Refused
from pathways.queries.status_matrix import status_matrix
from pathways.queries.views import MatrixCell
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.reading import ONE_TICK, later, read_board
from tests.pathways.queries.watching import watched


def test_the_matrix_counts_what_the_board_shows(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "paused")
    early = later(driver)
    for slug, place in (
        ("sepsis", "ranking"),
        ("kritisk-benischemi", "ranking"),
        ("stroke-tia-tidiga-insatser", "stopped"),
    ):
        later(drive_to(either_app, clock, slug, place))
    for as_of in (None, early, clock.now()):
        shown = Counter((row.phase, row.standing) for row in read_board(either_app, as_of))
        with either_app.read() as work:
            cells = status_matrix(work, region_id=either_app.region_id(), as_of=as_of)
        assert {(cell.phase, cell.standing): cell.count for cell in cells} == shown


def test_cells_stand_in_the_order_of_the_process(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "ranking")
    drive_to(app, clock, "sepsis", "preparation")
    with app.read() as work:
        cells = status_matrix(work, region_id=app.region_id())
    assert cells == (MatrixCell("preparation", "active", 1), MatrixCell("prioritisation", "active", 1))


def test_before_anything_began_the_matrix_is_empty(app: App, clock: SetClock) -> None:
    began = clock.now()
    drive_to(app, clock, "kol", "preparation")
    with app.read() as work:
        assert status_matrix(work, region_id=app.region_id(), as_of=began - ONE_TICK) == ()


def test_a_moment_that_lies_ahead_is_refused(app: App, clock: SetClock) -> None:
    with app.read() as work, pytest.raises(Refused, match=r"error\.as_of_in_future"):
        status_matrix(work, region_id=app.region_id(), as_of=clock.now() + ONE_TICK)


@pytest.mark.parametrize(("is_past", "statements"), [(False, 1), (True, 2)], ids=["now", "as of then"])
def test_all_regions_together_are_counted_in_a_fixed_number_of_statements(
    app: App, clock: SetClock, is_past: bool, statements: int
) -> None:
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    try:
        drive_to(neighbour, clock, "kol", "preparation")
        drive_to(app, clock, "kol", "preparation")
        with watched(app) as sent, app.read() as work:
            cells = status_matrix(work, region_id=None, as_of=clock.now() if is_past else None)
        assert (cells, len(sent)) == ((MatrixCell("preparation", "active", 2),), statements)
    finally:
        neighbour.database.dispose()
