"""A cast of people, a database of either kind with this package's tables, and one way to read time."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import NullPool

from notifications.channels.base import Recipient
from notifications.channels.inbox import InboxChannel
from notifications.channels.memory import MemoryChannel
from notifications.delivery import DeliveryReport, Post, deliver_due
from notifications.message import JsonValue, Message, MessageKind, Urgency
from notifications.render import Renderer
from notifications.tables import delivery_receipt, inbox_item, outbox_message
from tests.conftest import create_database
from tests.notifications.samples import sample_values

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
TABLES = [outbox_message, delivery_receipt, inbox_item]
ASA = Recipient(person_id="person-1", region="dalarna", name="Åsa Öberg", language="sv", address="memory://asa")


@pytest.fixture(scope="session")
def renderer(compiled_texts: None) -> Renderer:
    """Renders with the real templates and texts."""
    return Renderer(base_url="https://forlopp.example")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An empty database with this package's tables, of each kind."""
    made = request.getfixturevalue("sqlite_engine" if request.param == "sqlite" else "postgres_engine")
    assert isinstance(made, Engine)
    return made


@pytest.fixture(scope="session")
def _postgres_database(postgres_url: str) -> Iterator[Engine]:
    with create_database(postgres_url) as url:
        made = create_engine(url)
        outbox_message.metadata.create_all(made, tables=TABLES)
        yield made
        made.dispose()


@pytest.fixture
def postgres_engine(_postgres_database: Engine) -> Engine:
    """The one database of the session, emptied."""
    with _postgres_database.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(table.name for table in TABLES)}"))
    return _postgres_database


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    """A database in a file; also for tests where the kind does not matter."""
    made = _sqlite(tmp_path)
    outbox_message.metadata.create_all(made, tables=TABLES)
    yield made
    made.dispose()


def _sqlite(folder: Path) -> Engine:
    made = create_engine(f"sqlite:///{folder / 'test.db'}", poolclass=NullPool)
    _open_transactions_at_once(made)
    return made


def _open_transactions_at_once(engine: Engine) -> None:
    # What the product's own engine does as well: one writer at a time, from the first statement on.
    @event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous = OFF")  # no power is cut in these tests

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@dataclass
class People:
    """An address book in memory."""

    known: dict[str, Recipient] = field(default_factory=lambda: {ASA.person_id: ASA})

    def find(self, recipient: str, region: str) -> Recipient | None:
        """Finds within the region."""
        person = self.known.get(recipient)
        return person if person is not None and person.region == region else None

    def change(self, person_id: str, **changes: object) -> None:
        """Changes what is known of a person."""
        self.known[person_id] = replace(self.known[person_id], **changes)  # type: ignore[arg-type]  # any field


@dataclass
class Office:
    """The whole package put together on one database, with a mail channel in memory."""

    engine: Engine
    renderer: Renderer
    people: People = field(default_factory=People)
    mail: MemoryChannel = field(default_factory=lambda: MemoryChannel(name="address"))

    @property
    def transaction(self) -> Callable[[], AbstractContextManager[Connection]]:
        """Opens a transaction."""
        return self.engine.begin

    @property
    def post(self) -> Post:
        """What delivery works with."""
        return Post(
            renderer=self.renderer,
            inbox=InboxChannel(self.transaction),
            channels=(self.mail,),
            address_book=self.people,
        )

    def deliver(self, now: datetime = NOW, *, worker: str = "worker") -> DeliveryReport:
        """One round of delivery."""
        return deliver_due(self.transaction, post=self.post, now=now, worker=worker)


@pytest.fixture
def office(engine: Engine, renderer: Renderer) -> Office:
    """Everything but a person's own mail box is real."""
    return Office(engine, renderer)


def build_message(
    dedup_key: str = "event-1:person-1:paused",
    kind: MessageKind = MessageKind.PAUSED,
    *,
    urgency: Urgency = Urgency.AT_ONCE,
    recipient: str = ASA.person_id,
    values: Mapping[str, JsonValue] | None = None,
    not_before: datetime | None = None,
) -> Message:
    """A message like those that services make."""
    return Message(
        kind=kind,
        recipient=recipient,
        region="dalarna",
        dedup_key=dedup_key,
        values=sample_values(kind) if values is None else values,
        urgency=urgency,
        not_before=not_before,
    )
