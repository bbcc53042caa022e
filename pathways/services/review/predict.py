"""Write down what is expected of an activity before anybody can know: theory, measure, direction, size, by when."""

from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import bindparam, func, select

from pathways.errors import Refused
from pathways.models.measure import IndicatorValue
from pathways.models.plan import Activity, ActivityState
from pathways.models.review import Expected, Prediction
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import row_of, rows_of
from pathways.services.loops import last_number, open_loop
from pathways.services.plan.parts import Short, Title
from pathways.services.review.under_test import begun_on
from pathways.storage.unit_of_work import table_of

Theory = Annotated[str, Field(min_length=10, max_length=600)]
_value = table_of(IndicatorValue)
_COME = select(func.count()).where(
    _value.c.introduction_id == bindparam("case"),
    _value.c.voided_by.is_(None),
    _value.c.period >= bindparam("since", type_=_value.c.period.type),
)


class Predict(Order):
    """Of which activity, by the review of which loop; the theory in one sentence, and what it foretells."""

    number: Annotated[int, Field(ge=1, le=400)]
    activity: str
    theory: Theory
    measure: Title
    direction: Expected
    size: Short
    by_on: date | None = None


def predict(case: Case, order: Predict) -> None:
    """Write it for the loop that is next, or open.

    It is locked when the loop opens, or when the first value arrives of a period that begins after the loop began:
    one that stands is then changed no more. One that was missing may be written even then, marked as late.
    """
    upcoming = number_to_foretell(case)
    if order.number != upcoming:
        raise Refused("error.prediction_number", given=order.number, number=upcoming)
    activity = row_of(case, Activity, order.activity)
    if activity["state"] == ActivityState.STOPPED:
        raise Refused("error.prediction_stopped", title=activity["title"] or "")
    is_late = is_locked(case, upcoming)
    stands = rows_of(case, Prediction, loop=upcoming, activity_ref=order.activity)
    if stands and is_late:
        raise Refused("error.prediction_locked", title=activity["title"] or "")
    values = {
        **order.model_dump(exclude={"number", "activity"}),
        "written_on": case.today,
        "written_by": case.actor_id,
        "is_late": is_late,
    }
    if stands:
        case.update(Prediction, stands[0]["ref"], **values)
    else:
        case.insert(Prediction, loop=upcoming, activity_ref=order.activity, **values)


def number_to_foretell(case: Case) -> int:
    """Return the loop that is open, or else the one that comes next."""
    opened = open_loop(case)
    return opened[1] if opened else last_number(case) + 1


def is_locked(case: Case, number: int) -> bool:
    """Say whether predictions for a loop are locked: it has opened, or values of its time have come."""
    if open_loop(case) is not None:
        return True
    anchor = case.own["anchor_on"]
    begun = begun_on(case.loops, number, anchor if isinstance(anchor, date) else None)
    return begun is not None and bool(case.work.value(_COME, {"case": case.id, "since": begun}))


USE_CASE = UseCase("predict", Predict, predict)
