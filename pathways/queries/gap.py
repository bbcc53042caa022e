"""The gap analysis of one introduction: who was asked about which version, what they answered, what it adds up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pathways.errors import Refused
from pathways.models.gap import GapAnswer, GapInvitation
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.queries.gap_picture import CauseCount, StepPicture, count_causes, count_hinders, picture_steps
from pathways.queries.gap_units import (
    Surroundings,
    UnitLine,
    UnitName,
    list_uninvited,
    list_units,
    load_surroundings,
)
from pathways.queries.material import Head, Material
from pathways.queries.moment import require_past
from pathways.queries.past import load_past_one
from pathways.queries.present import load_head, load_rows
from pathways.services.gap.answers import causes_of, level_of
from pathways.services.gap.asking import takes_answers
from pathways.services.gap.step_diff import TitledStep, compare_steps, must_be_seen
from pathways.services.gap.steps import list_steps
from pathways.services.versions import Versions, versions_of
from pathways.storage.unit_of_work import Row, UnitOfWork

KINDS = (GapInvitation, GapAnswer)


@dataclass(frozen=True, slots=True)
class VersionName:
    """A version of the national text as people know it."""

    version_id: int
    label: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapOverview:
    """All of one version's gap analysis. `asked` are the versions that units were asked about, the newest first.

    `newer` is a version in the catalogue that is newer than the one shown, where there is one.
    """

    head: Head
    version: VersionName | None
    analysed: VersionName | None
    newer: VersionName | None
    asked: tuple[VersionName, ...]
    is_open: bool
    units: tuple[UnitLine, ...]
    uninvited: tuple[UnitName, ...]
    steps: tuple[StepPicture, ...]
    causes: tuple[CauseCount, ...]
    hinders: tuple[CauseCount, ...]
    regional_decisions: int
    cost_estimate: int
    answers: tuple["AnswerLine", ...]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One unit's answer for one step, with the names a reader needs; `said` is the row itself."""

    unit: UnitName
    number: int
    step: TitledStep
    level: str
    causes: tuple[str, ...]
    by: str | None
    said: Row


def gap_overview(
    work: UnitOfWork,
    *,
    region_id: int,
    slug: str,
    profile: Profile,
    now: datetime,
    version: str | None = None,
    as_of: datetime | None = None,
) -> GapOverview:
    """Return the gap analysis of the version being analysed, or of one with that label, now or at an earlier moment.

    Raises `Unknown` for an introduction that is not there and `Refused` for a version that the pathway does not have.
    """
    material = _material(work, region_id=region_id, slug=slug, now=now, as_of=as_of)
    head = material.head
    today = local_date(as_of or now, profile.region.zone)
    around = load_surroundings(work, region_id=region_id, introduction_id=head.introduction_id, today=today)
    versions = versions_of(work, head.pathway_id)
    shown = _chosen(versions, version, head.own["analysed_version_id"])
    return _overview(work, material, around, versions, profile, shown=shown, today=today)


def label_known(versions: Versions, label: str) -> int:
    """Return the version of a label; refuse one that the pathway does not have, with those it has."""
    for version_id, row in versions.by_id.items():
        if row["label"] == label:
            return version_id
    known = ", ".join(str(row["label"]) for row in versions.by_id.values())
    raise Refused("error.unknown_version", label=label, known=known)


def name_of(versions: Versions, version_id: int | None) -> VersionName | None:
    """Return a version's names, or None where there is none."""
    row = versions.by_id.get(version_id) if version_id is not None else None
    return VersionName(int(row["id"]), str(row["label"]), str(row["kind"])) if row else None


def newer_than(versions: Versions, version_id: int | None) -> VersionName | None:
    """Return the newest final version, where it is newer than this one."""
    newest, shown = versions.newest_final, versions.by_id.get(version_id or 0)
    if newest is None or shown is None or newest["number"] <= shown["number"]:
        return None
    return name_of(versions, int(newest["id"]))


def _material(work: UnitOfWork, *, region_id: int, slug: str, now: datetime, as_of: datetime | None) -> Material:
    if as_of is not None:
        return load_past_one(work, KINDS, region_id=region_id, slug=slug, as_of=require_past(as_of, now=now))
    head = load_head(work, region_id=region_id, slug=slug)
    return Material(head, load_rows(work, KINDS, region_id=region_id, introduction_id=head.introduction_id))


def _chosen(versions: Versions, label: str | None, analysed: int | None) -> int | None:
    return label_known(versions, label) if label else analysed


def _overview(
    work: UnitOfWork,
    material: Material,
    around: Surroundings,
    versions: Versions,
    profile: Profile,
    *,
    shown: int | None,
    today: date,
) -> GapOverview:
    head = material.head
    invited = [row for row in material.of(GapInvitation) if row["version_id"] == shown]
    answers = [row for row in material.of(GapAnswer) if row["version_id"] == shown]
    carried = {row["carried_from"] for row in invited} - {None}
    wanted = {shown, *carried} - {None}
    steps = list_steps(work, profile, *(int(str(one)) for one in wanted)) if wanted else {}
    own: tuple[TitledStep, ...] = steps.get(shown or 0, ())
    review = frozenset(must_be_seen(compare_steps(steps[max(carried)], own))) if carried else frozenset()
    analysed = head.own["analysed_version_id"]
    asked = {row["version_id"] for row in material.of(GapInvitation)}
    return GapOverview(
        head=head,
        version=name_of(versions, shown),
        analysed=name_of(versions, analysed),
        newer=newer_than(versions, shown),
        asked=_named(versions, asked),
        is_open=shown is not None and takes_answers(head.place, shown, analysed=analysed, versions=versions),
        units=list_units(
            invited,
            answers,
            around,
            profile,
            steps=tuple(step.ref for step in own),
            review=review,
            today=today,
        ),
        uninvited=list_uninvited(invited, around),
        steps=picture_steps(own, answers, invited),
        causes=count_causes(own, answers),
        hinders=count_hinders(own, answers),
        regional_decisions=sum(bool(row["needs_regional_decision"]) for row in answers),
        cost_estimate=sum(row["cost_estimate"] or 0 for row in answers),
        answers=_answers(own, answers, around),
    )


def _named(versions: Versions, ids: set[int]) -> tuple[VersionName, ...]:
    known = sorted((versions.by_id[one] for one in ids if one in versions.by_id), key=lambda row: -int(row["number"]))
    return tuple(VersionName(int(row["id"]), str(row["label"]), str(row["kind"])) for row in known)


def _answers(steps: Sequence[TitledStep], rows: Sequence[Row], around: Surroundings) -> tuple[AnswerLine, ...]:
    """Return the answers step by step, within a step by the unit's name."""
    places: Mapping[str, int] = {step.ref: number for number, step in enumerate(steps, start=1)}
    lines = [
        AnswerLine(
            around.units[row["unit_id"]],
            places[row["step"]],
            steps[places[row["step"]] - 1],
            level_of(row),
            causes_of(row),
            around.people.get(row["answered_by"]),
            row,
        )
        for row in rows
        if row["step"] in places
    ]
    return tuple(sorted(lines, key=lambda one: (one.number, one.unit.kind, one.unit.name)))
