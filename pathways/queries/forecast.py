"""What lies ahead of an introduction if it goes as usual (pure): the rest of its phase and the phases after it.

A chosen meeting, a loop's day and planned follow-ups come first; then what is usual; then the lead times of the
profile. Nothing is forecast past the next learning loop, for the loops decide how many more there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pathways.planning.loops import due_on
from pathways.profiles.schema import ChecklistItem, Profile
from pathways.profiles.vocabulary import Matter
from pathways.queries.usual import Usual
from states.snapshot import Phase

_ONWARD: Mapping[str, tuple[Phase, ...]] = {
    Phase.PREPARATION: (Phase.GAP_ANALYSIS, Phase.PRIORITISATION, Phase.IMPLEMENTATION),
    Phase.GAP_ANALYSIS: (Phase.PRIORITISATION, Phase.IMPLEMENTATION),
    Phase.PRIORITISATION: (Phase.IMPLEMENTATION,),
    Phase.IMPLEMENTATION: (Phase.LEARNING,),
    Phase.LEARNING: (Phase.IMPLEMENTATION,),
    Phase.CELEBRATION: (Phase.FINISHED,),
    Phase.FINISHED: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where an introduction stands, and the day that is known to end its phase: a meeting, a loop or a follow-up."""

    phase: str
    days_so_far: int
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A phase to come, or the rest of one. `basis` says what the end is reckoned from: known, usual or planned."""

    phase: str
    from_on: date
    until_on: date
    basis: str


def look_ahead(here: Here, usual: Mapping[str, Usual], profile: Profile, *, today: date) -> tuple[Ahead, ...]:
    """Return what lies ahead, the rest of the present phase first; a phase that should be over is left out."""
    began_on = today - timedelta(days=here.days_so_far)
    if here.ends_on is not None:
        until_on, basis = here.ends_on, "known"
    else:
        until_on, basis = _end_of(here.phase, began_on, usual, profile)
    ahead = [Ahead(here.phase, today, max(today, until_on), basis)]
    for phase in _ONWARD[here.phase]:
        from_on = ahead[-1].until_on
        ahead.append(Ahead(phase, from_on, *_end_of(phase, from_on, usual, profile)))
    return tuple(one for one in ahead if one.until_on > one.from_on)


def _end_of(phase: str, began_on: date, usual: Mapping[str, Usual], profile: Profile) -> tuple[date, str]:
    """Return when a phase that began on a day should end; the work between two loops lasts as the profile says."""
    if phase in usual and phase not in {Phase.IMPLEMENTATION, Phase.FINISHED}:
        return began_on + timedelta(days=usual[phase].days), "usual"
    return _planned_end(phase, began_on, profile), "planned"


def _planned_end(phase: str, began_on: date, profile: Profile) -> date:
    workdays = profile.workdays
    match phase:
        case Phase.PREPARATION:
            return workdays.add(began_on, _longest(profile.checklist("preparation")))
        case Phase.GAP_ANALYSIS:
            return began_on + timedelta(days=_analysis_days(profile))
        case Phase.PRIORITISATION:
            return began_on + timedelta(days=_decision_days(profile))
        case Phase.IMPLEMENTATION:
            months, rule = profile.loops.interval_months, profile.loops.move
            return due_on(began_on, 1, interval_months=months, rule=rule, workdays=workdays)
        case Phase.LEARNING:
            return workdays.add(began_on, profile.loops.hold_within_workdays)
        case Phase.CELEBRATION:
            lead = _longest(profile.checklist("evaluating")) + _longest(profile.checklist("celebrated"))
            return workdays.add(began_on, lead)
    return workdays.months_after(began_on, max(profile.follow_up_months))


def _longest(items: Iterable[ChecklistItem]) -> int:
    return max((item.lead_workdays for item in items), default=0)


def _analysis_days(profile: Profile) -> int:
    """Return how long the work takes that the region plans back from the deciding board's meeting."""
    return sum(step.lasts_days for step in profile.backward_plan if _is_before_the_board(step.only_for, profile))


def _decision_days(profile: Profile) -> int:
    """Return how long before the board's meeting the first group is to prepare the plan."""
    steps = (step for step in profile.backward_plan if _is_before_the_board(step.only_for, profile) and step.body)
    return max((step.ends_days_before or 0 for step in steps), default=0)


def _is_before_the_board(only_for: tuple[str, ...], profile: Profile) -> bool:
    board = next(iter(profile.bodies_deciding(Matter.PLAN)), None)
    return board is not None and (not only_for or board.slug in only_for)
