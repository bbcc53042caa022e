"""Open a learning loop: by its timer, or earlier by a person with a reason."""

from datetime import date

from pathways.models.introduction import Timer, TimerKind, TimerState
from pathways.models.loop import LearningLoop, LoopState
from pathways.services import announce
from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of
from pathways.services.loops import last_number
from pathways.services.move import move
from pathways.services.timers import loop_due_on
from states.commands import Command


def open_loop(case: Case, _order: Nothing) -> None:
    """Write the next loop, settle its timer and ask the team to hold it."""
    move(case, Command.OPEN_LOOP)
    anchor = case.own["anchor_on"]
    assert isinstance(anchor, date)
    number = last_number(case) + 1
    write_loop(case, number, loop_due_on(case.profile, anchor, number))
    for timer in rows_of(case, Timer, kind=TimerKind.LEARNING_LOOP, occurrence=number, state=TimerState.LIVE):
        case.update(Timer, timer["ref"], state=TimerState.FIRED, settled_at=case.now)


def write_loop(case: Case, number: int, due_on: date) -> None:
    """Write an open loop and invite the team."""
    case.insert(LearningLoop, number=number, due_on=due_on, opened_on=case.today, state=LoopState.OPEN)
    hold_by = case.profile.workdays.add(case.today, case.profile.loops.hold_within_workdays)
    announce.loop_opens(case, case.roster, number=number, hold_by=hold_by)


USE_CASE = UseCase("open_loop", Nothing, open_loop)
