"""The board: every introduction of a region in one row each, now or as of an earlier moment."""

from datetime import date, datetime

from pathways.models.base import CaseRow
from pathways.models.introduction import Timer
from pathways.models.task import Task
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.queries import onward
from pathways.queries.material import Material
from pathways.queries.moment import require_past
from pathways.queries.past import load_past
from pathways.queries.people import load_names, load_people
from pathways.queries.position import in_swedish_order, position_of
from pathways.queries.present import load_heads, load_open_rows
from pathways.queries.versions import load_shelf
from pathways.queries.views import BoardRow
from pathways.storage.unit_of_work import UnitOfWork

COLUMNS: dict[type[CaseRow], tuple[str, ...]] = {
    Task: ("item", "own_title", "role", "assignee_id", "due_on", "required_for", "state"),
    Timer: ("kind", "due_at", "state"),
    **onward.COLUMNS,
}
CONDITIONS: dict[type[CaseRow], dict[str, tuple[str, ...]]] = {
    Task: {"state": ("open",)},
    Timer: {"state": ("live",)},
    **{kind: {"place": places} for kind, places in onward.PLACES.items()},
}


def board(
    work: UnitOfWork, *, region_id: int, profile: Profile, today: date, as_of: datetime | None = None
) -> tuple[BoardRow, ...]:
    """Return the region's introductions in Swedish order of their names; none had begun means an empty board.

    As of an earlier moment `today` is the day of that moment, and the log alone is asked: who held a region-wide
    role that day it does not know, so those roles come without a name. A moment ahead is refused.
    """
    if as_of is not None:
        return _as_of(work, require_past(as_of, now=work.now), region_id=region_id, profile=profile)
    rows = load_open_rows(work, COLUMNS, CONDITIONS, region_id=region_id)
    shelf = load_shelf(work, region_id=region_id)
    people = load_people(work, region_id=region_id, today=today)
    return in_swedish_order(
        position_of(
            Material(head, rows.get(head.introduction_id, {})),
            people,
            shelf.now(head.pathway_id),
            profile,
            today=today,
        )
        for head in load_heads(work, region_id=region_id)
    )


def _as_of(work: UnitOfWork, as_of: datetime, *, region_id: int, profile: Profile) -> tuple[BoardRow, ...]:
    materials = load_past(work, COLUMNS, region_id=region_id, as_of=as_of)
    shelf, people = load_shelf(work, region_id=region_id), load_names(work, region_id=region_id)
    today = local_date(as_of, profile.region.zone)
    return in_swedish_order(
        position_of(material, people, shelf.named_by(material), profile, today=today) for material in materials
    )
