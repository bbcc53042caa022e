"""`forlopp export`: writes the region's log as XES or OCEL 2.0 for process mining, without persons."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.banner import show_banner
from pathways.cli.call import Call, call_of
from pathways.cli.desk import Desk, open_desk
from pathways.cli.output_file import FileUnwritable
from pathways.cli.progress import shown_progress
from pathways.cli.usage import WrongUsage
from pathways.exports.whole_log import OCEL, XES, Written, write_log

XesFile = Annotated[Path | None, typer.Option("--xes", help="cli.option.xes_file", metavar="cli.metavar.file")]
OcelFile = Annotated[Path | None, typer.Option("--ocel", help="cli.option.ocel_file", metavar="cli.metavar.file")]
Anonymous = Annotated[bool, typer.Option("--anonymous", help="cli.option.anonymous")]


def export(
    ctx: typer.Context,
    xes: XesFile = None,
    ocel: OcelFile = None,
    anonymous: Anonymous = False,  # noqa: FBT002 - typer's
) -> None:
    """Write the files that were asked for; a line that asks for none is not understood."""
    call = call_of(ctx)
    asked = [(form, file) for form, file in ((XES, xes), (OCEL, ocel)) if file is not None]
    if not asked:
        raise WrongUsage("usage.nothing_to_export")
    desk = open_desk(call)
    show_banner(call, desk)
    for form, file in asked:
        written = _write(call, desk, form, file, is_anonymous=anonymous)
        call.say("cli.export.done", introductions=written.introductions, n=written.events, file=str(file))
    if anonymous:
        call.say("cli.export.anonymous")


def _write(call: Call, desk: Desk, form: str, file: Path, *, is_anonymous: bool) -> Written:
    """Write beside the file and put it in place when it is whole: a broken run leaves what was there before."""
    part = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with (
            desk.app.read() as work,
            part.open("w", encoding="utf-8", newline="\n") as opened,
            shown_progress(call.texts.say("cli.export.under_way")) as advance,
        ):
            written = write_log(
                work, opened, form, region_id=desk.region_id, is_anonymous=is_anonymous, advance=advance
            )
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise FileUnwritable(file=str(file), detail=error.strerror or "") from error
    return written
