"""When and where one meeting is, as somebody asks for it: a clock, and the words for a place."""

from typing import Annotated

from pydantic import StringConstraints

from pathways.planning.meetings import Setting
from pathways.profiles.schema import LONGEST_PLACE
from pathways.services.ask import Order
from pathways.services.meeting.item import WallClock


class SettingOrder(Order):
    """The time and place of a meeting; what is left out becomes what is usual for the body."""

    starts_at: WallClock | None = None
    place: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_PLACE)] | None = None

    @property
    def setting(self) -> Setting:
        """Return it as a meeting holds it."""
        return Setting(self.starts_at, " ".join(self.place.split()) if self.place else None)
