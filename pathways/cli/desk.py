"""Opens the installation for a command: settings, profile, database and region, each refused in words if wrong."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from pathways.bootstrap import App, build_app
from pathways.cli.call import Call
from pathways.cli.settings_check import read_settings
from pathways.errors import PathwaysError
from pathways.models.organisation import Origin, Person, RegionRole
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.storage.health import check
from pathways.storage.unit_of_work import table_of
from pathways.wording import Wording

_person, _role = table_of(Person), table_of(RegionRole)


class DatabaseUnusable(PathwaysError):
    """There is something where the database should be, but it cannot be read as one."""

    sentence = "error.database_unusable"


class NoCoordinator(PathwaysError):
    """A command was given without a person, and the region has no coordinator to give it."""

    sentence = "error.no_coordinator"


@dataclass(frozen=True, slots=True)
class Desk:
    """An open installation and its region."""

    app: App

    @property
    def profile(self) -> Profile:
        """Return the region's profile."""
        return self.app.profile

    @property
    def region_id(self) -> int:
        """Return the id of the region; an unknown one is refused with what to do."""
        return self.app.region_id()

    @property
    def today(self) -> date:
        """Return the date on the region's calendars."""
        return local_date(self.app.clock.now(), self.profile.region.zone)

    def origin(self) -> Origin | None:
        """Return where the region's data comes from, or None where the region is not set up."""
        row = self.app.find_region()
        return Origin(row["origin"]) if row else None

    def name_of(self, slug: str) -> str:
        """Return a person's name."""
        query = select(_person.c.name).where(_person.c.region_id == self.region_id, _person.c.slug == slug)
        with self.app.read() as work:
            return str(work.value(query))

    def first_coordinator(self) -> str:
        """Return the slug of whoever was the region's coordinator first."""
        query = (
            select(_person.c.slug)
            .join(_role, _role.c.person_id == _person.c.id)
            .where(_role.c.region_id == self.region_id, _role.c.role == Role.COORDINATOR, _person.c.active)
            .order_by(_role.c.id)
        )
        with self.app.read() as work:
            found = work.value(query)
        if found is None:
            raise NoCoordinator
        return str(found)


def open_desk(call: Call) -> Desk:
    """Return the installation, its database found to be usable."""
    desk = open_unchecked(call)
    try:
        check(desk.app.database)
    except DatabaseError as error:
        raise DatabaseUnusable(database=desk.app.database.shown) from error
    desk.app.refresh_calendars()
    keep_the_demo_awake(desk)
    return desk


def keep_the_demo_awake(desk: Desk) -> None:
    """Let the demo's messages leave at any hour, so that whoever tries it out in the evening sees the mail."""
    if desk.origin() is Origin.DEMO:
        desk.app.profiles = {code: profile.without_quiet_hours() for code, profile in desk.app.profiles.items()}


def open_unchecked(call: Call) -> Desk:
    """Return the installation without a look at its database, for the commands that bring it about."""
    app = build_app(read_settings(), clock=call.clock)
    profile = app.profile
    titles = {
        item.slug: item.title.in_language(call.texts.language)
        for items in profile.checklists.values()
        for item in items
    }
    call.wording = Wording(call.texts, profile.region.zone, titles)
    return Desk(app)
