"""Start the introduction of a national pathway in a region."""

from sqlalchemy import func, select

from notifications.outbox import put
from pathways.errors import AlreadyOpen, ClockWentBack, Unknown
from pathways.models.catalogue import Pathway
from pathways.models.introduction import OPEN_ONLY, Introduction
from pathways.profiles.schema import Profile
from pathways.services import consequences
from pathways.services.ask import Ask, Order, Receipt
from pathways.services.case import CLOCK_TOLERANCE, Case, Salter
from pathways.services.facts import versions_of
from pathways.services.frame import get_receipt, given_of, is_known, open_case
from pathways.services.move import move
from pathways.services.policy import permit
from pathways.services.roster import roster_of
from pathways.storage.log import GENESIS
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.commands import Command
from states.snapshot import phase_of, place_of, standing_of
from states.step import begin

_introduction, _pathway = table_of(Introduction), table_of(Pathway)
NAME = "start"


class Start(Order):
    """Whether the region means to answer the national consultation, where the text is still open for views."""

    respond: bool = True


def start(
    work: UnitOfWork, order: Start, ask: Ask, *, region_id: int, slug: str, profile: Profile, salter: Salter
) -> Receipt:
    """Start the introduction and return its receipt.

    Where a final version is in the catalogue, the region follows it from the start; otherwise a response is drafted
    if asked for.
    Refuses an unknown pathway, one that is open already (`AlreadyOpen`), a person without the role, and a clock that
    stands before the region's newest event (`ClockWentBack`).
    """
    if is_known(work, ask.command_id):
        return get_receipt(work, ask.command_id, region_id=region_id, slug=slug, command=NAME)
    _refuse_a_wrong_clock(work, region_id)
    _insert(work, region_id, _pathway_of(work, slug))
    case = open_case(work, region_id, slug, ask, profile=profile, salter=salter)
    if case.actor_id is not None:
        roster = roster_of(work, introduction_id=case.id, region_id=region_id, today=case.today)
        permit(NAME, held=roster.roles_of(case.actor_id), owns=False)
    _follow_the_national_text(case, order)
    consequences.settle(case)
    receipt = case.record(NAME, given_of(order))
    put(work.connection, case.messages, now=case.now)
    return receipt


def _pathway_of(work: UnitOfWork, slug: str) -> Row:
    pathway = work.find(select(_pathway).where(_pathway.c.slug == slug))
    if pathway is None:
        raise Unknown("pathway", slug, work.values(select(_pathway.c.slug)))
    return pathway


def _refuse_a_wrong_clock(work: UnitOfWork, region_id: int) -> None:
    """A new introduction has no event of its own yet to hold the clock against."""
    newest = work.value(select(func.max(_introduction.c.last_event_at)).where(_introduction.c.region_id == region_id))
    if newest is not None and work.now < newest - CLOCK_TOLERANCE:
        raise ClockWentBack(now=work.now.isoformat(), newest=newest.isoformat())


def _insert(work: UnitOfWork, region_id: int, pathway: Row) -> None:
    """Write the row; of two who start at once the second meets the key, tries again, and sees the first."""
    mine = (_introduction.c.region_id == region_id, _introduction.c.pathway_id == pathway["id"])
    if work.find(select(_introduction.c.id).where(*mine, OPEN_ONLY)) is not None:
        raise AlreadyOpen(slug=str(pathway["slug"]))
    number = work.value(select(func.coalesce(func.max(_introduction.c.number), 0)).where(*mine)) + 1
    previous = work.value(select(_introduction.c.id).where(*mine).order_by(_introduction.c.number.desc()))
    snapshot = begin()
    work.insert(
        Introduction,
        [
            {
                "region_id": region_id,
                "pathway_id": pathway["id"],
                "slug": pathway["slug"],
                "number": number,
                "chart": snapshot.chart,
                "configuration": list(snapshot.configuration),
                "history": {},
                "phase": str(phase_of(snapshot)),
                "place": place_of(snapshot),
                "standing": str(standing_of(snapshot)),
                "phase_since_at": work.now,
                "version": 0,
                "head_hash": GENESIS,
                "last_event_at": work.now,
                "previous_id": previous,
            }
        ],
    )


def _follow_the_national_text(case: Case, order: Start) -> None:
    newest = versions_of(case.work, case.pathway_id).newest_final
    if newest is not None:
        move(case, Command.APPROVE_NATIONALLY)
        case.set(adopted_version_id=newest["id"])
    elif order.respond:
        move(case, Command.REQUEST_RESPONSE)
