"""What a page of decisions shows besides them: the commands that belong there, and the way back from a meeting."""

from dataclasses import dataclass
from datetime import date

from pathways.planning.backward import PlannedStep, plan_back
from pathways.queries.views import IntroductionView
from pathways.web.introduction_shown import Onward
from pathways.web.visit import Visit

PLAN = ("submit_for_decision", "decide")
RESPONSE = ("request_response", "waive_response", "submit_response")
DONE_BY_PLACE = {
    "ranking": ("gap_analysis", "plan_draft", "comment_round"),
    "awaiting_decision": ("gap_analysis", "plan_draft", "comment_round", "ksg", "lg_hs", "hand_in"),
}
"""The steps of the way to a meeting that an introduction has behind it where it stands."""


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step of the way to a meeting: by when, and in words how it stands."""

    title: str
    starts_on: date
    ends_on: date
    told: str
    tone: str


@dataclass(frozen=True, slots=True)
class WayToMeeting:
    """The way back from the meeting that is chosen, and the sentence that sums it up."""

    steps: tuple[WayStep, ...]
    verdict: str
    is_possible: bool


def list_matters(onward: dict[str, list[Onward]]) -> dict[str, list[Onward]]:
    """Return the commands about the plan's decision and those about the response, out of all that lead on."""
    every = [one for part in onward.values() for one in part]
    return {
        "plan": [one for one in every if one.command in PLAN],
        "response": [one for one in every if one.command in RESPONSE],
    }


def plan_to_meeting(visit: Visit, view: IntroductionView) -> WayToMeeting | None:
    """Return the way back from the chosen meeting, or None where none is chosen."""
    case = view.board_case
    bodies = visit.profile.bodies
    body = next((one for one in bodies if case and case.body in {one.short, one.name}), None)
    if case is None or body is None:
        return None
    done = DONE_BY_PLACE.get(view.position.place, ())
    plan = plan_back(body, case.meeting_on, visit.profile, today=visit.today, done=done)
    titles = {
        rule.step: getattr(rule.title, visit.language)
        for rule in visit.profile.backward_plan
        if not rule.only_for or body.slug in rule.only_for
    }
    late = plan.first_impossible
    verdict = "web.intro.way.late" if late else "web.intro.way.possible" if plan.is_possible else "web.intro.way.passed"
    return WayToMeeting(
        steps=tuple(_step(visit, step, titles[step.step]) for step in plan.steps),
        verdict=visit.texts.say(verdict, step=titles[late.step] if late else ""),
        is_possible=plan.is_possible,
    )


def _step(visit: Visit, step: PlannedStep, title: str) -> WayStep:
    if step.is_done:
        told, tone = visit.texts.say("web.intro.way.done"), "good"
    elif step.is_impossible:
        told, tone = visit.texts.say("web.intro.way.step_late", n=step.late_by_workdays), "bad"
    elif step.is_late:
        told, tone = visit.texts.say("web.intro.way.step_begun", n=step.late_by_workdays), "warn"
    else:
        told, tone = visit.texts.say("web.intro.way.ahead"), "neutral"
    return WayStep(title, step.starts_on, step.ends_on, told, tone)
