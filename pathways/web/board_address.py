"""The board's address: every filter, the sorting and the day stand in the query string, so that a view can be sent.

Reading never fails: what cannot be used is told by field, and the rest holds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from urllib.parse import urlencode

from pathways.profiles.vocabulary import Role
from pathways.queries.board_choice import AWAITING_DECISION, STANDINGS, Choice
from states.snapshot import Phase

BOARD, TIMELINE = "/forlopp", "/forlopp/tidslinje"
YES = "ja"
_YES = frozenset({YES, "yes"})  # the second is what a ticked box sends
_LONGEST = 100
_OLDEST = 2000  # before that no national pathway was there
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

SORT_NAMES: Mapping[str, str] = MappingProxyType(
    {"pathway": "namn", "stage": "fas", "days": "dagar", "holder": "boll", "next": "nasta", "late": "sena"}
)
MOST_FIRST = frozenset({"days", "late"})
"""Columns of which the largest is asked for first."""

_SORTS = {name: column for column, name in SORT_NAMES.items()}
_ROLES = frozenset(str(role) for role in Role)
_PHASES = frozenset(str(phase) for phase in Phase)

VIEWS: Mapping[str, Choice] = MappingProxyType(
    {
        "all": Choice(),
        "late": Choice(late=True),
        "awaiting": Choice(standing=AWAITING_DECISION),
        "mine": Choice(mine=True),
    }
)
"""The views that have a name of their own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `errors` holds the id of a sentence for each field that could not be used."""

    choice: Choice
    day: date | None
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def with_choice(self, **changes: object) -> "Asked":
        """Return the same with another choice."""
        return Asked(replace(self.choice, **changes), self.day)  # type: ignore[arg-type]  # names of Choice's fields

    def is_view(self, choice: Choice) -> bool:
        """Say whether this is a named view, however it is sorted."""
        return replace(self.choice, sort=choice.sort, descending=choice.descending) == choice


def read_address(query: Mapping[str, str], *, today: date) -> Asked:
    """Return what the query string asks for; today's own date means now, so that names are known."""
    typed = {name: value.strip()[:_LONGEST] for name, value in query.items()}
    errors: dict[str, str] = {}

    def one_of(name: str, known: frozenset[str]) -> str:
        value = typed.get(name, "")
        if value and value not in known:
            errors[name] = "web.board.error.unknown"
        return value if value in known else ""

    sort = typed.get("sortera", "")
    one_of("sortera", frozenset({*_SORTS, *(f"-{name}" for name in _SORTS)}))
    choice = Choice(
        words=typed.get("q", ""),
        phase=one_of("fas", _PHASES),
        standing=one_of("lage", frozenset(STANDINGS)),
        role=one_of("boll", _ROLES),
        late=typed.get("sena", "") in _YES,
        mine=typed.get("mina", "") in _YES,
        sort=_SORTS.get(sort.removeprefix("-"), "pathway"),
        descending=sort.startswith("-") and "sortera" not in errors,
    )
    day = _read_day(typed.get("datum", ""), today, errors)
    return Asked(choice, day if day != today else None, typed, errors)


def address_of(path: str, asked: Asked) -> str:
    """Return the address that asks for the same and says nothing that goes without saying."""
    choice = asked.choice
    plain = not choice.descending and choice.sort == "pathway"
    pairs = {
        "q": choice.words,
        "fas": choice.phase,
        "lage": choice.standing,
        "boll": choice.role,
        "sena": YES if choice.late else "",
        "mina": YES if choice.mine else "",
        "datum": asked.day.isoformat() if asked.day else "",
        "sortera": "" if plain else sort_value(choice.sort, descending=choice.descending),
    }
    query = urlencode({name: value for name, value in pairs.items() if value})
    return f"{path}?{query}" if query else path


def sort_value(column: str, *, descending: bool) -> str:
    """Return how an address names an order: the column, with a minus where it is turned round."""
    return f"-{SORT_NAMES[column]}" if descending else SORT_NAMES[column]


def sorted_by(asked: Asked, column: str) -> Asked:
    """Return the same sorted by a column; where it is already, the other way round."""
    is_sorted = asked.choice.sort == column
    descending = not asked.choice.descending if is_sorted else column in MOST_FIRST
    return asked.with_choice(sort=column, descending=descending)


def _read_day(typed: str, today: date, errors: dict[str, str]) -> date | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed) if _DAY.fullmatch(typed) else None
    except ValueError:
        day = None
    if day is None or day.year < _OLDEST:
        errors["datum"] = "web.board.error.day"
        return None
    if day > today:
        errors["datum"] = "web.board.error.future"
        return None
    return day
