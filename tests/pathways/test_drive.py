"""The driver that other tests lean on comes to every place it promises."""

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from tests.pathways.drive import PLACES, drive_to


@pytest.mark.parametrize("place", PLACES)
def test_an_introduction_can_be_driven_to_every_place(app: App, clock: SetClock, place: str) -> None:
    assert drive_to(app, clock, "kol", place).place() == place


def test_the_whole_way_is_the_same_on_both_databases(either_app: App, clock: SetClock) -> None:
    assert drive_to(either_app, clock, "kol", "closed").place() == "closed"


def test_a_rest_is_left_on_the_way(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "paused")
    assert drive_to(app, clock, "kol", "ranking").place() == "ranking"


def test_a_place_behind_is_refused(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "executing")
    with pytest.raises(ValueError, match="never comes to ranking"):
        drive_to(app, clock, "kol", "ranking")
