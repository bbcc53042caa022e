"""`forlopp installation`: can the database be used, and what does `up` need to know? A short-lived child of `up`.

It exists so that the process that stays need not import a database library to find out.
"""

import typer

from pathways.cli.call import call_of
from pathways.cli.desk import open_desk


def installation(ctx: typer.Context) -> None:
    """Print home, port and period as JSON; a database that cannot be used is refused."""
    call = call_of(ctx)
    settings = open_desk(call).app.settings
    call.print_json(
        {
            "home": str(settings.home),
            "web_port": settings.web_port,
            "prefect_port": settings.prefect_port,
            "sweep_minutes": settings.sweep_minutes,
        }
    )
