"""The address book that delivery asks: who a recipient is today, and how they are reached."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from sqlalchemy import select

from notifications.channels.base import Recipient
from pathways.models.organisation import Person, Region
from pathways.storage.database import Database
from pathways.storage.unit_of_work import table_of

_person, _region = table_of(Person), table_of(Region)


class Now(Protocol):
    """Something that knows the instant."""

    def now(self) -> datetime:
        """Return it."""
        ...


class MailRoute(Protocol):
    """How a plain mail address becomes the full address of a channel; None where no mail server is set."""

    def __call__(self, address: str) -> str | None:
        """Return the full address."""
        ...


@dataclass(frozen=True, slots=True)
class People:
    """The address book over the rows of `person`, filtered by region."""

    database: Database
    clock: Now
    route: MailRoute

    def find(self, recipient: str, region: str) -> Recipient | None:
        """Return a person of the region; None where they are unknown or have left."""
        query = (
            select(_person.c.name, _person.c.language, _person.c.address)
            .join(_region, _region.c.id == _person.c.region_id)
            .where(_person.c.id == int(recipient), _region.c.code == region, _person.c.active)
        )
        with self.database.read(self.clock.now()) as work:
            row = work.find(query)
        if row is None:
            return None
        language: Literal["sv", "en"] = "en" if row["language"] == "en" else "sv"
        return Recipient(
            person_id=recipient,
            region=region,
            name=row["name"],
            language=language,
            address=self._full(row["address"]),
        )

    def _full(self, address: str | None) -> str | None:
        """A full channel address is used as it stands; a plain mail address goes through the mail server."""
        if not address or "://" in address:
            return address or None
        return self.route(address)
