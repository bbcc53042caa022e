"""One language at a time: nothing of the other language's catalogue is ever printed."""

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from pathways.cli.commands import ENTRIES, GROUPS
from pathways.locale.texts import FOLDER
from tests.pathways.cli.shell import Shell

OTHER = {"sv": "en", "en": "sv"}
LINES = [
    "status",
    "show kol",
    "show sepsis",
    "worklist --for res",
    "verify",
    "health",
    "plan-back --body hsn --date 2021-11-23",
    "plan-back --body rs --date 2021-10-27",
    "do kol start_gap_analysis",
    "do sepsis propose_plan",
    "do sepsis decide",
    "do sepsis report --by frammande",
    "do sepsis report --version 1",
    "show nope",
    "nope",
    "",
    'do sepsis create_task --data {"title":"Ring","due_on":"2022-01-01"}',
    *(f"{name} --help" for name in (*ENTRIES, *sorted(GROUPS))),
]


@cache
def pieces(language: str) -> frozenset[str]:
    """The constant parts of a language's texts that have at least two words."""
    path = FOLDER / language / "LC_MESSAGES" / "pathways.po"
    with path.open("rb") as file:
        messages = [message.string or "" for message in read_po(file, locale=language) if message.id]
    forms = [form for string in messages for form in ((string,) if isinstance(string, str) else string)]
    parts = (part.strip() for form in forms for part in re.split(r"%\(\w+\)s|%%", form))
    return frozenset(part for part in parts if re.search(r"\w\w+ \w\w+", part))


@pytest.fixture
def two(shell: Shell) -> Shell:
    """A shell on two introductions, one of them in mid-course."""
    shell.drive("kol", "preparation")
    shell.drive("sepsis", "communicated")
    return shell


@pytest.mark.parametrize("language", ["sv", "en"])
def test_nothing_of_the_other_language_is_printed(two: Shell, language: str) -> None:
    foreign = pieces(OTHER[language]) - pieces(language)
    found = {}
    for line in LINES:
        outcome = two("--lang", language, *line.split())
        printed = " ".join((outcome.out + outcome.err).split())
        if mixed := [piece for piece in foreign if piece in printed]:
            found[line] = mixed
    assert found == {}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_command_has_help_in_each_language(bare_shell: Shell, language: str) -> None:
    told = {name: bare_shell("--lang", language, *name.split(), "--help") for name in ENTRIES}
    assert [name for name, outcome in told.items() if outcome.code or outcome.err] == []
    assert all("--help" in outcome.out for outcome in told.values())


def test_the_overview_names_every_command_that_is_not_hidden(bare_shell: Shell) -> None:
    told = bare_shell().out
    named = {name for name in ENTRIES if f"\n  {name} " in told}
    assert named == {name for name, entry in ENTRIES.items() if not entry.hidden}


def test_a_group_lists_its_commands(bare_shell: Shell) -> None:
    told = bare_shell("db")
    assert told.code == 0
    assert "db restore" in told.out
    assert "catalogue" not in told.out
