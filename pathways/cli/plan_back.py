"""`forlopp plan-back`: from a body's meeting back to the first step, and which step can no longer be reached."""

from typing import Annotated

import typer

from pathways.cli.call import Call, call_of
from pathways.cli.desk import Desk, open_unchecked
from pathways.cli.reading_input import read_day
from pathways.cli.sheet import build_table
from pathways.errors import Unknown
from pathways.planning.backward import BackwardPlan, PlannedStep, WindowCheck
from pathways.planning.backward import plan_back as plan_from
from pathways.planning.consultation import window_containing

BodySlug = Annotated[str, typer.Option("--body", help="cli.option.body", metavar="cli.metavar.body")]
MeetingDay = Annotated[str, typer.Option("--date", help="cli.option.date", metavar="cli.metavar.date")]


def plan_back(ctx: typer.Context, body: BodySlug, day: MeetingDay) -> None:
    """Plan backwards from a meeting. An impossible plan is an answer, not a refusal."""
    call = call_of(ctx)
    desk = open_unchecked(call)
    found = desk.profile.find_body(body)
    if found is None:
        raise Unknown("body", body, (one.slug for one in desk.profile.bodies))
    window = window_containing(desk.today) if found is desk.profile.responding_body else None
    show_plan(call, desk, plan_from(found, read_day(day), desk.profile, today=desk.today, window=window))


def show_plan(call: Call, desk: Desk, plan: BackwardPlan) -> None:
    """Print the steps and what they add up to."""
    headings = [call.texts.word("cli.column", name) for name in ("step", "start_by", "done_by", "on_time")]
    title = call.texts.say("cli.plan.title", body=_name(desk, plan.body), meeting_on=plan.meeting.meeting_on)
    table = build_table(title, headings)
    titles = step_titles(call, desk, plan.body)
    for step in plan.steps:
        table.add_row(titles[step.step], str(step.starts_on), str(step.ends_on), _in_time(call, step))
    call.print(table)
    call.print(_verdict(call, plan, titles))
    if not plan.meeting.is_known:
        call.say("cli.plan.assumed")
    if not plan.is_possible:
        _show_earliest(call, plan)
    if plan.window is not None:
        _show_window(call, desk, plan.window)


def step_titles(call: Call, desk: Desk, body: str) -> dict[str, str]:
    """Return the titles of the steps that a body's plan has."""
    rules = desk.profile.backward_plan
    wanted = [rule for rule in rules if not rule.only_for or body in rule.only_for]
    return {rule.step: rule.title.in_language(call.texts.language) for rule in wanted}


def _in_time(call: Call, step: PlannedStep) -> str:
    if step.is_impossible:
        return call.texts.say("cli.plan.too_late", n=step.late_by_workdays)
    if step.is_late:
        return call.texts.say("cli.plan.late", n=step.late_by_workdays)
    return call.texts.say("cli.plan.in_time")


def _verdict(call: Call, plan: BackwardPlan, titles: dict[str, str]) -> str:
    step = plan.first_impossible
    if step is not None:
        return call.texts.say(
            "cli.plan.impossible", step=titles[step.step], ends_on=step.ends_on, n=step.late_by_workdays
        )
    return call.texts.say("cli.plan.possible" if plan.is_possible else "cli.plan.passed")


def _show_earliest(call: Call, plan: BackwardPlan) -> None:
    meeting = plan.earliest_meeting
    if meeting is None:
        call.say("cli.plan.none")
    else:
        call.say("cli.plan.earliest", meeting_on=meeting.meeting_on, hand_in_on=meeting.hand_in_on)


def _show_window(call: Call, desk: Desk, check: WindowCheck) -> None:
    call.say("cli.plan.window", opens_on=check.window.opens_on, closes_on=check.window.closes_on)
    if check.can_be_met and check.meeting is not None:
        body = _name(desk, check.meeting.body)
        meeting_on = check.meeting.meeting_on
        call.say("cli.plan.window_met", body=body, meeting_on=meeting_on, n=check.analysis_workdays)
    else:
        call.say("cli.plan.window_missed")


def _name(desk: Desk, slug: str) -> str:
    body = desk.profile.find_body(slug)
    return (body.short or body.name) if body else slug
