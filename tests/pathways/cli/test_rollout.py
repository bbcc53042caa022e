"""`forlopp rollout`: tries, tells, carries out, and refuses what nobody knows."""

import json

import pytest

from tests.pathways.cli.shell import Shell
from tests.pathways.services.orders import add_version


@pytest.fixture
def behind(shell: Shell) -> Shell:
    """The region in which KOL has begun and a newer version has come."""
    shell.drive("kol", "preparation")
    add_version(shell.app, "kol", final=True)
    return shell


def test_a_dry_run_tells_and_changes_nothing(behind: Shell) -> None:
    for _ in range(2):
        outcome = behind("rollout", "kol", "--dry-run")
        assert outcome.code == 0
        assert "Går över utan beslut" in outcome.out
        assert "Inget har ändrats" in outcome.out


def test_what_moves_is_carried_out_once(behind: Shell) -> None:
    assert "Genomförda: 1." in behind("rollout").out
    assert "inget öppet införande väntar" in behind("rollout", "kol").out


def test_for_a_machine_it_is_told_in_json(behind: Shell) -> None:
    (told,) = json.loads(behind("rollout", "--json").out)
    assert (told["region"], told["result"]["done"]) == ("SE-W", 1)
    assert told["introductions"][0]["verdict"] == "moves"


def test_a_pathway_that_nobody_knows_is_refused(behind: Shell) -> None:
    outcome = behind("rollout", "kool")
    assert outcome.code == 1
    assert "kol" in outcome.err


def test_somebody_that_nobody_knows_carries_nothing_out(behind: Shell) -> None:
    assert behind("rollout", "kol", "--by", "ingen").code == 1
