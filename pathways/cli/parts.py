"""The parts of `forlopp show` that list what has been gathered: people, gaps, plan, decisions, loops, history."""

from pathways.cli.call import Call
from pathways.cli.sheet import build_table, heading
from pathways.queries.views import HistoryRow, IntroductionView


def show_people(call: Call, view: IntroductionView) -> None:
    """Print who holds which role in this introduction."""
    if not view.people:
        return
    call.print(heading(call, "cli.show.people"))
    for one in view.people:
        unit = f" ({one.unit})" if one.unit else ""
        call.print(f"{call.texts.word('role', one.role)}: {one.person or '–'}{unit}", indent=2)


def show_gaps(call: Call, view: IntroductionView) -> None:
    """Print how the units answered each step, as a distribution."""
    gap = view.gap
    answered = [step for step in gap.steps if sum(step.levels) + step.not_applicable + step.dont_know]
    if not gap.invited:
        return
    call.print(heading(call, "cli.show.gaps"))
    call.print(
        call.texts.say(
            "cli.show.gap_answers", version=gap.version, n=gap.answered, invited=gap.invited, excused=gap.excused
        ),
        indent=2,
    )
    if not answered:
        return
    levels = ("0", "1", "2", "3", "not_applicable", "dont_know")
    headings = [call.texts.word("cli.column", "step"), *(call.texts.word("level", level) for level in levels)]
    table = build_table("", headings, right=range(1, 7))
    for step in answered:
        counts = (*step.levels, step.not_applicable, step.dont_know)
        table.add_row(f"{step.step} {call.wording.of_title(step.title)}", *(str(n or "") for n in counts))
    call.print(table)


def show_activities(call: Call, view: IntroductionView) -> None:
    """Print the plan."""
    if not view.activities:
        return
    call.print(heading(call, "cli.show.activities"))
    names = ("number", "activity", "responsible", "due", "state", "rank")
    table = build_table("", [call.texts.word("cli.column", name) for name in names], right=(5,))
    for one in view.activities:
        rank = str(one.rank) if one.rank else call.texts.word("standpoint", one.standpoint) if one.standpoint else ""
        state = call.texts.word("activity_state", one.state)
        table.add_row(one.ref, one.title, one.responsible or "–", call.wording.day(one.due_on), state, rank)
    call.print(table)


def show_decisions(call: Call, view: IntroductionView) -> None:
    """Print the decisions as minuted."""
    if not view.decisions:
        return
    call.print(heading(call, "cli.show.decisions"))
    names = ("when", "body", "matter", "outcome", "register")
    table = build_table("", [call.texts.word("cli.column", name) for name in names])
    for one in view.decisions:
        table.add_row(
            str(one.meeting_on),
            one.body,
            call.texts.word("decision_kind", one.kind),
            call.texts.word("choice", one.outcome) + (f": {one.conditions}" if one.conditions else ""),
            f"{one.register_no}, {one.paragraph_no}",
        )
    call.print(table)


def show_loops(call: Call, view: IntroductionView) -> None:
    """Print the learning loops."""
    if not view.loops:
        return
    call.print(heading(call, "cli.show.loops"))
    names = ("loop", "due", "held", "decision")
    table = build_table("", [call.texts.word("cli.column", name) for name in names], right=(0,))
    for one in view.loops:
        decision = call.texts.word("choice", one.decision) if one.decision else call.texts.word("loop_state", one.state)
        summary = f"{decision}\n{one.summary}" if one.summary else decision
        table.add_row(str(one.number), str(one.due_on), call.wording.day(one.held_on), summary)
    call.print(table)


def show_history(call: Call, view: IntroductionView) -> None:
    """Print every event, the oldest first."""
    call.print(heading(call, "cli.show.history"))
    names = ("number", "when", "who", "what", "reason")
    table = build_table("", [call.texts.word("cli.column", name) for name in names], right=(0,))
    for event in view.history:
        table.add_row(
            str(event.seq), call.wording.instant(event.at), _who(call, event), _what(call, event), event.reason or ""
        )
    call.print(table)


def _who(call: Call, event: HistoryRow) -> str:
    actor = event.actor or call.texts.say("actor.system")
    return call.texts.say("cli.show.on_behalf", actor=actor, other=event.on_behalf) if event.on_behalf else actor


def _what(call: Call, event: HistoryRow) -> str:
    spoken = call.wording.command(event.command)
    if not event.undoes:
        return spoken
    numbers = ", ".join(str(number) for number in event.undoes)
    return f"{spoken}: {call.texts.say('cli.show.undoes', numbers=numbers)}"
