"""Which ways lead on from every page, for whoever looks: only those that the policy table opens."""

from dataclasses import dataclass
from typing import Protocol

from pathways.locale import Texts
from pathways.web.visitor import Visitor

INBOX = "/inkorg"
OWN = (("/", "web.frame.my_work"), (INBOX, "web.work.inbox"))
"""Everybody's own pages, whatever their roles."""

# address, text, and the view that opens it
LINKS = (
    ("/forlopp", "web.frame.board", "see_board"),
    ("/moten", "web.meeting.nav", "see_meetings"),
    ("/larande", "web.review.portfolio.nav", "see_portfolio"),
    ("/katalog", "web.frame.catalogue", "see_catalogue"),
    ("/admin", "web.frame.administration", "see_people"),
)
MORE = (
    ("/arshjul", "web.calendar.year.nav", "see_board"),
    ("/belastning", "web.national.section.demand", "see_demand"),
    ("/nationellt", "web.national.title", "see_national"),
    ("/rapporter", "web.document.reports.nav", "see_documents"),
)
"""What is looked up now and then stands together, so that the way to the daily pages stays short."""


@dataclass(frozen=True, slots=True)
class Link:
    """One way on. What `is_more` stands behind one word with the others like it."""

    href: str
    label: str
    is_current: bool
    is_more: bool = False


class Looking(Protocol):
    """What the navigation asks of a visit."""

    @property
    def found(self) -> Visitor | None:
        """Who looks, if anybody is known."""
        ...

    @property
    def texts(self) -> Texts:
        """The reader's language."""
        ...

    @property
    def path(self) -> str:
        """Where they are."""
        ...


def links_for(visit: Looking) -> list[Link]:
    """Return the ways on for a visitor; none for somebody who is not logged in or came for one task alone."""
    if visit.found is None:
        return []
    own = [(href, _own_label(visit, visit.found, href, text)) for href, text in OWN if visit.found.task_only is None]
    others = [(href, visit.texts.say(text)) for href, text, view in LINKS if visit.found.may_see(view)]
    more = [(href, visit.texts.say(text)) for href, text, view in MORE if visit.found.may_see(view)]
    return [
        *(Link(href, label, _holds(visit.path, href)) for href, label in (*own, *others)),
        *(Link(href, label, _holds(visit.path, href), is_more=True) for href, label in more),
    ]


def _own_label(visit: Looking, visitor: Visitor, href: str, text: str) -> str:
    if href == INBOX and visitor.unread:
        return visit.texts.say("web.work.inbox_count", n=visitor.unread)
    return visit.texts.say(text)


def _holds(path: str, href: str) -> bool:
    return path == href if href == "/" else path == href or path.startswith(f"{href}/")
