"""Says above every list that its data is made up, where it is."""

from pathways.cli.call import Call
from pathways.cli.desk import Desk
from pathways.models.organisation import Origin


def show_banner(call: Call, desk: Desk) -> None:
    """Print the banner of a region whose data is not real."""
    origin = desk.origin()
    if origin not in (None, Origin.REAL):
        call.print(f"*** {call.texts.word('cli.banner', origin)} ***")
