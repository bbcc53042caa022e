"""`forlopp do SLUG COMMAND`: gives one command to one introduction, and tells what happened and what follows."""

import json
from typing import Annotated

import typer

from pathways.cli.call import Call, call_of
from pathways.cli.desk import Desk, open_desk
from pathways.cli.fields import build_example, field_line, list_fields, schema_of
from pathways.cli.help import table
from pathways.cli.parameters import Slug
from pathways.cli.reading_input import read_data
from pathways.models.introduction import Timer
from pathways.models.task import Task
from pathways.queries.introduction import introduction
from pathways.queries.queued import count_queued
from pathways.queries.views import IntroductionView
from pathways.services.ask import Ask, Receipt

TELLING = ("gap_answer", "activity")  # rows whose numbers later commands ask for
MOST_REFS = 12
LARGEST = 2_147_483_647  # what every database can compare a version with

Name = Annotated[str, typer.Argument(help="cli.option.command", metavar="cli.metavar.command")]
By = Annotated[str | None, typer.Option("--by", help="cli.option.by", metavar="cli.metavar.person")]
Reason = Annotated[str | None, typer.Option("--reason", help="cli.option.reason", metavar="cli.metavar.text")]
Data = Annotated[str, typer.Option("--data", help="cli.option.data", metavar="cli.metavar.json")]
Version = Annotated[
    int | None,
    typer.Option("--version", min=1, max=LARGEST, help="cli.option.version", metavar="cli.metavar.number"),
]
CommandId = Annotated[str, typer.Option("--id", help="cli.option.command_id", metavar="cli.metavar.id")]
HelpData = Annotated[bool, typer.Option("--help-data", help="cli.option.help_data")]


def do(
    ctx: typer.Context,
    slug: Slug,
    command: Name,
    by: By = None,
    reason: Reason = None,
    data: Data = "{}",
    version: Version = None,
    command_id: CommandId = "",
    help_data: HelpData = False,  # noqa: FBT002 - typer's
) -> None:
    """Carry the command out, or show which data it needs."""
    call = call_of(ctx)
    if help_data:
        show_fields(call, slug, command)
        return
    call.subject = slug
    schema_of(command)
    order = read_data(data)
    desk = open_desk(call)
    actor = by or desk.first_coordinator()
    receipt = desk.app.run(
        slug, command, order, Ask(actor=actor, reason=reason, version=version, command_id=command_id)
    )
    show_receipt(call, receipt)
    if receipt.repeated:
        return
    show_consequences(call, desk, receipt)
    if by is None:
        call.say("cli.do.as_coordinator", person=actor)


def show_fields(call: Call, slug: str, command: str) -> None:
    """Print the fields of a command's data, and an example."""
    schema = schema_of(command)
    notes = list_fields(schema)
    spoken = call.wording.command(command)
    if not notes:
        call.say("cli.do.no_fields", command=spoken)
        return
    rows = [field_line(call, command, note) for note in notes]
    call.print(table(call.texts.say("cli.do.fields", command=spoken), rows))
    call.print()
    call.say("cli.do.example")
    example = json.dumps(build_example(schema), ensure_ascii=False)
    call.print(f"forlopp do {slug} {command} --data '{example}'", indent=2)


def show_receipt(call: Call, receipt: Receipt) -> None:
    """Print what was done."""
    text = "cli.do.repeated" if receipt.repeated else "cli.do.done"
    call.say(text, command=call.wording.command(receipt.command), slug=receipt.slug, seq=receipt.seq)


def show_consequences(call: Call, desk: Desk, receipt: Receipt) -> None:
    """Print where the introduction stands now, and what the command set going."""
    with desk.app.read() as work:
        view = introduction(
            work,
            region_id=desk.region_id,
            slug=receipt.slug,
            profile=desk.profile,
            now=desk.app.clock.now(),
        )
        messages = count_queued(
            work,
            region_code=desk.profile.region.code,
            introduction_id=receipt.introduction_id,
            seq=receipt.seq,
        )
    _show_position(call, view, receipt)
    _show_rows(call, receipt)
    _show_tasks(call, view, receipt)
    _show_timers(call, view, receipt)
    if messages:
        call.say("cli.do.messages", n=messages)


def _show_position(call: Call, view: IntroductionView, receipt: Receipt) -> None:
    places = {event.seq: (event.phase, event.place) for event in view.history}
    here, before = places[receipt.seq], places.get(receipt.seq - 1)
    text = "cli.do.stays" if here == before else "cli.do.moved"
    call.say(text, position=call.wording.position(*here))


def _show_rows(call: Call, receipt: Receipt) -> None:
    for kind in TELLING:
        if refs := [ref for table, ref in receipt.made if table == kind]:
            more = " …" if len(refs) > MOST_REFS else ""
            call.print(f"{call.texts.word('made', kind)}: {', '.join(refs[:MOST_REFS])}{more}")


def _show_tasks(call: Call, view: IntroductionView, receipt: Receipt) -> None:
    made = set(receipt.made)
    if not (new := [one for one in view.tasks if (str(Task.__tablename__), one.ref) in made]):
        return
    call.say("cli.do.tasks")
    for one in new:
        who = one.assignee or call.texts.word("role", one.role)
        title = call.wording.of_title(one.title)
        call.print(call.texts.say("cli.do.task", ref=one.ref, title=title, who=who, due_on=one.due_on), indent=2)


def _show_timers(call: Call, view: IntroductionView, receipt: Receipt) -> None:
    made = set(receipt.made)
    if not (new := [one for one in view.timers if (str(Timer.__tablename__), one.ref) in made]):
        return
    call.say("cli.do.timers")
    for one in new:
        call.print(f"{call.wording.instant(one.due_at)}  {call.wording.timer(one.kind, one.occurrence)}", indent=2)
