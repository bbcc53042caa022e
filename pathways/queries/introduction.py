"""One introduction's page: position, offers with reasons, tasks, timers, people, plan, loops, gaps and history."""

from datetime import date, datetime

from pathways.models.case_rows import CASE_TABLES
from pathways.models.decision_basis import BasisVersion
from pathways.models.holding import (
    ComplexityAnswer,
    EvaluationLine,
    HoldCheck,
    HoldInvitation,
    Lesson,
    ReadinessLine,
)
from pathways.models.measure import Indicator, IndicatorPhase, IndicatorValue
from pathways.models.plan_comment import CommentInvitation, PlanComment
from pathways.models.ranking import Ranking, RankingMove, Score
from pathways.models.review import Prediction, Review, ReviewActivity, ReviewIndicator, ReviewNote
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.queries import details
from pathways.queries.history import history
from pathways.queries.material import Head, Material
from pathways.queries.moment import require_past
from pathways.queries.names import Names, load_names_around
from pathways.queries.onward import offers_from
from pathways.queries.past import load_past_one
from pathways.queries.people import load_names, load_people
from pathways.queries.position import position_of
from pathways.queries.present import load_head, load_rows
from pathways.queries.versions import load_shelf
from pathways.queries.views import HistoryRow, IntroductionView, OfferView
from pathways.services.facts import Versions, facts_of
from pathways.storage.unit_of_work import UnitOfWork
from states.snapshot import Standing

OWN_PAGES = frozenset(
    {
        *(CommentInvitation, PlanComment, Score, Ranking, RankingMove, BasisVersion),
        *(HoldCheck, HoldInvitation, ReadinessLine, ComplexityAnswer, EvaluationLine, Lesson),
        *(Indicator, IndicatorValue, IndicatorPhase),
        *(Prediction, Review, ReviewActivity, ReviewIndicator, ReviewNote),
    }
)
"""Rows that only pages of their own show."""

KINDS = tuple(kind for kind in CASE_TABLES.values() if kind not in OWN_PAGES)


def introduction(
    work: UnitOfWork,
    *,
    region_id: int,
    slug: str,
    profile: Profile,
    now: datetime,
    number: int | None = None,
    as_of: datetime | None = None,
    with_history: bool = True,
    by_head: bool = False,
) -> IntroductionView:
    """Return the newest introduction of that name, as it stands or as it stood at an earlier moment.

    `number` asks for an earlier one, which has ended: it stands as it stood then.

    A page that shows a piece of a long history asks `log_page` for it and leaves the whole out here; `by_head` says
    that it is the head who looks, to whom one offer more is open.
    Raises `Unknown` with the nearest names, `NotThere` with the first date for a moment before it began, and
    `Refused` for a moment that lies ahead.
    """
    if as_of is not None:
        moment = require_past(as_of, now=now)
        return _as_of(work, moment, region_id=region_id, slug=slug, profile=profile, with_history=with_history)
    head = load_head(work, region_id=region_id, slug=slug, number=number)
    rows = load_rows(work, KINDS, region_id=region_id, introduction_id=head.introduction_id)
    today = local_date(now, profile.region.zone)
    people = load_people(work, region_id=region_id, today=today)
    names = load_names_around(work, people, profile, region_id=region_id, version_id=head.own["analysed_version_id"])
    versions = load_shelf(work, region_id=region_id, pathway_id=head.pathway_id).now(head.pathway_id)
    offered = list_offers(work, head, profile, now=now, today=today, by_head=by_head)
    told = history(work, region_id=region_id, introduction_id=head.introduction_id) if with_history else ()
    return _view(Material(head, rows), names, versions, profile, today=today, offered=offered, told=told)


def _as_of(
    work: UnitOfWork, as_of: datetime, *, region_id: int, slug: str, profile: Profile, with_history: bool
) -> IntroductionView:
    material = load_past_one(work, KINDS, region_id=region_id, slug=slug, as_of=as_of)
    people, version_id = load_names(work, region_id=region_id), material.head.own["analysed_version_id"]
    names = load_names_around(work, people, profile, region_id=region_id, version_id=version_id)
    versions = load_shelf(work, region_id=region_id, pathway_id=material.head.pathway_id).named_by(material)
    today = local_date(as_of, profile.region.zone)
    case = material.head.introduction_id
    told = history(work, region_id=region_id, introduction_id=case, as_of=as_of) if with_history else ()
    return _view(material, names, versions, profile, today=today, told=told)


def _view(
    material: Material,
    names: Names,
    versions: Versions,
    profile: Profile,
    *,
    today: date,
    offered: tuple[OfferView, ...] = (),
    told: tuple[HistoryRow, ...] = (),
) -> IntroductionView:
    head = material.head
    perspective = head.own["patient_perspective"]
    return IntroductionView(
        position=position_of(material, names.people, versions, profile, today=today),
        version_adopted=versions.label_of(head.own["adopted_version_id"]),
        offers=offered,
        tasks=details.list_tasks(material, names),
        timers=details.list_timers(material),
        people=details.list_people(material, names),
        decisions=details.list_decisions(material, names),
        loops=details.list_loops(material),
        activities=details.list_activities(material, names),
        gap=details.picture_gaps(material, names, version=versions.label_of(head.own["analysed_version_id"])),
        history=told,
        patient_perspective=str(perspective) if perspective else None,
        informed_on=head.own["informed_on"],
        return_on=head.own["return_on"],
        comment_round=details.find_comment_round(material),
        board_case=details.find_board_case(material, names),
        celebration=details.find_celebration(material, names),
        follow_ups=details.list_follow_ups(material),
        chart=head.snapshot.chart,
        resting=tuple(state for states in head.snapshot.history.values() for state in states),
    )


def list_offers(
    work: UnitOfWork, head: Head, profile: Profile, *, now: datetime, today: date, by_head: bool
) -> tuple[OfferView, ...]:
    """Return what can be done from here, with what stands in the way; nothing where the introduction has ended."""
    if head.standing in {Standing.STOPPED, Standing.CLOSED}:
        return ()
    row = {"id": head.introduction_id, "pathway_id": head.pathway_id, "place": head.place, **head.own}
    facts = facts_of(work, row, profile, now=now, today=today)
    return offers_from(head.snapshot, facts, place=head.place, by_head=by_head)
