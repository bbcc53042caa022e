"""Give activities their levels, as one member of the management group sees them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pathways.errors import Refused
from pathways.models.plan import Activity
from pathways.models.ranking import Score
from pathways.planning.ranking import FACTORS
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import refs_of, rows_of
from pathways.services.plan.parts import Words
from states.snapshot import place_of

UpToFour = Annotated[int, Field(ge=1, le=4)]
UpToFive = Annotated[int, Field(ge=1, le=5)]


class ActivityScore(BaseModel):
    """The levels of one activity. `gap` and `affected` are given only where the gap analysis is not to decide them."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    activity: str
    gap: UpToFour | None = None
    affected: UpToFive | None = None
    severity: UpToFour | None = None
    feasibility: UpToFour | None = None
    note: Words | None = None


class ScoreActivities(Order):
    """Levels of one or more activities; an activity that is scored again gets the new levels."""

    scores: Annotated[list[ActivityScore], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _each_once(self) -> "ScoreActivities":
        named = [one.activity for one in self.scores]
        if len(named) != len(set(named)):
            raise ValueError("an activity is named twice")
        return self


def score_activities(case: Case, order: ScoreActivities) -> None:
    """Write the member's levels; refused when the plan is not being ranked."""
    if place_of(case.snapshot) != "ranking":
        raise Refused("error.not_ranking")
    refs_of(case, Activity, (one.activity for one in order.scores))
    mine = {row["activity_ref"]: row for row in rows_of(case, Score) if row["person_id"] == case.actor_id}
    new = []
    for one in order.scores:
        levels = {name: getattr(one, name) for name in (*FACTORS, "note")}
        if one.activity in mine:
            case.update(Score, mine[one.activity]["ref"], **levels, scored_on=case.today)
        else:
            new.append({"activity_ref": one.activity, "person_id": case.actor_id, **levels, "scored_on": case.today})
    case.insert_many(Score, new)


USE_CASE = UseCase("score_activities", ScoreActivities, score_activities)
