"""A goal planned back from: the steps, and the other meetings that could be reached instead (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pathways.planning.backward import PlannedStep, WindowCheck, check_window, plan_back, steps_back
from pathways.planning.meetings import Meeting, list_meetings
from pathways.planning.rules import RegionRules
from pathways.profiles.schema import Body, Profile
from pathways.web.back_plan_asked import Goal

MEETINGS = 6
MONTHS_AHEAD = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The way back from a meeting. `begin` is the first day on which anything can be done for it."""

    body: Body
    meeting: Meeting
    steps: tuple[PlannedStep, ...]
    begin: date
    first_impossible: PlannedStep | None
    is_possible: bool
    earliest: Meeting | None = None
    check: WindowCheck | None = None

    @property
    def is_all_in_time(self) -> bool:
        """Say whether every step can still begin in time."""
        return self.is_possible and not any(step.is_late for step in self.steps)


def plan_goal(goal: Goal, profile: Profile, rules: RegionRules, *, today: date, done: frozenset[str]) -> Planned | None:
    """Return the plan by the rules; None where the responding body has no meeting in the window."""
    if goal.window is not None:
        check = check_window(goal.window, rules, today=today, done=done)
        body = profile.responding_body
        if body is None or check.meeting is None:
            return None
        return Planned(
            body=body,
            meeting=check.meeting,
            steps=check.steps,
            begin=max(today, goal.window.opens_on),
            first_impossible=check.first_impossible,
            is_possible=check.can_be_met,
            check=check,
        )
    assert goal.body is not None
    assert goal.meeting_on is not None
    plan = plan_back(goal.body, goal.meeting_on, rules, today=today, done=done)
    return Planned(
        body=goal.body,
        meeting=plan.meeting,
        steps=plan.steps,
        begin=today,
        first_impossible=plan.first_impossible,
        is_possible=plan.is_possible,
        earliest=plan.earliest_meeting,
    )


def other_meetings(
    body: Body, profile: Profile, rules: RegionRules, *, today: date, done: frozenset[str]
) -> Iterator[tuple[Meeting, bool, bool]]:
    """Yield the body's next meetings whose hand-in day is not past: whether they can be met, and without hurry."""
    last = profile.workdays.months_after(today, MONTHS_AHEAD)
    free = profile.meeting_free_months
    ahead = list_meetings(body, today, last, free_months=free, workdays=profile.workdays)
    for meeting in [one for one in ahead if one.hand_in_on >= today][:MEETINGS]:
        steps = steps_back(body, meeting.meeting_on, rules, today=today, done=done)
        yield meeting, not any(one.is_impossible for one in steps), not any(one.is_late for one in steps)


def meetings_around(body: Body, day: date) -> tuple[date | None, date | None]:
    """Return the body's last meeting before a day and its first one after it."""
    before = max((one for one in body.known_meetings if one < day), default=None)
    return before, min((one for one in body.known_meetings if one > day), default=None)
