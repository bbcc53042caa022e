"""Writes a log as XES (IEEE 1849): a trace for each introduction, an event for each command. Line by line, never whole.

Command, phase and role are told by their ids, which are the same in every region and language.
"""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from pathways.exports.naming import Naming
from pathways.queries.process_log import Step, Trace

MEDIA_TYPE = "application/xml"
_EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Lifecycle", "lifecycle"),
    ("Organizational", "org"),
)
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n'
)
_GLOBALS = (
    '  <global scope="trace">\n    <string key="concept:name" value="?"/>\n  </global>\n'
    '  <global scope="event">\n    <string key="concept:name" value="?"/>\n'
    '    <date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>\n'
    '    <string key="lifecycle:transition" value="complete"/>\n    <string key="org:role" value="?"/>\n  </global>\n'
    '  <classifier name="Command" keys="concept:name"/>\n  <classifier name="Role" keys="org:role"/>\n'
)


def xes(naming: Naming, traces: Iterable[Trace]) -> Iterator[str]:
    """Give the document in pieces."""
    yield _OPENING
    for name, prefix in _EXTENSIONS:
        yield f'  <extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>\n'
    yield _GLOBALS
    yield _text("concept:name", naming.log, indent=2)
    yield _text("origin", naming.head.origin, indent=2)
    for number, trace in enumerate(traces, start=1):
        yield "".join(_trace(naming, number, trace))
    yield "</log>\n"


def _trace(naming: Naming, number: int, trace: Trace) -> Iterator[str]:
    yield "  <trace>\n"
    yield _text("concept:name", naming.case(number, trace), indent=4)
    yield _text("pathway", naming.pathway(trace), indent=4)
    yield f'    <int key="introduction" value="{trace.number}"/>\n'
    for step in trace.steps:
        yield "    <event>\n"
        for key, value in _told(naming, step):
            yield _text(key, value, indent=6)
        yield f'      <date key="time:timestamp" value="{naming.moment(step.at)}"/>\n'
        yield "    </event>\n"
    yield "  </trace>\n"


def _told(naming: Naming, step: Step) -> Iterator[tuple[str, str]]:
    yield "concept:name", step.command
    yield "lifecycle:transition", "complete"
    yield "org:role", step.role
    if step.body_id is not None:
        yield "org:group", naming.body(step.body_id)
    yield "phase", step.phase
    yield "place", step.place
    yield "standing", step.standing
    if step.choice:
        yield "choice", step.choice


def _text(key: str, value: str, *, indent: int) -> str:
    """Return one attribute; what no XML document may hold becomes the sign for an unknown letter."""
    return f"{' ' * indent}<string key={quoteattr(key)} value={quoteattr(_FORBIDDEN.sub(chr(0xFFFD), value))}/>\n"
