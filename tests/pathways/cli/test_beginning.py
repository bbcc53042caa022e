"""From an empty home to the first introduction, and the database's own commands."""

import shutil
import sqlite3
from datetime import UTC, datetime

import pytest

from tests.pathways.cli.shell import Shell


@pytest.fixture
def upgraded(bare_shell: Shell) -> Shell:
    """A shell on a new database without a region."""
    bare_shell("db", "upgrade")
    return bare_shell


def test_without_a_database_the_first_step_is_told(bare_shell: Shell) -> None:
    outcome = bare_shell("status")
    assert outcome.code == 1
    assert "En ny skapar du med ”forlopp db upgrade”." in outcome.err
    assert not (bare_shell.home / "forlopp.db").exists()


def test_a_region_begins_real_work_with_four_commands(upgraded: Shell) -> None:
    lines = (
        ("region", "set-up", "--coordinator", "anna", "--name", "Anna Ek"),
        ("catalogue", "import"),
        ("do", "kol", "start"),
    )
    assert [upgraded(*line).code for line in lines] == [0, 0, 0]
    told = upgraded("status").out
    assert "KOL" in told
    assert "***" not in told


def test_status_in_a_new_database_says_to_set_up_the_region(upgraded: Shell) -> None:
    told = upgraded("status")
    assert told.code == 0
    assert "forlopp region set-up" in told.out


def test_setting_up_a_region_twice_changes_nothing(upgraded: Shell) -> None:
    first = upgraded("region", "set-up", "--coordinator", "anna", "--name", "Anna Ek")
    again = upgraded("region", "set-up", "--coordinator", "anna", "--name", "Anna Ek")
    assert (first.code, again.code) == (0, 0)
    assert "Anna Ek (anna) är samordnare." in again.out


def test_a_region_without_a_coordinator_is_told_how_to_get_one(upgraded: Shell) -> None:
    assert "--coordinator anna" in upgraded("region", "set-up").out
    upgraded("catalogue", "import")
    outcome = upgraded("do", "kol", "start")
    assert outcome.code == 1
    assert "--by" in outcome.err


def test_before_the_region_is_set_up_a_command_says_so(upgraded: Shell) -> None:
    outcome = upgraded("do", "kol", "start", "--by", "anna")
    assert outcome.code == 1
    assert "forlopp region set-up" in outcome.err


def test_the_catalogue_may_be_imported_again(upgraded: Shell) -> None:
    assert "Nya: 27." in upgraded("catalogue", "import").out
    assert "Nya: 0. Ändrade: 0. Oförändrade: 27." in upgraded("catalogue", "import").out


def test_a_catalogue_file_is_imported(upgraded: Shell) -> None:
    file = upgraded.home / "katalog.json"
    file.write_text(
        '{"schema_version": 1, "pathways": [{"slug": "migran", "name": "Migrän", "national_status": "approved"}]}',
        encoding="utf-8",
    )
    assert "Katalogen är inläst: 1 vårdförlopp." in upgraded("catalogue", "import", str(file)).out


def test_a_sound_profile_is_described(bare_shell: Shell) -> None:
    file = bare_shell.home / "profil.yaml"
    shutil.copy("pathways/profiles/dalarna.yaml", file)
    outcome = bare_shell("profile", "check", str(file))
    assert outcome.code == 0
    assert "Profilen dalarna-2021.1 för Region Dalarna går att använda." in outcome.out


def test_a_backup_brings_back_what_was_there(begun: Shell) -> None:
    file = begun.home / "kopia.zip"
    assert begun("db", "backup", str(file)).code == 0
    begun("do", "kol", "report", "--reason", "ändrat sedan dess")
    assert begun("db", "restore", str(file), "--replace").code == 0
    assert "ändrat sedan dess" not in begun("show", "kol").out
    assert begun("verify").code == 0


def test_a_backup_without_a_name_lies_in_the_home(begun: Shell) -> None:
    begun.clock.set(datetime(2021, 6, 9, 12, 30, tzinfo=UTC))
    assert begun("db", "backup").code == 0
    assert (begun.home / "backups" / "forlopp-20210609-123000.zip").exists()


def test_a_backup_is_never_written_over(begun: Shell) -> None:
    file = begun.home / "kopia.zip"
    begun("db", "backup", str(file))
    outcome = begun("db", "backup", str(file))
    assert outcome.code == 1
    assert "finns redan" in outcome.err


def test_a_database_in_use_is_not_replaced_by_mistake(begun: Shell) -> None:
    file = begun.home / "kopia.zip"
    begun("db", "backup", str(file))
    outcome = begun("db", "restore", str(file))
    assert outcome.code == 1
    assert "--replace" in outcome.err


@pytest.mark.parametrize("line", ["status", "db upgrade", "do kol report"])
def test_a_database_of_a_newer_release_is_refused_with_both_versions(begun: Shell, line: str) -> None:
    with sqlite3.connect(begun.home / "forlopp.db") as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    outcome = begun(*line.split())
    assert outcome.code == 1
    assert "9999" in outcome.err
    assert "nyare program" in outcome.err


def test_verify_says_what_is_wrong_and_where(begun: Shell) -> None:
    assert begun("verify").code == 0
    with sqlite3.connect(begun.home / "forlopp.db") as connection:
        connection.execute("update event set command = 'stop'")
    outcome = begun("verify")
    assert outcome.code == 1
    assert "kol: Händelse 1 har ändrats: kontrollsumman stämmer inte." in outcome.out


def test_verify_as_json_is_an_empty_list_where_all_is_well(begun: Shell) -> None:
    assert begun("verify", "--json").data == []


def test_health_says_that_nothing_has_swept_yet(begun: Shell) -> None:
    outcome = begun("health")
    assert outcome.code == 1
    assert "✗ Inget svep har gjorts än. Motorn är inte i gång. Starta Förlopp med ”forlopp up”." in outcome.out
    assert "Förlopp är inte i gång på den här datorn." in outcome.out


def test_a_plan_that_cannot_be_met_names_the_first_step_that_fails(bare_shell: Shell) -> None:
    outcome = bare_shell("plan-back", "--body", "hsn", "--date", "2021-06-15")
    assert outcome.code == 0
    assert "Det går inte: ”Gapanalys” skulle ha varit klart" in outcome.out
    assert "Första sammanträdet som hinns: 2021-" in outcome.out


def test_a_plan_that_can_be_met_says_so(bare_shell: Shell) -> None:
    outcome = bare_shell("plan-back", "--body", "hsn", "--date", "2021-11-23")
    assert "Det går: alla steg hinns." in outcome.out
    assert "Sista dag att lämna in handlingar" in outcome.out


def test_a_sweep_by_hand_opens_the_loop_that_is_due(begun: Shell) -> None:
    begun.drive("kol", "executing")
    begun.clock.set(datetime(2022, 1, 31, 12, 0, tzinfo=UTC))
    outcome = begun("sweep-once")
    assert outcome.code == 0
    assert "Lärandeloopar: 1." in outcome.out
    assert "lärandeloop pågår" in begun("status").out
