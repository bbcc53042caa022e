"""Several short lists read in one statement: for rows as few as an introduction's, asking costs more than answering."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CompoundSelect, Select, cast, null, text, union_all
from sqlalchemy.types import TypeDecorator, TypeEngine

from pathways.storage.prepared import Prepared, Values
from pathways.storage.unit_of_work import Row, UnitOfWork, constant

Query = Select[*tuple[Any, ...]]  # Any: of any columns
Slots = Mapping[str, int]


class Gathering:
    """Named lists that travel together. Each comes back under its name, its rows under its own columns' names.

    Rows come in no particular order: whoever needs one sorts.
    """

    def __init__(self, **lists: Query) -> None:
        kinds: list[TypeEngine[Any]] = []  # Any: one type after the other
        self._slots: dict[str, Slots] = {name: _take_slots(query, kinds) for name, query in lists.items()}
        self._names = tuple(lists)
        self._query = Prepared(_side_by_side(list(lists.values()), list(self._slots.values()), kinds))

    def read(self, work: UnitOfWork, keys: Values) -> dict[str, list[Row]]:
        """Return every list, with `keys` for the bound parameters of all of them."""
        found: dict[str, list[Row]] = {name: [] for name in self._names}
        for number, *values in self._query.rows(work.connection, keys):
            name = self._names[number]
            found[name].append({column: values[slot] for column, slot in self._slots[name].items()})
        return found


def _take_slots(query: Query, kinds: list[TypeEngine[Any]]) -> Slots:  # Any: as above
    """Give each column the first free slot of its type; where there is none, a new one is added to `kinds`."""
    slots: dict[str, int] = {}
    for column in query.selected_columns:
        kind = _kind_of(column.type)
        free = (slot for slot, known in enumerate(kinds) if _kind_of(known) is kind and slot not in slots.values())
        slot = next(free, len(kinds))
        if slot == len(kinds):
            kinds.append(column.type)
        slots[str(column.key)] = slot
    return slots


def _kind_of(form: TypeEngine[Any]) -> type:  # Any: as above
    """Return what tells types apart; of those of our own SQLAlchemy knows no Python type, and says `object` of all."""
    return type(form) if isinstance(form, TypeDecorator) else form.python_type


def _side_by_side(
    queries: list[Query], slots: list[Slots], kinds: list[TypeEngine[Any]]
) -> CompoundSelect[*tuple[Any, ...]]:  # Any: as above
    """Return the union of the lists, with the list's number first and nothing where a list has no such column.

    The first of them tells the database the types of all.
    """
    filled = []
    for number, (query, taken) in enumerate(zip(queries, slots, strict=True)):
        columns = {slot: query.selected_columns[name] for name, slot in taken.items()}
        empty = [cast(null(), kind) if number == 0 else text("NULL") for kind in kinds]
        placed = [columns.get(slot, nothing) for slot, nothing in enumerate(empty)]
        filled.append(query.with_only_columns(constant(number).label("list"), *placed))
    return union_all(*filled)
