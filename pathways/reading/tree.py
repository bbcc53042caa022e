"""Turns the text of a YAML or JSON file into plain values and remembers the line of each.

Stricter than the formats: a key twice, an alias or a tag is a flaw. Calmer too: only true, false and null are special
words, so that `on`, `no` and `18:00` stay text. What the values must be is decided by `reading.model`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from pathways.reading.problems import Flaw, Location

DEEPEST = 40
"""Levels of nesting; no data file of ours comes near, and the library crashes far beyond."""

Value = dict[str, "Value"] | list["Value"] | str | int | float | bool | None


@dataclass(slots=True)
class Tree:
    """The values of a file, the line of each, and what was wrong with the way it was written."""

    data: Value = None
    lines: dict[Location, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def line_of(self, where: Location) -> int:
        """Return the line of the value, or of the closest thing around it that is there."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


class _Unreadable(Exception):
    """The text cannot be read to its end."""

    def __init__(self, sentence: str, line: int, **values: str | int) -> None:
        super().__init__(sentence)
        self.sentence, self.line, self.values = sentence, line, values


def read_tree(text: str, *, is_json: bool = False) -> Tree:
    """Return the values of the text with their lines; text that cannot be read gives one flaw and no values."""
    tree = Tree()
    try:
        events = _events(_json_as_yaml(text) if is_json else text)
        first = next(events, None)
        tree.data = None if first is None else _value(first, (), events, tree)
        if (more := next(events, None)) is not None:
            raise _Unreadable("input.not_yaml", _line(more), detail="---")
    except _Unreadable as fault:
        where: Location = ("",)
        return Tree(lines={where: fault.line}, flaws=[Flaw(where, fault.sentence, fault.values)])
    return tree


def _events(text: str) -> Iterator[yaml.Event]:
    """Yield the events that carry values; a fault of the library's becomes ours, with its line."""
    frame = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
    try:
        yield from (event for event in yaml.parse(text, Loader=yaml.CSafeLoader) if not isinstance(event, frame))
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise _Unreadable("input.not_yaml", line, detail=fault.problem or "") from fault
    except yaml.reader.ReaderError as fault:
        raise _Unreadable("input.not_yaml", _line_of_control(text), detail=fault.reason) from fault


def _value(event: yaml.Event, where: Location, events: Iterator[yaml.Event], tree: Tree) -> Value:
    tree.lines.setdefault(where, _line(event))
    if len(where) > DEEPEST:
        raise _Unreadable("input.too_deep", _line(event), n=DEEPEST)
    if isinstance(event, yaml.AliasEvent):
        tree.flaws.append(Flaw(where, "input.alias", {"name": str(event.anchor)}))
        return None
    if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None) not in (None, "!"):
        tree.flaws.append(Flaw(where, "input.foreign_tag", {"tag": str(getattr(event, "tag", ""))}))
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(where, events, tree)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(where, events, tree)
    assert isinstance(event, yaml.ScalarEvent)
    return _plain(event.value) if event.implicit[0] else event.value


def _sequence(where: Location, events: Iterator[yaml.Event], tree: Tree) -> list[Value]:
    values: list[Value] = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        values.append(_value(event, (*where, len(values)), events, tree))
    return values


def _mapping(where: Location, events: Iterator[yaml.Event], tree: Tree) -> dict[str, Value]:
    values: dict[str, Value] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _key(event, where, events, tree)
        place = (*where, key)
        if key in values:
            repeated = (*where, f"{key} ")  # a place of its own: the first one keeps its line and its value
            tree.lines[repeated] = _line(event)
            tree.flaws.append(Flaw(repeated, "input.duplicate_key", {"key": key, "first_line": tree.lines[place]}))
            _value(next(events), repeated, events, Tree())
            continue
        tree.lines[place] = _line(event)
        values[key] = _value(next(events), place, events, tree)
    return values


def _key(event: yaml.Event, where: Location, events: Iterator[yaml.Event], tree: Tree) -> str:
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    tree.flaws.append(Flaw(where, "input.key_not_text"))
    _value(event, where, events, Tree())
    return f"line {_line(event)}"


_PLAIN = re.compile(
    r"(?P<true>true|True|TRUE)|(?P<false>false|False|FALSE)|(?P<null>~|null|Null|NULL|)"
    r"|(?P<int>[-+]?(?:0|[1-9][0-9]{0,17}))|(?P<float>[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?)"
)


def _plain(text: str) -> Value:
    """Return what an unquoted word means: a number, true, false or null, and otherwise itself."""
    match = _PLAIN.fullmatch(text)
    kind = match.lastgroup if match else None
    words: dict[str, Value] = {"true": True, "false": False, "null": None}
    if kind == "int":
        return int(text)
    if kind == "float":
        return float(text)
    return words[kind] if kind else text


def _json_as_yaml(text: str) -> str:
    """Return JSON text as YAML reads it, line by line the same: no tabs before values, no odd characters."""
    try:
        json.loads(text)
    except json.JSONDecodeError as fault:
        raise _Unreadable("input.not_json", fault.lineno, detail=fault.msg) from fault
    except RecursionError as fault:
        raise _Unreadable("input.too_deep", 1, n=DEEPEST) from fault
    text = re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda odd: f"\\u{ord(odd[0]):04x}", text)
    text = re.sub(r"^[ \t]+", lambda blank: " " * len(blank[0]), text, flags=re.MULTILINE)
    return _SURROGATES.sub(_joined, text)


_SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


def _joined(pair: re.Match[str]) -> str:
    point = 0x10000 + ((int(pair[2], 16) - 0xD800) << 10) + int(pair[3], 16) - 0xDC00
    return f"{pair[1]}\\U{point:08X}"


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _line_of_control(text: str) -> int:
    control = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    return text.count("\n", 0, control.start()) + 1 if control else 1
