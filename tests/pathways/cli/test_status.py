"""`status`, `show` and `worklist`: what a person reads before acting."""

import json
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from sqlalchemy import update

from pathways.models.organisation import Origin, Region
from pathways.storage.unit_of_work import table_of
from tests.pathways.cli.shell import Shell


def test_status_shows_where_each_introduction_stands_and_who_has_the_ball(shell: Shell) -> None:
    shell.drive("kol", "mapping")
    told = shell("status")
    assert told.code == 0
    for word in ("KOL", "kol", "Gapanalys", "enheterna svarar", "Rut Ängström", "1 införande."):
        assert word in told.out
    assert not told.err


def test_status_fits_a_hundred_columns_and_has_no_colour_codes_in_a_pipe(shell: Shell) -> None:
    shell.drive("schizofreni-forstagangsinsjuknande", "communicated")
    told = shell("status").out
    assert max(len(line) for line in told.splitlines()) <= 100
    assert "\x1b" not in told


def test_status_is_told_in_english_where_that_is_asked_for(shell: Shell) -> None:
    shell.drive("kol", "mapping")
    told = shell("--lang", "en", "status").out
    assert "the units answer" in told
    assert "1 introduction." in told


def test_the_environment_may_choose_the_language(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORLOPP_LANG", "en")
    assert "There are no introductions yet" in shell("status").out


def test_status_says_what_to_do_first_where_nothing_has_begun(shell: Shell) -> None:
    told = shell("status")
    assert told.code == 0
    assert "forlopp do NAMN start" in told.out
    assert "forlopp region set-up" not in told.out


def test_status_as_json_has_what_the_issue_promises(shell: Shell) -> None:
    shell.drive("kol", "mapping")
    (row,) = json.loads(shell("status", "--json").out)
    assert {"slug", "phase", "configuration", "days_in_phase", "waits_for", "next_due"} <= set(row)
    assert row["slug"] == "kol"
    assert row["phase"] == "gap_analysis"


def test_status_as_of_a_day_shows_that_days_end(shell: Shell) -> None:
    shell.drive("kol", "executing")
    told = shell("status", "--as-of", "2021-06-09")
    assert "väntar på beslut" in told.out
    assert "Läget 2021-06-09" in told.out


def test_status_as_of_a_time_reads_it_on_the_regions_clocks(shell: Shell) -> None:
    shell.clock.set(datetime(2021, 6, 9, 8, 0, tzinfo=UTC))
    shell.drive("kol", "preparation")  # at ten o'clock in Falun
    shell.clock.set(datetime(2021, 6, 10, 8, 0, tzinfo=UTC))
    assert "Det fanns inga införanden då." in shell("status", "--as-of", "2021-06-09T09:59").out
    assert "1 införande." in shell("status", "--as-of", "2021-06-09T10:00").out
    assert "1 införande." in shell("status", "--as-of", "2021-06-09T08:00Z").out


@pytest.mark.parametrize("origin", [Origin.DEMO, Origin.SIMULATION])
def test_made_up_data_is_said_to_be_made_up(shell: Shell, origin: Origin) -> None:
    with shell.app.write() as work:
        work.connection.execute(update(table_of(Region)).values(origin=origin))
        work.commit()
    assert shell("status").out.startswith("*** ")


def test_show_tells_all_that_is_needed_to_go_on_and_who_can_meet_it(shell: Shell) -> None:
    shell.drive("kol", "preparation")
    told = shell("show", "kol")
    assert told.code == 0
    for sentence in (
        "Arbetsgruppen har ingen ordförande. (kan ordnas av avdelningschef, samordnare)",
        "Arbetsgruppen saknar 3 ledamöter: 0 av minst 3 är utsedda.",
        "Utvecklingsresurs saknas.",
        "Uppgiften ”Lista enheterna som berörs” är inte klar.",
    ):
        assert sentence in told.out


def test_show_tells_the_history_with_reasons(shell: Shell) -> None:
    shell.drive("kol", "mapping")
    shell.drive("kol", "paused")
    told = shell("show", "kol").out
    assert "Pausa införandet" in told
    assert "Pandemi" in told
    assert "Gapanalys: pausat" in told
    assert "Tidigaste dag att återuppta" in told


@pytest.mark.parametrize("place", ["reviewing", "finished", "closed", "stopped"])
def test_show_has_words_for_every_place(shell: Shell, place: str) -> None:
    shell.drive("kol", place)
    assert shell("show", "kol").code == 0


def test_show_as_json_has_what_the_issue_promises(shell: Shell) -> None:
    shell.drive("kol", "mapping")
    view = json.loads(shell("show", "kol", "--json").out)
    assert {"offers", "tasks", "timers", "history", "phase", "configuration"} <= set(view)
    assert {"command", "allowed", "reasons"} <= set(view["offers"][0])
    assert {"seq", "command", "actor", "at", "reason", "hash"} <= set(view["history"][0])


def test_show_as_of_an_earlier_day_offers_nothing(shell: Shell) -> None:
    shell.drive("kol", "executing")
    told = shell("show", "kol", "--as-of", "2021-06-09").out
    assert "väntar på beslut" in told
    assert "Kan göras nu" not in told


def test_a_correction_leaves_both_truths_to_be_shown(shell: Shell) -> None:
    shell.drive("kol", "mapping")
    before = shell.clock.now()
    shell.clock.set(datetime(2021, 6, 10, 8, 0, tzinfo=UTC))
    told = shell("do", "kol", "correct", "--data", '{"undo_to": 9}', "--reason", "Fel vårdförlopp")
    assert told.code == 0
    assert "Nytt läge: Förberedelse" in told.out
    assert "Gapanalys" in shell("show", "kol", "--as-of", before.isoformat()).out
    assert "ångrar 10" in shell("show", "kol").out


def test_the_worklist_begins_with_the_most_urgent_and_says_why(shell: Shell) -> None:
    shell.drive("kol", "mapping")
    told = shell("worklist", "--for", "res")
    assert "Att göra för Rut Ängström" in told.out
    assert "utvecklingsresurs" in told.out
    rows = json.loads(shell("worklist", "--for", "res", "--json").out)
    assert all(before["due_on"] <= after["due_on"] for before, after in pairwise(rows))


def test_somebody_without_tasks_is_told_so(shell: Shell) -> None:
    assert "Frej Mandel har inga uppgifter just nu." in shell("worklist", "--for", "frammande").out
