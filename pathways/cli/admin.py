"""`forlopp admin setup-link`: the first way in, for the administrator of a region where nobody has logged in yet."""

from typing import Annotated

import typer

from pathways.cli.call import call_of
from pathways.cli.desk import open_desk
from pathways.services.access.login_link import LIFE, LOGIN_PATH
from pathways.services.access.set_up_link import make_set_up_link
from pathways.services.set_up_region import NewPerson

PersonSlug = Annotated[str, typer.Option("--person", help="cli.option.admin_person", metavar="cli.metavar.person")]
Name = Annotated[str, typer.Option("--name", help="cli.option.admin_name", metavar="cli.metavar.text")]
Address = Annotated[
    str | None, typer.Option("--address", help="cli.option.admin_address", metavar="cli.metavar.address")
]
Force = Annotated[bool, typer.Option("--force", help="cli.option.force")]


def setup_link(
    ctx: typer.Context,
    person: PersonSlug,
    name: Name = "",
    address: Address = None,
    force: Force = False,  # noqa: FBT002 - typer's
) -> None:
    """Print a link that logs the person in once; with a name, somebody who is not there yet is added."""
    call = call_of(ctx)
    desk = open_desk(call)
    region_id, now = desk.region_id, desk.app.clock.now()
    wanted = NewPerson(slug=person, name=name, address=address, language=call.texts.language)
    made = desk.app.retry(lambda work: make_set_up_link(work, region_id, wanted, now=now, force=force))
    if made.is_new:
        call.say("cli.admin.added", name=made.name, slug=person)
    call.say("cli.admin.link", name=made.name, minutes=int(LIFE.total_seconds()) // 60)
    call.print(f"{desk.app.settings.base_url.rstrip('/')}{LOGIN_PATH}/{made.token}")
