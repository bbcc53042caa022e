"""Rank the measures: the management group's order, with a motive for the whole, for every move and for every no."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pathways.errors import Refused
from pathways.models.gap import GapAnswer, GapInvitation
from pathways.models.plan import Activity, ActivityGap, ActivityState, Standpoint
from pathways.models.ranking import Ranking, RankingMove, Score
from pathways.planning.ranking import list_unexplained, places_by_score
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import row_of, rows_of
from pathways.services.plan.parts import Motive
from pathways.services.plan.scoring import list_support
from pathways.storage.unit_of_work import Row
from states.snapshot import place_of


class Argued(BaseModel):
    """One activity, and why it stands where it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    activity: str
    motive: Motive


class Rank(Order):
    """Refs of activities in order, the most important first, and one motive for the order.

    `declined` are not funded now, each with its motive. `moves` names those that were moved from where the score would
    put them, each with its motive.
    """

    order: Annotated[list[str], Field(min_length=1)]
    motive: Motive
    declined: tuple[Argued, ...] = ()
    moves: tuple[Argued, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "Rank":
        named = [*self.order, *(one.activity for one in self.declined)]
        moved = [one.activity for one in self.moves]
        if len(named) != len(set(named)) or len(moved) != len(set(moved)):
            raise ValueError("an activity is named twice")
        if not {*moved} <= {*self.order}:
            raise ValueError("what is moved has no place in the order")
        return self


def rank(case: Case, order: Rank) -> None:
    """Write the order anew; activities that are named nowhere lose their place and must be ranked later.

    An activity that stands elsewhere than the score would put it is refused without a motive of its own.
    """
    if place_of(case.snapshot) != "ranking":
        raise Refused("error.not_ranking")
    before = rows_of(case, Activity)
    for ref in order.order:
        if row_of(case, Activity, ref)["state"] == ActivityState.STOPPED:
            raise Refused("error.activity_stopped", activity=ref)
    for one in order.declined:
        row_of(case, Activity, one.activity)
    scored = _by_score(case)
    motives = {one.activity: one.motive for one in order.moves}
    if bare := list_unexplained(order.order, scored, motives):
        raise Refused("error.move_without_motive", activities=", ".join(bare))
    _place(case, order, motives, before)
    _note(case, order, motives, scored=scored, before=before)


def _by_score(case: Case) -> dict[str, int]:
    """Return the places of the activities by their score; where nobody has scored there are none."""
    kinds = (Activity, ActivityGap, GapAnswer, Score, GapInvitation)
    activities, links, answers, scores, asked = (rows_of(case, kind) for kind in kinds)
    if not scores:
        return {}
    asked = [row for row in asked if row["version_id"] == case.own["analysed_version_id"]]
    measures = [one.measure for one in list_support(activities, links, answers, scores, asked)]
    return places_by_score(measures, case.profile.ranking.weights.by_factor)


def _place(case: Case, order: Rank, motives: dict[str, str], before: list[Row]) -> None:
    named = {*order.order, *(one.activity for one in order.declined)}
    for activity in before:
        if activity["standpoint"] is not None and activity["ref"] not in named:
            case.update(Activity, activity["ref"], standpoint=None, rank=None, motive=None)
    for place, ref in enumerate(order.order, start=1):
        motive = motives.get(ref, order.motive)
        case.update(Activity, ref, standpoint=Standpoint.RANKED, rank=place, motive=motive)
    for one in order.declined:
        case.update(Activity, one.activity, standpoint=Standpoint.DECLINED, rank=None, motive=one.motive)


def _note(case: Case, order: Rank, motives: dict[str, str], *, scored: dict[str, int], before: list[Row]) -> None:
    """Keep the order, and for each activity that got another place who moved it from where to where, and why."""
    ref = case.insert(
        Ranking,
        ranked_on=case.today,
        ranked_by=case.actor_id,
        weights=case.profile.ranking.weights.by_factor,
        scored=list(scored),
        ranked=list(order.order),
        motive=order.motive,
    )
    declined = {one.activity: one.motive for one in order.declined}
    moves = []
    for activity in before:
        one = activity["ref"]
        to_place = order.order.index(one) + 1 if one in order.order else None
        was_ranked = activity["standpoint"] is not None
        if one in motives or one in declined or (was_ranked and to_place != activity["rank"]):
            places = {"from_place": activity["rank"], "to_place": to_place, "scored_place": scored.get(one)}
            motive = motives.get(one) or declined.get(one)
            moves.append({"ranking_ref": ref, "activity_ref": one, **places, "motive": motive})
    case.insert_many(RankingMove, moves)


USE_CASE = UseCase("rank", Rank, rank)
