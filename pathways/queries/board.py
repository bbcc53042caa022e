"""The board: every introduction of a region in one row each, now or as of an earlier moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pathways.models.introduction import Timer
from pathways.models.task import Task
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.queries import onward
from pathways.queries.material import Material
from pathways.queries.moment import require_past
from pathways.queries.open_rows import Columns, Conditions, load_open_rows
from pathways.queries.past import load_past
from pathways.queries.people import load_names, load_people
from pathways.queries.position import position_of
from pathways.queries.present import load_heads
from pathways.queries.versions import load_shelf
from pathways.queries.views import BoardRow
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import UnitOfWork

COLUMNS: Columns = {
    Task: ("item", "own_title", "role", "assignee_id", "due_on", "required_for", "state"),
    Timer: ("kind", "due_at", "state"),
    **onward.COLUMNS,
}
CONDITIONS: Conditions = {
    Task: {"state": ("open",)},
    Timer: {"state": ("live",)},
    **{kind: {"place": places} for kind, places in onward.PLACES.items()},
}


@dataclass(frozen=True, slots=True)
class Placed:
    """One introduction's row of the board, with the rows it was read from."""

    row: BoardRow
    material: Material


def board(
    work: UnitOfWork, *, region_id: int, profile: Profile, today: date, as_of: datetime | None = None
) -> tuple[BoardRow, ...]:
    """Return the region's introductions in Swedish order of their names; none had begun means an empty board.

    As of an earlier moment `today` is the day of that moment, and the log alone is asked: who held a region-wide
    role that day it does not know, so those roles come without a name. A moment ahead is refused.
    """
    placed = place_all(work, region_id=region_id, profile=profile, today=today, as_of=as_of)
    return tuple(one.row for one in placed)


def place_all(
    work: UnitOfWork,
    *,
    region_id: int,
    profile: Profile,
    today: date,
    as_of: datetime | None = None,
    columns: Columns = COLUMNS,
    conditions: Conditions = CONDITIONS,
) -> tuple[Placed, ...]:
    """Return the rows of `board`, each with the `columns` it was read from; those that have ended come without."""
    if as_of is not None:
        moment = require_past(as_of, now=work.now)
        return _as_of(work, moment, columns, region_id=region_id, profile=profile)
    rows = load_open_rows(work, columns, conditions, region_id=region_id)
    shelf = load_shelf(work, region_id=region_id)
    people = load_people(work, region_id=region_id, today=today)
    heads = load_heads(work, region_id=region_id)
    materials = [Material(head, rows.get(head.introduction_id, {})) for head in heads]
    return _in_order(
        Placed(position_of(material, people, shelf.now(material.head.pathway_id), profile, today=today), material)
        for material in materials
    )


def _as_of(
    work: UnitOfWork, as_of: datetime, columns: Columns, *, region_id: int, profile: Profile
) -> tuple[Placed, ...]:
    materials = load_past(work, columns, region_id=region_id, as_of=as_of)
    shelf, people = load_shelf(work, region_id=region_id), load_names(work, region_id=region_id)
    today = local_date(as_of, profile.region.zone)
    return _in_order(
        Placed(position_of(material, people, shelf.named_by(material), profile, today=today), material)
        for material in materials
    )


def _in_order(placed: Iterable[Placed]) -> tuple[Placed, ...]:
    """Sort by the pathway's name as a Swedish reader does, earlier introductions of it first."""
    return tuple(sorted(placed, key=lambda one: (swedish_key(one.row.pathway), one.row.number)))
