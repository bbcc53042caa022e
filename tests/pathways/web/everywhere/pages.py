"""Every page of the web with somebody who sees it, in the states that a page can be met in.

The pages of the scene come from the table of doors; those of an empty region, and of introductions at every place of
their way, are named here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pathways.clock import SetClock
from tests.pathways.conftest import START
from tests.pathways.drive import PLACES, drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.web.everywhere.doors import Door, list_doors
from tests.pathways.web.everywhere.people import KINDS
from tests.pathways.web.everywhere.scene import LOOPING, Scene
from tests.pathways.web.gap.scene import WOUNDS

VIEWERS = ("coordinator", "admin", "unit", "manager", "given", "anonymous")
"""Who looks at a page: the first of these who gets in."""

NO_PAGES = frozenset({"/health", "/ready", "/metrics", "/forlopp.csv", "/forlopp.json", "/forlopp.xlsx"})
FILES = (
    ".csv",
    "belastning.xlsx",
    "export.{kind}",
    "underlag.{kind}",
    "protokoll.{kind}",
    "utdrag.{kind}",
    "logg.{form}",
    "handling.{form}",
    "arkiv.zip",
    "{which}.docx",
    "bilaga/{attachment}",
)
GOING_ON = 303


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its address with names to be filled in, who looks, and what is posted to get it, if anything."""

    path: str
    viewer: str
    status: tuple[int, ...] = (200,)
    form: Mapping[str, str] | None = None
    has_file: bool = False
    door: Door | None = None

    @property
    def name(self) -> str:
        """Return the page as a failed test tells it."""
        told = self.door.name if self.door else self.path
        return f"{told} ({self.viewer})"

    @property
    def person(self) -> str:
        """Return the short name of whoever looks; nobody's is empty."""
        return KINDS[self.viewer].slug

    def address(self, names: Mapping[str, str]) -> str:
        """Return the address with real names in it."""
        return self.door.address(names) if self.door else self.path


def scene_pages() -> list[Page]:
    """Return every page that one only looks at, where there is something to show."""
    looked_at = [_page_of(door) for door in list_doors() if door.method == "GET" and _is_page(door)]
    return [*looked_at, *_other_views()]


def answer_pages() -> list[Page]:
    """Return every page that comes back when an empty form is posted: what is missing, or what would happen."""
    posted = [door for door in list_doors() if door.method == "POST" and set(door.says) != {GOING_ON} and door.who]
    return [_page_of(door) for door in posted]


def _is_page(door: Door) -> bool:
    is_file = door.route in NO_PAGES or door.route.endswith(FILES)
    return not is_file and bool(door.who) and GOING_ON not in door.says


def _page_of(door: Door) -> Page:
    viewer = next(kind for kind in VIEWERS if kind in door.who)
    form = dict(door.form) if door.method == "POST" else None
    return Page(path=door.route, viewer=viewer, status=door.says, form=form, has_file=door.has_file, door=door)


def _other_views() -> Iterator[Page]:
    """The same pages as of a day, with a day that is none, for those who see less, and where there is nothing."""
    for part in ("", "/tidslinje"):
        yield Page(path=f"/forlopp{part}?datum=2021-09-30", viewer="coordinator")
        yield Page(path=f"/forlopp{part}?datum=igår", viewer="coordinator", status=(422,))
    for part in ("", "/manniskor", "/beslut", "/loop", "/loop/1"):
        yield Page(path=f"/forlopp/{LOOPING}{part}?datum=2021-12-21", viewer="coordinator", status=(200, 404))
        yield Page(path=f"/forlopp/{LOOPING}{part}?datum=2021-02-31", viewer="coordinator", status=(422,))
    yield Page(path=f"/forlopp/{WOUNDS}/gapanalys?datum=2021-12-21", viewer="coordinator", status=(422,))
    yield Page(path=f"/forlopp/{WOUNDS}/gapanalys?datum=2031-01-01", viewer="coordinator", status=(422,))
    for viewer in ("unit", "member", "manager", "registrar", "analyst", "reader", "given", "stranger", "admin"):
        yield Page(path="/", viewer=viewer)
    for viewer in ("unit", "manager", "reader"):
        for part in ("", "/gapanalys", "/plan"):
            sees = not (viewer == "reader" and part == "/gapanalys")
            yield Page(path=f"/forlopp/{LOOPING}{part}", viewer=viewer, status=(200,) if sees else (404,))
    yield Page(path="/sok?q=ingenting+finns", viewer="coordinator")
    yield Page(path="/katalog?sok=finns+inte", viewer="coordinator")
    yield Page(path="/forlopp?q=finns+inte", viewer="coordinator")
    yield Page(path="/finns-inte", viewer="coordinator", status=(404,))
    yield Page(path="/finns-inte", viewer="anonymous", status=(404,))
    yield Page(path=f"/katalog/{LOOPING}", viewer="coordinator")
    yield Page(path=f"/katalog/{LOOPING}/starta", viewer="coordinator")


def empty_pages() -> list[Page]:
    """Return the pages of a region where nothing has been begun."""
    lists = ("/", "/inkorg", "/forlopp", "/forlopp/tidslinje", "/gapanalyser", "/gapanalyser/ny", "/sok", "/sok?q=kol")
    rooms = ("organ", "stangda-dagar", "franvaro", "meddelanden", "nycklar", "webhookar", "inloggning", "logg")
    return [
        *(Page(path=path, viewer="coordinator") for path in (*lists, "/min-profil", "/katalog", "/katalog/kol")),
        *(Page(path=f"/admin/{room}", viewer="admin") for room in rooms),
    ]


PARTS = ("", "/gor", "/manniskor", "/gapanalys", "/plan", "/rangordning", "/underlag", "/beslut", "/loop", "/historik")
PATHWAYS = dict(
    zip(
        PLACES,
        (
            *("kol", "sepsis", "knaledsartros", "hjartsvikt-nydebuterad", "osteoporos-sekundarprevention"),
            *("kritisk-benischemi", "kognitiv-svikt", "stroke-tia-tidiga-insatser", "reumatoid-artrit-del-1"),
            *("schizofreni-forstagangsinsjuknande", "hoftledsartros-primarvard", "traumatisk-hjarnskada"),
            *("ibd-vuxna", "epilepsi"),
        ),
        strict=True,
    )
)
"""Which pathway is driven to which place."""

TOGETHER = ("mapping", "communicated", "ranking", "awaiting_decision", "executing", "reviewing")
"""The way that introductions go at the same time: meetings and loops fall on the same days for all."""

ON_ITS_OWN = ("adjusting", "evaluating", "celebrated", "finished", "paused", "stopped", "closed")


def place_pages() -> list[Page]:
    """Return the pages of introductions at every place, and the lists over all of them."""
    lists = ("/", "/forlopp", "/forlopp/tidslinje", "/katalog", "/inkorg")
    each = [Page(path=f"/forlopp/{slug}{part}", viewer="coordinator") for slug in PATHWAYS.values() for part in PARTS]
    return [*(Page(path=path, viewer="coordinator") for path in lists), *each]


def build_places(file: Path) -> Scene:
    """Make a region with an introduction at every place; the one that is closed is driven last, years ahead."""
    clock = SetClock(START)
    app = furnished_app(f"sqlite:///{file}", clock)
    drive_to(app, clock, PATHWAYS["preparation"], "preparation")
    for reached, place in enumerate(TOGETHER):
        staying = {*TOGETHER[:reached], "preparation"}
        for slug in (slug for end, slug in PATHWAYS.items() if end not in staying):
            drive_to(app, clock, slug, place)
    for place in ON_ITS_OWN:
        drive_to(app, clock, PATHWAYS[place], place)
    app.database.dispose()
    return Scene(file, clock.now(), {}, {})


def build_empty(file: Path) -> Scene:
    """Make a region in which nothing has been begun."""
    furnished_app(f"sqlite:///{file}", SetClock(START)).database.dispose()
    return Scene(file, START, {}, {})
