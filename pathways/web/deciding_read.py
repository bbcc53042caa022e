"""Reads everything that is on the table when an item is decided: the item, the introduction, the bodies, the people."""

from dataclasses import dataclass

from pathways.errors import Problem
from pathways.profiles.vocabulary import Matter
from pathways.queries.handling import Handling, list_handling
from pathways.queries.introduction import introduction
from pathways.queries.meeting_page import ItemLine, MeetingPage
from pathways.queries.views import IntroductionView
from pathways.services.deciding.rules import hindrances
from pathways.services.deciding.situation import Situation, names_of, read_situation
from pathways.services.meeting.record import proposals_of
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.meeting_read import find_meeting, item_in
from pathways.web.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheTable:
    """One item as those who sit at the table need it."""

    page: MeetingPage
    line: ItemLine
    situation: Situation
    handling: Handling | None
    view: IntroductionView | None
    proposal: str
    decided_by: str
    hindrances: tuple[Problem, ...]

    @property
    def address(self) -> str:
        """Return the item's page."""
        return f"{self.page.address}/arende/{self.line.item_id}"

    @property
    def is_open(self) -> bool:
        """Say whether something can still be recorded here."""
        return not self.line.is_decided and self.page.can_change

    @property
    def before(self) -> ItemLine | None:
        """Return the item before this one."""
        return next((one for one in self.page.items if one.number == self.line.number - 1), None)

    @property
    def after(self) -> ItemLine | None:
        """Return the item after this one."""
        return next((one for one in self.page.items if one.number == self.line.number + 1), None)

    @property
    def event(self) -> int | None:
        """Return the number of the event in the introduction's log that the decision made."""
        ref = self.line.row["decision_ref"]
        return int(str(ref).partition(".")[0]) if ref else None

    @property
    def register_no(self) -> str:
        """Return the register number by which this body last knew the matter."""
        steps = self.handling.steps if self.handling else ()
        mine = (one for one in reversed(steps) if one.body == self.page.sitting.body)
        return next((one.register_no for one in mine if one.register_no), "")


def read_table(visit: Visit, work: UnitOfWork, body: str, day: str, item: str) -> OnTheTable:
    """Return the item that the address names; there is no such page where it does not stand on the agenda."""
    page = find_meeting(visit, work, body, day)
    line = item_in(page, item)
    region_id = visit.visitor.region_id
    situation = read_situation(work, line.item_id, region_id=region_id, profile=visit.profile, today=visit.today)
    case, matter = line.row["introduction_id"], situation.matter
    decided_by = line.row["decided_by"] or 0
    return OnTheTable(
        page=page,
        line=line,
        situation=situation,
        handling=_handling(visit, work, case, matter) if case is not None and matter is not None else None,
        view=_view(visit, work, line),
        proposal=line.row["proposal"] or (proposals_of(work, {case}).get(case, "") if matter is Matter.PLAN else ""),
        decided_by=names_of(work, {decided_by}).get(decided_by, ""),
        hindrances=hindrances(situation, actor_id=visit.visitor.person_id),
    )


def _handling(visit: Visit, work: UnitOfWork, case: int, matter: Matter) -> Handling | None:
    region_id = visit.visitor.region_id
    found = list_handling(work, region_id=region_id, introduction_id=case, profile=visit.profile, expected=(matter,))
    return next((one for one in found if one.matter is matter), None)


def _view(visit: Visit, work: UnitOfWork, line: ItemLine) -> IntroductionView | None:
    """Return the introduction as it stands; one that a newer one has followed is not shown."""
    if line.row["introduction"] is None:
        return None
    view = introduction(
        work,
        region_id=visit.visitor.region_id,
        slug=line.row["introduction"],
        profile=visit.profile,
        now=visit.now,
        with_history=False,
    )
    return view if view.position.introduction_id == line.row["introduction_id"] else None
