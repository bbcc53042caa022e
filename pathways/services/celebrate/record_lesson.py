"""Keep a lesson for the next pathway that meets the same kind of gap."""

from typing import Annotated

from pydantic import Field

from pathways.errors import InvalidOrder, Problem
from pathways.models.holding import Lesson
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.gap.answers import Cause, Hinder
from pathways.services.plan.parts import Motive


class RecordLesson(Order):
    """The lesson, and the kind of gap it is about: what hinders, what it comes of, perhaps a step by its heading."""

    text: Motive
    hinders: tuple[Hinder, ...] = ()
    causes: tuple[Cause, ...] = ()
    step: Annotated[str, Field(max_length=200)] = ""


def record_lesson(case: Case, order: RecordLesson) -> None:
    """Write the lesson; one that belongs to no kind of gap would never be found again and is refused."""
    if not (order.hinders or order.causes or order.step):
        raise InvalidOrder("record_lesson", [Problem("hinders", "order.lesson_without_tag", {})])
    case.insert(
        Lesson,
        body=order.text,
        hinders=list(dict.fromkeys(order.hinders)),
        causes=list(dict.fromkeys(order.causes)),
        step=order.step,
        written_on=case.today,
        written_by=case.actor_id,
    )


USE_CASE = UseCase("record_lesson", RecordLesson, record_lesson)
