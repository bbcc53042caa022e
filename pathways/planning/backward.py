"""The way back from a meeting: by when each step must be over, and which one can no longer be.

The steps and their times are the region's profile (DOMAIN a.3 gives the rule of thumb). Nothing is refused here: an
impossible plan is an answer, and it names the first step that fails and by how many working days.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from pathways.planning.consultation import Window
from pathways.planning.meetings import Meeting, find_last_meeting, lead_date, list_meetings, meeting_of
from pathways.planning.rules import BodyRule, RegionRules, StepRule

HAND_IN = "hand_in"
SEARCH_MONTHS = 24
"""How far ahead a meeting that can be reached is looked for."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step before the meeting, as late as it may be."""

    step: str
    starts_on: date
    ends_on: date
    body: str | None  # the body whose meeting the step is
    is_done: bool  # told to be over; then nothing about it is late
    is_late: bool  # it should have begun before today, and less time is left than it takes
    is_impossible: bool  # it should have been over before today
    late_by_workdays: int  # how far past its end is if impossible, its start if only late; else 0


@dataclass(frozen=True, slots=True)
class WindowCheck:
    """Whether the region's consultation response can be decided before the national window closes."""

    window: Window
    meeting: Meeting | None  # the responding body's last meeting in the window
    steps: tuple[PlannedStep, ...]
    first_impossible: PlannedStep | None
    can_be_met: bool
    analysis_workdays: int  # working days between the window's opening (or today) and the hand-in


@dataclass(frozen=True, slots=True)
class BackwardPlan:
    """All steps before a meeting, and what stands in the way of them."""

    body: str
    meeting: Meeting
    steps: tuple[PlannedStep, ...]
    first_impossible: PlannedStep | None
    is_possible: bool  # no step is impossible and the meeting is not past
    earliest_meeting: Meeting | None  # the first meeting whose every step can still begin in time
    window: WindowCheck | None


def plan_back(
    body: BodyRule,
    meeting_on: date,
    profile: RegionRules,
    *,
    today: date,
    window: Window | None = None,
    done: Collection[str] = (),
) -> BackwardPlan:
    """Return when each step before the meeting starts and ends at the latest, and what is late already.

    `done` names steps that are over. With a window it also says whether the responding body can decide in time.
    """
    steps = steps_back(body, meeting_on, profile, today=today, done=done)
    first_impossible = _first_impossible(steps)
    return BackwardPlan(
        body=body.slug,
        meeting=meeting_of(body, meeting_on, profile.workdays),
        steps=steps,
        first_impossible=first_impossible,
        is_possible=first_impossible is None and meeting_on >= today,
        earliest_meeting=_earliest_meeting(body, profile, today=today, done=done),
        window=None if window is None else check_window(window, profile, today=today, done=done),
    )


def check_window(window: Window, profile: RegionRules, *, today: date, done: Collection[str] = ()) -> WindowCheck:
    """Return whether the region's response can be decided in the window, counted from its opening or from today.

    The region sees the text when the window opens, so no step can begin before; a step that would have to end before
    that day is impossible.
    """
    begin = max(today, window.opens_on)
    meeting = _response_meeting(window, profile)
    body = profile.responding_body
    if meeting is None or body is None:
        return WindowCheck(window, None, (), None, can_be_met=False, analysis_workdays=0)
    steps = steps_back(body, meeting.meeting_on, profile, today=begin, done=done)
    first_impossible = _first_impossible(steps)
    possible = first_impossible is None and meeting.meeting_on >= begin
    left = max(0, profile.workdays.count(begin, meeting.hand_in_on))
    return WindowCheck(window, meeting, steps, first_impossible, can_be_met=possible, analysis_workdays=left)


def _response_meeting(window: Window, profile: RegionRules) -> Meeting | None:
    """Return the responding body's last meeting while the window is open."""
    if (body := profile.responding_body) is None:
        return None
    meeting = find_last_meeting(
        body, window.closes_on, free_months=profile.meeting_free_months, workdays=profile.workdays
    )
    return meeting if meeting and window.contains(meeting.meeting_on) else None


def _earliest_meeting(body: BodyRule, profile: RegionRules, *, today: date, done: Collection[str]) -> Meeting | None:
    last = profile.workdays.months_after(today, SEARCH_MONTHS)
    meetings = list_meetings(body, today, last, free_months=profile.meeting_free_months, workdays=profile.workdays)
    for meeting in meetings:
        steps = steps_back(body, meeting.meeting_on, profile, today=today, done=done)
        if not any(step.is_late or step.is_impossible for step in steps):
            return meeting
    return None


def steps_back(
    body: BodyRule, meeting_on: date, profile: RegionRules, *, today: date, done: Collection[str] = ()
) -> tuple[PlannedStep, ...]:
    """Return the steps in their order, worked out from the meeting backwards.

    What a body does with papers once they are handed in is over when its day has passed: nobody here can be late
    with it.

    Where a step is a meeting of another body, it falls on that body's last meeting in time; the days it is earlier
    than the rule of thumb are taken from all steps before it.
    """
    planned: list[PlannedStep] = []
    slack, before = timedelta(0), meeting_on
    for rule in reversed(_rules_for(body, profile)):
        wanted = _wanted_end(rule, body, meeting_on, profile)
        latest = profile.workdays.previous_workday(min(wanted - slack, before))
        before = ends_on = _meeting_day(rule, latest, profile)
        if rule.body:
            slack = max(slack, wanted - ends_on)
        planned.append(_planned(rule, ends_on, profile, today=today, done=done))
    return tuple(reversed(planned))


def _rules_for(body: BodyRule, profile: RegionRules) -> list[StepRule]:
    return [rule for rule in profile.backward_plan if not rule.only_for or body.slug in rule.only_for]


def _wanted_end(rule: StepRule, body: BodyRule, meeting_on: date, profile: RegionRules) -> date:
    """Return when the step must be over by the rule alone, before any step is moved to a meeting."""
    if rule.from_lead is not None:
        return lead_date(body, meeting_on, lead=rule.from_lead, workdays=profile.workdays)
    return meeting_on - timedelta(days=rule.ends_days_before or 0)


def _meeting_day(rule: StepRule, latest: date, profile: RegionRules) -> date:
    """Return the day of the step's own body's last meeting in time, or the latest day where it has none."""
    body = profile.find_body(rule.body) if rule.body else None
    if body is None:
        return latest
    meeting = find_last_meeting(body, latest, free_months=profile.meeting_free_months, workdays=profile.workdays)
    return meeting.meeting_on if meeting else latest


def _planned(rule: StepRule, ends_on: date, profile: RegionRules, *, today: date, done: Collection[str]) -> PlannedStep:
    starts_on = profile.workdays.previous_workday(ends_on - timedelta(days=rule.lasts_days))
    is_done = rule.step in done or (_is_the_bodys(rule) and HAND_IN in done and ends_on < today)
    is_impossible = not is_done and ends_on < today
    is_late = not is_done and starts_on < today
    missed = ends_on if is_impossible else starts_on
    return PlannedStep(
        step=rule.step,
        starts_on=starts_on,
        ends_on=ends_on,
        body=rule.body,
        is_done=is_done,
        is_late=is_late,
        is_impossible=is_impossible,
        late_by_workdays=profile.workdays.count(missed, today) if is_late else 0,
    )


def _is_the_bodys(rule: StepRule) -> bool:
    """Say whether the step is the body's own work with papers that were handed in: its committee, its summons."""
    return rule.from_lead is not None and rule.step != HAND_IN


def _first_impossible(steps: tuple[PlannedStep, ...]) -> PlannedStep | None:
    return next((step for step in steps if step.is_impossible), None)
