"""`forlopp profile check`: reads a region's profile and says what is wrong with it, or what it holds."""

from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.call import call_of
from pathways.profiles.load import load_profile

ProfileFile = Annotated[Path, typer.Argument(help="cli.option.profile_file", metavar="cli.metavar.file")]


def check(ctx: typer.Context, file: ProfileFile) -> None:
    """Check a profile; every fault is told with file, line and field."""
    call = call_of(ctx)
    profile = load_profile(file)
    call.say("cli.profile.fine", version=profile.version, region=profile.region.name)
    call.say(
        "cli.profile.detail",
        bodies=len(profile.bodies),
        items=sum(len(items) for items in profile.checklists.values()),
        states=len(profile.checklists),
        months=profile.loops.interval_months,
    )
