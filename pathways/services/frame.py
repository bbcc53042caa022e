"""How every use case is carried out: open the introduction, ask whether the person may, act, settle, record.

A use case itself is one function over an open `Case`. What follows from a change of position (tasks, timers and
messages that a new state brings) is the same for all and stands in `consequences`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import bindparam, exists, select
from sqlalchemy.sql.selectable import ScalarSelect

from notifications.outbox import put
from pathways.errors import IntroductionChanged, Refused, Unknown
from pathways.models.catalogue import Pathway
from pathways.models.introduction import Event, Introduction
from pathways.models.organisation import Person
from pathways.profiles.schema import Profile
from pathways.services import consequences
from pathways.services.ask import Ask, Order, Receipt
from pathways.services.case import Case, Salter
from pathways.services.policy import permit
from pathways.services.roster import unknown_person
from pathways.storage.fold import changes_of
from pathways.storage.prepared import Prepared
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import ENDED, place_of, standing_of

O = TypeVar("O", bound=Order)  # noqa: E741 - an order

_introduction, _pathway = table_of(Introduction), table_of(Pathway)
_event, _person = table_of(Event), table_of(Person)
REWRITING = frozenset({"correct", "migrate"})


def _person_named(parameter: str) -> ScalarSelect[int]:
    named = _person.c.slug == bindparam(parameter)
    return (
        select(_person.c.id)
        .where(_person.c.region_id == bindparam("region"), named, _person.c.active)
        .scalar_subquery()
    )


_OPENED = Prepared(
    select(
        *_introduction.c,
        _pathway.c.name.label("pathway_name"),
        exists().where(_event.c.command_id == bindparam("command_id")).label("known"),
        _person_named("actor").label("actor_id"),
        _person_named("on_behalf").label("on_behalf_id"),
    )
    .join_from(_introduction, _pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(_introduction.c.region_id == bindparam("region"), _introduction.c.slug == bindparam("slug"))
    .order_by(_introduction.c.number.desc())
    .limit(1)
    .with_for_update(of=_introduction)
)
"""The newest introduction of that name, with who asks and whether the command was carried out before.

On PostgreSQL other writers wait here instead of colliding later.
"""


def never_owned(_case: Case, _order: Order) -> bool:
    """Say that nobody owns what the action is about: only roles count."""
    return False


@dataclass(frozen=True, slots=True)
class UseCase(Generic[O]):
    """One thing that can be done to an introduction: its name, the data it needs, and the function that does it.

    `owned` says whether the acting person has been given the very thing that the order is about.
    """

    name: str
    order: type[O]
    act: Callable[[Case, O], None]
    owned: Callable[[Case, O], bool] = never_owned


def carry_out(
    work: UnitOfWork,
    use_case: UseCase[O],
    order: O,
    ask: Ask,
    *,
    region_id: int,
    slug: str,
    profile: Profile,
    salter: Salter,
) -> Receipt:
    """Carry out one use case on one introduction and return its receipt; any refusal leaves nothing behind.

    Raises `Unknown`, `NotAllowed`, `TransitionRefused`, `Refused`, `IntroductionChanged` or `ClockWentBack`.
    A command id that was used before is answered with the first receipt.
    """
    row = work.find(_OPENED, _keys(region_id, slug, ask))
    if row is not None and row["known"]:
        return get_receipt(work, ask.command_id, region_id=region_id, slug=slug, command=use_case.name)
    case = _case_of(work, row, ask, region_id=region_id, slug=slug, profile=profile, salter=salter)
    _permit(case, use_case, order)
    use_case.act(case, order)
    return close_case(case, use_case.name, order)


def open_case(work: UnitOfWork, region_id: int, slug: str, ask: Ask, *, profile: Profile, salter: Salter) -> Case:
    """Return the introduction, locked for this transaction; refuse an unknown slug, person and an old version."""
    row = work.find(_OPENED, _keys(region_id, slug, ask))
    return _case_of(work, row, ask, region_id=region_id, slug=slug, profile=profile, salter=salter)


def close_case(case: Case, command: str, order: Order) -> Receipt:
    """Settle what follows from the change, record the event and put its messages in the outbox.

    An introduction that has ended is written to no more, but by a correction.
    """
    if standing_of(case.before) in ENDED and command not in REWRITING:
        raise Refused("not_possible_here", place=place_of(case.before))
    consequences.settle(case)
    receipt = case.record(command, given_of(order))
    put(case.work.connection, case.messages, now=case.now)
    return receipt


def given_of(order: Order) -> dict[str, object]:
    """Return the part of an order that the log keeps as it is: names of choices and dates, never free text.

    Texts and figures of rows stand in the event's changes, texts by digest.
    """
    kept = {"choice", "outcome", "number", "role", "until_on", "held_on", "meeting_on", "months", "undo_to", "task"}
    given = order.model_dump(exclude=set(order.TEXTS))
    return {name: value for name, value in given.items() if name in kept and value is not None}


def is_known(work: UnitOfWork, command_id: str) -> bool:
    """Say whether a command was carried out under this id."""
    return work.find(select(_event.c.seq).where(_event.c.command_id == command_id)) is not None


def get_receipt(work: UnitOfWork, command_id: str, *, region_id: int, slug: str, command: str) -> Receipt:
    """Return what was answered when this command id was first used.

    One that was used for something else is refused: nobody learns by it what happened elsewhere.
    """
    query = (
        select(_event, _introduction.c.slug)
        .join(_introduction, _introduction.c.id == _event.c.introduction_id)
        .where(_event.c.command_id == command_id)
    )
    event = work.find(query)
    if event is None or (event["region_id"], event["slug"], event["command"]) != (region_id, slug, command):
        raise Refused("error.command_id_used", command_id=command_id)
    return Receipt(
        **{name: event[name] for name in ("introduction_id", "slug", "command", "seq", "place")},
        made=tuple((change.table, change.ref) for change in changes_of(event) if change.made),
        repeated=True,
    )


def changed(work: UnitOfWork, row: Row, *, seen: int) -> IntroductionChanged:
    """Return the refusal that tells who changed the introduction since version `seen`, how and when."""
    query = (
        select(_event.c.command, _event.c.at, _person.c.name)
        .outerjoin(_person, _person.c.id == _event.c.actor_id)
        .where(_event.c.introduction_id == row["id"], _event.c.seq > seen)
        .order_by(_event.c.seq)
    )
    newer = work.rows(query)
    last = newer[-1] if newer else None
    return IntroductionChanged(
        slug=row["slug"],
        seen=seen,
        version=row["version"],
        command=last["command"] if last else "",
        by=(last["name"] or "") if last else "",
        at=last["at"].isoformat() if last else "",
    )


def _permit(case: Case, use_case: UseCase[O], order: O) -> None:
    if case.actor_id is None:
        return
    permit(use_case.name, held=case.roster.roles_of(case.actor_id), owns=use_case.owned(case, order))


def _keys(region_id: int, slug: str, ask: Ask) -> dict[str, object]:
    asked = {"command_id": ask.command_id, "actor": ask.actor, "on_behalf": ask.on_behalf}
    return {"region": region_id, "slug": slug, **asked}


def _case_of(
    work: UnitOfWork, row: Row | None, ask: Ask, *, region_id: int, slug: str, profile: Profile, salter: Salter
) -> Case:
    if row is None:
        known = select(_introduction.c.slug).where(_introduction.c.region_id == region_id)
        raise Unknown("introduction", slug, work.values(known))
    if ask.version is not None and ask.version != row["version"]:
        raise changed(work, row, seen=ask.version)
    for person, found in ((ask.actor, row["actor_id"]), (ask.on_behalf, row["on_behalf_id"])):
        if person is not None and found is None:
            raise unknown_person(work, region_id, person)
    case = Case(work, row, profile, ask, salter)
    case.actor_id, case.on_behalf_id = row["actor_id"], row["on_behalf_id"]
    return case
