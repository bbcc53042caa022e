"""What people change about themselves: name, language, and where messages reach them.

A person may name a mail box, or a channel in Teams or Slack. Addresses of other services are for an administrator to
set, since the product calls them from inside the region's network.
"""

import re
from dataclasses import dataclass

from sqlalchemy import select

from notifications.message import Message, MessageKind, Urgency
from notifications.outbox import put
from pathways.errors import Refused
from pathways.locale import LANGUAGES
from pathways.models.organisation import Person
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

NAME_LENGTH, ADDRESS_LENGTH = 100, 500
MAIL = re.compile(r"[^@\s/:,;<>\"]+@[^@\s/:,;<>\"]+\.[^@\s/:.,;<>\"]+")
OWN_CHANNELS = ("msteams://", "workflows://", "slack://")
PROFILE_PATH = "/min-profil"

MAIL_CHANNEL = "mailto://"
_person = table_of(Person)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProfile:
    """What stands about a person that they may change themselves; `address` is empty where they want no mail."""

    name: str
    language: str
    address: str


def get_own_profile(work: UnitOfWork, person_id: int) -> OwnProfile:
    """Return a person's profile."""
    row = work.find(select(_person.c.name, _person.c.language, _person.c.address).where(_person.c.id == person_id))
    assert row is not None
    return _profile(row)


def change_own_profile(work: UnitOfWork, person_id: int, new: OwnProfile) -> list[str]:
    """Write what changed and return the names of it: name, language, address.

    Refused are a name of nothing or too long, a language we do not speak, and an address of another service; one that
    an administrator had set before may stay.
    """
    name, address = " ".join(new.name.split()), new.address.strip()
    if not 0 < len(name) <= NAME_LENGTH or not name.isprintable():
        raise Refused("error.own_name", n=NAME_LENGTH)
    if new.language not in LANGUAGES:
        raise Refused("error.own_language")
    before = get_own_profile(work, person_id)
    if address not in {before.address, ""} and not is_own_address(address):
        raise Refused("error.own_address")
    wanted = {"name": name, "language": new.language, "address": address}
    changed = {name: value for name, value in wanted.items() if value != getattr(before, name)}
    if changed:
        work.update(Person, {"id": person_id}, {name: value or None for name, value in changed.items()})
    return sorted(changed)


def is_own_address(address: str) -> bool:
    """Say whether a person may name this address themselves."""
    if len(address) > ADDRESS_LENGTH or not address.isprintable():
        return False
    return bool(MAIL.fullmatch(address)) or (address.startswith(OWN_CHANNELS) and " " not in address)


def ask_for_trial(work: UnitOfWork, *, person_id: int, region_code: str, key: str) -> None:
    """Put a message in the outbox that shows whether messages reach a person; `key` makes asking twice harmless."""
    message = Message(
        kind=MessageKind.TRIAL,
        recipient=str(person_id),
        region=region_code,
        dedup_key=f"trial:{person_id}:{key}",
        values={"link": PROFILE_PATH, "why": "why.trial"},
        urgency=Urgency.AT_ONCE,
    )
    put(work.connection, [message], now=work.now)


def _profile(row: Row) -> OwnProfile:
    """A mail box is shown as people write it, whichever way it is stored."""
    stored = str(row["address"] or "")
    plain = stored.removeprefix(MAIL_CHANNEL)
    return OwnProfile(name=row["name"], language=row["language"], address=plain if MAIL.fullmatch(plain) else stored)
