"""What can be wrong with a data file, and the refusal that tells all of it at once.

A flaw knows where in the data it is; a problem knows the file and line too. The words are the catalogues' of locale.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from pathways.errors import PathwaysError

Location = tuple[str | int, ...]
"""The way from the top of a file to a value: keys, and positions in lists from 0."""

SENTENCES = (
    "input.absent",
    "input.not_a_file",
    "input.too_big",
    "input.not_utf8",
    "input.not_yaml",
    "input.not_json",
    "input.too_deep",
    "input.alias",
    "input.foreign_tag",
    "input.key_not_text",
    "input.duplicate_key",
    "input.unknown_key",
    "input.missing_key",
    "input.duplicate_value",
    "input.expected_text",
    "input.expected_slug",
    "input.expected_date",
    "input.expected_time",
    "input.expected_time_zone",
    "input.expected_region_code",
    "input.expected_address",
    "input.expected_whole_number",
    "input.expected_number",
    "input.expected_true_or_false",
    "input.expected_list",
    "input.expected_mapping",
    "input.expected_one_of",
    "input.too_small",
    "input.too_large",
    "input.too_few",
    "input.too_long",
    "input.wrong_value",
)
"""The sentences that any data file may need."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with the data, before it is known in which line it stands."""

    where: Location
    sentence: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong with a file: where, and the sentence that says what was expected."""

    file: str
    line: int
    field: str
    sentence: str
    values: Mapping[str, str | int]


class InvalidFile(PathwaysError):
    """The file cannot be used, and nothing of it was: all its problems are told, in the order of the lines."""

    sentence = "error.invalid_file"

    def __init__(self, file: str, problems: Iterable[FileProblem]) -> None:
        self.file = file
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__(file=file, n=len(self.problems))


def nearest(given: object, known: Iterable[str]) -> str:
    """Return the up to three known names closest to the given one, or all of them when none is close."""
    names = list(dict.fromkeys(known))
    return ", ".join(get_close_matches(str(given), names, n=3, cutoff=0.6) or names)


def spell(value: object) -> str:
    """Return a refused value as it would stand in a file, shortened."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."
