"""What no single field of a catalogue can know: names used twice, dates that contradict each other, unknown bodies."""

from collections.abc import Iterable, Iterator

from pathways.reading.problems import Flaw, Location, nearest
from pathways.reading.shape import Placed, entries, fields, find_repeated
from pathways.reading.tree import Value

SENTENCES = ("catalogue.date_mismatch", "catalogue.month_without_year", "catalogue.unknown_body")
"""The sentences that only a catalogue may need."""


def check_catalogue(data: Value) -> Iterable[Flaw]:
    """Return every fault that lies between the fields of a catalogue."""
    return (
        *find_repeated(fields(data, "pathways", "slug")),
        *(flaw for key, name in _UNIQUE_INSIDE for flaw in _repeated_inside(data, key, name)),
        *(flaw for where, entry in entries(data, "pathways") for flaw in _dates(where, entry)),
    )


def check_regional(data: Value) -> Iterable[Flaw]:
    """Return every fault that lies between the fields of a region's picture."""
    known = [slug for _, slug in fields(data, "bodies", "slug") if isinstance(slug, str)]
    table = data.get("status_table") if isinstance(data, dict) else None
    rows: list[Placed] = [(("status_table", *where), value) for where, value in fields(table, "rows", "pathway")]
    unknown = (
        Flaw(where, "catalogue.unknown_body", {"given": body, "known": nearest(body, known)})
        for where, body in fields(data, "known_events", "body")
        if isinstance(body, str) and body not in known
    )
    return (*find_repeated(fields(data, "bodies", "slug")), *find_repeated(rows), *unknown)


_UNIQUE_INSIDE = (("goal_indicators", "name"), ("steps", "ref"), ("versions", "label"))


def _repeated_inside(data: Value, key: str, name: str) -> Iterator[Flaw]:
    """Find names used twice within one pathway."""
    for where, entry in entries(data, "pathways"):
        yield from find_repeated(((*where, *inner), value) for inner, value in fields(entry, key, name))


def _dates(where: Location, entry: Value) -> Iterator[Flaw]:
    """Find a month without its year, and a day of approval that lies in another month or year than stated."""
    if not isinstance(entry, dict):
        return
    day, year, month = (entry.get(key) for key in ("date_approved", "approved_year", "approved_month"))
    if isinstance(month, int) and year is None:
        yield Flaw((*where, "approved_month"), "catalogue.month_without_year", {"given": month})
    for key, stated, part in (("approved_year", year, slice(0, 4)), ("approved_month", month, slice(5, 7))):
        if isinstance(day, str) and isinstance(stated, int) and day[part].isdigit() and int(day[part]) != stated:
            yield Flaw((*where, key), "catalogue.date_mismatch", {"given": stated, "day": day})
