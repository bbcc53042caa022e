"""Times of an agenda: when an item ends, and which items want the same time. Pure."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

MINUTES_A_DAY = 24 * 60
USUAL_MINUTES = 120
"""How long a meeting is taken to last in calendars while its agenda does not say."""


class Slot(NamedTuple):
    """The time of one item: from when on the wall clock, and for how many minutes if that is known."""

    item: int
    starts_at: str
    minutes: int | None


def ends_at(starts_at: str | None, minutes: int | None) -> str | None:
    """Return the clock at which an item ends; None where its time is not known. Midnight is as far as it goes."""
    if starts_at is None or minutes is None:
        return None
    end = min(_of_day(starts_at) + minutes, MINUTES_A_DAY - 1)
    return f"{end // 60:02d}:{end % 60:02d}"


def find_overlaps(slots: Iterable[Slot]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of items that want the same time, in the order of their times.

    An item that ends when another begins is in nobody's way. One of unknown length takes a single minute.
    """
    ordered = sorted(slots, key=lambda slot: (_of_day(slot.starts_at), slot.item))
    return tuple((one.item, other.item) for one, other in combinations(ordered, 2) if _meet(one, other))


def span_of(slots: Sequence[Slot]) -> tuple[str, int] | None:
    """Return when the first item begins and how many minutes it is until the last ends; None without any time."""
    if not slots:
        return None
    begin = min(_of_day(slot.starts_at) for slot in slots)
    end = max(_end(slot) for slot in slots)
    return f"{begin // 60:02d}:{begin % 60:02d}", max(end - begin, 1)


def hours_of(starts_at: str | None, slots: Sequence[Slot]) -> tuple[str, int] | None:
    """Return when a meeting begins and for how many minutes it lasts; None where no time of it is known.

    Its own time counts before that of its first item. It lasts until the last item ends, or as long as is usual.
    """
    span = span_of(slots)
    if starts_at is None:
        return span
    last = max((_end(slot) for slot in slots), default=0)
    return starts_at, last - _of_day(starts_at) if last > _of_day(starts_at) else USUAL_MINUTES


def _meet(one: Slot, other: Slot) -> bool:
    return _of_day(other.starts_at) < _end(one)


def _end(slot: Slot) -> int:
    return _of_day(slot.starts_at) + (slot.minutes or 1)


def _of_day(clock: str) -> int:
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)
