"""Bad input: what is wrong and what to do, the exit code, and that nothing was written."""

import pytest
from sqlalchemy import func, select

from pathways.models.introduction import Event
from pathways.storage.unit_of_work import table_of
from tests.pathways.cli.shell import Shell

REFUSED, WRONG_USAGE = 1, 2
# what was typed, exit code, what must be said
TABLE = [
    ("show kool", REFUSED, ["Det finns inget införande som heter ”kool”", "Närmast: kol."]),
    ("show", WRONG_USAGE, ["NAMN saknas.", "forlopp show --help"]),
    ("do kol starta", WRONG_USAGE, ["inget kommando som heter ”starta”", "start"]),
    ("do kol strat_gap_analysis", WRONG_USAGE, ["Närmast: start_gap_analysis"]),
    ("do kool start_gap_analysis", REFUSED, ["inget införande som heter ”kool”", "Närmast: kol."]),
    ("do kolx start", REFUSED, ["inget vårdförlopp som heter ”kolx”", "kol"]),
    ("do kol start", REFUSED, ["Regionen har redan ett öppet införande av kol"]),
    ("do kol report --by samm", REFUSED, ["ingen person som heter ”samm”", "Närmast: sam"]),
    ("do kol report --by frammande", REFUSED, ["inte behörighet till ”Rapportera läget”", "samordnare"]),
    ("do kol report --version 99", REFUSED, ["du såg version 99, nu är det version 1"]),
    ("do kol report --version ett", WRONG_USAGE, ["--version", "heltal"]),
    ("do kol pause", WRONG_USAGE, ["until_on: saknas", "forlopp do kol pause --help-data"]),
    ("do kol stop", REFUSED, ["Det går inte: Stoppa införandet (kol).", "Du behöver ange ett skäl.", "--reason"]),
    ('do kol skip_task --data {"task":"1.1"}', REFUSED, ["Du behöver ange ett skäl.", "--reason"]),
    ("do kol decide --data {}", WRONG_USAGE, ["outcome: saknas", "register_no: saknas"]),
    ("do kol inform --data {", WRONG_USAGE, ["rad 1, tecken 2"]),
    ("do kol inform --data []", WRONG_USAGE, ["klamrar"]),
    ('do kol inform --data {"bodyy":"hsn"}', WRONG_USAGE, ["bodyy: finns inte", "body: saknas"]),
    (
        'do kol inform --data {"body":"hsn","held_on":"2021-02-30"}',
        WRONG_USAGE,
        ["held_on: ”2021-02-30” är inget datum"],
    ),
    (
        'do kol inform --data {"body":"hns","held_on":"2021-06-01"}',
        REFUSED,
        ["inget organ som heter ”hns”", "Närmast: hsn"],
    ),
    (
        'do kol inform --data {"body":"hsn","held_on":"2031-06-01"}',
        REFUSED,
        ["held_on: 1 juni 2031 går inte att använda"],
    ),
    ('do kol appoint --data {"person":"m1","role":"admin"}', WRONG_USAGE, ["rollen ska vara lag_chair"]),
    ('do kol appoint --data {"person":"m1","role":"boss"}', WRONG_USAGE, ["role: ”boss” finns inte", "lag_chair"]),
    (
        'do kol answer_gap --data {"unit":"medicin","answers":[{"step":"1","level":7}]}',
        WRONG_USAGE,
        ["answers[1].level: 7 är för högt; högst 3"],
    ),
    ('do kol complete_task --data {"task":"9.9","outcome":"x"}', REFUSED, ["ingen uppgift ”9.9”"]),
    ("worklist", WRONG_USAGE, ["--for saknas."]),
    ("worklist --for", WRONG_USAGE, ["--for ska följas av ett värde."]),
    ("worklist --for saam", REFUSED, ["Närmast: sam"]),
    ("status --as-of igår", WRONG_USAGE, ["”igår” är inget datum", "2026-11-21"]),
    ("status --as-of 2021-13-01", WRONG_USAGE, ["”2021-13-01” är inget datum"]),
    ("status --as-of 2021-06-09T25:00", WRONG_USAGE, ["är inget datum"]),
    ("status --as-of 1066-10-14", WRONG_USAGE, ["mellan 1990 och 2199"]),
    ("status --as-of 2021-06-10", WRONG_USAGE, ["ligger framåt i tiden"]),
    ("show kol --as-of 2021-06-01", REFUSED, ["hade inte börjat då", "9 juni 2021 kl. 10.00"]),
    ("status --json=x", WRONG_USAGE, ["--json tar inget värde."]),
    ("status --colour", WRONG_USAGE, ["inget val som heter ”--colour”"]),
    ("status extra", WRONG_USAGE, ["”extra” är för mycket"]),
    ("statu", WRONG_USAGE, ["Närmast: status."]),
    ("show hjärnan", REFUSED, ["inget införande som heter ”hjärnan”.", "startar du med ”forlopp do NAMN start”."]),
    ("db downgrade", WRONG_USAGE, ["”forlopp db downgrade”", "db upgrade"]),
    ("do kol report --version 99999999999999999999", WRONG_USAGE, ["--version"]),
    ("do kol report --reason a\udcffb", WRONG_USAGE, ["UTF-8"]),
    ("db backup /proc/nowhere/copy.zip", REFUSED, ["/proc/nowhere", "Välj en annan plats."]),
    ("plan-back --body hsn --date 1990-01-01", WRONG_USAGE, ["utanför kalendern"]),
    ("plan-back --body hns --date 2021-11-23", REFUSED, ["Närmast: hsn"]),
    ("plan-back --body hsn --date 2021-11-31", WRONG_USAGE, ["är inget datum"]),
    ("region set-up --coordinator anna", WRONG_USAGE, ["--coordinator och --name hör ihop"]),
    ("catalogue import /nowhere.yaml", REFUSED, ["/nowhere.yaml", "Filen finns inte"]),
    ("profile check /nowhere.yaml", REFUSED, ["/nowhere.yaml", "Filen finns inte"]),
    ("db restore /nowhere.zip", REFUSED, ["/nowhere.zip", "ingen hel säkerhetskopia"]),
]


def count_events(shell: Shell) -> int:
    with shell.app.read() as work:
        return int(work.value(select(func.count()).select_from(table_of(Event))))


@pytest.mark.parametrize(("line", "code", "told"), TABLE, ids=[line for line, _, _ in TABLE])
def test_bad_input_is_answered_calmly_in_both_languages_and_writes_nothing(
    begun: Shell, line: str, code: int, told: list[str]
) -> None:
    before = count_events(begun)
    outcome, english = begun(*line.split(" ")), begun(*line.split(" "), "--lang=en")
    assert (outcome.code, english.code) == (code, code)
    assert outcome.out == english.out == ""
    assert "Traceback" not in outcome.err + english.err
    assert [words for words in told if words not in outcome.err] == []
    assert count_events(begun) == before


def test_a_refused_command_tells_every_reason(begun: Shell) -> None:
    outcome = begun("do", "kol", "start_gap_analysis")
    assert outcome.code == REFUSED
    reasons = [line for line in outcome.err.splitlines() if line.startswith("  • ")]
    assert len(reasons) == 6
    assert "Ingenting har ändrats. Se hela läget med ”forlopp show kol”." in outcome.err


def test_an_unknown_language_is_refused_with_the_two_there_are(begun: Shell) -> None:
    outcome = begun("--lang", "de", "status")
    assert outcome.code == WRONG_USAGE
    assert "Välj sv eller en." in outcome.err


def test_a_stale_version_is_told_who_was_first(begun: Shell) -> None:
    begun("do", "kol", "report", "--reason", "läget", "--by", "chef")
    outcome = begun("do", "kol", "report", "--version", "1")
    assert outcome.code == REFUSED
    assert "Senast gjorde Örjan Ek ”Rapportera läget” 9 juni 2021 kl. 10.00." in outcome.err


def test_a_profile_with_faults_is_told_by_file_line_and_field(shell: Shell) -> None:
    file = shell.home / "profil.yaml"
    file.write_text("schema_version: 1\nregion:\n  code: Dalarna\n", encoding="utf-8")
    outcome = shell("profile", "check", str(file))
    assert outcome.code == REFUSED
    assert f"{file}:3: region.code: ”Dalarna” ska vara en regionkod som SE-W." in outcome.err


def test_a_catalogue_with_faults_is_not_imported(shell: Shell) -> None:
    file = shell.home / "katalog.yaml"
    file.write_text("schema_version: 1\npathways:\n  - slug: Åäö\n    name: X\n", encoding="utf-8")
    outcome = shell("catalogue", "import", str(file))
    assert outcome.code == REFUSED
    assert f"{file}:3: pathways[Åäö].slug" in outcome.err


def test_a_wrong_setting_is_told_by_its_variable(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORLOPP_PREFECT_PORT", "hög")
    outcome = shell("status")
    assert outcome.code == REFUSED
    assert "FORLOPP_PREFECT_PORT" in outcome.err


def test_an_unexpected_fault_shows_a_sentence_and_keeps_the_rest_in_a_log(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathways.cli.status.find_rows", lambda *_: 1 / 0)
    outcome = shell("status")
    log = shell.home / "logs" / "cli.log"
    assert outcome.code == REFUSED
    assert "Något gick fel i Förlopp." in outcome.err
    assert str(log) in outcome.err
    assert "ZeroDivisionError" not in outcome.err
    assert "ZeroDivisionError: division by zero" in log.read_text(encoding="utf-8")


def test_a_file_that_is_no_database_is_refused_and_left_alone(shell: Shell) -> None:
    file = shell.home / "forlopp.db"
    file.write_bytes(b"not a database, and long enough to be looked at as one" * 40)
    outcome = shell("status")
    assert outcome.code == REFUSED
    assert "ingen Förlopp-databas" in outcome.err
    assert file.read_bytes().startswith(b"not a database")


def test_a_home_that_cannot_be_written_is_refused_by_name(bare_shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORLOPP_HOME", "/proc/nowhere")
    outcome = bare_shell("db", "upgrade")
    assert outcome.code == REFUSED
    assert "/proc/nowhere" in outcome.err
