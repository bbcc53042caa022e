"""One day of the invented region: the clockwork as the flows run it, and the hours in which people work.

The functions called here are those that the flows call; only the clock and the channel to people are others.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from sqlite3 import Connection
from typing import Any

from sqlalchemy import event

from notifications.channels.memory import MemoryChannel
from notifications.delivery import Post
from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.digest import weekly_digest
from pathways.services.clockwork.loops import open_due_loop
from pathways.services.clockwork.sweep import sweep
from pathways.simulation.figures import MAIL_CHANNEL
from pathways.simulation.hand import Hand
from pathways.storage.database import Database

CLOCKWORK_AT = time(8, 5)
AFTERNOON = time(16, 30)


@dataclass(slots=True)
class Clockwork:
    """What runs by itself every day, with the post that its messages leave by."""

    app: App
    hand: Hand
    post: Post

    def morning(self, day: date) -> None:
        """Sweep, open the loops that are due, gather the digests on their day, and deliver."""
        self.hand.wake(day, CLOCKWORK_AT)
        now = self.hand.now
        for loop in sweep(self.app, now=now).loops_due:
            open_due_loop(self.app, introduction_id=loop.introduction_id, number=loop.number, now=now)
        if day.weekday() == self.app.profile.digest.weekday.number:
            weekly_digest(self.app, now=now)
        deliver_due(self.app, self.post, now=now)

    def evening(self, day: date) -> None:
        """Deliver what the day's work has to tell."""
        self.hand.wake(day, AFTERNOON)
        deliver_due(self.app, self.post, now=self.hand.now)


def memory_post(app: App) -> Post:
    """Return a post that keeps every mail in memory and writes the inboxes as always."""
    return build_post(app, MemoryChannel(name=MAIL_CHANNEL))


def each_day(first: date, last: date) -> Iterator[date]:
    """Yield the days from `first` up to but without `last`."""
    day = first
    while day < last:
        yield day
        day += timedelta(days=1)


@contextmanager
def unsafe_but_fast(database: Database) -> Iterator[None]:
    """Let SQLite answer before the disk does: for a file that is thrown away and made anew if it breaks."""
    if not database.is_sqlite:
        yield
        return

    def relax(connection: Connection, _record: Any) -> None:  # Any: SQLAlchemy's private record
        connection.execute("PRAGMA synchronous=OFF")

    database.dispose()
    event.listen(database.engine, "connect", relax)
    try:
        yield
    finally:
        event.remove(database.engine, "connect", relax)
        database.dispose()
