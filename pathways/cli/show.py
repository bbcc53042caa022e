"""`forlopp show SLUG`: one introduction, from where it stands to the first thing that happened to it."""

import typer

from pathways.cli.banner import show_banner
from pathways.cli.call import Call, call_of
from pathways.cli.desk import open_desk
from pathways.cli.parameters import AsJson, AsOf, Slug
from pathways.cli.parts import show_activities, show_decisions, show_gaps, show_history, show_loops, show_people
from pathways.cli.reading_input import read_moment
from pathways.cli.refusals import PROGRAM, reason_line
from pathways.cli.sheet import build_table, heading
from pathways.cli.status import waiting_line
from pathways.models.introduction import TimerState
from pathways.models.task import TaskState
from pathways.queries.as_json import show_json
from pathways.queries.introduction import introduction
from pathways.queries.views import BoardRow, IntroductionView, OfferView
from states.snapshot import Standing

NATIONAL = ("consultation", "current", "superseded", "withdrawn")
RESPONSE = ("not_due", "drafting", "submitted")


def show(ctx: typer.Context, slug: Slug, as_of: AsOf = None, as_json: AsJson = False) -> None:  # noqa: FBT002 - typer's
    """Show one introduction, now or as of an earlier moment."""
    call = call_of(ctx)
    desk = open_desk(call)
    now = desk.app.clock.now()
    moment = read_moment(as_of, profile=desk.profile, now=now) if as_of else None
    with desk.app.read() as work:
        view = introduction(work, region_id=desk.region_id, slug=slug, profile=desk.profile, now=now, as_of=moment)
    if as_json:
        call.print_json(show_json(view))
        return
    show_banner(call, desk)
    if as_of:
        call.say("cli.as_of", at=as_of)
    show_view(call, view, is_past=moment is not None)


def show_view(call: Call, view: IntroductionView, *, is_past: bool) -> None:
    """Print all parts of the view that have something to say."""
    show_position(call, view)
    if not is_past:
        show_offers(call, view)
    show_tasks(call, view)
    show_timers(call, view)
    for part in (show_people, show_gaps, show_activities, show_decisions, show_loops, show_history):
        part(call, view)


def show_position(call: Call, view: IntroductionView) -> None:
    """Print where the introduction stands and who has the ball."""
    row = view.position
    number = call.texts.say("cli.show.number", number=row.number)
    call.print(f"{row.pathway} ({row.slug}, {number})")
    days = call.texts.say("cli.show.days", n=row.days_in_phase)
    lines = [
        ("phase", f"{call.wording.position(row.phase, row.place)}, {days}"),
        *_regions(call, row),
        ("waits_for", ", ".join(waiting_line(call, waiting) for waiting in row.waits_for)),
        ("next", f"{row.next_due} {call.wording.due(row.next_due_what)}" if row.next_due else ""),
        ("version", str(row.version)),
    ]
    width = max(len(call.texts.word("cli.show", name)) for name, _ in lines)
    for name, told in lines:
        if told:
            call.print(f"{call.texts.word('cli.show', name):<{width}}  {told}", indent=2)


def show_offers(call: Call, view: IntroductionView) -> None:
    """Print what can be done now, then what else leads on and all that each of it still needs."""
    if view.position.standing in (Standing.STOPPED, Standing.CLOSED):
        call.print()
        call.say("cli.show.nothing_more")
        return
    slug = view.position.slug
    if possible := [offer for offer in view.offers if offer.allowed]:
        call.print(heading(call, "cli.show.possible"))
        spoken = [(call.wording.command(offer.command, offer.choice), offer) for offer in possible]
        width = max(len(words) for words, _ in spoken)
        for words, offer in spoken:
            call.print(f"{words:<{width}}  {PROGRAM} do {slug} {offer.command}", indent=2)
    if needed := [offer for offer in view.offers if not offer.allowed]:
        call.print(heading(call, "cli.show.needed"))
        for offer in needed:
            _show_needed(call, offer)


def show_tasks(call: Call, view: IntroductionView) -> None:
    """Print the open tasks, the soonest first, and how many are settled."""
    waiting = sorted((task for task in view.tasks if task.state == TaskState.OPEN), key=lambda task: task.due_on)
    call.print(heading(call, "cli.show.tasks"))
    if waiting:
        table = build_table("", [call.texts.word("cli.column", name) for name in ("number", "task", "who", "due")])
        for task in waiting:
            unit = f" ({task.unit})" if task.unit else ""
            who = task.assignee or call.texts.word("role", task.role)
            table.add_row(task.ref, f"{call.wording.of_title(task.title)}{unit}", who, str(task.due_on))
        call.print(table)
    else:
        call.print(call.texts.say("cli.show.no_tasks"), indent=2)
    if settled := len(view.tasks) - len(waiting):
        call.print(call.texts.say("cli.show.tasks_settled", n=settled), indent=2)


def show_timers(call: Call, view: IntroductionView) -> None:
    """Print the dates that are watched."""
    live = sorted((timer for timer in view.timers if timer.state == TimerState.LIVE), key=lambda timer: timer.due_at)
    if not live:
        return
    call.print(heading(call, "cli.show.timers"))
    for timer in live:
        call.print(
            f"{call.wording.instant(timer.due_at)}  {call.wording.timer(timer.kind, timer.occurrence)}", indent=2
        )


def _regions(call: Call, row: BoardRow) -> list[tuple[str, str]]:
    """Return where the national text and the consultation response stand; while paused they rest too."""
    inside = row.configuration
    return [
        (name, call.texts.word("state", state))
        for name, states in (("national", NATIONAL), ("response", RESPONSE))
        for state in states
        if state in inside
    ]


def _show_needed(call: Call, offer: OfferView) -> None:
    call.print(call.wording.command(offer.command, offer.choice), indent=2)
    for reason in offer.reasons:
        call.print(f"• {reason_line(reason, call)}", indent=4)
