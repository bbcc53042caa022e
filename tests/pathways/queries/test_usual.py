"""What is usual is the middle of what was, from the region's own where they are enough, and never from too few."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pathways.queries.stays import Past, Stay
from pathways.queries.usual import FEWEST, Usual, usual_days

ZONE = ZoneInfo("Europe/Stockholm")
BEGAN = datetime(2021, 1, 11, 9, tzinfo=UTC)


def been_through(*days: int, phase: str = "preparation") -> tuple[Stay, ...]:
    """An introduction that left a phase after so many days, came back to it, and left it again."""
    stays, at = [], BEGAN
    for length in days:
        ended_at = at + timedelta(days=length)
        stays += [Stay(phase, "active", at, ended_at), Stay("elsewhere", "active", ended_at, ended_at)]
        at = ended_at
    return tuple(stays)


def past(own: list[tuple[Stay, ...]], others: list[tuple[Stay, ...]]) -> Past:
    return Past(dict(enumerate(own)), tuple(others))


@pytest.mark.parametrize(
    ("own", "others", "usual"),
    [
        ([10, 20, 30, 40, 50], [], Usual(30, 5, is_own=True)),
        ([10, 20, 30, 40, 50], [900] * 9, Usual(30, 5, is_own=True)),  # enough of one's own: others are not asked
        ([10, 20, 30, 40], [50], Usual(30, 5, is_own=False)),
        ([], [10, 20, 30, 40, 50, 60], Usual(35, 6, is_own=False)),
        ([10, 20, 30, 40], [], None),
        ([10, 20], [30, 40], None),
        ([], [], None),
    ],
)
def test_the_middle_is_told_where_enough_have_been_through(
    own: list[int], others: list[int], usual: Usual | None
) -> None:
    found = usual_days(past([been_through(n) for n in own], [been_through(n) for n in others]), ZONE)
    assert found.get("preparation") == usual


def test_introductions_are_counted_and_not_their_visits() -> None:
    often = [been_through(*([7] * FEWEST))]
    assert usual_days(past(often, []), ZONE).get("preparation") is None


def test_every_visit_counts_among_the_days() -> None:
    found = usual_days(past([been_through(10, 90)] * FEWEST, []), ZONE)
    assert found["preparation"] == Usual(50, FEWEST, is_own=True)


def test_a_phase_that_still_goes_on_tells_nothing() -> None:
    going_on = (Stay("preparation", "active", BEGAN, None),)
    assert usual_days(past([going_on] * FEWEST, []), ZONE) == {}


def test_a_phase_that_was_stopped_in_tells_nothing() -> None:
    ended_at = BEGAN + timedelta(days=3)
    stopped = (Stay("preparation", "active", BEGAN, ended_at), Stay("preparation", "stopped", ended_at, None))
    assert usual_days(past([stopped] * FEWEST, []), ZONE) == {}


def test_days_are_those_of_the_regions_calendar() -> None:
    late = datetime(2021, 1, 11, 23, 30, tzinfo=UTC)  # past midnight in Falun
    early = datetime(2021, 1, 13, 1, tzinfo=UTC)
    stays = (Stay("preparation", "active", late, early), Stay("gap_analysis", "active", early, None))
    assert usual_days(past([stays] * FEWEST, []), ZONE)["preparation"].days == 1
