"""Which activities a review is about, what was foretold of them, and since when its loop has run."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pathways.models.loop import LoopState
from pathways.models.plan import ActivityState
from pathways.models.review import Verdict
from pathways.storage.unit_of_work import Row

ENDED = frozenset({ActivityState.DONE, ActivityState.STOPPED})


def begun_on(loops: Iterable[Row], number: int, anchor_on: date | None) -> date | None:
    """Return the day on which loop `number` began: when the one before it was held, or the plan was adopted."""
    held = [loop["held_on"] for loop in loops if loop["state"] == LoopState.HELD and loop["number"] < number]
    return max(held, default=anchor_on)


def predictions_for(predictions: Iterable[Row], loops: Iterable[Row], number: int) -> dict[str, Row]:
    """Return what is foretold for loop `number`, by activity.

    What was foretold for a loop that was skipped or merged counts for the next one that is held.
    """
    last_held = max(
        (loop["number"] for loop in loops if loop["state"] == LoopState.HELD and loop["number"] < number), default=0
    )
    found: dict[str, Row] = {}
    for row in sorted(predictions, key=lambda row: int(row["loop"])):
        if last_held < row["loop"] <= number:
            found[row["activity_ref"]] = row
    return found


def under_test(activities: Iterable[Row], foretold: Mapping[str, Row], reviewed: Sequence[Row]) -> list[Row]:
    """Return the activities that a review looks at: those foretold, those under way, those that ended since last time.

    An activity that had ended when it was reviewed is over, unless its test was extended.
    """
    newest = {row["activity_ref"]: row for row in sorted(reviewed, key=lambda row: int(row["loop"]))}
    return [row for row in activities if row["ref"] in foretold or _is_under_test(row, newest.get(row["ref"]))]


def _is_under_test(activity: Row, before: Row | None) -> bool:
    if activity["state"] == ActivityState.UNDER_WAY:
        return True
    if activity["state"] not in ENDED:
        return False
    return before is None or before["state"] not in ENDED or before["decision"] == Verdict.EXTEND
