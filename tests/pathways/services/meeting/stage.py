"""A region whose board meets in August 2021, and people who keep its agenda."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from pathways.bootstrap import App
from pathways.models.administration import RegionEvent
from pathways.models.meeting import AgendaItem, ItemKind
from pathways.models.organisation import Body, Meeting, Person, RegionRole
from pathways.planning.instants import local_date
from pathways.profiles.vocabulary import Role
from pathways.services.administration.office import Office
from pathways.services.meeting.add_item import add_item
from pathways.services.meeting.item import ItemOrder
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

T = TypeVar("T")
BODY, OTHER = "lg_hs", "hsn"
STEERS = frozenset({Role.COORDINATOR})
_meeting, _body, _item, _event = (table_of(row) for row in (Meeting, Body, AgendaItem, RegionEvent))
_person = table_of(Person)


def act(app: App, do: Callable[[Office], T], *, by: str = "sam", roles: frozenset[Role] = STEERS) -> T:
    """Carry out a use case as somebody, in a transaction of its own."""
    region_id = app.region_id()

    def run(work: UnitOfWork) -> T:
        mine = (_person.c.region_id == region_id, _person.c.slug == by)
        today = local_date(app.clock.now(), app.profile.region.zone)
        actor_id = int(work.value(select(_person.c.id).where(*mine)))
        return do(Office(work=work, region_id=region_id, actor_id=actor_id, roles=roles, today=today))

    return app.retry(run)


def meetings_of(app: App, body: str, *, cancelled: bool = False) -> list[Row]:
    """Return the body's meetings in order, those that hold or those that do not."""
    query = select(_meeting).join(_body, _body.c.id == _meeting.c.body_id)
    mine = (_body.c.region_id == app.region_id(), _body.c.slug == body, _meeting.c.cancelled.is_(cancelled))
    with app.read() as work:
        return work.rows(query.where(*mine).order_by(_meeting.c.held_on))


def second_meeting(app: App, body: str = BODY) -> date:
    """Return the day of the body's second meeting ahead: its papers can still be handed in."""
    today = local_date(app.clock.now(), app.profile.region.zone)
    day: date = [row["held_on"] for row in meetings_of(app, body) if row["held_on"] > today][1]
    return day


def order(title: str = "Rangordning av KOL", **more: object) -> ItemOrder:
    """Return an item for discussion."""
    return ItemOrder.model_validate({"title": title, "kind": ItemKind.DISCUSSION, **more})


def add(app: App, item: ItemOrder, *, held_on: date, body: str = BODY, although_late: str = "") -> int:
    """Put an item on the agenda as the coordinator."""
    profile = app.profile
    return act(
        app,
        lambda office: add_item(office, body, item, held_on=held_on, profile=profile, although_late=although_late),
    )


def items_at(app: App, held_on: date, body: str = BODY, *, withdrawn: bool = False) -> list[Row]:
    """Return the items of a meeting in order."""
    query = select(_item).join(_meeting, _meeting.c.id == _item.c.meeting_id)
    query = query.join(_body, _body.c.id == _meeting.c.body_id)
    mine = (_body.c.region_id == app.region_id(), _body.c.slug == body, _meeting.c.held_on == held_on)
    standing = _item.c.withdrawn_on.is_not(None) if withdrawn else _item.c.withdrawn_on.is_(None)
    with app.read() as work:
        return work.rows(query.where(*mine, standing).order_by(_item.c.position))


def region_log(app: App, action: str) -> list[Row]:
    """Return what the region's log says of an action."""
    with app.read() as work:
        return work.rows(select(_event).where(_event.c.action == action).order_by(_event.c.id))


def join(app: App, slug: str, body: str, role: Role = Role.MANAGEMENT_GROUP_MEMBER) -> None:
    """Make somebody a member of a body."""
    region_id = app.region_id()
    with app.write() as work:
        person = work.value(select(_person.c.id).where(_person.c.region_id == region_id, _person.c.slug == slug))
        body_id = work.value(select(_body.c.id).where(_body.c.region_id == region_id, _body.c.slug == body))
        work.insert_one(RegionRole, {"region_id": region_id, "person_id": person, "role": role, "body_id": body_id})
        work.commit()
