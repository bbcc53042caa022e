"""The dry run of a new national version: what each open introduction would do with it, found out by doing it.

Every way is gone in a transaction that is left without commit, so what is foretold cannot differ from what happens.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from pathways.errors import ClockWentBack, InvalidOrder, Refused
from pathways.models.national import RolloutChoice, Verdict
from pathways.models.organisation import Region
from pathways.planning.rollout import Act, Way, acts_for, ways_for
from pathways.profiles.schema import Profile
from pathways.services.ask import Ask, Receipt
from pathways.services.clockwork.running import Running
from pathways.services.frame import carry_out
from pathways.services.national.behind import Behind, list_behind
from pathways.services.preview import Preview, preview
from pathways.services.registry import use_case_of
from pathways.storage.unit_of_work import UnitOfWork, table_of
from states.errors import TransitionRefused

_region = table_of(Region)
Reason = dict[str, object]
Progress = Callable[[int, int], None]
REFUSALS = (TransitionRefused, Refused, InvalidOrder, ClockWentBack)
TRIAL_REASON = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The region that a rollout works in, and who asks for it: None is the system itself."""

    region_id: int
    profile: Profile
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """A way that was tried: where it leads, or what stands in its way."""

    choice: RolloutChoice
    outcome: Preview | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What the dry run says of one introduction."""

    behind: Behind
    verdict: Verdict
    tried: tuple[Tried, ...]

    @property
    def open_choices(self) -> tuple[Tried, ...]:
        """Return the ways that can be gone."""
        return tuple(one for one in self.tried if one.outcome is not None)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return what stands in the way where no way can be gone."""
        return tuple(reason for one in self.tried for reason in one.reasons) if self.verdict is Verdict.CANNOT else ()

    def leads_to(self, choice: RolloutChoice) -> Preview | None:
        """Return where a choice leads, or None where it cannot be made."""
        return next((one.outcome for one in self.tried if one.choice == choice), None)


def plan_rollout(
    app: Running, within: Within, *, pathways: Sequence[str] = (), progress: Progress | None = None
) -> tuple[Line, ...]:
    """Return a line for every open introduction of these pathways, or of all, that is behind its newest version."""
    with app.database.read(app.clock.now()) as work:
        behind = list_behind(work, region_id=within.region_id, pathways=pathways)
    lines = []
    for number, one in enumerate(behind, start=1):
        lines.append(weigh(app, within, one))
        if progress is not None:
            progress(number, len(behind))
    return tuple(lines)


def list_regions(app: Running) -> tuple[Within, ...]:
    """Return every region of the installation that has been set up, with nobody asking."""
    query = select(_region.c.id, _region.c.code).order_by(_region.c.code)
    with app.database.read(app.clock.now()) as work:
        rows = work.rows(query)
    return tuple(
        Within(region_id=row["id"], profile=app.profiles[row["code"]]) for row in rows if row["code"] in app.profiles
    )


def weigh(app: Running, within: Within, behind: Behind) -> Line:
    """Try every way of one introduction and say which verdict that gives."""
    ways = ways_for(behind.stand)
    tried = tuple(_try(app, within, behind, way) for way in ways)
    if not any(one.outcome for one in tried):
        return Line(behind, Verdict.CANNOT, tried)
    return Line(behind, Verdict.MOVES if ways == (Way.TAKE_OVER,) else Verdict.DECIDE, tried)


def go(app: Running, work: UnitOfWork, within: Within, act: Act, ask: Ask, *, slug: str) -> Receipt:
    """Give one command of a way inside a transaction that the caller commits, or leaves."""
    use_case = use_case_of(act.command)
    return carry_out(
        work,
        use_case,
        use_case.order.model_validate(act.data),
        ask,
        region_id=within.region_id,
        slug=slug,
        profile=within.profile,
        salter=app.salter,
    )


def reasons_of(error: Exception) -> tuple[Reason, ...]:
    """Return the sentences of a refusal with their values."""
    if isinstance(error, TransitionRefused):
        return tuple({"sentence": one.sentence, "values": dict(one.values)} for one in error.reasons)
    assert isinstance(error, Refused | InvalidOrder | ClockWentBack)
    return ({"sentence": error.sentence, "values": dict(error.values)},)


def _try(app: Running, within: Within, behind: Behind, way: Way) -> Tried:
    choice = RolloutChoice(way)
    seen: list[Preview] = []
    try:
        with app.database.write(app.clock.now()) as work:
            for act in acts_for(behind.stand, way):
                ask = Ask(actor=within.actor, reason=TRIAL_REASON if act.needs_reason else None)
                place = seen[-1].place if seen else behind.place
                seen.append(preview(work, _giving(app, within, act, ask, behind.slug), place=place))
    except REFUSALS as error:
        return Tried(choice, None, reasons_of(error))
    return Tried(choice, _sum(seen, behind.place))


def _giving(app: Running, within: Within, act: Act, ask: Ask, slug: str) -> Callable[[UnitOfWork], Receipt]:
    return lambda work: go(app, work, within, act, ask, slug=slug)


def _sum(seen: Sequence[Preview], place: str) -> Preview:
    last = seen[-1]
    return Preview(
        phase=last.phase,
        place=last.place,
        standing=last.standing,
        moves=last.place != place,
        tasks=tuple(task for one in seen for task in one.tasks),
        withdrawn=tuple(task for one in seen for task in one.withdrawn),
        timers=tuple(timer for one in seen for timer in one.timers),
        cancelled=tuple(timer for one in seen for timer in one.cancelled),
        messages=tuple(message for one in seen for message in one.messages),
    )
