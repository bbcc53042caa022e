"""`do`: one command to one introduction, what follows from it, and what it needs."""

import json
import shlex

import pytest

from pathways.cli.fields import build_example, schema_of
from pathways.services.registry import USE_CASES
from tests.pathways.cli.shell import Shell


def test_do_tells_the_new_place_and_who_was_handed_what(shell: Shell) -> None:
    told = shell("do", "kol", "start")
    assert told.code == 0
    assert "Klart: Starta införandet (kol, händelse 1)." in told.out
    assert "Nytt läge: Förberedelse" in told.out
    assert "Lista enheterna som berörs, utvecklingsresurs, senast 2021-06-23" in told.out


def test_do_without_a_person_acts_as_the_first_coordinator_and_says_so(shell: Shell) -> None:
    assert "Gjort som sam." in shell("do", "kol", "start").out
    assert json.loads(shell("show", "kol", "--json").out)["history"][0]["actor"] == "Sara Åkesson"


def test_do_as_somebody_acts_as_them(shell: Shell) -> None:
    told = shell("do", "kol", "start", "--by", "chef")
    assert "Gjort som" not in told.out
    assert json.loads(shell("show", "kol", "--json").out)["history"][0]["actor"] == "Örjan Ek"


def test_do_tells_how_many_messages_are_on_their_way(shell: Shell) -> None:
    shell.drive("kol", "preparation")
    shell("do", "kol", "appoint", "--data", '{"person": "res", "role": "development_resource"}')
    told = shell("do", "kol", "create_task", "--data", '{"title": "Ring kommunen", "due_on": "2021-07-01"}')
    assert "1 meddelande är på väg." in told.out
    assert "Ring kommunen, Rut Ängström, senast 2021-07-01" in told.out


def test_do_tells_which_dates_are_watched_from_now_on(shell: Shell) -> None:
    shell.drive("kol", "mapping")
    told = shell("do", "kol", "pause", "--data", '{"until_on": "2021-09-01"}', "--reason", "Sommar")
    assert "2021-09-01 08:00  Tidigaste dag att återuppta" in told.out


def test_do_tells_the_numbers_that_later_commands_ask_for(shell: Shell) -> None:
    shell.drive("kol", "communicated")
    told = shell("do", "kol", "plan_activity", "--data", '{"title": "Utbilda", "kind": "training"}')
    assert "Ny aktivitet: 16.1" in told.out
    assert "Läget är oförändrat: Gapanalys: gapanalysen är kommunicerad." in told.out


def test_the_same_command_id_does_nothing_twice(shell: Shell) -> None:
    shell("do", "kol", "start", "--id", "mitt-id")
    told = shell("do", "kol", "start", "--id", "mitt-id")
    assert told.code == 0
    assert "Redan gjort" in told.out
    assert len(json.loads(shell("show", "kol", "--json").out)["history"]) == 1


def test_the_fields_of_a_command_are_told_with_an_example(shell: Shell) -> None:
    told = shell("do", "kol", "decide", "--help-data")
    assert told.code == 0
    assert "ett av: adopt, return, decline" in told.out
    assert "sammanträdets dag (datum)" in told.out
    assert '"register_no"' in told.out


def test_a_command_without_data_says_so(shell: Shell) -> None:
    assert "behöver inga uppgifter" in shell("do", "kol", "start_gap_analysis", "--help-data").out


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_command_can_tell_its_fields_in_both_languages(bare_shell: Shell, language: str) -> None:
    told = {name: bare_shell("--lang", language, "do", "kol", name, "--help-data") for name in ("start", *USE_CASES)}
    assert [name for name, outcome in told.items() if outcome.code != 0] == []


@pytest.mark.parametrize("command", sorted(USE_CASES))
def test_the_example_of_a_command_passes_the_check_of_its_fields(command: str) -> None:
    example = build_example(schema_of(command))
    USE_CASES[command].order.model_validate(json.loads(json.dumps(example)))


def test_the_example_can_be_copied_to_the_shell(shell: Shell) -> None:
    shell.drive("kol", "preparation")
    line = shell("do", "kol", "inform", "--help-data").out.splitlines()[-1]
    copied = shlex.split(line.replace("2026-11-21", "2021-06-01"))[1:]
    assert shell(*copied).code == 0
