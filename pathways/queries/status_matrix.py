"""How many introductions stand where: phase by standing, counted by the database, now or as of an earlier moment."""

from datetime import datetime

from sqlalchemy import Select, bindparam, func, select

from pathways.models.introduction import Event, Introduction
from pathways.queries.moment import require_past
from pathways.queries.views import MatrixCell
from pathways.storage.unit_of_work import UnitOfWork, table_of
from states.snapshot import Phase, Standing

_introduction, _event = table_of(Introduction), table_of(Event)
_MINE = _introduction.c.region_id == bindparam("region")
# One jump into the index ix_event_at for each introduction, which holds all that is read of an event.
_STOOD = (
    select(_event.c.phase + "/" + _event.c.standing)
    .where(
        _event.c.introduction_id == _introduction.c.id,
        _event.c.at <= bindparam("as_of", type_=_event.c.at.type),
    )
    .order_by(_event.c.at.desc(), _event.c.seq.desc())
    .limit(1)
    .correlate(_introduction)
    .scalar_subquery()
)
_NOW = select(
    _introduction.c.region_id, _introduction.c.standing, _introduction.c.phase, func.count().label("count")
).group_by(_introduction.c.region_id, _introduction.c.standing, _introduction.c.phase)


def _counted(cells: Select[tuple[str]]) -> Select[tuple[str, int]]:
    inner = cells.subquery()
    return select(inner.c.cell, func.count().label("count")).group_by(inner.c.cell)


_SINCE = _introduction.c.phase_since_at
_AS_OF = bindparam("as_of", type_=_SINCE.type)
_CELLS = select(_STOOD.label("cell")).select_from(_introduction).where(_SINCE > _AS_OF)
_PAST, _PAST_MINE = _counted(_CELLS), _counted(_CELLS.where(_MINE))
_NOW_MINE = _NOW.where(_MINE)
# Whoever has stood in one phase since before the moment stood there then: their log need not be asked.
_STILL, _STILL_MINE = _NOW.where(_SINCE <= _AS_OF), _NOW_MINE.where(_SINCE <= _AS_OF)

Cells = dict[tuple[str, str], int]
_PHASES = {str(phase): number for number, phase in enumerate(Phase)}
_STANDINGS = {str(standing): number for number, standing in enumerate(Standing)}


def status_matrix(work: UnitOfWork, *, region_id: int | None, as_of: datetime | None = None) -> tuple[MatrixCell, ...]:
    """Return the cells that are not empty, in the order of the process; `region_id` None counts all regions.

    Those not yet begun at the moment are not counted. A moment ahead is refused.
    """
    moment = require_past(as_of, now=work.now) if as_of is not None else None
    cells = _now(work, region_id) if moment is None else _as_of(work, region_id, moment)
    ordered = sorted(cells, key=lambda cell: (_PHASES[cell[0]], _STANDINGS[cell[1]]))
    return tuple(MatrixCell(phase, standing, cells[phase, standing]) for phase, standing in ordered)


def _now(work: UnitOfWork, region_id: int | None) -> Cells:
    return _sum(work, _NOW if region_id is None else _NOW_MINE, _keys(region_id))


def _as_of(work: UnitOfWork, region_id: int | None, as_of: datetime) -> Cells:
    keys = {**_keys(region_id), "as_of": as_of}
    cells = _sum(work, _STILL if region_id is None else _STILL_MINE, keys)
    for row in work.rows(_PAST if region_id is None else _PAST_MINE, keys):
        if row["cell"] is not None:
            phase, _, standing = row["cell"].partition("/")
            cells[phase, standing] = cells.get((phase, standing), 0) + row["count"]
    return cells


def _sum(work: UnitOfWork, query: Select[tuple[object, ...]], keys: dict[str, object]) -> Cells:
    """Grouped by region too, which is the order of the index ix_introduction_board: nothing need be sorted."""
    cells: Cells = {}
    for row in work.rows(query, keys):
        cell = row["phase"], row["standing"]
        cells[cell] = cells.get(cell, 0) + row["count"]
    return cells


def _keys(region_id: int | None) -> dict[str, object]:
    return {} if region_id is None else {"region": region_id}
