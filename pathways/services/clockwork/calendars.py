"""Keeps every region's calendar entries in line: most sweeps find in two statements that nothing has changed."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from pathways.models.organisation import Region
from pathways.profiles.schema import Profile
from pathways.services.calendar.refresh import Refreshed, is_behind, refresh_entries
from pathways.services.clockwork.running import Running
from pathways.storage.unit_of_work import UnitOfWork, table_of

_region = table_of(Region)


def refresh_calendars(app: Running, *, now: datetime) -> int:
    """Bring in line the entries of the regions where something happened; return how many entries that touched."""
    with app.database.read(now) as work:
        regions = work.rows(select(_region.c.id, _region.c.code).where(_region.c.code.in_(app.profiles)))
        behind = [row for row in regions if is_behind(work, row["id"], now, profile=app.profiles[row["code"]])]
    done = [app.retry(_refreshing(row["id"], now, app.profiles[row["code"]])) for row in behind]
    return sum(one.added + one.changed + one.cancelled for one in done)


def _refreshing(region_id: int, now: datetime, profile: Profile) -> Callable[[UnitOfWork], Refreshed]:
    return lambda work: refresh_entries(work, region_id, now, profile=profile)
