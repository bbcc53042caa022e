"""Thank all who took part, in words of one's own: a mail to each, and the words on the page of thanks."""

from sqlalchemy import bindparam, select

from pathways.errors import Refused
from pathways.models.loop import Celebration
from pathways.models.organisation import Person
from pathways.models.task import Task, TaskState
from pathways.profiles.vocabulary import Role
from pathways.services import announce
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of
from pathways.services.plan.parts import Motive
from pathways.services.task.own import name_of_actor
from pathways.storage.unit_of_work import constant, table_of

TOOK_PART = (*announce.TEAM, *announce.OVERSEERS, Role.UNIT_REPRESENTATIVE)
_task, _person = table_of(Task), table_of(Person)
_HELPERS = (
    select(_task.c.settled_by)
    .join(_person, _person.c.id == _task.c.settled_by)
    .where(
        _task.c.introduction_id == bindparam("case"),
        _task.c.state == constant(TaskState.DONE),
        _task.c.voided_by.is_(None),
        _person.c.active,
    )
    .order_by(_task.c.settled_at, _task.c.ref)
)


class SayThanks(Order):
    """The words; they are sent as they are written."""

    words: Motive


def say_thanks(case: Case, order: SayThanks) -> None:
    """Keep the words and send them, once; refused before the celebration."""
    celebrations = rows_of(case, Celebration)
    if not celebrations:
        raise Refused("error.thanks_too_early")
    celebration = celebrations[-1]
    if celebration["thanked_on"] is not None:
        raise Refused("error.thanked_before", day=celebration["thanked_on"].isoformat())
    case.update(Celebration, celebration["ref"], thanks=order.words, thanked_on=case.today)
    helpers = case.work.values(_HELPERS, {"case": case.id})
    people = dict.fromkeys([*case.roster.holders(*TOOK_PART), *helpers])
    announce.thanked(case, case.roster, people=people, by=name_of_actor(case), words=order.words)


USE_CASE = UseCase("say_thanks", SayThanks, say_thanks)
