"""The application: what commands, flows, simulation and tests all hold in their hand.

It opens the database, finds the region and its profile, and runs use cases with short retries while another writer is
busy. It sends nothing: that is wired in `bootstrap.delivery`, which alone needs the channels.
"""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypedDict, TypeVar

from pydantic import ValidationError
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from pathways.bootstrap.secret import read_secret
from pathways.clock import Clock, SystemClock
from pathways.errors import Busy, EngineFault, Unknown
from pathways.models import every
from pathways.models.introduction import Introduction
from pathways.models.organisation import ClosingDay, Region
from pathways.profiles.load import load_profile, load_shipped_profile
from pathways.profiles.schema import Profile
from pathways.services.ask import Ask, Receipt
from pathways.services.case import Salter
from pathways.services.frame import carry_out
from pathways.services.lifecycle.start import Start, start
from pathways.services.orders import problems_of
from pathways.services.preview import Preview, preview
from pathways.services.registry import use_case_of
from pathways.settings import Settings
from pathways.storage.database import Database
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

T = TypeVar("T")


TRIES = 4
FIRST_PAUSE_SECONDS = 0.05
_region, _introduction, _closing = table_of(Region), table_of(Introduction), table_of(ClosingDay)
_CLOSED = (
    select(_closing.c.closed_on)
    .select_from(_region.outerjoin(_closing, _closing.c.region_id == _region.c.id))
    .where(_region.c.code == bindparam("code"))
    .order_by(_closing.c.closed_on)
)
"""A region's closing days; one row without a day where it has none, no row where it has not been set up."""
_PLACE = (
    select(_introduction.c.place)
    .where(_introduction.c.region_id == bindparam("region"), _introduction.c.slug == bindparam("slug"))
    .order_by(_introduction.c.number.desc())
    .limit(1)
)
assert every.MODULES


class _Around(TypedDict):
    region_id: int
    slug: str
    profile: Profile
    salter: Salter


def random_salt() -> bytes:
    """Return a salt that nobody can guess."""
    return secrets.token_bytes(16)


@dataclass(slots=True)
class App:
    """One installation at work. `region_code` is the tenant that commands without a region of their own act in."""

    settings: Settings
    database: Database
    clock: Clock
    profiles: Mapping[str, Profile]
    salter: Salter = random_salt
    pause: Callable[[float], None] = time.sleep
    _region_ids: dict[str, int] = field(default_factory=dict)

    @property
    def profile(self) -> Profile:
        """Return the profile of the installation's region; the first one where there are several."""
        return next(iter(self.profiles.values()))

    @property
    def secret(self) -> bytes:
        """Return what signs the links of mails."""
        return read_secret(self.settings)

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """Give a unit of work at the clock's instant that may write."""
        with self.database.write(self.clock.now()) as work:
            yield work

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Give a unit of work at the clock's instant that only reads."""
        with self.database.read(self.clock.now()) as work:
            yield work

    def within(self, code: str) -> "App":
        """Return this application with `code` as the region that its commands act in; an unknown one is refused."""
        if code not in self.profiles:
            raise Unknown("region", code, self.profiles)
        return self if code == self.profile.region.code else replace(self, profiles={code: self.profiles[code]})

    def refresh_calendars(self) -> None:
        """Take in the closing days that administrators have added or removed; for the start of each round of work."""
        for code, profile in self.profiles.items():
            with self.read() as work:
                rows = work.values(_CLOSED, {"code": code})
            days = tuple(day for day in rows if day is not None)
            if rows and set(days) != set(profile.calendar.closing_days):
                self._take_in(code, days)

    def _take_in(self, code: str, days: tuple[date, ...]) -> None:
        profile = self.profiles[code]
        calendar = profile.calendar.model_copy(update={"closing_days": days})
        fresh = profile.model_copy(update={"calendar": calendar})
        fresh.__dict__.pop("workdays", None)  # worked out from the days before
        self.profiles = {**self.profiles, code: fresh}

    def region_id(self, code: str | None = None) -> int:
        """Return the id of a region's row; raise `Unknown` where it has not been set up."""
        code = code or self.profile.region.code
        if code not in self._region_ids:
            with self.read() as work:
                row = work.find(select(_region.c.id).where(_region.c.code == code))
                if row is None:
                    raise Unknown("region", code, work.values(select(_region.c.code)))
            self._region_ids[code] = int(row["id"])
        return self._region_ids[code]

    def find_region(self) -> Row | None:
        """Return the row of the installation's region, or None where it has not been set up."""
        with self.read() as work:
            return work.find(select(_region).where(_region.c.code == self.profile.region.code))

    def run(
        self,
        slug: str,
        command: str,
        data: Mapping[str, object],
        ask: Ask,
        *,
        also: Callable[[UnitOfWork], None] | None = None,
    ) -> Receipt:
        """Carry out a command on an introduction and commit it, with what is `also` to be written.

        Raises `Unknown` for a command, slug or person that nobody knows, `InvalidOrder` for data that cannot be
        understood, `states.TransitionRefused` and the refusals of `pathways.errors`; then nothing has happened.
        """
        act = self._act(slug, command, data, ask)

        def act_and_also(work: UnitOfWork) -> Receipt:
            receipt = act(work)
            if also is not None:
                also(work)
            return receipt

        return self.retry(act_and_also)

    def run_together(self, orders: Sequence[tuple[str, str, Mapping[str, object], Ask]]) -> list[Receipt]:
        """Carry out commands (slug, command, data, who asks) on several introductions and commit them all, or none.

        Raises what the first of them is refused with. Introductions are locked in the order of their names, so that
        two such rounds never wait for each other.
        """
        acts = [self._act(*order) for order in sorted(orders, key=lambda order: order[0])]
        return self.retry(lambda work: [act(work) for act in acts])

    def preview(self, slug: str, command: str, data: Mapping[str, object], ask: Ask) -> Preview:
        """Return what a command would do, without doing it; refused as `run` would refuse it."""
        act = self._act(slug, command, data, ask)
        region_id = self.region_id()
        with self.write() as work:
            place = work.value(_PLACE, {"region": region_id, "slug": slug})
            return preview(work, act, place=place or "")

    def _act(self, slug: str, command: str, data: Mapping[str, object], ask: Ask) -> Callable[[UnitOfWork], Receipt]:
        around: _Around = {"region_id": self.region_id(), "slug": slug, "profile": self.profile, "salter": self.salter}
        if command == "start":
            begin = _parsed(command, lambda: Start.model_validate(data))
            return lambda work: start(work, begin, ask, **around)
        use_case = use_case_of(command)
        order = _parsed(command, lambda: use_case.order.model_validate(data))
        return lambda work: carry_out(work, use_case, order, ask, **around)

    def retry(self, act: Callable[[UnitOfWork], T]) -> T:
        """Run `act` in a transaction and commit it; while another writer is busy try again, then raise `Busy`.

        A collision of keys means that somebody wrote the same event or command id first: the next try sees it. One
        that no try gets past is a fault of the engine (`EngineFault`).
        """
        for attempt in range(1, TRIES + 1):
            try:
                with self.write() as work:
                    result = act(work)
                    work.commit()
                return result
            except Busy:
                if attempt == TRIES:
                    raise
            except IntegrityError as error:
                if attempt == TRIES:
                    raise EngineFault from error
            self.pause(FIRST_PAUSE_SECONDS * 2**attempt)
        raise AssertionError("unreachable")


def build_app(settings: Settings | None = None, *, clock: Clock | None = None, database_url: str | None = None) -> App:
    """Return the application that `settings` describe; nothing is opened before it is used."""
    settings = settings or Settings()
    profile = load_profile(Path(settings.profile)) if settings.profile else load_shipped_profile()
    return App(
        settings=settings,
        database=Database(database_url or settings.database),
        clock=clock or SystemClock(),
        profiles={profile.region.code: profile},
    )


def _parsed(command: str, parse: Callable[[], T]) -> T:
    try:
        return parse()
    except ValidationError as error:
        raise problems_of(command, error) from error
