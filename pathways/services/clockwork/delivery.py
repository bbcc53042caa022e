"""Delivers the messages that are due, through the post that the caller has wired."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from sqlalchemy import Connection

from notifications.delivery import DeliveryReport, Post
from notifications.delivery import deliver_due as deliver
from pathways.services.clockwork.heartbeat import Clocked
from pathways.storage.database import Database

ROUNDS = 50
BATCH = 200


def deliver_due(app: Clocked, post: Post, *, now: datetime) -> DeliveryReport:
    """Deliver all that is due at `now`, in batches, and report what became of it."""
    total = DeliveryReport()
    for _ in range(ROUNDS):
        report = deliver(transactions(app.database, now), post=post, now=now, worker=worker_name(), limit=BATCH)
        for name in DeliveryReport.__slots__:
            setattr(total, name, getattr(total, name) + getattr(report, name))
        if report.sent + report.held + report.skipped + report.dead + report.retried < BATCH:
            break
    return total


def transactions(database: Database, now: datetime) -> Callable[[], AbstractContextManager[Connection]]:
    """Return a maker of short transactions that commit when left without an exception."""

    @contextmanager
    def transaction() -> Iterator[Connection]:
        with database.write(now) as work:
            yield work.connection
            work.commit()

    return transaction


def worker_name() -> str:
    """Return a name that tells this process from every other."""
    return f"{socket.gethostname()}-{os.getpid()}"
