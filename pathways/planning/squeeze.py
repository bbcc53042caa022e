"""The squeeze: how many working days there are for the gap analysis, against how many it is planned for. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pathways.planning.backward import PlannedStep
from pathways.workdays import Workdays

ANALYSIS = "gap_analysis"


@dataclass(frozen=True, slots=True)
class Squeeze:
    """Working days for the gap analysis: those there are from the first possible day, and those the profile plans."""

    from_on: date
    until_on: date
    available: int
    planned: int

    @property
    def is_tight(self) -> bool:
        """Say whether there is less time than is planned."""
        return self.available < self.planned


def squeeze_of(steps: Sequence[PlannedStep], *, begin: date, workdays: Workdays) -> Squeeze | None:
    """Return the squeeze when work can begin on a day; None where the plan has no gap analysis, or it is done."""
    step = next((one for one in steps if one.step == ANALYSIS), None)
    if step is None or step.is_done:
        return None
    available = max(0, workdays.count(begin, step.ends_on))
    return Squeeze(begin, step.ends_on, available, workdays.count(step.starts_on, step.ends_on))
