"""Take a lesson back: it is shown to nobody any more, and the log keeps that it was there."""

from pathways.models.holding import Lesson
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import row_of


class WithdrawLesson(Order):
    """Which lesson."""

    lesson: str


def withdraw_lesson(case: Case, order: WithdrawLesson) -> None:
    """Make the lesson void."""
    row = row_of(case, Lesson, order.lesson)
    case.update(Lesson, row["ref"], voided_by=case.seq)


USE_CASE = UseCase("withdraw_lesson", WithdrawLesson, withdraw_lesson)
