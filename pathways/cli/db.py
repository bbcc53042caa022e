"""`forlopp db`: brings the database about, copies it and puts a copy back. The work itself stands in storage."""

from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.call import call_of
from pathways.cli.desk import Desk, open_unchecked
from pathways.cli.running import hold_home
from pathways.storage import backup as copying
from pathways.storage import schema

BackupFile = Annotated[Path | None, typer.Argument(help="cli.option.backup_file", metavar="cli.metavar.file")]
RestoreFile = Annotated[Path, typer.Argument(help="cli.option.restore_file", metavar="cli.metavar.file")]
Replace = Annotated[bool, typer.Option("--replace", help="cli.option.replace")]


def upgrade(ctx: typer.Context) -> None:
    """Create the database, or bring it to this release's form; one of a newer release is refused."""
    call = call_of(ctx)
    database = open_unchecked(call).app.database
    schema.upgrade(database)
    call.say("cli.db.upgraded", database=database.shown)


def backup(ctx: typer.Context, file: BackupFile = None) -> None:
    """Write everything to a file while others go on working."""
    call = call_of(ctx)
    desk = open_unchecked(call)
    report = copying.backup(desk.app.database, file or _next_file(desk), now=desk.app.clock.now())
    call.say("cli.db.backed_up", file=report.file, n=report.total)


def restore(ctx: typer.Context, file: RestoreFile, replace: Replace = False) -> None:  # noqa: FBT002 - typer's
    """Bring the database to what the file holds; refused while `forlopp up` works on the same home."""
    call = call_of(ctx)
    desk = open_unchecked(call)
    with hold_home(desk.app.settings.home):
        report = copying.restore(file, desk.app.database, now=desk.app.clock.now(), replace=replace)
    call.say("cli.db.restored", made_at=call.wording.instant(report.made_at), n=report.total)
    call.say("cli.db.verify")


def _next_file(desk: Desk) -> Path:
    return desk.app.settings.home / "backups" / f"forlopp-{desk.app.clock.now():%Y%m%d-%H%M%S}.zip"
