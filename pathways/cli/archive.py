"""`forlopp archive`: writes the archive of an introduction: fixed documents as PDF/A, the log, sums, and a guide."""

from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.banner import show_banner
from pathways.cli.call import call_of
from pathways.cli.desk import open_desk
from pathways.cli.output_file import write_whole
from pathways.cli.parameters import Slug
from pathways.exports.archive import build_archive

Folder = Annotated[Path, typer.Option("--out", help="cli.option.archive_out", metavar="cli.metavar.folder")]
AlthoughOpen = Annotated[bool, typer.Option("--open", help="cli.option.archive_open")]


def archive(
    ctx: typer.Context,
    slug: Slug,
    out: Folder,
    although_open: AlthoughOpen = False,  # noqa: FBT002 - typer's
) -> None:
    """Write the folder; an introduction that has not ended is refused unless asked for, and then marked as open."""
    call = call_of(ctx)
    desk = open_desk(call)
    show_banner(call, desk)
    with desk.app.read() as work:
        made = build_archive(
            work, region_id=desk.region_id, slug=slug, now=desk.app.clock.now(), although_open=although_open
        )
    for path, content in made.files.items():
        write_whole(out / made.name / path, content)
    call.say("cli.archive.done", n=len(made.files), folder=str(out / made.name))
