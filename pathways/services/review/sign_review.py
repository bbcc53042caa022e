"""Sign a review: the working paper becomes rows that stay as they are, and the loop is held as decided, in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlalchemy import bindparam, delete

from pathways.errors import Refused
from pathways.models.measure import Indicator, IndicatorPhase, IndicatorValue
from pathways.models.plan import Activity
from pathways.models.review import (
    AskedFor,
    Prediction,
    Review,
    ReviewActivity,
    ReviewField,
    ReviewIndicator,
    Verdict,
)
from pathways.profiles.vocabulary import Role
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import person_of, rows_of
from pathways.services.loop.hold_loop import HoldLoop, hold_loop
from pathways.services.loops import open_loop
from pathways.services.review.evidence import data_until, hints_for, list_checks
from pathways.services.review.field import Paper, load_paper
from pathways.services.review.questions import ACTIVITY, DECISIONS, INDICATOR, YES
from pathways.services.review.record import Record, day_in, list_lacks
from pathways.services.review.series import Series, judge_all, take_snapshot
from pathways.services.review.under_test import predictions_for, under_test
from pathways.storage.unit_of_work import Row, table_of
from states.commands import Command
from states.errors import TransitionRefused
from states.reasons import Reason

_field = table_of(ReviewField)
_OLD_PAPERS = delete(_field).where(_field.c.introduction_id == bindparam("case"), _field.c.loop < bindparam("before"))
"""The papers of earlier loops: their records stand in the log, where a text can be erased by law."""
NOT_KEPT = frozenset({"decision", "owner", "due_on"})


class SignReview(Order):
    """Which loop's review. `seen` names the state of the working paper that was looked at; None means any."""

    number: Annotated[int, Field(ge=1, le=400)]
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """All that a sign-off looks at."""

    record: Record
    paper: Paper
    reviewed: Sequence[Row]
    series: Sequence[Series]


def sign_review(case: Case, order: SignReview) -> None:
    """Store the record with snapshots of what was seen, and hold the loop.

    Refused with every reason at once where something is missing: prediction, what was learned, a decision. Refused too
    where the paper was changed after it was looked at.
    """
    opened = open_loop(case)
    if opened is None or opened[1] != order.number:
        raise Refused("error.review_closed", number=order.number)
    paper = load_paper(case.work, introduction_id=case.id, region_id=case.region_id, loop=order.number)
    _refuse_what_changed(paper, order)
    ready = _gather(case, order.number, paper)
    lacks = list_lacks(ready.record)
    if not lacks:
        _write(case, order.number, ready)
        case.work.connection.execute(_OLD_PAPERS, {"case": case.id, "before": order.number})
    reasons = (*(lack.reason for lack in lacks), *_hold(case, ready.record))
    if reasons:
        raise TransitionRefused(Command.HOLD_LOOP, tuple({str(reason): reason for reason in reasons}.values()))


def _refuse_what_changed(paper: Paper, order: SignReview) -> None:
    newest = paper.newest
    if order.seen is None or order.seen == paper.seen or newest is None:
        return
    at = newest.at.isoformat() if newest.at else ""
    raise Refused("error.review_changed", by=newest.by, at=at)


def _gather(case: Case, number: int, paper: Paper) -> Ready:
    reviewed = rows_of(case, ReviewActivity)
    foretold = predictions_for(rows_of(case, Prediction), case.loops, number)
    activities = under_test(rows_of(case, Activity), foretold, reviewed)
    kinds = (Indicator, IndicatorValue, IndicatorPhase)
    series = judge_all(*(rows_of(case, kind) for kind in kinds), today=case.today)
    record = Record(
        texts=paper.texts,
        activities=activities,
        foretold=foretold,
        series=[one.about for one in series],
        today=case.today,
    )
    return Ready(record, paper, reviewed, series)


def _hold(case: Case, record: Record) -> tuple[Reason, ...]:
    """Hold the loop by the old command, and return what the chart has against it.

    Where answers are missing it is tried with others in their place: the chart's own reasons shall be told in the same
    breath, and nothing of it stays.
    """
    decision, until_on = record.whole("decision"), day_in(record.whole("until_on"))
    rests = decision == "pause" and until_on is not None and until_on > case.today
    if decision not in DECISIONS or (decision == "pause" and not rests):
        decision = "continue"
    held_on = day_in(record.whole("held_on"))
    held = HoldLoop(
        held_on=held_on if held_on and held_on <= case.today else case.today,
        attendees=_present(record) or [Role.COORDINATOR],
        decision=decision,
        summary=record.whole("summary") or "...",
        hold_check_done=record.whole("hold_check_done") == YES,
        indicators_secured=record.whole("indicators_secured") == YES,
        until_on=until_on if rests else None,
    )
    try:
        hold_loop(case, held)
    except TransitionRefused as error:
        return error.reasons
    return ()


def _write(case: Case, number: int, ready: Ready) -> None:
    record = ready.record
    minutes = record.whole("minutes")
    free = ("led_by", "closing", "closing_why", "risks", "help_wanted", "question", "celebrate", "decision", "summary")
    case.insert(
        Review,
        loop=number,
        **{name: record.whole(name) or None for name in free},
        held_on=day_in(record.whole("held_on")),
        data_until=data_until(ready.series),
        present=[str(role) for role in _present(record)],
        asked_for=AskedFor(record.whole("asked_for")),
        minutes=int(minutes) if minutes else None,
        manager_informed=record.whole("manager_informed") == YES,
        checks=list_checks(record, ready.reviewed, ready.series),
        signed_on=case.today,
        signed_by=case.actor_id,
    )
    case.insert_many(ReviewActivity, [_activity(case, number, ready, one) for one in record.activities])
    activities = rows_of(case, Activity)
    case.insert_many(
        ReviewIndicator,
        [
            {
                "loop": number,
                "indicator": one.indicator["ref"],
                "unit_id": one.unit_id,
                "snapshot": take_snapshot(one, activities, today=case.today),
                **{name: record.about(one.about, name) or None for name in INDICATOR},
            }
            for one in ready.series
        ],
    )


def _activity(case: Case, number: int, ready: Ready, activity: Row) -> Mapping[str, object]:
    record, ref = ready.record, str(activity["ref"])
    owner = record.of(ref, "owner")
    return {
        "loop": number,
        "activity_ref": ref,
        "title": activity["title"],
        "state": str(activity["state"]),
        **{name: record.of(ref, name) or None for name in ACTIVITY if name not in NOT_KEPT},
        "decision": Verdict(record.of(ref, "decision")),
        "owner_id": person_of(case, owner) if owner else None,
        "due_on": day_in(record.of(ref, "due_on")),
        "hints": [str(hint) for hint in hints_for(record, activity, ready.series)],
    }


def _present(record: Record) -> list[Role]:
    return [Role(name) for name in record.whole("present").split(",") if name]


USE_CASE = UseCase("sign_review", SignReview, sign_review)
