"""What a closed hold check came to, line by line, beside the check before it."""

from dataclasses import dataclass

from pathways.queries.holding import CheckView, HoldPage
from pathways.services.hold.lines import LINES, TOP, LineResult

STEPS = tuple(range(TOP + 1))


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line: its result (None where too few answered), the middle answer of the check before, and its task."""

    line: str
    result: LineResult | None
    before: float | None
    is_low: bool

    @property
    def steps(self) -> list[tuple[int, str]]:
        """Return every level with what it is: inside the spread, the middle answer's, or outside."""
        if self.result is None:
            return []
        low, high, middle = self.result.low, self.result.high, self.result.median
        return [
            (step, "middle" if abs(step - middle) < 1 and low <= step <= high else _where(step, low, high))
            for step in STEPS
        ]


def compare_lines(page: HoldPage, check: CheckView) -> list[ShownLine]:
    """Return the lines of a check as they are asked; one that was given up has none."""
    if check.is_given_up:
        return []
    earlier = [one for one in page.closed[page.closed.index(check) + 1 :] if not one.is_given_up]
    before = earlier[0].lines if earlier else {}
    low = {one.line for one in check.lowest}
    return [
        ShownLine(line, check.lines.get(line), before[line].median if line in before else None, line in low)
        for line in LINES
    ]


def _where(step: int, low: int, high: int) -> str:
    return "spread" if low <= step <= high else "outside"
