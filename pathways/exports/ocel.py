"""Writes a log as OCEL 2.0 (JSON): introductions, tasks, activities, decisions, loops, reviews, indicators as objects.

Objects and events stand in two lists, so the traces are gone through twice; each piece is written as it is made, and
only one trace is held at a time.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from pathways.exports.naming import Naming
from pathways.queries.process_log import TOLD, Plain, Step, Touched, Trace

MEDIA_TYPE = "application/json"
INTRODUCTION, UNIT, BODY = "introduction", "unit", "body"
_WHOLE = frozenset({"snoozes", "level", "cost_once", "cost_yearly", "rank", "number", "months", "loop"})
_TRUTH = frozenset({"closed", "holds", "share", "is_late"})
_DAYS = frozenset(
    {
        *("due_on", "start_on", "opened_on", "closes_on", "meeting_on", "hand_in_on", "held_on", "recorded_on"),
        *("retired_on", "starts", "frozen_through", "by_on", "data_until"),
    }
)
_OF_EVENTS = ("choice", "role", "phase", "place", "standing")
_OF_INTRODUCTIONS = ("pathway", "number", "origin", "phase", "standing")
_BEGINNING = "1970-01-01T00:00:00.000+00:00"
"""The time that OCEL gives to what never changes."""

Traces = Callable[[], Iterable[Trace]]


@dataclass
class _Object:
    """An object as it is gathered: its values over time, and what it belongs to."""

    kind: str
    values: list[dict[str, object]] = field(default_factory=list)
    related: dict[tuple[str, str], None] = field(default_factory=dict)


def ocel(naming: Naming, traces: Traces) -> Iterator[str]:
    """Give the document in pieces; `traces` is called twice and must tell the same each time."""
    kinds = {INTRODUCTION: _OF_INTRODUCTIONS, UNIT: ("name",), BODY: ("name",), **TOLD}
    yield '{"objectTypes":'
    yield json.dumps([_type(kind, names) for kind, names in kinds.items()])
    yield ',"eventTypes":'
    yield json.dumps([_type(command, _OF_EVENTS) for command in naming.head.commands])
    yield ',"objects":['
    yield from _joined(_objects(naming, traces()))
    yield '],"events":['
    yield from _joined(_events(naming, traces()))
    yield "]}\n"


def _type(name: str, attributes: Iterable[str]) -> dict[str, object]:
    return {"name": name, "attributes": [{"name": one, "type": _kind(one)} for one in attributes]}


def _kind(name: str) -> str:
    if name in _DAYS:
        return "time"
    if name in _WHOLE:
        return "integer"
    return "boolean" if name in _TRUTH else "string"


def _joined(records: Iterable[dict[str, object]]) -> Iterator[str]:
    """Give the records with commas between, a line each."""
    separator = "\n"
    for record in records:
        yield separator + json.dumps(record, ensure_ascii=False)
        separator = ",\n"


def _objects(naming: Naming, traces: Iterable[Trace]) -> Iterator[dict[str, object]]:
    for kind, known, name_of in ((BODY, naming.head.bodies, naming.body), (UNIT, naming.head.units, naming.unit)):
        for number in known:
            values = [{"name": "name", "time": _BEGINNING, "value": name_of(number)}]
            yield {"id": f"{kind}:{number}", "type": kind, "attributes": values, "relationships": []}
    for number, trace in enumerate(traces, start=1):
        for key, one in _gathered(naming, number, trace).items():
            related = [{"objectId": other, "qualifier": how} for other, how in one.related]
            yield {"id": key, "type": one.kind, "attributes": one.values, "relationships": related}


def _gathered(naming: Naming, number: int, trace: Trace) -> dict[str, _Object]:
    """Return an introduction and the things in it, with every value that they have had."""
    case = naming.case(number, trace)
    own = _Object(INTRODUCTION)
    own.values += [
        {"name": "pathway", "time": _BEGINNING, "value": naming.pathway(trace)},
        {"name": "number", "time": _BEGINNING, "value": trace.number},
        {"name": "origin", "time": _BEGINNING, "value": naming.head.origin},
    ]
    found, stood = {case: own}, ("", "")
    for step in trace.steps:
        at = naming.moment(step.at)
        for name, before, now in zip(("phase", "standing"), stood, (step.phase, step.standing), strict=True):
            if now != before:
                own.values.append({"name": name, "time": at, "value": now})
        stood = (step.phase, step.standing)
        for one in step.touched:
            thing = found.setdefault(_key(case, one), _Object(one.kind))
            thing.related[case, "of"] = None
            thing.related.update(dict.fromkeys(_concerned(one)))
            thing.values += [
                {"name": name, "time": at, "value": _value(naming, name, value)} for name, value in one.values.items()
            ]
        for tie in step.ties:
            if tie.of is not None:
                found[_named(case, tie.of)].related[_named(case, tie.to), tie.how] = None
    return found


def _events(naming: Naming, traces: Iterable[Trace]) -> Iterator[dict[str, object]]:
    for number, trace in enumerate(traces, start=1):
        case = naming.case(number, trace)
        for step in trace.steps:
            yield {
                "id": f"{case}:e{step.seq}",
                "type": step.command,
                "time": naming.moment(step.at),
                "attributes": [{"name": name, "value": getattr(step, name)} for name in _OF_EVENTS],
                "relationships": [{"objectId": key, "qualifier": how} for key, how in _related(case, step)],
            }


def _related(case: str, step: Step) -> dict[tuple[str, str], None]:
    """Return what an event concerns, each once and in order; what it altered is not told as tied as well."""
    found: dict[tuple[str, str], None] = {(case, "case"): None}
    for one in step.touched:
        found[_key(case, one), "made" if one.made else "altered"] = None
        found.update(dict.fromkeys(_concerned(one)))
    told = {key for key, _ in found}
    tied = ((_named(case, tie.to), tie.how) for tie in step.ties)
    found.update(dict.fromkeys(one for one in tied if one[0] not in told))
    return found


def _concerned(one: Touched) -> list[tuple[str, str]]:
    places = ((UNIT, one.unit_id), (BODY, one.body_id))
    return [(f"{kind}:{number}", kind) for kind, number in places if number is not None]


def _key(case: str, one: Touched) -> str:
    return _named(case, (one.kind, one.ref))


def _named(case: str, thing: tuple[str, str]) -> str:
    return ":".join((case, *thing))


def _value(naming: Naming, name: str, value: Plain) -> Plain:
    return naming.day(date.fromisoformat(value)) if name in _DAYS and isinstance(value, str) else value
