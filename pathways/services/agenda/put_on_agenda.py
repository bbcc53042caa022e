"""A submitted plan stands on the agenda of its meeting: put there with the submission, taken off when it is undone."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, func, select, update

from pathways.errors import Refused
from pathways.models.decision import BoardCase
from pathways.models.introduction import Event
from pathways.models.meeting import AgendaItem, ItemKind, Minutes, MinutesState
from pathways.models.organisation import Body, Meeting
from pathways.planning.meetings import usual_setting
from pathways.profiles.vocabulary import Matter
from pathways.services.case import Case
from pathways.services.lookup import body_named, rows_of
from pathways.storage.unit_of_work import Row, table_of

AWAITING, SUBMIT = "awaiting_decision", "submit_for_decision"
LONGEST_TITLE = 200
_event, _body = table_of(Event), table_of(Body)
_item, _meeting, _minutes = table_of(AgendaItem), table_of(Meeting), table_of(Minutes)


def put_plan_on_agenda(case: Case, *, put_in: int | None = None) -> None:
    """See to it that the plan on its way has an item for decision at its meeting, and only there.

    A meeting that the region has not written is written now. A cancelled one is refused, and so is one whose minutes
    are approved. An item that stands there already, put by hand, is left as it is. `put_in` is the number of the event
    that handed the plan in, where it is not the one at hand.
    """
    waiting = rows_of(case, BoardCase, closed=False)[-1]
    meeting_id = _meeting_of(case, waiting)
    _take_off(case, _item.c.put_in.is_not(None), _item.c.meeting_id != meeting_id)
    standing = (*_mine(case), _item.c.meeting_id == meeting_id, _item.c.kind == ItemKind.DECISION)
    if case.work.find(select(_item.c.id).where(*standing, _item.c.matter == Matter.PLAN).limit(1)) is not None:
        return
    last = select(func.max(_item.c.position)).where(_item.c.meeting_id == meeting_id, _item.c.withdrawn_on.is_(None))
    case.work.insert_one(
        AgendaItem,
        {
            "region_id": case.region_id,
            "meeting_id": meeting_id,
            "position": 1 + (case.work.value(last) or 0),
            "kind": ItemKind.DECISION,
            "matter": Matter.PLAN,
            "introduction_id": case.id,
            "title": case.pathway[:LONGEST_TITLE],
            "added_at": case.now,
            "added_by": case.actor_id,
            "put_in": put_in or case.seq,
        },
    )


def follow_plan(case: Case) -> None:
    """Move the item of a plan that is handed in already to the meeting that is now chosen for it."""
    if AWAITING not in case.snapshot.configuration:
        return
    submitted = select(func.max(_event.c.seq)).where(_event.c.introduction_id == case.id, _event.c.command == SUBMIT)
    put_plan_on_agenda(case, put_in=case.work.value(submitted))


def take_off_other_agendas(case: Case, *, body_id: int, meeting_on: date) -> None:
    """Withdraw the items that the system put on the agendas of other meetings than the one that decided the plan."""
    here = select(_meeting.c.id).where(_meeting.c.body_id == body_id, _meeting.c.held_on == meeting_on)
    _take_off(case, _item.c.put_in.is_not(None), _item.c.matter == Matter.PLAN, _item.c.meeting_id.not_in(here))


def take_off_agenda(case: Case, undone: Collection[int]) -> None:
    """Withdraw the items that these events of the introduction put on an agenda, and that nobody has decided."""
    if undone:
        _take_off(case, _item.c.put_in.in_(sorted(undone)))


def _take_off(case: Case, *which: ColumnElement[bool]) -> None:
    statement = update(_item).where(*_mine(case), *which)
    case.work.connection.execute(statement.values(withdrawn_on=case.today, put_in=None))


def _mine(case: Case) -> tuple[ColumnElement[bool], ...]:
    mine = (_item.c.region_id == case.region_id, _item.c.introduction_id == case.id)
    return (*mine, _item.c.withdrawn_on.is_(None), _item.c.outcome.is_(None))


def _meeting_of(case: Case, waiting: Row) -> int:
    query = (
        select(_meeting.c.id, _meeting.c.cancelled, _minutes.c.state)
        .outerjoin(_minutes, _minutes.c.meeting_id == _meeting.c.id)
        .where(_meeting.c.body_id == waiting["body_id"], _meeting.c.held_on == waiting["meeting_on"])
    )
    row = case.work.find(query)
    if row is None:
        values = {"held_on": waiting["meeting_on"], "hand_in_on": waiting["hand_in_on"]}
        slug = case.work.value(select(_body.c.slug).where(_body.c.id == waiting["body_id"]))
        usual = usual_setting(case.profile.find_body(slug))
        return case.work.insert_one(Meeting, {"body_id": waiting["body_id"], **values, **usual._asdict()})
    held_on = waiting["meeting_on"].isoformat()
    if row["cancelled"]:
        raise Refused("error.meeting_cancelled", body=body_named(case, waiting["body_id"]), held_on=held_on)
    if row["state"] == MinutesState.APPROVED:
        raise Refused("error.minutes_approved", body=body_named(case, waiting["body_id"]), held_on=held_on)
    return int(row["id"])
