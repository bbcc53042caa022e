"""Two processes with many clients each send conflicting commands to the same few introductions."""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.services.ask import Receipt
from tests.faults.clients import SLUGS
from tests.invariants import assert_promise_kept
from tests.pathways.drive import drive_to

NAMES = {"Sara Åkesson", "Örjan Ek"}
PROPER = {"IntroductionChanged", "TransitionRefused", "Refused", "AlreadyOpen"}
Outcome = dict[str, object]


def let_loose(app: App, clock: SetClock, *, clients: int, commands: int) -> list[Outcome]:
    """Two processes with half of the clients each; returns every outcome."""
    for slug in SLUGS:
        drive_to(app, clock, slug, "mapping")
    url = app.database.url.render_as_string(hide_password=False)
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails, so that it can be told again
    program = (sys.executable, "-m", "tests.faults.clients")
    processes = [
        subprocess.Popen(
            [*program, url, clock.now().isoformat(), f"{seed}-{n}", str(clients // 2), str(commands)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(2)
    ]
    answers = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], "a client met an error that is no refusal"
    return [json.loads(line) for answer in answers for line in answer.splitlines()]


def accepted_in(outcomes: Sequence[Outcome]) -> dict[str, Receipt]:
    """The receipts by command id."""
    receipts: dict[str, Receipt] = {}
    for outcome in outcomes:
        if isinstance(given := outcome["receipt"], dict):
            made = tuple((table, ref) for table, ref in given.pop("made"))
            receipts[str(outcome["command_id"])] = Receipt(**given, made=made)
    return receipts


def assert_one_winner_each_time(outcomes: Sequence[Outcome]) -> None:
    """Of all who had seen one version one came through, and the others were told who was first."""
    with_version = [outcome for outcome in outcomes if outcome["seen"] is not None]
    winners = Counter((outcome["slug"], outcome["seen"]) for outcome in with_version if outcome["receipt"])
    assert set(winners.values()) <= {1}
    losers = [outcome for outcome in with_version if outcome["refusal"] == "IntroductionChanged"]
    assert losers, "nobody ever collided: the test proves nothing"
    for outcome in losers:
        values = outcome["values"]
        assert isinstance(values, dict)
        assert values["by"] in NAMES
        assert values["version"] > values["seen"] == outcome["seen"]
        assert values["command"]


def assert_conflicts_end_well(app: App, clock: SetClock, *, clients: int, commands: int) -> None:
    outcomes = let_loose(app, clock, clients=clients, commands=commands)
    assert len(outcomes) == clients * commands
    accepted = accepted_in(outcomes)
    assert accepted
    assert {outcome["refusal"] for outcome in outcomes if not outcome["receipt"]} <= PROPER
    assert_one_winner_each_time(outcomes)
    assert_promise_kept(app, accepted)


def test_of_a_few_clients_at_once_one_wins_and_the_others_are_told_who(app: App, clock: SetClock) -> None:
    assert_conflicts_end_well(app, clock, clients=8, commands=6)


@pytest.mark.slow
def test_of_32_clients_in_two_processes_one_wins_each_time(either_app: App, clock: SetClock) -> None:
    assert_conflicts_end_well(either_app, clock, clients=32, commands=60)
