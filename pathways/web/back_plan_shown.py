"""The way back from a meeting in words: each step, the squeeze, what stands in the way, and what could be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pathways.planning.backward import PlannedStep, check_window
from pathways.planning.rules import RegionRules
from pathways.planning.shorten import list_shortenings
from pathways.planning.squeeze import squeeze_of
from pathways.profiles.schema import Body, Profile
from pathways.web.back_plan_asked import (
    BODY,
    DAY,
    DAYS,
    STEP,
    Asked,
    Goal,
    name_of,
    window_name,
    windows_around,
)
from pathways.web.back_plan_goal import Planned, meetings_around, other_meetings
from pathways.web.back_plan_picture import Line, line_for
from pathways.web.visit import Visit

TONES = {"calm": "good", "hurry": "warn", "tight": "warn", "cannot": "bad"}
"""How well a meeting can be reached, and the tone it is told in."""


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step: its name, its days, how it stands in words, and its look in the picture."""

    title: str
    step: PlannedStep
    told: str
    tone: str
    look: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: a sentence, with the address that leads there, the words of the link, and how well it would do."""

    text: str
    href: str = ""
    label: str = ""
    told: str = ""
    tone: str = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that the page tells of a goal."""

    planned: Planned
    title: str
    verdict: str
    tone: str
    squeeze: str
    is_tight: bool
    warnings: tuple[Way, ...]
    steps: tuple[StepShown, ...]
    line: Line
    picture: str
    earliest: Way | None
    shorter: tuple[Way, ...]
    meetings: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Puts plans into one reader's words."""

    visit: Visit
    profile: Profile
    rules: RegionRules
    done: frozenset[str]
    path: str

    def show(self, asked: Asked, goal: Goal, planned: Planned) -> Shown:
        """Return everything told of a plan."""
        line = line_for(planned.steps, meeting_on=planned.meeting.meeting_on, today=self.visit.today)
        steps = tuple(self._step(planned, one) for one in planned.steps)
        tone, verdict = self._verdict(planned)
        squeeze, is_tight = self._squeeze(planned)
        return Shown(
            planned=planned,
            title=self._title(goal, planned),
            verdict=verdict,
            tone=tone,
            squeeze=squeeze,
            is_tight=is_tight,
            warnings=tuple(self._warnings(planned)) if goal.window is None else (),
            steps=steps,
            line=line,
            picture=" ".join(self._sentence(one) for one in steps),
            earliest=self._earliest(planned),
            shorter=() if asked.shorter else tuple(self._shorter(goal, planned)),
            meetings=tuple(self._windows() if goal.window else self._meetings(planned.body)),
        )

    def title_of(self, step: str, body: str) -> str:
        """Return what a step of a body's plan is called."""
        rules = self.profile.backward_plan
        fitting = (rule for rule in rules if rule.step == step and (not rule.only_for or body in rule.only_for))
        found = next(fitting, None)
        return found.title.in_language(self.visit.language) if found else step

    def _say(self, text_id: str, **values: object) -> str:
        return self.visit.texts.say(text_id, **values)

    def _title(self, goal: Goal, planned: Planned) -> str:
        told = {"body": name_of(planned.body), "day": self.visit.formats.long_day(planned.meeting.meeting_on)}
        if goal.window is None:
            return self._say("web.calendar.back.to_meeting", **told)
        closes = self.visit.formats.day(goal.window.closes_on)
        return self._say("web.calendar.back.to_window", closes=closes, **told)

    def _verdict(self, planned: Planned) -> tuple[str, str]:
        late = planned.first_impossible
        if late is not None:
            title = self.title_of(late.step, planned.body.slug)
            ends = self.visit.formats.day(late.ends_on)
            told = "web.calendar.back.impossible"
            if planned.check is not None and planned.begin > self.visit.today:
                told = "web.calendar.back.impossible_window"
            return "bad", self._say(told, step=title, ends=ends, n=late.late_by_workdays)
        if planned.meeting.meeting_on < self.visit.today:
            return "warn", self._say("web.calendar.back.passed")
        if not planned.is_possible:
            return "bad", self._say("web.calendar.back.not_possible")
        begun = next((one for one in planned.steps if one.is_late), None)
        if begun is not None:
            title = self.title_of(begun.step, planned.body.slug)
            told = "web.calendar.back.tight" if planned.begin > self.visit.today else "web.calendar.back.hurry"
            return "warn", self._say(told, step=title, n=begun.late_by_workdays)
        return "good", self._say("web.calendar.back.possible")

    def _squeeze(self, planned: Planned) -> tuple[str, bool]:
        found = squeeze_of(planned.steps, begin=planned.begin, workdays=self.profile.workdays)
        if found is None:
            return "", False
        until = self.visit.formats.day(found.until_on)
        told = "web.calendar.back.squeeze_tight" if found.is_tight else "web.calendar.back.squeeze"
        return self._say(told, n=found.available, until=until, planned=found.planned), found.is_tight

    def _warnings(self, planned: Planned) -> Iterator[Way]:
        """Yield what is odd about the day that was chosen, with the nearest days that are better."""
        day, workdays = planned.meeting.meeting_on, self.profile.workdays
        if not workdays.is_workday(day):
            before, after = workdays.previous_workday(day), workdays.next_workday(day)
            yield Way(self._say("web.calendar.back.day_off", day=self.visit.formats.long_day(day)))
            yield from (self._to(planned.body, one) for one in (before, after))
        elif day not in planned.body.known_meetings:
            yield Way(self._say("web.calendar.back.no_meeting", body=name_of(planned.body)))
            yield from (self._to(planned.body, one) for one in meetings_around(planned.body, day) if one is not None)
        if planned.meeting.hand_in_on < self.visit.today <= day and "hand_in" not in self.done:
            hand_in = self.visit.formats.day(planned.meeting.hand_in_on)
            yield Way(self._say("web.calendar.back.hand_in_past", hand_in=hand_in))
            following = next(
                other_meetings(planned.body, self.profile, self.rules, today=self.visit.today, done=self.done), None
            )
            if following is not None:
                yield self._to(planned.body, following[0].meeting_on)

    def _to(self, body: Body, day: date, *, told: str = "", tone: str = "neutral") -> Way:
        label = self._say("web.calendar.back.meeting", body=name_of(body), day=self.visit.formats.long_day(day))
        href = f"{self.path}?{BODY}={body.slug}&{DAY}={day.isoformat()}"
        return Way("", href, label, told, tone)

    def _step(self, planned: Planned, step: PlannedStep) -> StepShown:
        title = self.title_of(step.step, planned.body.slug)
        if step.is_done:
            return StepShown(title, step, self._say("web.calendar.back.done"), "good", "done")
        if step.is_impossible:
            told = self._say("web.calendar.back.step_late", n=step.late_by_workdays)
            return StepShown(title, step, told, "bad", "impossible")
        if step.is_late:
            ahead = planned.begin > self.visit.today
            text_id = "web.calendar.back.step_tight" if ahead else "web.calendar.back.step_begun"
            told = self._say(text_id, n=step.late_by_workdays)
            return StepShown(title, step, told, "warn", "late")
        return StepShown(title, step, self._say("web.calendar.back.ahead"), "neutral", "ahead")

    def _sentence(self, shown: StepShown) -> str:
        days = {
            "starts": self.visit.formats.day(shown.step.starts_on),
            "ends": self.visit.formats.day(shown.step.ends_on),
        }
        one_day = shown.step.starts_on == shown.step.ends_on
        told = "web.calendar.back.sentence_day" if one_day else "web.calendar.back.sentence"
        return self._say(told, step=shown.title, told=shown.told, **days)

    def _earliest(self, planned: Planned) -> Way | None:
        """Return the first meeting that can be reached without hurry, where the one that was asked for is not."""
        if planned.is_all_in_time or planned.check is not None:
            return None
        if planned.earliest is None:
            return Way(self._say("web.calendar.back.none_reached"))
        hand_in = self.visit.formats.day(planned.earliest.hand_in_on)
        way = self._to(planned.body, planned.earliest.meeting_on)
        return Way(self._say("web.calendar.back.earliest", hand_in=hand_in), way.href, way.label)

    def _shorter(self, goal: Goal, planned: Planned) -> Iterator[Way]:
        meeting_on = planned.meeting.meeting_on
        found = list_shortenings(planned.body, meeting_on, self.rules, today=planned.begin, done=self.done)
        for one in found:
            title = self.title_of(one.step, planned.body.slug)
            text = self._say("web.calendar.back.if_shorter", step=title, usual=one.usual_days, n=one.days)
            href = f"{self.path}{goal.query}&{STEP}={one.step}&{DAYS}={one.days}"
            yield Way(text, href, self._say("web.calendar.back.try_it"))

    def _windows(self) -> Iterator[Way]:
        for window in windows_around(self.visit.today):
            check = check_window(window, self.rules, today=self.visit.today, done=self.done)
            late = "tight" if window.opens_on > self.visit.today else "hurry"
            told = late if any(step.is_late for step in check.steps) else "calm"
            told = told if check.can_be_met else "cannot"
            href = f"{self.path}{Goal(window=window).query}"
            yield Way("", href, window_name(self.visit, window), self._reach(told), TONES[told])

    def _reach(self, told: str) -> str:
        return self.visit.texts.word("web.calendar.back.reach", told)

    def _meetings(self, body: Body) -> Iterator[Way]:
        for meeting, can, calmly in other_meetings(
            body, self.profile, self.rules, today=self.visit.today, done=self.done
        ):
            told = "calm" if calmly else "hurry" if can else "cannot"
            yield self._to(body, meeting.meeting_on, told=self._reach(told), tone=TONES[told])
