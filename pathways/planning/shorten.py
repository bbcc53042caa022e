"""What if a step were shortened: which one step, made so many days shorter, lets a plan be carried out in time. Pure.

What a step gives up is given to all steps before it: they may end so many days later.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pathways.planning.backward import steps_back
from pathways.planning.rules import BodyRule, Lead, RegionRules, StepRule
from pathways.workdays import Workdays

SHORTEST = 3
"""No step is made shorter than a third of its usual time: less would only be pretended."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way back with times of its own."""

    step: str
    ends_days_before: int | None
    from_lead: Lead | None
    lasts_days: int
    body: str | None
    only_for: Sequence[str]


@dataclass(frozen=True, slots=True)
class Reworked:
    """A region's rules with other steps."""

    rules: RegionRules
    backward_plan: Sequence[StepRule]

    @property
    def workdays(self) -> Workdays:
        """The region's working days."""
        return self.rules.workdays

    @property
    def meeting_free_months(self) -> Sequence[int]:
        """Months without meetings of a series."""
        return self.rules.meeting_free_months

    @property
    def responding_body(self) -> BodyRule | None:
        """The body that decides the consultation response."""
        return self.rules.responding_body

    def find_body(self, slug: str) -> BodyRule | None:
        """Return the body with this slug, or None."""
        return self.rules.find_body(slug)


@dataclass(frozen=True, slots=True)
class Shortening:
    """A step that could be shortened: its usual days, and the most it may take if all is to be reached."""

    step: str
    usual_days: int
    days: int


def shorten(rules: RegionRules, body: str, step: str, *, days: int) -> RegionRules:
    """Return the rules with one step of a body's plan taking so many calendar days; those before it end later.

    A step that the plan does not have, or that would be longer, changes nothing.
    """
    plan = list(rules.backward_plan)
    place = next((at for at, rule in enumerate(plan) if rule.step == step and _concerns(rule, body)), None)
    if place is None or (gained := plan[place].lasts_days - days) <= 0:
        return rules
    changed = [_later(rule, gained) if at < place and _concerns(rule, body) else rule for at, rule in enumerate(plan)]
    changed[place] = replace(_copied(plan[place]), lasts_days=days)
    return Reworked(rules, tuple(changed))


def list_shortenings(
    body: BodyRule, meeting_on: date, rules: RegionRules, *, today: date, done: Collection[str] = ()
) -> tuple[Shortening, ...]:
    """Return each step that alone, made as little shorter as will do, lets every step begin and end in time.

    A plan in which nothing is late needs none, and gets none.
    """
    if _is_in_time(body, meeting_on, rules, today=today, done=done):
        return ()
    found: list[Shortening] = []
    for rule in rules.backward_plan:
        if rule.step in done or not rule.lasts_days or not _concerns(rule, body.slug):
            continue
        for days in range(rule.lasts_days - 1, rule.lasts_days // SHORTEST, -1):
            shorter = shorten(rules, body.slug, rule.step, days=days)
            if _is_in_time(body, meeting_on, shorter, today=today, done=done):
                found.append(Shortening(rule.step, rule.lasts_days, days))
                break
    return tuple(found)


def _is_in_time(body: BodyRule, meeting_on: date, rules: RegionRules, *, today: date, done: Collection[str]) -> bool:
    steps = steps_back(body, meeting_on, rules, today=today, done=done)
    return meeting_on >= today and not any(step.is_late or step.is_impossible for step in steps)


def _concerns(rule: StepRule, body: str) -> bool:
    return not rule.only_for or body in rule.only_for


def _later(rule: StepRule, days: int) -> StepRule:
    if rule.ends_days_before is None:
        return rule
    return replace(_copied(rule), ends_days_before=max(0, rule.ends_days_before - days))


def _copied(rule: StepRule) -> Step:
    return Step(rule.step, rule.ends_days_before, rule.from_lead, rule.lasts_days, rule.body, rule.only_for)
