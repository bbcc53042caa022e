"""Two versions of a pathway's text side by side, and how far the units have come with looking at what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pathways.errors import Refused
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.queries.gap import VersionName, label_known, name_of
from pathways.queries.gap_units import Surroundings, UnitName, load_surroundings
from pathways.queries.material import Head
from pathways.queries.present import load_head, load_rows
from pathways.services.gap.step_diff import StepChange, TitledStep, compare_steps, must_be_seen
from pathways.services.gap.steps import list_steps
from pathways.services.versions import Versions, versions_of
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork


@dataclass(frozen=True, slots=True)
class Review:
    """What one unit has to look at again: the steps by number, and those it has answered since."""

    unit: UnitName
    state: str
    steps: tuple[int, ...]
    seen: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The later version step by step against the earlier. `asked_before` units answered the earlier version.

    `carried` says that units have been asked about the later version; `reviews` then tells how far they have come.
    """

    head: Head
    versions: tuple[VersionName, ...]
    before: VersionName
    after: VersionName
    steps: tuple[StepChange, ...]
    after_steps: tuple[TitledStep, ...]
    asked_before: int
    carried: int
    reviews: tuple[Review, ...]

    def count(self, kind: str) -> int:
        """Return how many steps became of a kind."""
        return sum(one.kind == kind for one in self.steps)


def gap_comparison(
    work: UnitOfWork,
    *,
    region_id: int,
    slug: str,
    profile: Profile,
    now: datetime,
    before: str | None = None,
    after: str | None = None,
) -> Comparison | None:
    """Return the comparison of two versions, by label; None where the pathway has had one version only.

    Where none is named, the newest final version is held against the one before it that the units were asked about.
    """
    head = load_head(work, region_id=region_id, slug=slug)
    rows = load_rows(work, (GapInvitation, GapAnswer), region_id=region_id, introduction_id=head.introduction_id)
    invited, answers = rows.get("gap_invitation", []), rows.get("gap_answer", [])
    versions = versions_of(work, head.pathway_id)
    pair = _pair(versions, {row["version_id"] for row in invited}, before, after)
    if pair is None:
        return None
    first, second = pair
    steps = list_steps(work, profile, first, second)
    changes = compare_steps(steps[first], steps[second])
    today = local_date(now, profile.region.zone)
    around = load_surroundings(work, region_id=region_id, introduction_id=head.introduction_id, today=today)
    names = [name_of(versions, version_id) for version_id in _in_order(versions)]
    earlier, later = name_of(versions, first), name_of(versions, second)
    assert earlier is not None
    assert later is not None
    return Comparison(
        head=head,
        versions=tuple(name for name in names if name),
        before=earlier,
        after=later,
        steps=changes,
        after_steps=steps[second],
        asked_before=sum(row["version_id"] == first for row in invited),
        carried=sum(row["version_id"] == second and row["carried_from"] == first for row in invited),
        reviews=_reviews(changes, steps[second], invited, answers, around, before=first, after=second),
    )


def _pair(versions: Versions, asked: set[int], before: str | None, after: str | None) -> tuple[int, int] | None:
    order = _in_order(versions)
    if len(order) < 2:
        return None
    newest = int(versions.newest_final["id"]) if versions.newest_final else order[-1]
    second = label_known(versions, after) if after else newest if order.index(newest) else order[1]
    earlier = order[: order.index(second)]
    answered = [one for one in earlier if one in asked]
    first = label_known(versions, before) if before else (answered or earlier or [order[0]])[-1]
    if order.index(first) >= order.index(second):
        raise Refused("error.versions_in_wrong_order")
    return first, second


def _in_order(versions: Versions) -> list[int]:
    return [int(row["id"]) for row in sorted(versions.by_id.values(), key=lambda row: int(row["number"]))]


def _reviews(
    changes: Sequence[StepChange],
    steps: Sequence[TitledStep],
    invited: Sequence[Row],
    answers: Sequence[Row],
    around: Surroundings,
    *,
    before: int,
    after: int,
) -> tuple[Review, ...]:
    """Return how far each unit that was carried over has come, those that wait first."""
    numbers = {step.ref: number for number, step in enumerate(steps, start=1)}
    wanted = must_be_seen(changes)
    known = {(row["unit_id"], row["step"]) for row in answers if row["version_id"] == after}
    reviews = [
        Review(
            around.units[row["unit_id"]],
            str(row["state"]),
            tuple(numbers[ref] for ref in wanted),
            tuple(numbers[ref] for ref in wanted if (row["unit_id"], ref) in known),
        )
        for row in invited
        if row["version_id"] == after and row["carried_from"] == before and row["state"] != InvitationState.EXCUSED
    ]
    return tuple(sorted(reviews, key=lambda one: (one.state != InvitationState.WAITING, swedish_key(one.unit.name))))
