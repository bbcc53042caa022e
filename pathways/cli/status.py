"""`forlopp status`: every introduction of the region in two lines each: where it stands and who has the ball."""

import typer

from pathways.cli.banner import show_banner
from pathways.cli.call import Call, call_of
from pathways.cli.desk import Desk, open_desk
from pathways.cli.parameters import AsJson, AsOf
from pathways.cli.reading_input import read_moment
from pathways.cli.sheet import build_table
from pathways.queries.as_json import status_json
from pathways.queries.board import board
from pathways.queries.views import BoardRow, Waiting

MOST_WAITING = 2
COLUMNS = ("pathway", "phase", "days", "waits_for", "next", "late")


def status(ctx: typer.Context, as_of: AsOf = None, as_json: AsJson = False) -> None:  # noqa: FBT002 - typer's
    """Show the board, now or as of an earlier moment."""
    call = call_of(ctx)
    desk = open_desk(call)
    rows = find_rows(desk, as_of)
    if as_json:
        call.print_json(status_json(rows))
        return
    show_banner(call, desk)
    if as_of:
        call.say("cli.as_of", at=as_of)
    if rows:
        show_board(call, rows, region=desk.profile.region.name)
    elif as_of:
        call.say("cli.status.empty_as_of")
    else:
        show_beginning(call, desk)


def find_rows(desk: Desk, as_of: str | None) -> tuple[BoardRow, ...]:
    """Return the board's rows; none where the region has not been set up."""
    moment = read_moment(as_of, profile=desk.profile, now=desk.app.clock.now()) if as_of else None
    if desk.app.find_region() is None:
        return ()
    with desk.app.read() as work:
        return board(work, region_id=desk.region_id, profile=desk.profile, today=desk.today, as_of=moment)


def show_board(call: Call, rows: tuple[BoardRow, ...], *, region: str) -> None:
    """Print the table, and how many introductions there are."""
    headings = [call.texts.word("cli.status", name) for name in COLUMNS]
    table = build_table(call.texts.say("cli.status.title", region=region), headings, right=(2, 5))
    for row in rows:
        table.add_row(
            f"{row.pathway}\n{row.slug}",
            f"{call.texts.word('phase', row.phase)}\n{call.texts.word('state', row.place)}",
            str(row.days_in_phase),
            waiting_cell(call, row.waits_for),
            next_line(call, row),
            str(row.late or ""),
        )
    call.print(table)
    call.say("cli.status.count", n=len(rows))


def waiting_line(call: Call, waiting: Waiting) -> str:
    """Return who has the ball: the person with the role, or the role alone."""
    role = call.texts.word("role", waiting.role)
    return f"{waiting.person} ({role})" if waiting.person else role


def waiting_cell(call: Call, waits_for: tuple[Waiting, ...]) -> str:
    """Return names where they are known and roles where not, some of them only: `show` has them all."""
    told = [waiting.person or call.texts.word("role", waiting.role) for waiting in waits_for]
    more = [f"+ {len(told) - MOST_WAITING}"] if len(told) > MOST_WAITING else []
    return "\n".join([*told[:MOST_WAITING], *more])


def next_line(call: Call, row: BoardRow) -> str:
    """Return the next date and what it is for."""
    return f"{call.wording.day(row.next_due)}\n{call.wording.due(row.next_due_what)}" if row.next_due else ""


def show_beginning(call: Call, desk: Desk) -> None:
    """Say what to do first in an installation without introductions."""
    call.say("cli.status.empty")
    if desk.origin() is None:
        call.print(call.texts.say("cli.status.begin_region"), indent=2)
    call.print(call.texts.say("cli.status.begin_catalogue"), indent=2)
    call.print(call.texts.say("cli.status.begin_start"), indent=2)
    call.say("cli.status.begin_demo")
