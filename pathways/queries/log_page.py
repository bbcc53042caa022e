"""One introduction's history a page at a time, newest first, however long it is; and what each event was about.

What a correction undid is told at both ends: at the correction, and at every event that it made undone.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, case, null, or_, select

from pathways.models.introduction import Event, LogText
from pathways.models.organisation import Person
from pathways.queries.subjects import load_subjects
from pathways.storage.fold import changes_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

CORRECT = "correct"
PAGE = 50
BATCH = 500
CHOICES = ("outcome", "decision")

_event, _text, _person = table_of(Event), table_of(LogText), table_of(Person)
_before, _behalf = _event.alias("before"), _person.alias("behalf")
_CASE: BindParameter[int] = bindparam("case")
_MINE = (_event.c.region_id == bindparam("region"), _event.c.introduction_id == _CASE)
_MOVED: ColumnElement[bool] = or_(
    _before.c.seq.is_(None), _event.c.configuration != _before.c.configuration, _event.c.history != _before.c.history
)
_ONE_BEFORE = and_(_before.c.introduction_id == _event.c.introduction_id, _before.c.seq == _event.c.seq - 1)
_ROWS: Select[tuple[object, ...]] = (
    select(
        *(_event.c[name] for name in ("seq", "command", "actor_id", "at", "phase", "place", "standing", "payload")),
        _MOVED.label("moved"),
        _person.c.name.label("actor"),
        _behalf.c.name.label("on_behalf"),
        _text.c.body.label("reason"),
    )
    .outerjoin(_before, _ONE_BEFORE)
    .outerjoin(_person, _person.c.id == _event.c.actor_id)
    .outerjoin(_behalf, _behalf.c.id == _event.c.on_behalf_id)
    .outerjoin(_text, and_(_text.c.introduction_id == _event.c.introduction_id, _text.c.digest == _event.c.reason))
    .where(*_MINE)
)
_KINDS = _event.c.command.in_(bindparam("commands", expanding=True))
_AS_OF = _event.c.at <= bindparam("as_of", type_=_event.c.at.type)
_OLDER = _ROWS.where(_event.c.seq < bindparam("before_seq")).order_by(_event.c.seq.desc()).limit(bindparam("limit"))
_ONWARD = _ROWS.where(_event.c.seq > bindparam("after_seq")).order_by(_event.c.seq).limit(bindparam("limit"))
_NEWER = (
    select(_event.c.seq)
    .where(*_MINE, _event.c.seq >= bindparam("before_seq"))
    .order_by(_event.c.seq)
    .limit(bindparam("limit"))
)
_CORRECTIONS: Select[tuple[object, ...]] = (
    select(
        _event.c.seq,
        case((_event.c.command == CORRECT, _event.c.payload["given", "undo_to"].as_integer()), else_=null()),
    )
    .where(*_MINE, _event.c.command == CORRECT)
    .order_by(_event.c.seq)
)
_MOVES: Select[tuple[int]] = (
    select(_event.c.seq)
    .outerjoin(_before, _ONE_BEFORE)
    .where(*_MINE, _MOVED, _event.c.seq > bindparam("undo_to"), _event.c.seq < bindparam("until"))
    .order_by(_event.c.seq)
)
NO_END = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """One accepted command as history tells it.

    `choice` is what was decided, `about` the names of people, tasks or units it concerned. `undone_by` is the
    correction that undid it, `undoes` the events that it undid itself. An erased reason is None.
    """

    seq: int
    command: str
    choice: str | None
    about: tuple[str | dict[str, str], ...]
    actor_id: int | None
    actor: str | None
    on_behalf: str | None
    at: datetime
    reason: str | None
    phase: str
    place: str
    standing: str
    moved: bool
    undone_by: int | None
    undoes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some events, newest first, and the cursors of the pages around: the number to ask for events before."""

    rows: tuple[LoggedEvent, ...]
    older: int | None
    newer: int | None


def log_page(
    work: UnitOfWork,
    *,
    region_id: int,
    introduction_id: int,
    before: int | None = None,
    commands: Collection[str] | None = None,
    as_of: datetime | None = None,
    limit: int = PAGE,
) -> LogPage:
    """Return at most `limit` events older than event `before`, the newest first.

    `commands` narrows to some kinds; as of an earlier moment only what had happened then is told.
    """
    keys = _keys(region_id, introduction_id, commands, as_of)
    query = _narrowed(_OLDER, commands, as_of)
    rows = work.rows(query, {**keys, "before_seq": before or NO_END, "limit": limit + 1})
    older = rows[limit - 1]["seq"] if len(rows) > limit else None
    newer = None
    if before is not None:
        following = work.values(_narrowed(_NEWER, commands, as_of), {**keys, "before_seq": before, "limit": limit})
        newer = following[-1] + 1 if following else None
    return LogPage(_told(work, rows[:limit], keys), older, newer)


def whole_log(
    work: UnitOfWork, *, region_id: int, introduction_id: int, commands: Collection[str] | None = None
) -> Iterator[LoggedEvent]:
    """Yield every event, the oldest first; read in batches, so that a long history never stands in memory whole."""
    keys = _keys(region_id, introduction_id, commands, None)
    query = _narrowed(_ONWARD, commands, None)
    after = 0
    while rows := work.rows(query, {**keys, "after_seq": after, "limit": BATCH}):
        yield from _told(work, rows, keys)
        after = rows[-1]["seq"]


def list_moves(work: UnitOfWork, *, region_id: int, introduction_id: int, after: int) -> list[int]:
    """Return the numbers of the events after `after` that moved the introduction: what a correction would undo."""
    return work.values(_MOVES, {"region": region_id, "case": introduction_id, "undo_to": after, "until": NO_END})


def list_since(work: UnitOfWork, *, region_id: int, introduction_id: int, after: int) -> tuple[LoggedEvent, ...]:
    """Return what has happened since event `after`, the oldest first, one batch at most."""
    keys = _keys(region_id, introduction_id, None, None)
    return _told(work, work.rows(_ONWARD, {**keys, "after_seq": after, "limit": BATCH}), keys)


def list_changes(
    work: UnitOfWork, *, region_id: int, introduction_id: int, after: int, table: str, ref: str
) -> set[str]:
    """Return the columns of one row that events after `after` have changed."""
    keys = {"region": region_id, "case": introduction_id, "after_seq": after, "limit": BATCH}
    changes = (change for row in work.rows(_ONWARD, keys) for change in changes_of(row))
    return {name for change in changes if (change.table, change.ref) == (table, ref) for name in change.values}


def is_move(work: UnitOfWork, *, region_id: int, introduction_id: int, seq: int) -> bool:
    """Say whether an event moved the introduction, so that a correction can undo it."""
    keys = {"region": region_id, "case": introduction_id, "undo_to": seq - 1, "until": seq + 1}
    return work.value(_MOVES, keys) is not None


def _keys(
    region_id: int, introduction_id: int, commands: Collection[str] | None, as_of: datetime | None
) -> dict[str, object]:
    keys: dict[str, object] = {"region": region_id, "case": introduction_id}
    if commands is not None:
        keys["commands"] = sorted(commands)
    if as_of is not None:
        keys["as_of"] = as_of
    return keys


def _narrowed(
    query: Select[tuple[object, ...]] | Select[tuple[int]], commands: Collection[str] | None, as_of: datetime | None
) -> Select[tuple[object, ...]] | Select[tuple[int]]:
    if commands is not None:
        query = query.where(_KINDS)
    return query.where(_AS_OF) if as_of is not None else query


def _told(work: UnitOfWork, rows: list[Row], keys: Mapping[str, object]) -> tuple[LoggedEvent, ...]:
    if not rows:
        return ()
    mine = {name: keys[name] for name in ("region", "case")}
    corrections = [tuple(row.values()) for row in work.rows(_narrowed_to_moment(keys), _moment(keys))]
    undoes = {
        row["seq"]: tuple(work.values(_MOVES, {**mine, "undo_to": undo_to, "until": row["seq"]}))
        for row in rows
        for seq, undo_to in corrections
        if seq == row["seq"]
    }
    subjects = load_subjects(work, rows, introduction_id=int(str(keys["case"])))
    return tuple(_event_of(row, corrections, undoes.get(row["seq"], ()), subjects[row["seq"]]) for row in rows)


def _narrowed_to_moment(keys: Mapping[str, object]) -> Select[tuple[object, ...]]:
    return _CORRECTIONS.where(_AS_OF) if "as_of" in keys else _CORRECTIONS


def _moment(keys: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in keys.items() if name != "commands"}


def _event_of(
    row: Row,
    corrections: list[tuple[object, ...]],
    undoes: tuple[int, ...],
    about: tuple[str | dict[str, str], ...],
) -> LoggedEvent:
    same = ("seq", "command", "actor_id", "actor", "on_behalf", "at", "reason", "phase", "place", "standing")
    return LoggedEvent(
        **{name: row[name] for name in same},
        choice=choice_in(row),
        about=about,
        moved=bool(row["moved"]),
        undone_by=_undoing(row, corrections),
        undoes=undoes,
    )


def _undoing(row: Row, corrections: list[tuple[object, ...]]) -> int | None:
    """Return the first correction that reached back over this event, if the event moved the introduction."""
    if not row["moved"] or row["seq"] == 1:
        return None
    reaching = (int(str(seq)) for seq, undo_to in corrections if int(str(undo_to)) < row["seq"] < int(str(seq)))
    return next(reaching, None)


def choice_in(event: Row) -> str | None:
    """Return what was chosen with a command: a decision's outcome, or what a learning loop decided."""
    given = event["payload"].get("given", {})
    if chosen := next((given[name] for name in CHOICES if given.get(name)), None):
        return str(chosen)
    decided = (change.values.get("decision") for change in changes_of(event) if change.table == "learning_loop")
    return next((str(one) for one in decided if one), None)
