"""What the pages of the flow show: times as a row of picture and table, and the longest waits as lines."""

from collections.abc import Iterable
from dataclasses import dataclass

from pathways.measurement.lasting import Lasted
from pathways.queries.longest_waits import LongWait
from pathways.web.flow_picture import Row, Scale
from pathways.web.flow_words import (
    half_in_words,
    holder_of,
    middle_in_words,
    name_of,
    singles_in_words,
    tell_times,
    what_waits,
)
from pathways.web.visit import Visit


@dataclass(frozen=True, slots=True)
class TimesShown:
    """The times of a phase or of a wait: their drawing, the sentence that says the same, and the cells of the table."""

    name: str
    known: Lasted
    row: Row
    told: str
    half: str
    middle: str
    singles: str

    @classmethod
    def of(cls, visit: Visit, name: str, known: Lasted, scale: Scale) -> "TimesShown":
        """Return the times in the reader's words."""
        return cls(
            name=name,
            known=known,
            row=scale.row(known),
            told=tell_times(visit, name, known),
            half=half_in_words(visit, known),
            middle=middle_in_words(visit, known),
            singles=singles_in_words(visit, known),
        )


@dataclass(frozen=True, slots=True)
class WaitShown:
    """One long wait: where it leads, whom it waits for, and what."""

    wait: LongWait
    href: str
    name: str
    holder: str
    what: str


def longest_shown(visit: Visit, waits: Iterable[LongWait]) -> list[WaitShown]:
    """Return the longest waits as lines; a task is led to by those who may see it."""
    return [
        WaitShown(
            wait=one,
            href=_href(visit, one),
            name=name_of(visit, one.pathway, one.number),
            holder=holder_of(visit, one),
            what=what_waits(visit, one),
        )
        for one in waits
    ]


def _href(visit: Visit, one: LongWait) -> str:
    root = f"/forlopp/{one.slug}"
    return f"{root}/uppgift/{one.ref}" if one.role and visit.may("see_task") else root
