"""`forlopp award`: a year from its opening to its result, refusals in words, and nobody's vote told."""

import pytest

from tests.pathways.cli.shell import Shell

WHY = "Enheten bar förändringen hela vägen."
JURY = ("lg", "ana", "chef")


@pytest.fixture
def opened(shell: Shell) -> Shell:
    """The region in which KOL has been celebrated, and the year is open for nominations."""
    shell.drive("kol", "celebrated")
    jury = [part for juror in JURY for part in ("--juror", juror)]
    outcome = shell("award", "open", year(shell), "--until", f"{year(shell)}-12-31", *jury)
    assert (outcome.code, outcome.err) == (0, "")
    return shell


def year(shell: Shell) -> str:
    return str(shell.clock.now().year)


def test_a_year_goes_from_its_opening_to_its_result(opened: Shell) -> None:
    now = year(opened)
    outcome = opened("award", "nominate", now, "kol", "--unit", "vc-falun", "--motive", WHY, "--by", "ordf")
    assert f"1. KOL, Vårdcentralen Falun: {WHY}" in outcome.out
    for juror in JURY:
        assert opened("award", "vote", now, "--nomination", "1", "--motive", WHY, "--by", juror).code == 0
    outcome = opened("award", "publish", now, "--nomination", "1", "--motive", "Juryn valde Falun.")
    assert "3 av 3 i juryn har röstat." in outcome.out
    assert "Juryn valde Falun." in outcome.out
    told = opened("award", "show", now, "--json").data
    assert isinstance(told, dict)
    assert (told["jury"], told["result"]) == (["ana", "lg", "chef"], {"nomination": 1, "motive": "Juryn valde Falun."})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("vote", "--nomination", "1", "--motive", WHY), "Bara juryn röstar."),
        (("nominate", "kol", "--motive", WHY, "--by", "vcf"), "Nominera till årets implementation"),
        (("publish", "--nomination", "1", "--motive", WHY, "--by", "ana"), "utse juryn och publicera"),
        (("nominate", "kol", "--motive", "Bra"), "Skriv en motivering"),
    ],
)
def test_what_is_refused_is_told_in_words(opened: Shell, line: tuple[str, ...], told: str) -> None:
    outcome = opened("award", line[0], year(opened), *line[1:])
    assert (outcome.code, outcome.out) == (1, "")
    assert told in outcome.err


def test_a_year_that_was_never_opened_is_told_with_those_that_were(opened: Shell) -> None:
    outcome = opened("award", "show", "2050")
    assert outcome.code == 1
    assert year(opened) in outcome.err
