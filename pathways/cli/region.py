"""`forlopp region set-up`: the region from its profile, with a first coordinator, so that real work can begin."""

from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.call import call_of
from pathways.cli.desk import Desk, NoCoordinator, open_desk
from pathways.cli.usage import WrongUsage
from pathways.profiles.load import load_profile
from pathways.profiles.vocabulary import Role
from pathways.services.set_up_region import NewPerson, set_up_region

ProfileFile = Annotated[
    Path | None, typer.Option("--profile", help="cli.option.region_profile", metavar="cli.metavar.file")
]
CoordinatorSlug = Annotated[
    str | None, typer.Option("--coordinator", help="cli.option.coordinator", metavar="cli.metavar.person")
]
Name = Annotated[str | None, typer.Option("--name", help="cli.option.name", metavar="cli.metavar.text")]
Address = Annotated[str | None, typer.Option("--address", help="cli.option.address", metavar="cli.metavar.address")]


def set_up(
    ctx: typer.Context,
    profile: ProfileFile = None,
    coordinator: CoordinatorSlug = None,
    name: Name = None,
    address: Address = None,
) -> None:
    """Write region, bodies and meetings, and the coordinator where one is named."""
    if (coordinator is None) != (name is None):
        raise WrongUsage("usage.name_with_coordinator")
    call = call_of(ctx)
    desk = open_desk(call)
    chosen = load_profile(profile) if profile else desk.profile
    people = _people(coordinator, name, address, language=call.texts.language)
    desk.app.profiles = {chosen.region.code: chosen}
    desk.app.retry(lambda work: set_up_region(work, chosen, today=desk.today, people=people))
    call.say("cli.region.done", region=chosen.region.name)
    if coordinator and name:
        call.say("cli.region.coordinator", name=name, slug=coordinator)
    elif not _has_coordinator(desk):
        call.say("cli.region.no_coordinator")
    call.say("cli.region.next")


def _people(slug: str | None, name: str | None, address: str | None, *, language: str) -> list[NewPerson]:
    if slug is None or name is None:
        return []
    return [NewPerson(slug=slug, name=name, address=address, language=language, roles=(Role.COORDINATOR,))]


def _has_coordinator(desk: Desk) -> bool:
    try:
        desk.first_coordinator()
    except NoCoordinator:
        return False
    return True
