"""Freezes the packs of meetings whose time has come, region by region."""

from datetime import datetime

from sqlalchemy import select

from pathways.models.organisation import Region
from pathways.services.clockwork.heartbeat import refuse_an_earlier_clock
from pathways.services.clockwork.running import Running
from pathways.services.pack.freeze import Build, freeze_all_due
from pathways.storage.unit_of_work import UnitOfWork, table_of

_region = table_of(Region)
_IDS = select(_region.c.id, _region.c.code)


def freeze_due_packs(app: Running, *, now: datetime, build: Build) -> int:
    """Freeze each meeting's pack once at the profile's time, and return how many; what an outage missed is made good.

    Raises `ClockWentBack` where the clock stands before the newest sweep.
    """
    with app.database.read(now) as work:
        refuse_an_earlier_clock(work)
        regions = [row for row in work.rows(_IDS) if row["code"] in app.profiles]
    return sum(_freeze(app, region_id=row["id"], code=row["code"], build=build) for row in regions)


def _freeze(app: Running, *, region_id: int, code: str, build: Build) -> int:
    def freeze(work: UnitOfWork) -> int:
        return freeze_all_due(work, region_id=region_id, profile=app.profiles[code], build=build)

    return app.retry(freeze)
