"""The pages of one introduction, as the links beneath its heading: each reader gets those that are open to them."""

from pathways.web.navigation import Link
from pathways.web.visit import Visit

SECTIONS = (
    ("", "web.intro.section.overview", "see_introduction"),
    ("/manniskor", "web.intro.section.people", "see_introduction"),
    ("/gapanalys", "web.intro.section.gap", "see_gap_picture"),
    ("/plan", "web.intro.section.plan", "see_introduction"),
    ("/beslut", "web.intro.section.decisions", "see_introduction"),
    ("/loop", "web.intro.section.loops", "see_introduction"),
)
"""The daily pages, in the order of the process: address under the introduction's own, text, and the view of the
policy table that opens it."""

MORE = (
    ("/rangordning", "web.intro.section.ranking", "see_ranking"),
    ("/matning", "web.measuring.section", "see_measuring"),
    ("/hall-i", "web.hold.section", "see_holding"),
    ("/utvardering", "web.celebrate.section", "see_holding"),
    ("/tidsplan", "web.calendar.section", "see_introduction"),
    ("/prognos", "web.flow.section", "see_flow"),
    ("/handlingar", "web.document.section", "see_documents"),
    ("/historik", "web.intro.section.history", "see_introduction"),
)
"""What is looked up now and then stands behind one word: first by the process, then what holds all through it."""


LOOKING_BACK = frozenset({"", "/matning", "/manniskor", "/beslut", "/loop", "/hall-i", "/utvardering"})
"""The pages that can be read as of an earlier day."""


def list_sections(visit: Visit, slug: str, here: str, day: str = "") -> list[Link]:
    """Return the way to every page that the visitor may open.

    `day` is the part of the address that keeps an earlier day looked at; it goes where the page can show that day.
    """
    several = [(one, one in MORE) for one in (*SECTIONS, *MORE)]
    return [
        Link(
            f"/forlopp/{slug}{path}{day if path in LOOKING_BACK else ''}",
            visit.texts.say(text),
            path == here,
            is_more=is_more,
        )
        for (path, text, view), is_more in several
        if visit.may(view)
    ]
