"""What is refused is read in browsers and by programs as well: only the command line speaks of what to type."""

import re
from collections.abc import Iterator

import pytest

from pathways.cli.refusals import HINTED
from tests.architecture.test_texts import catalogue

TYPED = re.compile(r"forlopp [a-z]|(?<![\w-])--[a-z]|FORLOPP_[A-Z]")
SHARED = re.compile(r"^(error|health|order)\.")
ONLY_TYPED = frozenset(
    {
        "error.database_unusable",
        "error.already_running",
        "error.port_taken",
        "error.no_coordinator",
        "error.database_not_empty",
        "error.real_data_present",
        "error.demo_unfinished",
        "error.other_origin",
        "error.demo_off_loopback",
        "error.pack_not_yet",
    }
)
"""Refusals of what nobody can do but by typing: setting up, starting, restoring, freezing before the time."""


def texts_of(language: str) -> Iterator[tuple[str, str]]:
    for name, message in catalogue(language).items():
        spoken = message.string
        yield name, spoken if isinstance(spoken, str) else " ".join(spoken or ())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_others_read_too_names_nothing_to_type(language: str) -> None:
    told = {name for name, spoken in texts_of(language) if SHARED.match(name) and TYPED.search(spoken)}
    assert told == ONLY_TYPED


def test_every_hint_belongs_to_a_refusal_or_a_sign() -> None:
    known = {name for name, _ in texts_of("sv") if SHARED.match(name)}
    assert {name for name in HINTED if {f"error.{name}", f"health.{name}"}.isdisjoint(known)} == set()
