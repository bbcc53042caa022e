"""The ranking of a plan: what speaks for each activity, how sturdy that is, the order set, and who moved what."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pathways.models.gap import GapAnswer, GapInvitation
from pathways.models.plan import Activity, ActivityGap
from pathways.models.ranking import Ranking, RankingMove, Score
from pathways.planning.ranking import Sturdiness, places_by_score, score_of, try_order
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.queries.material import Head, Material
from pathways.queries.people import load_names
from pathways.queries.plan import KINDS as PLAN_KINDS
from pathways.queries.plan import PlanLine, PlanPage, build_plan, load_material
from pathways.services.plan.scoring import Support, list_support
from pathways.services.roster import roster_of
from pathways.storage.unit_of_work import Row, UnitOfWork

KINDS = (*PLAN_KINDS, Score, Ranking, RankingMove)


@dataclass(frozen=True, slots=True)
class RankLine:
    """One activity: what speaks for it, its score (None until every factor is known) and its place by that score.

    A shared place is one that another activity of equal score has too.
    """

    line: PlanLine
    support: Support
    score: float | None
    scored_place: int | None
    is_shared: bool = False

    @property
    def ref(self) -> str:
        """Return the activity's ref."""
        return self.line.ref

    @property
    def place(self) -> int | None:
        """Return the place that people gave it."""
        rank: int | None = self.line.row["rank"]
        return rank


@dataclass(frozen=True, slots=True)
class Move:
    """That an activity got another place: from where to where, where the score had it, and why."""

    title: str
    from_place: int | None
    to_place: int | None
    scored_place: int | None
    motive: str | None


@dataclass(frozen=True, slots=True)
class RankingLog:
    """One order as it was set: when, by whom, why, with which weights, and what was moved."""

    ref: str
    ranked_on: date
    by: str | None
    motive: str | None
    weights: Mapping[str, float]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingPage:
    """All of a ranking. `by_score` are the activities in the order of their score, those without one last."""

    head: Head
    plan: PlanPage
    by_score: tuple[RankLine, ...]
    weights: Mapping[str, float]
    sturdiness: Sturdiness
    log: tuple[RankingLog, ...]
    scored_by: tuple[str, ...]
    waited_for: tuple[str, ...]
    mine: Mapping[str, Row]

    @property
    def is_open(self) -> bool:
        """Say whether the plan is being ranked now."""
        return self.head.place == "ranking" and self.head.is_open

    @property
    def scored(self) -> dict[str, int]:
        """Return the places by score, where anybody has scored."""
        places = {one.ref: one.scored_place for one in self.by_score if one.scored_place}
        return places if self.scored_by else {}

    @property
    def ranked(self) -> list[RankLine]:
        """Return the activities that have a place, in their order."""
        return sorted((one for one in self.by_score if one.place), key=lambda one: one.place or 0)

    @property
    def declined(self) -> list[RankLine]:
        """Return the activities that find no room now."""
        return [one for one in self.by_score if one.line.is_declined]

    @property
    def unranked(self) -> list[RankLine]:
        """Return the activities that have no place yet and were not declined."""
        return [one for one in self.by_score if one.line.row["standpoint"] is None]

    @property
    def seen(self) -> str:
        """Return what names the order that stands, to tell whether somebody sets another meanwhile."""
        return self.log[0].ref if self.log else ""

    def title(self, ref: str) -> str:
        """Return an activity's title."""
        line = self.plan.line(ref)
        return line.title if line else ref


def ranking_page(
    work: UnitOfWork,
    *,
    region_id: int,
    slug: str,
    person_id: int,
    profile: Profile,
    today: date,
    now: datetime,
    as_of: datetime | None = None,
) -> RankingPage:
    """Return the ranking as it stands, or stood at an earlier moment, and what the person has given."""
    material = load_material(work, KINDS, region_id=region_id, slug=slug, now=now, as_of=as_of)
    plan = build_plan(work, material, profile, region_id=region_id, today=today)
    names = load_names(work, region_id=region_id).names
    weights = profile.ranking.weights.by_factor
    lines, sturdiness = _by_score(material, plan, weights)
    scorers = {row["person_id"] for row in material.of(Score)}
    case = material.head.introduction_id
    roster = roster_of(work, introduction_id=case, region_id=region_id, today=today)
    members = roster.holders(Role.MANAGEMENT_GROUP_MEMBER)
    return RankingPage(
        head=material.head,
        plan=plan,
        by_score=lines,
        weights=weights,
        sturdiness=sturdiness,
        log=_log(material, plan, names),
        scored_by=tuple(sorted(names.get(one, "") for one in scorers)),
        waited_for=tuple(names[one] for one in members if one not in scorers and one in names),
        mine={row["activity_ref"]: row for row in material.of(Score) if row["person_id"] == person_id},
    )


def _by_score(
    material: Material, plan: PlanPage, weights: Mapping[str, float]
) -> tuple[tuple[RankLine, ...], Sturdiness]:
    analysed = material.head.own["analysed_version_id"]
    asked = [row for row in material.of(GapInvitation) if row["version_id"] == analysed]
    activities, links, answers, scores = (material.of(kind) for kind in (Activity, ActivityGap, GapAnswer, Score))
    support = {one.ref: one for one in list_support(activities, links, answers, scores, asked)}
    measures = [one.measure for one in support.values()]
    places = places_by_score(measures, weights)
    levels = {one.ref: one.levels for one in measures}
    known = {ref: score_of(found, weights) for ref, found in levels.items() if found is not None}
    in_order = [*places, *(ref for ref in support if ref not in known)]
    by_ref = {line.ref: line for line in plan.lines}
    taken = Counter(places.values())
    shared = {ref for ref, place in places.items() if taken[place] > 1}
    lines = tuple(
        RankLine(by_ref[ref], support[ref], known.get(ref), places.get(ref), ref in shared) for ref in in_order
    )
    return lines, try_order(measures, weights)


def _log(material: Material, plan: PlanPage, names: Mapping[int, str]) -> tuple[RankingLog, ...]:
    """Return every order that was set, the newest first."""
    return tuple(
        RankingLog(
            row["ref"],
            row["ranked_on"],
            names.get(row["ranked_by"]),
            row["motive"],
            row["weights"],
            tuple(_move(move, plan) for move in material.of(RankingMove) if move["ranking_ref"] == row["ref"]),
        )
        for row in material.of(Ranking)[::-1]
    )


def _move(row: Row, plan: PlanPage) -> Move:
    line = plan.line(row["activity_ref"])
    places = (row["from_place"], row["to_place"], row["scored_place"])
    return Move(line.title if line else "", *places, row["motive"])
