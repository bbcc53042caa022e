"""`forlopp catalogue import`: reads national pathways from a file into the database, all of it or nothing."""

import typer

from pathways.catalogue.read import read_catalogue, read_national_catalogue
from pathways.cli.call import call_of
from pathways.cli.desk import open_desk
from pathways.cli.parameters import CatalogueFile
from pathways.services.import_catalogue import import_catalogue


def import_file(ctx: typer.Context, file: CatalogueFile = None) -> None:
    """Read the file, or the catalogue that comes with the product."""
    call = call_of(ctx)
    desk = open_desk(call)
    pathways = read_catalogue(file) if file else read_national_catalogue()
    change = desk.app.retry(lambda work: import_catalogue(work, pathways))
    call.say("cli.catalogue.done", n=len(pathways))
    call.say(
        "cli.catalogue.detail",
        new=len(change.new),
        changed=len(change.changed),
        unchanged=change.unchanged,
        versions=change.versions,
    )
