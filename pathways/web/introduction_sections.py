"""The pages of one introduction, as the links beneath its heading: each reader gets those that are open to them."""

from pathways.web.visit import Visit

SECTIONS = (
    ("", "web.intro.section.overview", "see_introduction"),
    ("/gapanalys", "web.intro.section.gap", "see_gap_picture"),
    ("/plan", "web.intro.section.plan", "see_introduction"),
    ("/matning", "web.measuring.section", "see_measuring"),
    ("/rangordning", "web.intro.section.ranking", "see_ranking"),
    ("/manniskor", "web.intro.section.people", "see_introduction"),
    ("/beslut", "web.intro.section.decisions", "see_introduction"),
    ("/loop", "web.intro.section.loops", "see_introduction"),
    ("/hall-i", "web.hold.section", "see_holding"),
    ("/utvardering", "web.celebrate.section", "see_holding"),
    ("/prognos", "web.flow.section", "see_flow"),
    ("/tidsplan", "web.calendar.section", "see_introduction"),
    ("/handlingar", "web.document.section", "see_documents"),
    ("/historik", "web.intro.section.history", "see_introduction"),
)
"""Address under the introduction's own, text, and the view of the policy table that opens it."""


LOOKING_BACK = frozenset({"", "/matning", "/manniskor", "/beslut", "/loop", "/hall-i", "/utvardering"})
"""The pages that can be read as of an earlier day."""


def list_sections(visit: Visit, slug: str, here: str, day: str = "") -> list[tuple[str, str, bool]]:
    """Return address, words and whether it is the page at hand, for every page that the visitor may open.

    `day` is the part of the address that keeps an earlier day looked at; it goes where the page can show that day.
    """
    return [
        (f"/forlopp/{slug}{path}{day if path in LOOKING_BACK else ''}", visit.texts.say(text), path == here)
        for path, text, view in SECTIONS
        if visit.may(view)
    ]
