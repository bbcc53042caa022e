"""The entries of a region, and short ways to bring them in line and read them."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.calendar import CalendarEntry
from pathways.services.calendar.refresh import Refreshed, is_behind, refresh_entries
from pathways.storage.unit_of_work import Row, table_of

_entry = table_of(CalendarEntry)


@dataclass
class Entries:
    """The region's entries."""

    app: App

    def refresh(self, *, whole: bool = False) -> Refreshed:
        """Brings them in line at the clock's instant."""
        with self.app.write() as work:
            now, profile = self.app.clock.now(), self.app.profile
            done = refresh_entries(work, self.app.region_id(), now, profile=profile, whole=whole)
            work.commit()
        return done

    def is_behind(self) -> bool:
        """Says whether there is anything to do."""
        with self.app.read() as work:
            return is_behind(work, self.app.region_id(), self.app.clock.now(), profile=self.app.profile)

    def all(self, *kinds: str) -> dict[str, Row]:
        """The entries by name, perhaps only of some kinds."""
        with self.app.read() as work:
            rows = work.rows(select(_entry).where(_entry.c.region_id == self.app.region_id()))
        return {row["uid"]: row for row in rows if not kinds or row["kind"] in kinds}

    def one(self, kind: str) -> Row:
        """The only entry of a kind that stands."""
        (row,) = [row for row in self.all(kind).values() if not row["cancelled"]]
        return row


@pytest.fixture
def entries(app: App, clock: SetClock) -> Entries:
    """The entries of the furnished region."""
    assert clock.now()
    return Entries(app)
