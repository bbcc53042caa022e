"""The application: what commands, flows, simulation and tests all hold in their hand.

It opens the database, finds the region and its profile, and runs use cases with short retries while another writer is
busy. It sends nothing: that is wired in `bootstrap.delivery`, which alone needs the channels.
"""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from pathways.clock import Clock, SystemClock
from pathways.errors import Busy, EngineFault, Unknown
from pathways.models import every
from pathways.models.organisation import Region
from pathways.profiles.load import load_profile, load_shipped_profile
from pathways.profiles.schema import Profile
from pathways.services.ask import Ask, Receipt
from pathways.services.case import Salter
from pathways.services.frame import carry_out
from pathways.services.lifecycle.start import Start, start
from pathways.services.orders import problems_of
from pathways.services.registry import use_case_of
from pathways.settings import Settings
from pathways.storage.database import Database
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

T = TypeVar("T")
TRIES = 4
FIRST_PAUSE_SECONDS = 0.05
_region = table_of(Region)
assert every.MODULES


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

    def run(self, slug: str, command: str, data: Mapping[str, object], ask: Ask) -> Receipt:
        """Carry out a command on an introduction and commit it.

        Raises `Unknown` for a command, slug or person that nobody knows, `InvalidOrder` for data that cannot be
        understood, `states.TransitionRefused` and the refusals of `pathways.errors`; then nothing has happened.
        """
        region_id = self.region_id()
        if command == "start":
            begin = _parsed(command, lambda: Start.model_validate(data))
            return self.retry(
                lambda work: start(
                    work, begin, ask, region_id=region_id, slug=slug, profile=self.profile, salter=self.salter
                )
            )
        use_case = use_case_of(command)
        order = _parsed(command, lambda: use_case.order.model_validate(data))
        return self.retry(
            lambda work: carry_out(
                work,
                use_case,
                order,
                ask,
                region_id=region_id,
                slug=slug,
                profile=self.profile,
                salter=self.salter,
            )
        )

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
