"""On which day a learning loop is due. Whether it is held, and what it decides, is elsewhere."""

from datetime import date

from pathways.workdays import MoveRule, Workdays


def due_on(anchor: date, number: int, *, interval_months: int, rule: MoveRule | str, workdays: Workdays) -> date:
    """Return the due day of loop `number` (1 is the first): so many months after the anchor, as the rule moves it.

    Counted from the anchor each time, so that neither a short month nor a moved day drags later loops along.
    """
    return workdays.move(workdays.months_after(anchor, number * interval_months), rule)
