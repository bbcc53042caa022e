"""The longest waits as of the pack's moment: for a role that is to do a task, or for a body that is to decide."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from pathways.models.decision import BoardCase
from pathways.planning.instants import local_date
from pathways.queries.board import Placed
from pathways.queries.pack.asked import AWAITING
from pathways.queries.pack.content import Wait
from pathways.queries.views import Title
from pathways.services.pack.bodies import load_bodies
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork
from states.snapshot import Standing

MOST = 10


def list_waits(
    work: UnitOfWork, placed: Iterable[Placed], *, zone: ZoneInfo, today: date, region_id: int, most: int | None = MOST
) -> tuple[Wait, ...]:
    """Return the longest waits (ten) of what is under way; each introduction's for each role or body counts once."""
    bodies = load_bodies(work, region_id=region_id)
    found: dict[tuple[str, int, str, str], Wait] = {}
    under_way = (one for one in placed if one.row.standing == Standing.ACTIVE)
    waits = (wait for one in under_way for wait in _waits(one, bodies, zone, today))
    for wait in sorted(waits, key=lambda wait: (-wait.days, swedish_key(wait.pathway))):
        found.setdefault((wait.slug, wait.number, wait.role, wait.body), wait)
    return tuple(found.values())[:most]


def _waits(one: Placed, bodies: Mapping[int, str], zone: ZoneInfo, today: date) -> Iterator[Wait]:
    names = {name: getattr(one.row, name) for name in ("slug", "pathway", "number")}
    for task in one.material.open_tasks():
        since = local_date(task["made_at"], zone)
        yield Wait(since=since, days=(today - since).days, role=str(task["role"]), title=_title(task), **names)
    for case in one.material.of(BoardCase):
        if not case["closed"] and case["basis_made_on"] and one.row.place == AWAITING:
            since = case["basis_made_on"]
            yield Wait(since=since, days=(today - since).days, body=bodies[case["body_id"]], **names)


def _title(task: Row) -> Title:
    return {"sv": str(task["title_sv"]), "en": str(task["title_en"])} if task["title_sv"] else ""
