"""Writes a region's whole log to an open file, in either form, and counts what was written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TextIO

from pathways.exports.naming import Naming
from pathways.exports.ocel import MEDIA_TYPE as OCEL_TYPE
from pathways.exports.ocel import ocel
from pathways.exports.xes import MEDIA_TYPE as XES_TYPE
from pathways.exports.xes import xes
from pathways.queries.process_log import Trace, read_head, read_traces
from pathways.storage.unit_of_work import UnitOfWork

XES, OCEL = "xes", "ocel"
ENDINGS = {XES: "xes", OCEL: "jsonocel"}
MEDIA_TYPES = {XES: XES_TYPE, OCEL: OCEL_TYPE}
Advance = Callable[[float, str], None]


@dataclass(slots=True)
class Written:
    """How many introductions and events a file holds."""

    introductions: int = 0
    events: int = 0


def write_log(
    work: UnitOfWork,
    file: TextIO,
    form: str,
    *,
    region_id: int,
    is_anonymous: bool = False,
    advance: Advance = lambda _part, _word: None,
) -> Written:
    """Write the log of a region as it is in this transaction. However long it is, little of it is held at a time."""
    head = read_head(work, region_id=region_id)
    naming, counted = Naming(head, is_anonymous), Written()
    rounds = 1 if form == XES else 2

    def traces(number: int) -> Iterator[Trace]:
        for done, trace in enumerate(read_traces(work, region_id=region_id), start=1):
            if number == rounds:
                counted.introductions, counted.events = done, counted.events + len(trace.steps)
            advance((number - 1 + done / max(1, head.cases)) / rounds, naming.case(done, trace))
            yield trace

    turns = iter(range(1, rounds + 1))
    pieces = xes(naming, traces(next(turns))) if form == XES else ocel(naming, lambda: traces(next(turns)))
    file.writelines(pieces)
    return counted
