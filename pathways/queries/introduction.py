"""One introduction's page: position, offers with reasons, tasks, timers, people, plan, loops, gaps and history."""

from datetime import date, datetime

from pathways.models.case_rows import CASE_TABLES
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
from pathways.queries.versions import label_of, load_shelf
from pathways.queries.views import IntroductionView, OfferView
from pathways.services.facts import Versions, facts_of
from pathways.storage.unit_of_work import UnitOfWork
from states.snapshot import Standing

KINDS = tuple(CASE_TABLES.values())


def introduction(
    work: UnitOfWork,
    *,
    region_id: int,
    slug: str,
    profile: Profile,
    now: datetime,
    as_of: datetime | None = None,
) -> IntroductionView:
    """Return the newest introduction of that name, as it stands or as it stood at an earlier moment.

    Raises `Unknown` with the nearest names, `NotThere` with the first date for a moment before it began, and
    `Refused` for a moment that lies ahead.
    """
    if as_of is not None:
        return _as_of(work, require_past(as_of, now=now), region_id=region_id, slug=slug, profile=profile)
    head = load_head(work, region_id=region_id, slug=slug)
    rows = load_rows(work, KINDS, region_id=region_id, introduction_id=head.introduction_id)
    today = local_date(now, profile.region.zone)
    people = load_people(work, region_id=region_id, today=today)
    names = load_names_around(work, people, profile, region_id=region_id, version_id=head.own["analysed_version_id"])
    versions = load_shelf(work, region_id=region_id).now(head.pathway_id)
    offered = _offers(work, head, profile, now=now, today=today)
    return _view(
        work, Material(head, rows), names, versions, profile, region_id=region_id, today=today, offered=offered
    )


def _as_of(work: UnitOfWork, as_of: datetime, *, region_id: int, slug: str, profile: Profile) -> IntroductionView:
    material = load_past_one(work, KINDS, region_id=region_id, slug=slug, as_of=as_of)
    people, version_id = load_names(work, region_id=region_id), material.head.own["analysed_version_id"]
    names = load_names_around(work, people, profile, region_id=region_id, version_id=version_id)
    versions = load_shelf(work, region_id=region_id).named_by(material)
    today = local_date(as_of, profile.region.zone)
    return _view(work, material, names, versions, profile, region_id=region_id, today=today, as_of=as_of)


def _view(
    work: UnitOfWork,
    material: Material,
    names: Names,
    versions: Versions,
    profile: Profile,
    *,
    region_id: int,
    today: date,
    offered: tuple[OfferView, ...] = (),
    as_of: datetime | None = None,
) -> IntroductionView:
    head = material.head
    return IntroductionView(
        position=position_of(material, names.people, versions, profile, today=today),
        version_adopted=label_of(versions, head.own["adopted_version_id"]),
        offers=offered,
        tasks=details.list_tasks(material, names),
        timers=details.list_timers(material),
        people=details.list_people(material, names),
        decisions=details.list_decisions(material, names),
        loops=details.list_loops(material),
        activities=details.list_activities(material, names),
        gap=details.picture_gaps(material, names, version=label_of(versions, head.own["analysed_version_id"])),
        history=history(work, region_id=region_id, introduction_id=head.introduction_id, as_of=as_of),
    )


def _offers(work: UnitOfWork, head: Head, profile: Profile, *, now: datetime, today: date) -> tuple[OfferView, ...]:
    if head.standing in {Standing.STOPPED, Standing.CLOSED}:
        return ()
    row = {"id": head.introduction_id, "pathway_id": head.pathway_id, "place": head.place, **head.own}
    facts = facts_of(work, row, profile, now=now, today=today)
    return offers_from(head.snapshot, facts, place=head.place)
