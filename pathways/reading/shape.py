"""Walks plain values that may have any shape, for checks that look across fields; what does not fit is passed over."""

from collections.abc import Iterable, Iterator

from pathways.reading.problems import Flaw, Location
from pathways.reading.tree import Value

Placed = tuple[Location, Value]
"""A value and where it stands."""


def entries(data: Value, key: str) -> Iterator[Placed]:
    """Yield the entries of the list under the key."""
    values = data.get(key) if isinstance(data, dict) else None
    for index, value in enumerate(values if isinstance(values, list) else ()):
        yield (key, index), value


def fields(data: Value, key: str, field: str) -> Iterator[Placed]:
    """Yield one field of each entry of the list under the key."""
    for where, entry in entries(data, key):
        if isinstance(entry, dict) and field in entry:
            yield (*where, field), entry[field]


def members(placed: Iterable[Placed]) -> Iterator[Placed]:
    """Yield each member of the values that are lists, and the others as they are."""
    for where, value in placed:
        if isinstance(value, list):
            yield from (((*where, index), member) for index, member in enumerate(value))
        else:
            yield where, value


def find_repeated(placed: Iterable[Placed]) -> Iterator[Flaw]:
    """Yield a flaw for every text that was there before."""
    seen: set[str] = set()
    for where, value in placed:
        if isinstance(value, str):
            if value in seen:
                yield Flaw(where, "input.duplicate_value", {"given": value})
            seen.add(value)
