"""A meeting at which things are decided: items written as they stand, people present, and what the recorder does."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select

from pathways.bootstrap import App
from pathways.exports.minutes_paper import build_paper
from pathways.models.administration import RegionEvent
from pathways.models.meeting import AgendaItem, Attendance, Disqualification, ItemKind, Outcome
from pathways.models.organisation import Body, Meeting, Person, RegionRole
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Matter, Role
from pathways.services.administration.office import Office
from pathways.services.ask import Ask
from pathways.services.deciding.decide_item import Given, Recorded, decide_item
from pathways.services.meeting.fixed_papers import Fixing
from pathways.services.plan.conditions import Condition
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from tests.pathways.drive import Driver

_body, _meeting, _person, _role = table_of(Body), table_of(Meeting), table_of(Person), table_of(RegionRole)
_item = table_of(AgendaItem)
CHAIN = ("ksg", "lg_hs", "hsn")


def person_id(work: UnitOfWork, app: App, slug: str) -> int:
    """The id of one of the cast."""
    mine = (_person.c.region_id == app.region_id(), _person.c.slug == slug)
    return int(work.value(select(_person.c.id).where(*mine)))


def office(app: App, work: UnitOfWork, slug: str = "reg") -> Office:
    """The office of one of the cast."""
    actor = person_id(work, app, slug)
    roles = work.values(select(_role.c.role).where(_role.c.person_id == actor))
    today = app.clock.now().astimezone(app.profile.region.zone).date()
    return Office(
        work=work, region_id=app.region_id(), actor_id=actor, roles=frozenset(Role(one) for one in roles), today=today
    )


def with_profile(app: App, **change: object) -> None:
    """Gives the region another profile: `chains`, or `quorum` of a body by its slug."""
    quorum: Mapping[str, Mapping[Role, int]] = change.pop("quorum", {})  # type: ignore[assignment]
    bodies = tuple(one.model_copy(update={"quorum": dict(quorum.get(one.slug, {}))}) for one in app.profile.bodies)
    profile: Profile = app.profile.model_copy(update={"bodies": bodies, **change})
    app.profiles = {profile.region.code: profile}


@dataclass(frozen=True, slots=True)
class Table:
    """Where a body of the region meets on a day; `driver` is the introduction that its items are about."""

    driver: Driver
    body: str
    held_on: date

    @property
    def app(self) -> App:
        """The application."""
        return self.driver.app

    def at_body(self, body: str, *, days: int = 0) -> "Table":
        """Another body's meeting, so many days later."""
        return open_table(self.driver, body, self.held_on + timedelta(days=days))

    def item(self, **values: object) -> int:
        """Writes an item; a decision on the introduction's plan unless something else is said."""
        with self.app.write() as work:
            meeting_id = self.meeting_id(work)
            row = self.driver.row()
            usual: dict[str, object] = {
                "region_id": self.app.region_id(),
                "meeting_id": meeting_id,
                "position": 1,
                "kind": ItemKind.DECISION,
                "matter": Matter.PLAN,
                "introduction_id": row["id"] if row else None,
                "title": "Handlingsplan för KOL",
                "added_at": work.now,
            }
            made = work.insert_one(AgendaItem, {**usual, **values})
            work.commit()
        return made

    def meeting_id(self, work: UnitOfWork) -> int:
        """The meeting's id."""
        query = select(_meeting.c.id).join(_body, _body.c.id == _meeting.c.body_id)
        mine = (
            _body.c.region_id == self.app.region_id(),
            _body.c.slug == self.body,
            _meeting.c.held_on == self.held_on,
        )
        return int(work.value(query.where(*mine)))

    def seat(self, *present: str, absent: tuple[str, ...] = ()) -> None:
        """Records who is there."""
        with self.app.write() as work:
            for slug in (*present, *absent):
                who = {"person_id": person_id(work, self.app, slug), "present": slug in present}
                row = {"region_id": self.app.region_id(), "meeting_id": self.meeting_id(work), **who}
                work.insert_one(Attendance, row)
            work.commit()

    def join(self, *slugs: str, role: Role = Role.MANAGEMENT_GROUP_MEMBER) -> None:
        """Makes people members of the body."""
        with self.app.write() as work:
            body_id = work.value(
                select(_body.c.id).where(_body.c.region_id == self.app.region_id(), _body.c.slug == self.body)
            )
            for slug in slugs:
                row = {"region_id": self.app.region_id(), "role": role, "body_id": body_id}
                work.insert_one(RegionRole, {**row, "person_id": person_id(work, self.app, slug)})
            work.commit()

    def conflict(self, item: int, slug: str) -> None:
        """Writes that somebody has a conflict of interest."""
        with self.app.write() as work:
            row = {"region_id": self.app.region_id(), "item_id": item, "declared_at": work.now}
            work.insert_one(Disqualification, {**row, "person_id": person_id(work, self.app, slug)})
            work.commit()

    def decide(self, item: int, outcome: str = "adopt", *, by: str = "reg", **change: Any) -> Recorded:
        """Records a decision; what is not said is as it should be."""
        asked = change.pop("ask", Ask(actor=by))
        given = replace(
            Given(outcome=Outcome(outcome), paragraph_no="7", register_no="HSN 2021/7", motive="Gapen är störst här"),
            **change,
        )

        def act(work: UnitOfWork) -> Recorded:
            return decide_item(
                office(self.app, work, by), item, given, ask=asked, profile=self.app.profile, salter=self.app.salter
            )

        return self.app.retry(act)

    def condition(self, text: str = "Redovisa i juni", *, days: int = 60, role: Role = Role.COORDINATOR) -> Condition:
        """A condition that is due some days from now."""
        return Condition(text=text, due_on=self.driver.today + timedelta(days=days), role=role)

    def row(self, item: int) -> Row:
        """The item as it stands."""
        with self.app.read() as work:
            found = work.find(select(_item).where(_item.c.id == item))
        assert found is not None
        return found

    def id_of(self, slug: str) -> int:
        """The id of one of the cast."""
        with self.app.read() as work:
            return person_id(work, self.app, slug)

    def records(self) -> list[str]:
        """What the region's record says was done."""
        with self.app.read() as work:
            return [row["action"] for row in work.rows(select(table_of(RegionEvent)))]


def open_table(driver: Driver, body: str, held_on: date) -> Table:
    """A meeting of the body on that day; the clock goes there."""
    app = driver.app
    with app.write() as work:
        body_id = work.value(select(_body.c.id).where(_body.c.region_id == app.region_id(), _body.c.slug == body))
        known = select(_meeting.c.id).where(_meeting.c.body_id == body_id, _meeting.c.held_on == held_on)
        if work.value(known) is None:
            work.insert_one(Meeting, {"body_id": body_id, "held_on": held_on, "hand_in_on": held_on})
        mine = _item.c.meeting_id == known.scalar_subquery()
        work.connection.execute(delete(_item).where(mine, _item.c.outcome.is_(None)))  # these tests write their own
        work.commit()
    driver.go_to(held_on)
    return Table(driver, body, held_on)


def endorsed(driver: Driver, *bodies: str) -> None:
    """Lets bodies have said yes before the decision."""
    for number, body in enumerate(bodies, start=1):
        minutes = {"paragraph_no": f"§ {number}", "register_no": f"{body.upper()} 2021/1"}
        driver.do("endorse", by="reg", outcome="adopt", body=body, meeting_on=driver.today.isoformat(), **minutes)


def fixing(app: App, register_no: str = "") -> Fixing:
    """What the approval of minutes needs to make documents of them."""
    return Fixing(profile=app.profile, build=build_paper, register_no=register_no)


def board_day(driver: Driver) -> date:
    """The day of the meeting that the plan is on its way to."""
    day: date = driver._own(of_table="board_case")[-1]["meeting_on"]
    return day
