"""All regions of one installation together: sums, suppressed where few are behind them, and never a word of theirs."""

from collections.abc import Iterator

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.queries.national_view import NationalView, list_experiences, national_view
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.watching import watched
from tests.pathways.services.orders import add_version

NOT_OURS = ("log_text", "task", "person", "decision", "lesson", "appointment", "gap_answer", "activity", "attachment")


def seen(app: App) -> NationalView:
    with app.read() as work:
        return national_view(work, region_id=app.region_id(), zone=app.profile.region.zone)


@pytest.fixture
def others(app: App, clock: SetClock) -> Iterator[list[App]]:
    """Two more regions on the same database."""
    url = str(app.database.engine.url)
    made = [furnished_app(url, clock, code=code, name=f"Region {code}") for code in ("SE-X", "SE-Y")]
    yield made
    for one in made:
        one.database.dispose()


def figures(app: App, phase: str) -> tuple[int | None, int | None]:
    (one,) = [one for one in seen(app).phases if one.phase == phase]
    return one.introductions, one.median_days


def test_a_figure_of_two_regions_is_not_told_and_one_of_three_is(app: App, clock: SetClock, others: list[App]) -> None:
    for region in (app, others[0]):
        drive_to(region, clock, "kol", "mapping")
    assert figures(app, "gap_analysis") == (None, None)
    assert figures(app, "preparation") == (None, None)
    drive_to(others[1], clock, "kol", "mapping")
    assert figures(app, "gap_analysis") == (3, None)
    assert figures(app, "preparation") == (None, 0)


def test_many_introductions_of_two_regions_are_still_too_few(app: App, clock: SetClock, others: list[App]) -> None:
    for slug in ("kol", "epilepsi", "sepsis"):
        for region in (app, others[0]):
            drive_to(region, clock, slug, "preparation")
    assert figures(app, "preparation") == (None, None)


def test_who_follows_which_version_is_told_by_region(app: App, clock: SetClock, others: list[App]) -> None:
    drive_to(app, clock, "kol", "preparation")
    add_version(app, "kol", final=True)
    drive_to(others[0], clock, "kol", "preparation")
    (kol,) = seen(app).pathways
    assert [(one.is_newest, one.regions) for one in kol.versions] == [
        (True, ("Region SE-X",)),
        (False, ("Region Dalarna",)),
    ]


def test_of_ones_own_region_nothing_is_left_out(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    told = {one.phase: (one.own, one.own_median_days) for one in seen(app).phases}
    assert (told["preparation"], told["gap_analysis"]) == ((0, 0), (1, None))


def test_it_is_the_same_on_each_kind_of_database(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "communicated")
    assert [one.own for one in seen(either_app).phases] == [0, 1, 0, 0, 0, 0, 0]


def test_where_nothing_is_begun_there_are_no_pathways(app: App) -> None:
    found = seen(app)
    assert (found.regions, found.pathways) == (1, ())
    assert {one.introductions for one in found.phases} == {None}


def test_nothing_but_keys_versions_phases_and_times_is_asked_for(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    with watched(app) as sent:
        seen(app)
        with app.read() as work:
            list_experiences(work)
    assert len(sent) == 6
    words = " ".join(sent).replace(",", " ").replace(".", " ").split()
    assert not {*words} & {*NOT_OURS}
    assert not {"slug_of_person", "actor_id", "reason", "command_id", "shared_by"} & {*words}
