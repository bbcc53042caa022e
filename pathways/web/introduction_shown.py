"""Puts one introduction into words for its page: where it stands, what is needed to go on, tasks, gaps and plan."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pathways.models.plan import ActivityState
from pathways.models.task import TaskState
from pathways.queries.onward import ONWARD
from pathways.queries.views import ActivityView, GapPicture, IntroductionView, OfferView, TaskView, TimerView, Waiting
from pathways.services.policy import OWN, POLICY
from pathways.web.command_places import group_of
from pathways.web.refusals import ShownReason, shown_reason
from pathways.web.visit import Visit
from states.snapshot import Phase

LIVE = "live"
GAP_LEVELS = ("2", "3")
FIRST, BESIDE, REST = "first", "beside", "rest"
NATIONAL = ("consultation", "current", "superseded", "withdrawn")
RESPONSE = ("not_due", "drafting", "submitted")
RESTING = frozenset({"report", "pause", "resume", "stop"})


@dataclass(frozen=True, slots=True)
class Way:
    """One choice of a command (without words where there is none to make) and what stands in its way."""

    label: str
    reasons: tuple[ShownReason, ...]


@dataclass(frozen=True, slots=True)
class Onward:
    """A command that leads on from here: the ways it can go, where it is given, and who may give it."""

    command: str
    title: str
    ways: tuple[Way, ...]
    href: str | None
    roles: str

    @property
    def is_possible(self) -> bool:
        """Say whether at least one way is open."""
        return any(not way.reasons for way in self.ways)

    @property
    def hindered(self) -> tuple[Way, ...]:
        """Return the ways that something stands in."""
        return tuple(way for way in self.ways if way.reasons)


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gap picture in figures: units asked and done, and how many answers of each kind."""

    levels: tuple[tuple[str, int, str], ...]
    gaps: int
    answers: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan in figures: activities by state, those past their day, ranked and declined."""

    states: tuple[tuple[str, int], ...]
    late: int
    ranked: int
    declined: int


def list_onward(visit: Visit, view: IntroductionView) -> dict[str, list[Onward]]:
    """Return what can be done from here: the step that leads on first, others beside it, rest and reports last."""
    row = view.position
    commands = dict.fromkeys(offer.command for offer in view.offers)
    found: dict[str, list[Onward]] = {FIRST: [], BESIDE: [], REST: []}
    for command in commands:
        offers = [offer for offer in view.offers if offer.command == command]
        found[_part(command, row.place)].append(_onward(visit, view, offers))
    return found


def list_steps(visit: Visit, view: IntroductionView) -> list[dict[str, str]]:
    """Return the phases as steps: done, current (or waiting in a rest), still to do, or never reached."""
    phases, row = list(Phase), view.position
    here = phases.index(Phase(row.phase))
    return [
        {"label": visit.texts.word("phase", phase), "state": _step(number, here, row.standing)}
        for number, phase in enumerate(phases)
    ]


def tell_position(visit: Visit, view: IntroductionView) -> list[tuple[str, str]]:
    """Return where the introduction stands: place, days, who has the ball, next date, what is late."""
    row, say = view.position, visit.texts.say
    goes_on = row.standing in {"active", "paused"}
    facts = [(say("web.intro.fact.place"), visit.wording.position(row.phase if goes_on else "", row.place))]
    if goes_on:
        holders = "; ".join(tell_holders(visit, row.waits_for)) or say("web.intro.nobody")
        term = "web.intro.fact.days" if row.standing == "active" else "web.intro.fact.resting"
        facts += [
            (say(term), say("web.intro.days", n=row.days_in_phase)),
            (say("web.intro.fact.ball"), holders),
            (say("web.intro.fact.next"), _next(visit, view)),
            (say("web.intro.fact.late"), say("web.intro.late", n=row.late) if row.late else say("web.intro.none_late")),
        ]
    if view.return_on is not None:
        facts.append((say("web.intro.fact.return"), visit.formats.day(view.return_on)))
    beside = [
        (say("web.intro.fact.national"), tell_region(visit, view, NATIONAL)),
        (say("web.intro.fact.version"), view.version_adopted or ""),
        (say("web.intro.fact.response"), tell_region(visit, view, RESPONSE)),
    ]
    return [*facts, *((term, told) for term, told in beside if told)]


def tell_holders(visit: Visit, waits_for: Iterable[Waiting]) -> list[str]:
    """Return who has the ball: a name with the role, or the role alone."""
    told = []
    for one in waits_for:
        role = visit.texts.word("role", one.role)
        told.append(f"{one.person}, {role}" if one.person else _upper(role))
    return told


def open_tasks(view: IntroductionView) -> tuple[TaskView, ...]:
    """Return the tasks that wait for somebody, the soonest first."""
    return tuple(task for task in view.tasks if task.state == TaskState.OPEN)


def live_timers(view: IntroductionView) -> tuple[TimerView, ...]:
    """Return the dates that are watched, the soonest first."""
    return tuple(timer for timer in view.timers if timer.state == LIVE)


def count_gaps(visit: Visit, gap: GapPicture) -> Gaps:
    """Return the answers by level, for the distribution; never a mean."""
    totals = [sum(step.levels[level] for step in gap.steps) for level in range(4)]
    word = visit.texts.word
    parts = [(word("level", level), totals[level], f"level-{level}") for level in range(4)]
    parts.append((word("level", "not_applicable"), sum(step.not_applicable for step in gap.steps), "none"))
    parts.append((word("level", "dont_know"), sum(step.dont_know for step in gap.steps), "unknown"))
    return Gaps(tuple(parts), totals[2] + totals[3], sum(n for _, n, _ in parts))


def count_plan(visit: Visit, activities: Iterable[ActivityView], *, today: date) -> Plan:
    """Return how far the plan had come on a day."""
    rows = list(activities)
    counts = Counter(row.state for row in rows)
    standpoints = Counter(row.standpoint for row in rows)
    going = {ActivityState.PLANNED, ActivityState.UNDER_WAY}
    return Plan(
        states=tuple((visit.texts.word("activity_state", state), counts[state]) for state in ActivityState),
        late=sum(row.due_on is not None and row.due_on < today and row.state in going for row in rows),
        ranked=standpoints["ranked"],
        declined=standpoints["declined"],
    )


def tell_region(visit: Visit, view: IntroductionView, states: Iterable[str]) -> str:
    """Return where one of the regions beside the track stands, in words; empty where it rests or has ended."""
    here = set(view.position.configuration) | set(view.resting)
    return next((_upper(visit.texts.word("state", state)) for state in states if state in here), "")


def roles_for(visit: Visit, command: str) -> str:
    """Return the roles that may give a command, in words."""
    return visit.wording.roles(sorted(role for role in POLICY[command] if role != OWN))


def _next(visit: Visit, view: IntroductionView) -> str:
    row = view.position
    if row.next_due is None:
        return visit.texts.say("web.intro.no_date")
    return f"{visit.formats.day(row.next_due)}: {visit.wording.due(row.next_due_what)}"


def _part(command: str, place: str) -> str:
    if command in RESTING and ONWARD.get(place) != command:
        return REST
    return FIRST if group_of(command) == "onward" else BESIDE


def _onward(visit: Visit, view: IntroductionView, offers: list[OfferView]) -> Onward:
    row, command = view.position, offers[0].command
    ways = tuple(
        Way(
            _upper(visit.texts.word("choice", offer.choice)) if offer.choice else "",
            tuple(shown_reason(reason, visit.wording, slug=row.slug) for reason in offer.reasons),
        )
        for offer in offers
    )
    may = visit.may(command, row.introduction_id)
    href = _place_of(view, command) if may else None
    return Onward(command, visit.wording.command(command), ways, href, roles_for(visit, command))


def _place_of(view: IntroductionView, command: str) -> str:
    """Return the page on which a command is given: an open loop is held by its review."""
    root = f"/forlopp/{view.position.slug}"
    opened = next((loop.number for loop in view.loops if loop.state == "open"), None)
    return f"{root}/loop/{opened}/avstamning" if command == "hold_loop" and opened else f"{root}/gor/{command}"


def _step(number: int, here: int, standing: str) -> str:
    if number < here or standing == "closed":
        return "done"
    if number > here:
        return "skipped" if standing == "stopped" else "todo"
    return {"paused": "waiting", "stopped": "skipped"}.get(standing, "current")


def _upper(word: str) -> str:
    return word[:1].upper() + word[1:]
