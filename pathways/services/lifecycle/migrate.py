"""Move an introduction to the newest version of the chart."""

from pathways.errors import Refused
from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from states.migrate import migrate as migrate_snapshot
from states.versions import LATEST


def migrate(case: Case, _order: Nothing) -> None:
    """Take over the position that the newest chart has for the present one; `states.NoMigration` if it has none."""
    if case.snapshot.chart == LATEST:
        raise Refused("error.newest_chart", chart=LATEST)
    case.put_back(migrate_snapshot(case.snapshot, LATEST))


USE_CASE = UseCase("migrate", Nothing, migrate)
