"""A new national version in one region: what differs step by step, and the rollouts there have been."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, func, select

from pathways.models.catalogue import Pathway, PathwayVersion, VersionKind
from pathways.models.introduction import Introduction
from pathways.models.national import Rollout, RolloutLine, RolloutOutcome
from pathways.models.organisation import Person
from pathways.profiles.schema import Profile
from pathways.queries.gap import VersionName, label_known, name_of
from pathways.services.gap.step_diff import StepChange, compare_steps
from pathways.services.gap.steps import list_steps
from pathways.services.versions import versions_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_rollout, _line, _introduction = table_of(Rollout), table_of(RolloutLine), table_of(Introduction)
_pathway, _version, _person = table_of(Pathway), table_of(PathwayVersion), table_of(Person)
_later = table_of(PathwayVersion).alias("later")
_same_press = table_of(Rollout).alias("same_press")
_ROLLOUTS = (
    select(*_rollout.c, _version.c.label, _person.c.name.label("person"), _pathway.c.name.label("pathway"))
    .join(_version, _version.c.id == _rollout.c.to_version_id)
    .join(_pathway, _pathway.c.id == _rollout.c.pathway_id)
    .outerjoin(_person, _person.c.id == _rollout.c.planned_by)
    .where(
        _rollout.c.region_id == bindparam("region"),
        exists().where(
            _same_press.c.region_id == _rollout.c.region_id,
            _same_press.c.press == _rollout.c.press,
            _same_press.c.pathway_id == bindparam("pathway"),
        ),
    )
    .order_by(_rollout.c.id.desc())
)
_LINES = (
    select(*_line.c, _introduction.c.slug, _introduction.c.version, _introduction.c.phase, _introduction.c.place)
    .add_columns(_introduction.c.standing, _pathway.c.name.label("pathway"))
    .join(_introduction, _introduction.c.id == _line.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(_line.c.region_id == bindparam("region"), _line.c.rollout_id.in_(bindparam("rollouts", expanding=True)))
    .order_by(_line.c.id)
)
_AWAITED = (
    select(_pathway.c.slug, _version.c.label)
    .select_from(_introduction)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .join(_version, _version.c.pathway_id == _introduction.c.pathway_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _introduction.c.id == bindparam("case"),
        _introduction.c.standing.in_(("active", "paused")),
        _version.c.kind == VersionKind.FINAL,
        func.coalesce(_introduction.c.adopted_version_id, 0) != _version.c.id,
    )
    .where(
        ~exists().where(
            _later.c.pathway_id == _version.c.pathway_id,
            _later.c.kind == VersionKind.FINAL,
            _later.c.number > _version.c.number,
        )
    )
)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A final version that an introduction does not follow yet."""

    pathway: str
    version: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a national text, and what became of every step from the earlier to the later."""

    versions: tuple[VersionName, ...]
    before: VersionName
    after: VersionName
    steps: tuple[StepChange, ...]

    def count(self, kind: str) -> int:
        """Return how many steps became of a kind."""
        return sum(one.kind == kind for one in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneLine:
    """What came of one introduction in a rollout. `moved_on` says that something has happened to it since."""

    slug: str
    pathway: str
    position: tuple[str, str, str]
    choice: str
    outcome: str
    reasons: Sequence[Mapping[str, object]]
    moved_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneRollout:
    """A rollout that was begun, with its lines."""

    rollout_id: int
    pathway: str
    version: str
    planned_at: datetime
    planned_by: str
    carried_out_at: datetime | None
    undone_at: datetime | None
    lines: tuple[DoneLine, ...]

    @property
    def can_be_undone(self) -> bool:
        """Say whether all of it can be taken back."""
        done = [one for one in self.lines if one.outcome == RolloutOutcome.DONE]
        return bool(done) and self.undone_at is None and not any(one.moved_on for one in done)

    @property
    def moved_on(self) -> tuple[DoneLine, ...]:
        """Return the introductions that hinder taking it back."""
        return tuple(one for one in self.lines if one.outcome == RolloutOutcome.DONE and one.moved_on)


def find_difference(
    work: UnitOfWork, *, pathway_id: int, profile: Profile, before: str | None = None, after: str | None = None
) -> Difference | None:
    """Return what differs between two versions, by label; the two newest where none is named, None where there is one.

    Raises `InvalidOrder` or `Unknown` for a label that no version has. Named in the wrong order they are turned round.
    """
    versions = versions_of(work, pathway_id)
    order = [int(row["id"]) for row in sorted(versions.by_id.values(), key=lambda row: int(row["number"]))]
    if len(order) < 2:
        return None
    second = label_known(versions, after) if after else order[-1]
    earlier = [one for one in order if order.index(one) < order.index(second)]
    first = label_known(versions, before) if before else (earlier or order)[-1]
    first, second = sorted((first, second), key=order.index)
    steps = list_steps(work, profile, first, second)
    one, other = name_of(versions, first), name_of(versions, second)
    assert one is not None
    assert other is not None
    names = tuple(name for name in (name_of(versions, version_id) for version_id in order) if name is not None)
    return Difference(names, one, other, compare_steps(steps[first], steps[second]))


def find_awaited(work: UnitOfWork, *, region_id: int, introduction_id: int) -> Awaited | None:
    """Return the newest final version where an open introduction does not follow it; None where it does."""
    row = work.find(_AWAITED, {"region": region_id, "case": introduction_id})
    return Awaited(row["slug"], row["label"]) if row else None


def list_rollouts(work: UnitOfWork, *, region_id: int, pathway_id: int) -> tuple[DoneRollout, ...]:
    """Return the region's rollouts of a pathway's versions, with those of its joint introduction, the newest first.

    One in which every introduction waits is left out: nothing has come of it.
    """
    rows = work.rows(_ROLLOUTS, {"region": region_id, "pathway": pathway_id})
    lines: dict[int, list[DoneLine]] = {}
    for line in work.rows(_LINES, {"region": region_id, "rollouts": [row["id"] for row in rows]}):
        lines.setdefault(line["rollout_id"], []).append(_line_of(line))
    found = (_rollout_of(row, lines.get(row["id"], [])) for row in rows)
    return tuple(one for one in found if any(line.outcome != RolloutOutcome.WAITS for line in one.lines))


def _rollout_of(row: Row, lines: Sequence[DoneLine]) -> DoneRollout:
    return DoneRollout(
        rollout_id=row["id"],
        pathway=row["pathway"],
        version=row["label"],
        planned_at=row["planned_at"],
        planned_by=row["person"] or "",
        carried_out_at=row["carried_out_at"],
        undone_at=row["undone_at"],
        lines=tuple(lines),
    )


def _line_of(row: Row) -> DoneLine:
    return DoneLine(
        slug=row["slug"],
        pathway=row["pathway"],
        position=(row["phase"], row["place"], row["standing"]),
        choice=str(row["choice"] or ""),
        outcome=str(row["outcome"] or ""),
        reasons=row["reasons"],
        moved_on=row["to_seq"] is not None and row["version"] != row["to_seq"],
    )
