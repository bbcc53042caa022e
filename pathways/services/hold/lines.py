"""The ten questions of the hold check, and what many answers to one of them come to (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

LINES = (
    *("visible_gain", "told_effect", "without_project", "measured", "new_staff", "better_than_before"),
    *("line_manager", "medical_lead", "goals_and_budget", "routine_and_it"),
)
"""What is asked, in the order in which it is asked; the words are the catalogue's (`hold_line.*`)."""

TOP = 3
FEWEST = 3
"""Fewer answers than these to a line are not shown: nobody is to be singled out."""

TO_TASKS = 2


@dataclass(frozen=True, slots=True)
class LineResult:
    """What a line came to: how many answered it, the middle answer, the lowest and the highest."""

    line: str
    n: int
    median: float
    low: int
    high: int

    @property
    def spread(self) -> int:
        """Return how far apart the lowest and the highest answer lie."""
        return self.high - self.low

    @property
    def is_whole(self) -> bool:
        """Say whether everybody gave the highest answer: nothing is left to do."""
        return self.low == TOP


def count_answers(answers: Iterable[Mapping[str, int | None]]) -> list[LineResult]:
    """Return the result of every line that enough people answered; "don't know" is no answer."""
    given = list(answers)
    found = []
    for line in LINES:
        levels = [level for one in given if (level := one.get(line)) is not None]
        if len(levels) >= FEWEST:
            found.append(LineResult(line, len(levels), float(median(levels)), min(levels), max(levels)))
    return found


def lowest_lines(results: Sequence[LineResult]) -> list[str]:
    """Return the two lowest lines: by the middle answer, then by the lowest one, then as they are asked.

    A line to which all gave the highest answer is no task.
    """
    left = [one for one in results if not one.is_whole]
    return [one.line for one in sorted(left, key=lambda one: (one.median, one.low))[:TO_TASKS]]
