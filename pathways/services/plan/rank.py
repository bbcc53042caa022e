"""Rank the measures: the management group's order, with a motive for every place and every no."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pathways.errors import Refused
from pathways.models.plan import Activity, ActivityState, Standpoint
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import row_of, rows_of
from states.snapshot import place_of

Motive = Annotated[str, Field(min_length=3, max_length=2000)]


class Declined(BaseModel):
    """A measure that is not funded now, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    activity: str
    motive: Motive


class Rank(Order):
    """Refs of activities in order, the most important first, one motive for the order, and those declined."""

    order: Annotated[list[str], Field(min_length=1)]
    motive: Motive
    declined: tuple[Declined, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "Rank":
        named = [*self.order, *(one.activity for one in self.declined)]
        if len(named) != len(set(named)):
            raise ValueError("an activity is named twice")
        return self


def rank(case: Case, order: Rank) -> None:
    """Write the order anew; activities that are named nowhere lose their place and must be ranked later."""
    if place_of(case.snapshot) != "ranking":
        raise Refused("error.not_ranking")
    for activity in rows_of(case, Activity):
        if activity["standpoint"] is not None and activity["ref"] not in order.order:
            case.update(Activity, activity["ref"], standpoint=None, rank=None, motive=None)
    for place, ref in enumerate(order.order, start=1):
        if row_of(case, Activity, ref)["state"] == ActivityState.STOPPED:
            raise Refused("error.activity_stopped", activity=ref)
        case.update(Activity, ref, standpoint=Standpoint.RANKED, rank=place, motive=order.motive)
    for one in order.declined:
        row_of(case, Activity, one.activity)
        case.update(Activity, one.activity, standpoint=Standpoint.DECLINED, rank=None, motive=one.motive)


USE_CASE = UseCase("rank", Rank, rank)
