"""The pages of one meeting, as the links beneath its heading: each reader gets those that are open to them."""

from typing import Protocol

from pathways.web.navigation import Link
from pathways.web.visit import Visit

SECTIONS = (
    ("", "web.meeting.section.agenda", "see_meetings"),
    ("/underlag", "web.meeting.section.pack", "see_meetings"),
    ("/protokoll", "web.meeting.section.minutes", "see_meetings"),
)
"""Address under the meeting's own, text, and the view of the policy table that opens it."""


class Addressed(Protocol):
    """A meeting with the address of its page."""

    @property
    def address(self) -> str:
        """Return where the meeting's page is."""
        ...


def list_meeting_sections(visit: Visit, page: Addressed, here: str) -> list[Link]:
    """Return the way to every page that the visitor may open."""
    return [
        Link(f"{page.address}{path}", visit.texts.say(text), path == here)
        for path, text, view in SECTIONS
        if visit.may(view)
    ]
