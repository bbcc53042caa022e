"""Reads introductions as they stood at an earlier moment, from the log alone.

Where each stood is told by its newest event at or before the moment; only the logs of those that were open then are
folded. Names of people, units and pathways are today's: the log knows them by number.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, literal, select, text

from pathways.models.base import CaseRow
from pathways.models.catalogue import Pathway
from pathways.models.introduction import Event, Introduction, LogText, moved
from pathways.queries.material import Head, Material
from pathways.queries.moment import NotThere
from pathways.queries.present import unknown
from pathways.queries.revive import Texts, revive_own, revive_rows
from pathways.services.case import snapshot_of
from pathways.storage.fold import Folded, fold_changes
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Standing, standing_of

_introduction, _pathway, _event, _text = (table_of(row) for row in (Introduction, Pathway, Event, LogText))
_REGION: BindParameter[int] = bindparam("region")
_CASES: BindParameter[int] = bindparam("cases", expanding=True)
_AS_OF = bindparam("as_of", type_=_event.c.at.type)
_MINE = _introduction.c.region_id == _REGION
_EARLIER = (_event.c.region_id == _REGION, _event.c.at <= _AS_OF, _event.c.introduction_id.in_(_CASES))
_earlier, _moved = _event.alias("earlier"), _event.alias("moved")
_MAY_MOVE = text(moved("moved"))


def newest_seq(as_of: object) -> object:
    """Return the number of an introduction's newest event at or before a moment, as an SQL value beside its row."""
    return (
        select(_earlier.c.seq)
        .where(_earlier.c.introduction_id == _introduction.c.id, _earlier.c.at <= as_of)
        .order_by(_earlier.c.at.desc(), _earlier.c.seq.desc())
        .limit(1)
        .correlate(_introduction)
        .scalar_subquery()
    )


def _since() -> ColumnElement[datetime]:
    """Return when an introduction came to the phase and standing of its event, as an SQL value beside the event.

    Both subqueries look at the events alone that may move, of which there are few.
    """
    elsewhere = (
        select(func.coalesce(func.max(_moved.c.seq), 0))
        .where(
            _moved.c.introduction_id == _introduction.c.id,
            _MAY_MOVE,
            _moved.c.at <= _AS_OF,
            (_moved.c.phase != _event.c.phase) | (_moved.c.standing != _event.c.standing),
        )
        .correlate(_introduction, _event)
        .scalar_subquery()
    )
    return (
        select(func.coalesce(func.min(_moved.c.at), _event.c.at))
        .where(
            _moved.c.introduction_id == _introduction.c.id,
            _MAY_MOVE,
            _moved.c.at <= _AS_OF,
            _moved.c.seq > elsewhere,
        )
        .correlate(_introduction, _event)
        .scalar_subquery()
        .label("since")
    )


_STOOD = (
    select(
        _introduction.c.id,
        _introduction.c.slug,
        _introduction.c.number,
        _introduction.c.pathway_id,
        _pathway.c.name.label("pathway"),
        *(_event.c[name] for name in ("seq", "chart", "configuration", "history", "phase", "place", "standing")),
        _since(),
    )
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .join(_event, (_event.c.introduction_id == _introduction.c.id) & (_event.c.seq == newest_seq(_AS_OF)))
    .where(_MINE)
    .order_by(_introduction.c.number.desc())
)
_STOOD_ONE = _STOOD.where(_introduction.c.slug == bindparam("slug")).limit(1)
_BEGAN = (
    select(func.min(_event.c.at))
    .join(_introduction, _introduction.c.id == _event.c.introduction_id)
    .where(_MINE, _introduction.c.slug == bindparam("slug"))
)
_CHANGES = _event.c.payload["changes"]
_LOG: Select[tuple[object, ...]] = (
    select(_event.c.introduction_id, _CHANGES.label("changes"))
    .where(*_EARLIER, literal([], _CHANGES.type) != _CHANGES)  # a report changes no row, and there are many
    .order_by(_event.c.introduction_id, _event.c.seq)
)
_TEXTS = (
    select(_text.c.introduction_id, _text.c.digest, _text.c.body)
    .join(_introduction, _introduction.c.id == _text.c.introduction_id)
    .where(_MINE, _text.c.introduction_id.in_(_CASES))
)


def load_past(work: UnitOfWork, kinds: Iterable[type[CaseRow]], *, region_id: int, as_of: datetime) -> list[Material]:
    """Return every introduction that had begun; with rows only those that were open, for the others need none."""
    stood = work.rows(_STOOD, {"region": region_id, "as_of": as_of})
    opened = [row["id"] for row in stood if standing_of(snapshot_of(row)) in {Standing.ACTIVE, Standing.PAUSED}]
    return _materials(work, stood, opened, tuple(kinds), region_id=region_id, as_of=as_of)


def load_past_one(
    work: UnitOfWork, kinds: Iterable[type[CaseRow]], *, region_id: int, slug: str, as_of: datetime
) -> Material:
    """Return the introduction of that name that was the newest then; raise `NotThere` before the first had begun."""
    stood = work.rows(_STOOD_ONE, {"region": region_id, "slug": slug, "as_of": as_of})
    if not stood:
        began: datetime | None = work.value(_BEGAN, {"region": region_id, "slug": slug})
        if began is None:
            raise unknown(work, region_id=region_id, slug=slug)
        raise NotThere(slug=slug, as_of=as_of.isoformat(), first=began.isoformat())
    return _materials(work, stood, [stood[0]["id"]], tuple(kinds), region_id=region_id, as_of=as_of)[0]


def _materials(
    work: UnitOfWork,
    stood: list[Row],
    folded: list[int],
    kinds: tuple[type[CaseRow], ...],
    *,
    region_id: int,
    as_of: datetime,
) -> list[Material]:
    keys = {"region": region_id, "as_of": as_of}
    states = {
        case: fold_changes(event["changes"] for event in events)
        for case, events in _by_case(work, _LOG, {**keys, "cases": folded})
    }
    texts = _texts(work, folded, region_id=region_id)
    return [_material(row, states.get(row["id"]) or Folded(), kinds, texts.get(row["id"], {})) for row in stood]


def _material(row: Row, state: Folded, kinds: tuple[type[CaseRow], ...], texts: Texts) -> Material:
    head = Head(
        introduction_id=row["id"],
        pathway_id=row["pathway_id"],
        slug=row["slug"],
        number=row["number"],
        pathway=row["pathway"],
        snapshot=snapshot_of(row),
        phase=row["phase"],
        place=row["place"],
        standing=row["standing"],
        phase_since_at=row["since"],
        version=row["seq"],
        own=revive_own(state),
    )
    rows = {str(kind.__tablename__): revive_rows(state, kind, texts, introduction_id=row["id"]) for kind in kinds}
    return Material(head, rows)


def _by_case(
    work: UnitOfWork, query: Select[tuple[object, ...]], keys: dict[str, object]
) -> Iterator[tuple[int, list[Row]]]:
    for case, events in groupby(work.rows(query, keys), key=itemgetter("introduction_id")):
        yield case, list(events)


def _texts(work: UnitOfWork, cases: list[int], *, region_id: int) -> dict[int, dict[str, str | None]]:
    found: dict[int, dict[str, str | None]] = {}
    for row in work.rows(_TEXTS, {"region": region_id, "cases": cases}):
        found.setdefault(row["introduction_id"], {})[row["digest"]] = row["body"]
    return found
