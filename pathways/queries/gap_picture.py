"""What the units' answers say together, step by step: how many answered what, never a mean; and why (pure)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pathways.models.gap import InvitationState, Verdict
from pathways.services.evidence import GAP_LEVEL
from pathways.services.gap.answers import CAUSES, HINDERS, causes_of, hinders_of, level_of
from pathways.services.gap.step_diff import TitledStep
from pathways.storage.unit_of_work import Row

LEVELS = ("0", "1", "2", "3")
ANSWERS = (*LEVELS, "not_applicable", "dont_know")
UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class StepPicture:
    """How the units answered one step. `counts` goes by answer; `unanswered` units were asked and are waited for."""

    number: int
    step: TitledStep
    counts: Counter[str]
    causes: Counter[str]

    @property
    def gaps(self) -> int:
        """Return how many units see a moderate or large gap."""
        return sum(self.counts[str(level)] for level in range(GAP_LEVEL, len(LEVELS)))

    @property
    def answered(self) -> int:
        """Return how many units answered the step."""
        return sum(self.counts[answer] for answer in ANSWERS)


@dataclass(frozen=True, slots=True)
class CauseCount:
    """How often a cause was named for a gap: in how many answers, by how many units, and in which steps."""

    cause: str
    answers: int
    units: int
    steps: tuple[int, ...]


def picture_steps(
    steps: Sequence[TitledStep], answers: Iterable[Row], invited: Iterable[Row]
) -> tuple[StepPicture, ...]:
    """Return every step in the order of the pathway."""
    by_step: dict[str, list[Row]] = defaultdict(list)
    for row in answers:
        by_step[row["step"]].append(row)
    waited = [row["unit_id"] for row in invited if row["state"] == InvitationState.WAITING]
    return tuple(_picture(number, step, by_step[step.ref], waited) for number, step in enumerate(steps, start=1))


def largest_first(pictures: Iterable[StepPicture]) -> tuple[StepPicture, ...]:
    """Return the steps by how many units see a gap, large gaps before moderate ones; what nobody knows comes next."""
    return tuple(
        sorted(
            pictures,
            key=lambda one: (-one.gaps, -one.counts["3"], -one.counts["1"], -one.counts["dont_know"], one.number),
        )
    )


def count_causes(steps: Sequence[TitledStep], answers: Iterable[Row]) -> tuple[CauseCount, ...]:
    """Return the causes named for gaps of any size, the commonest first."""
    return _count(steps, answers, CAUSES, causes_of)


def count_hinders(steps: Sequence[TitledStep], answers: Iterable[Row]) -> tuple[CauseCount, ...]:
    """Return under which of the five headings what hinders was found, the commonest first."""
    return _count(steps, answers, HINDERS, hinders_of)


def _count(
    steps: Sequence[TitledStep],
    answers: Iterable[Row],
    names: Iterable[str],
    named_in: Callable[[Row], tuple[str, ...]],
) -> tuple[CauseCount, ...]:
    numbers = {step.ref: number for number, step in enumerate(steps, start=1)}
    named = [
        (cause, row["unit_id"], numbers[row["step"]])
        for row in answers
        if row["verdict"] == Verdict.LEVEL and row["level"] and row["step"] in numbers
        for cause in named_in(row)
    ]
    found = (
        CauseCount(
            cause,
            sum(one == cause for one, _, _ in named),
            len({unit_id for one, unit_id, _ in named if one == cause}),
            tuple(sorted({number for one, _, number in named if one == cause})),
        )
        for cause in names
    )
    return tuple(sorted((one for one in found if one.answers), key=lambda one: (-one.answers, -one.units)))


def _picture(number: int, step: TitledStep, answers: list[Row], waited: list[int]) -> StepPicture:
    counts = Counter(level_of(row) for row in answers)
    counts[UNANSWERED] = len({*waited} - {row["unit_id"] for row in answers})
    gaps = [row for row in answers if row["verdict"] == Verdict.LEVEL and row["level"]]
    return StepPicture(number, step, counts, Counter(cause for row in gaps for cause in causes_of(row)))
