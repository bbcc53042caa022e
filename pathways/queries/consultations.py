"""Which of a region's introductions are in a national consultation, and if their response can be decided in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from pathways.models.catalogue import PathwayVersion, VersionKind
from pathways.models.decision import Decision, DecisionKind
from pathways.models.introduction import Introduction
from pathways.planning.backward import WindowCheck, check_window
from pathways.planning.consultation import Window, WindowKind, next_window, window_containing
from pathways.profiles.schema import Profile
from pathways.queries.material import Head
from pathways.queries.present import load_heads
from pathways.storage.unit_of_work import UnitOfWork, table_of
from states.snapshot import Phase

AHEAD = 4
ANALYSED = frozenset({"communicated", *(phase for phase in Phase if phase not in {Phase.PREPARATION, "gap_analysis"})})
RESPONSES = ("not_due", "drafting", "submitted")

_decision, _introduction, _version = table_of(Decision), table_of(Introduction), table_of(PathwayVersion)
_ANSWERED = (
    select(_decision.c.introduction_id)
    .join(_introduction, _introduction.c.id == _decision.c.introduction_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _decision.c.kind == DecisionKind.RESPONSE,
        _decision.c.voided_by.is_(None),
    )
)
_SENT_OUT = (
    select(_version.c.pathway_id, _version.c.published_on)
    .where(
        _version.c.kind == VersionKind.CONSULTATION,
        _version.c.published_on.is_not(None),
        _version.c.pathway_id.in_(bindparam("pathways", expanding=True)),
    )
    .order_by(_version.c.number)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InConsultation:
    """One introduction whose national text is open for views: where its response stands, and if it can be in time."""

    head: Head
    response: str
    is_decided: bool
    check: WindowCheck | None

    @property
    def needs_time(self) -> bool:
        """Say whether a response is still to be decided."""
        return self.response == "drafting" and not self.is_decided


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWindow:
    """A window that is open, the working days left of it, and the introductions in it."""

    window: Window
    workdays_left: int
    introductions: tuple[InConsultation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultations:
    """What is open, what comes next with what a response in it would take, and what waits for the nation's decision."""

    open_now: tuple[OpenWindow, ...]
    next: tuple[WindowCheck, ...]
    next_light: tuple[Window, ...]
    waiting: tuple[InConsultation, ...]


def consultations(work: UnitOfWork, *, region_id: int, profile: Profile, today: date) -> Consultations:
    """Return the national calendar around today; `profile` is to know the region's own meetings."""
    window, light = window_containing(today), window_containing(today, WindowKind.LIGHT)
    inside: list[InConsultation] = []
    waiting: list[InConsultation] = []
    for one, its_window in _introductions(work, region_id=region_id, profile=profile, today=today, now_open=window):
        (inside if its_window is not None else waiting).append(one)
    count = profile.workdays.count
    open_now = (
        [OpenWindow(window=window, workdays_left=count(today, window.closes_on), introductions=tuple(inside))]
        if window
        else []
    )
    open_now += [OpenWindow(window=light, workdays_left=count(today, light.closes_on))] if light else []
    return Consultations(
        open_now=tuple(open_now),
        next=tuple(check_window(one, profile, today=today) for one in _following(today, WindowKind.CONSULTATION)),
        next_light=tuple(_following(today, WindowKind.LIGHT)),
        waiting=tuple(waiting),
    )


def _following(today: date, kind: WindowKind) -> Iterator[Window]:
    day = today
    for _ in range(AHEAD):
        if (found := next_window(day, kind)) is None:
            return
        yield found
        day = found.opens_on


def _introductions(
    work: UnitOfWork, *, region_id: int, profile: Profile, today: date, now_open: Window | None
) -> Iterator[tuple[InConsultation, Window | None]]:
    """Yield each introduction in consultation with the window it is in; None where that has closed."""
    heads = [head for head in load_heads(work, region_id=region_id) if "consultation" in head.snapshot.configuration]
    if not heads:
        return
    answered = set(work.values(_ANSWERED, {"region": region_id}))
    pathways = [head.pathway_id for head in heads]
    sent_out = {row["pathway_id"]: row["published_on"] for row in work.rows(_SENT_OUT, {"pathways": pathways})}
    for head in sorted(heads, key=lambda one: one.pathway):
        published_on = sent_out.get(head.pathway_id)
        is_in = now_open is not None and (published_on is None or published_on >= now_open.opens_on)
        window = now_open if is_in else None
        is_decided = head.introduction_id in answered
        done = ("gap_analysis",) if head.place in ANALYSED or head.phase in ANALYSED else ()
        yield (
            InConsultation(
                head=head,
                response=next((name for name in RESPONSES if name in head.snapshot.configuration), "not_due"),
                is_decided=is_decided,
                check=check_window(window, profile, today=today, done=done) if window else None,
            ),
            window,
        )
