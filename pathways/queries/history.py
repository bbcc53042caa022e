"""One introduction's history: every accepted command, who gave it, when and why, and what a correction undid."""

from datetime import datetime
from itertools import pairwise

from sqlalchemy import Select, and_, bindparam, case, null, select

from pathways.models.introduction import Event, LogText
from pathways.models.organisation import Person
from pathways.queries.views import HistoryRow
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

CORRECT = "correct"
_event, _text, _person = table_of(Event), table_of(LogText), table_of(Person)
_behalf = _person.alias("behalf")
_MINE = (_event.c.region_id == bindparam("region"), _event.c.introduction_id == bindparam("case"))
_ROWS: Select[tuple[object, ...]] = (
    select(
        *(_event.c[name] for name in ("seq", "command", "actor_id", "at", "phase", "place", "hash")),
        _person.c.name.label("actor"),
        _behalf.c.name.label("on_behalf"),
        _text.c.body.label("reason"),
        case((_event.c.command == CORRECT, _event.c.payload["given", "undo_to"].as_integer()), else_=null()).label(
            "undo_to"
        ),
    )
    .outerjoin(_person, _person.c.id == _event.c.actor_id)
    .outerjoin(_behalf, _behalf.c.id == _event.c.on_behalf_id)
    .outerjoin(_text, and_(_text.c.introduction_id == _event.c.introduction_id, _text.c.digest == _event.c.reason))
    .where(*_MINE)
    .order_by(_event.c.seq)
)
_UNTIL = _ROWS.where(_event.c.at <= bindparam("as_of", type_=_event.c.at.type))
_POSITIONS: Select[tuple[object, ...]] = (
    select(_event.c.seq, _event.c.configuration, _event.c.history).where(*_MINE).order_by(_event.c.seq)
)


def history(
    work: UnitOfWork, *, region_id: int, introduction_id: int, as_of: datetime | None = None
) -> tuple[HistoryRow, ...]:
    """Return the introduction's events, the oldest first; as of an earlier moment those that had happened by then.

    The reason of an event is None where none was given, and where it has been erased by law.
    """
    keys = {"region": region_id, "case": introduction_id}
    rows = work.rows(_ROWS, keys) if as_of is None else work.rows(_UNTIL, {**keys, "as_of": as_of})
    moves = _moves(work, keys) if any(row["undo_to"] is not None for row in rows) else []
    return tuple(_history_row(row, moves) for row in rows)


def _history_row(row: Row, moves: list[int]) -> HistoryRow:
    undo_to = row["undo_to"]
    undoes = () if undo_to is None else tuple(seq for seq in moves if undo_to < seq < row["seq"])
    return HistoryRow(undoes=undoes, **{name: value for name, value in row.items() if name != "undo_to"})


def _moves(work: UnitOfWork, keys: dict[str, int]) -> list[int]:
    """Return the numbers of the events that moved the introduction, which alone a correction undoes."""
    events = work.rows(_POSITIONS, keys)
    return [
        event["seq"]
        for before, event in pairwise(events)
        if (before["configuration"], before["history"]) != (event["configuration"], event["history"])
    ]
