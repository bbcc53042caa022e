"""The pages of the national side, as the links beneath their heading: each reader gets those open to them."""

from pathways.web.navigation import Link
from pathways.web.visit import Visit

SECTIONS = (
    ("/nationellt", "web.national.section.regions", "see_national"),
    ("/nationellt/erfarenheter", "web.national.section.experiences", "see_national"),
    ("/nationellt/remisser", "web.national.section.consultations", "see_national"),
    ("/belastning", "web.national.section.demand", "see_demand"),
)
"""Address, text, and the view of the policy table that opens it."""


def list_sections(visit: Visit, here: str) -> list[Link]:
    """Return the way to every page that the visitor may open."""
    return [Link(path, visit.texts.say(text), path == here) for path, text, view in SECTIONS if visit.may(view)]
