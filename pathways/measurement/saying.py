"""Puts a telling into words with the texts, the number form and the day form that the caller gives."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Protocol

from pathways.measurement.judgement import Telling

FAMILIES = {"mark": "measure.mark", "side": "measure.side", "line": "measure.line"}  # values that are words


class Says(Protocol):
    """The texts of one language."""

    def say(self, text_id: str, /, **values: object) -> str:
        """Return the sentence of this id."""
        ...


def say(
    telling: Telling, texts: Says, *, number: Callable[[float], str], day: Callable[[date], str], **more: object
) -> str:
    """Return the sentence, with a capital; `more` holds what only the caller knows, as the indicator's `name`.

    `number` gets measured values (with their unit), `day` the first day of a period or a date; whole numbers named
    `n`, `percent` and the like stay as they are.
    """

    def worded(name: str, value: object) -> object:
        if isinstance(value, StrEnum) and name in FAMILIES:
            return texts.say(f"{FAMILIES[name]}.{value}")
        if isinstance(value, date):
            return day(value)
        return number(value) if name in QUANTITIES and isinstance(value, int | float) else value

    values = {name: worded(name, value) for name, value in telling.values.items()}
    said = texts.say(telling.id, **values, **more)
    return said[:1].upper() + said[1:]


QUANTITIES = frozenset({"value", "centre", "target"})
