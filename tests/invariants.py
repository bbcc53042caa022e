"""The one checker of the printed promise: every accepted command stands once, whole, and nothing is told twice.

Tests of the model and of faults end with `assert_promise_kept`; what a clean database looks like is decided by
`pathways.services.verify`, and this adds what only the client knows: which commands were accepted.
"""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Table, func, select

from notifications.message import MessageKind
from notifications.outbox import State
from notifications.tables import inbox_item, outbox_message
from pathways.bootstrap import App
from pathways.models.case_rows import CASE_TABLES
from pathways.models.every import METADATA
from pathways.models.introduction import Event, Introduction, Timer, TimerState
from pathways.services.ask import Receipt
from pathways.services.verify import verify
from pathways.storage.fold import changes_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_event, _introduction, _timer = table_of(Event), table_of(Introduction), table_of(Timer)

Accepted = Mapping[str, Receipt]


def assert_promise_kept(app: App, accepted: Accepted) -> None:
    """Fails with what is wrong unless the database holds what the promise says, for these receipts by command id."""
    assert verify(app) == ()
    with app.read() as work:
        for command_id, receipt in accepted.items():
            _assert_stands_once(work, command_id, receipt)
        _assert_unique(work, outbox_message, "dedup_key")
        _assert_unique(work, inbox_item, "dedup_key")
        live = select(*(_timer.c[name] for name in ("introduction_id", "kind", "occurrence")))
        keys = [tuple(row.values()) for row in work.rows(live.where(_timer.c.state == TimerState.LIVE))]
        assert len(keys) == len(set(keys)), "two live timers for one key"


def assert_all_told(app: App) -> None:
    """Fails unless every message has come to its end: in an inbox exactly once, or needless (a correction undid it)."""
    with app.read() as work:
        rows = work.rows(select(outbox_message.c.dedup_key, outbox_message.c.kind, outbox_message.c.state))
        shown = work.values(select(inbox_item.c.dedup_key))
    waiting = [row for row in rows if row["state"] in {State.PENDING, State.DEAD}]
    assert not waiting, f"{len(waiting)} messages were not delivered, the first is {waiting[0]}"
    ours = [row for row in rows if row["kind"] != MessageKind.WEEKLY_DIGEST]
    needless = {row["dedup_key"] for row in ours if row["state"] == State.SKIPPED}
    told = sorted(row["dedup_key"] for row in ours if row["state"] != State.SKIPPED)
    assert sorted(key for key in shown if key not in needless) == told
    assert len(shown) == len(set(shown))


def fingerprint(app: App) -> dict[str, object]:
    """Returns what a refused command must leave as it was: the number of rows of every table, and every head."""
    with app.read() as work:
        counts: dict[str, object] = {
            table.name: work.value(select(func.count()).select_from(table)) for table in METADATA.sorted_tables
        }
        heads = work.rows(select(_introduction.c.id, _introduction.c.version, _introduction.c.head_hash))
    return {**counts, "heads": sorted(tuple(head.values()) for head in heads)}


def same_answer(first: Receipt, again: Receipt) -> bool:
    """Says whether a repeated command id was answered as the first time, and marked as repeated."""
    return again == replace(first, repeated=True)


def _assert_stands_once(work: UnitOfWork, command_id: str, receipt: Receipt) -> None:
    events = work.rows(select(_event).where(_event.c.command_id == command_id))
    assert len(events) == 1, f"{command_id} stands {len(events)} times in the log"
    event = events[0]
    told = (receipt.introduction_id, receipt.seq, receipt.command, receipt.place)
    assert told == tuple(event[name] for name in ("introduction_id", "seq", "command", "place"))
    made = tuple((change.table, change.ref) for change in changes_of(event) if change.made)
    assert receipt.made == made
    for table, ref in made:
        _assert_row_and_word(work, event, table, ref)


def _assert_row_and_word(work: UnitOfWork, event: Row, name: str, ref: str) -> None:
    """A row that an event made is there; a task that was handed to somebody has its message in the outbox."""
    table = table_of(CASE_TABLES[name])
    row = work.find(select(table).where(table.c.introduction_id == event["introduction_id"], table.c.ref == ref))
    assert row is not None, f"{name} {ref} is lost"
    assert row["made_in"] == event["seq"]
    if name != "task":
        return
    values = next(
        change.values for change in changes_of(event) if change.made and (change.table, change.ref) == (name, ref)
    )
    if (assignee := values["assignee_id"]) is not None:
        key = f"{event['introduction_id']}:{event['seq']}:{MessageKind.TASK_HANDED}:{ref}:{assignee}"
        told = work.value(select(func.count()).where(outbox_message.c.dedup_key == key))
        assert told == 1, f"nobody was told of task {ref}"


def _assert_unique(work: UnitOfWork, table: Table, column: str) -> None:
    values = work.values(select(table.c[column]))
    assert len(values) == len(set(values)), f"{table.name} holds one {column} twice"
