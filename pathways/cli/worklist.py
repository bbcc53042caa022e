"""`forlopp worklist --for PERSON`: what one person has to do, the soonest first."""

from typing import Annotated

import typer

from pathways.cli.banner import show_banner
from pathways.cli.call import Call, call_of
from pathways.cli.desk import open_desk
from pathways.cli.parameters import AsJson
from pathways.cli.sheet import build_table
from pathways.queries.as_json import worklist_json
from pathways.queries.views import WorklistRow
from pathways.queries.worklist import worklist as list_work

Whose = Annotated[str, typer.Option("--for", help="cli.option.for", metavar="cli.metavar.person")]


def worklist(ctx: typer.Context, person: Whose, as_json: AsJson = False) -> None:  # noqa: FBT002 - typer's
    """Show the open tasks of a person."""
    call = call_of(ctx)
    desk = open_desk(call)
    with desk.app.read() as work:
        rows = list_work(work, region_id=desk.region_id, person=person, today=desk.today)
    name = desk.name_of(person)
    if as_json:
        call.print_json(worklist_json(rows))
        return
    show_banner(call, desk)
    if not rows:
        call.say("cli.worklist.empty", person=name)
        return
    show_rows(call, rows, name)


def show_rows(call: Call, rows: tuple[WorklistRow, ...], person: str) -> None:
    """Print the list."""
    headings = [call.texts.word("cli.column", name) for name in ("due", "task", "pathway", "why", "then")]
    table = build_table(call.texts.say("cli.worklist.title", person=person), headings)
    for row in rows:
        table.add_row(
            _due(call, row),
            f"{call.wording.of_title(row.title)}{f' ({row.unit})' if row.unit else ''}\n{row.slug} {row.ref}",
            f"{row.pathway}\n{call.texts.word('phase', row.phase)}",
            _why(call, row),
            "\n".join(call.wording.command(command) for command in row.then),
        )
    call.print(table)
    call.say("cli.worklist.count", n=len(rows))


def _due(call: Call, row: WorklistRow) -> str:
    late = f"\n{call.texts.say('cli.late', n=row.days_late)}" if row.days_late > 0 else ""
    return f"{row.due_on.isoformat()}{late}"


def _why(call: Call, row: WorklistRow) -> str:
    role = call.texts.word("role", row.why)
    return call.texts.say("cli.worklist.instead_of", role=role, person=row.instead_of) if row.instead_of else role
