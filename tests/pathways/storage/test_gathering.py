"""Several lists in one statement come back as if each had been asked for alone."""

from datetime import UTC, datetime

from sqlalchemy import bindparam, event, func, select

from pathways.models.clockwork import Heartbeat
from pathways.models.organisation import Origin, Region, Unit, UnitKind
from pathways.storage.database import Database
from pathways.storage.gathering import Gathering
from pathways.storage.prepared import Prepared
from pathways.storage.unit_of_work import UnitOfWork, constant, table_of

NOW = datetime(2021, 6, 9, 8, 0, tzinfo=UTC)
_beat, _region, _unit = table_of(Heartbeat), table_of(Region), table_of(Unit)
LISTS = {
    "beats": select(_beat.c.kind, _beat.c.finished_at, _beat.c.note).where(_beat.c.kind == bindparam("kind")),
    "units": select(_unit.c.slug, _unit.c.kind, _unit.c.active, _unit.c.name).where(
        _unit.c.region_id == bindparam("region")
    ),
    "counted": select(
        func.count().label("units"), func.count().filter(_unit.c.kind == constant(UnitKind.CENTRAL)).label("central")
    ).select_from(_unit),
    "regions": select(_region.c.id, _region.c.code, _region.c.origin),
}


def furnish(work: UnitOfWork) -> dict[str, object]:
    columns = {"name": "Dalarna", "time_zone": "Europe/Stockholm", "language": "sv", "profile_version": "1"}
    region_id = work.insert_one(Region, {**columns, "code": "SE-W", "origin": Origin.REAL})
    for slug, kind in (("a", UnitKind.CENTRAL), ("b", UnitKind.MUNICIPALITY)):
        work.insert_one(Unit, {"region_id": region_id, "slug": slug, "name": slug.upper(), "kind": kind})
    work.insert(Heartbeat, [{"kind": "sweep", "finished_at": NOW, "note": "0"}])
    return {"region": region_id, "kind": "sweep"}


def test_each_list_is_what_it_is_alone_whatever_order_they_travel_in(database: Database) -> None:
    with database.write(NOW) as work:
        keys = furnish(work)
        alone = {name: sorted(map(repr, work.rows(query, keys))) for name, query in LISTS.items()}
        for names in (list(LISTS), list(reversed(LISTS))):
            found = Gathering(**{name: LISTS[name] for name in names}).read(work, keys)
            assert {name: sorted(map(repr, rows)) for name, rows in found.items()} == alone


def test_a_list_without_rows_is_there_and_empty(database: Database) -> None:
    with database.write(NOW) as work:
        found = Gathering(**LISTS).read(work, {"region": 1, "kind": "sweep"})
    assert found == {"beats": [], "units": [], "counted": [{"units": 0, "central": 0}], "regions": []}


def test_all_lists_are_asked_for_at_once(database: Database) -> None:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, text: str, *_more: object) -> None:
        sent.append(text)

    with database.write(NOW) as work:
        event.listen(database.engine, "before_cursor_execute", note)
        Gathering(**LISTS).read(work, {"region": 1, "kind": "sweep"})
        event.remove(database.engine, "before_cursor_execute", note)
    assert len(sent) == 1


def test_a_constant_stands_in_the_text_with_its_quotes_kept(database: Database) -> None:
    with database.write(NOW) as work:
        row = work.find(Prepared(select(constant("it's 5 %").label("text"), constant(5).label("number"))))
    assert row == {"text": "it's 5 %", "number": 5}
