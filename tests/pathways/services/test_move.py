"""Which commands need no facts: those that are only recorded, where the chart has no move of its own to make."""

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.services.case import snapshot_of
from pathways.services.move import is_only_recorded
from states.commands import Command
from states.errors import TransitionRefused
from tests.pathways.drive import Driver, drive_to
from tests.pathways.queries.watching import watched


def at(app: App, clock: SetClock, place: str) -> Driver:
    return drive_to(app, clock, "kol", place)


@pytest.mark.parametrize(
    ("place", "command", "choice", "only_recorded"),
    [
        ("executing", Command.REPORT, None, True),
        ("preparation", Command.REPORT, None, True),
        ("executing", Command.PAUSE, None, False),  # moves, and asks for a reason
        ("awaiting_decision", Command.DECIDE, "adopt", False),  # moves, though it asks nothing
        ("finished", Command.RECORD_FOLLOW_UP, "holds", False),  # moves nothing, but asks
        ("finished", Command.REPORT, None, False),  # the chart may close the introduction by itself here
    ],
)
def test_only_what_neither_moves_nor_asks_is_only_recorded(
    app: App, clock: SetClock, place: str, command: Command, choice: str | None, only_recorded: bool
) -> None:
    row = at(app, clock, place).row()
    assert row is not None
    assert is_only_recorded(snapshot_of(row), command, choice) is only_recorded


def test_a_command_that_is_not_possible_here_is_refused_as_ever(app: App, clock: SetClock) -> None:
    driver = at(app, clock, "preparation")
    with pytest.raises(TransitionRefused, match="not_possible_here"):
        driver.do("decide", outcome="adopt", body="hsn", meeting_on="2021-06-09", paragraph_no="1", register_no="1")


def test_a_report_reads_no_more_than_who_asks_and_what_is_open(app: App, clock: SetClock) -> None:
    driver = at(app, clock, "executing")
    with watched(app) as sent:
        driver.do("report", reason="I fas")
    assert len(sent) == 3
