"""What a timer does when its time has come, other than opening a loop: reminds, or makes the task that is due."""

from pathways.errors import Refused
from pathways.models.decision import BoardCase
from pathways.models.introduction import Timer, TimerKind, TimerState
from pathways.models.loop import LearningLoop
from pathways.services import announce, tasks
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import body_named, row_of, rows_of
from pathways.services.roster import Roster

# Checklists of the profile that belong to a moment: the state in which the moment comes.
MOMENTS = {TimerKind.FOLLOW_UP: ("follow_up", "finished"), TimerKind.RETURN: ("returning", "paused")}


class Ring(Order):
    """Which timer."""

    timer: str


def ring(case: Case, order: Ring) -> None:
    """Settle the timer and do what it is for; one that was settled meanwhile is refused, so nothing happens twice."""
    timer = row_of(case, Timer, order.timer)
    if timer["state"] != TimerState.LIVE or timer["due_at"] > case.now:
        raise Refused("error.timer_settled", timer=order.timer)
    case.update(Timer, order.timer, state=TimerState.FIRED, settled_at=case.now)
    roster = case.roster
    match timer["kind"]:
        case TimerKind.LOOP_OVERDUE:
            for loop in rows_of(case, LearningLoop, number=timer["occurrence"]):
                announce.loop_overdue(case, roster, number=loop["number"], due_on=loop["due_on"])
        case TimerKind.DECISION:
            _ask_for_the_decision(case, roster)
        case TimerKind.FOLLOW_UP | TimerKind.RETURN as kind:
            moment, state = MOMENTS[kind]
            items = case.profile.checklist(moment)
            tasks.make(case, roster, [tasks.checklist_task(case, item, state) for item in items])


def _ask_for_the_decision(case: Case, roster: Roster) -> None:
    for waiting in rows_of(case, BoardCase, closed=False):
        announce.decision_needed(
            case,
            roster,
            body=body_named(case, waiting["body_id"]),
            meeting_on=waiting["meeting_on"],
            hand_in_on=waiting["hand_in_on"],
        )


USE_CASE = UseCase("ring", Ring, ring)
