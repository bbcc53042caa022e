"""The link in the mail about a task: it opens that task alone, for one person, for two weeks, and can be used once.

Nothing is stored when it is made: it carries person, introduction, task and last instant itself, signed. Only its use
leaves a row.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from sqlalchemy import bindparam, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from pathways.errors import LinkExpired, LinkUnknown, LinkUsed
from pathways.models.access import UsedLink
from pathways.models.introduction import Introduction
from pathways.models.organisation import Person, Region
from pathways.services.access.token import Purpose, digest_of, encode, find_bytes, sign
from pathways.storage.unit_of_work import UnitOfWork, table_of

PATH = "/u/"
LIFE = timedelta(days=14)
SIGNATURE_BYTES = 20
_FORM = struct.Struct(">IIIIH")  # expiry in minutes, person, introduction, and the two numbers of the task's ref
_MINUTE = 60

_person, _region, _introduction = table_of(Person), table_of(Region), table_of(Introduction)
_used = table_of(UsedLink)
_newer = _introduction.alias("newer")
_USE = {
    "sqlite": sqlite.insert(_used).on_conflict_do_nothing(index_elements=["token_hash"]),
    "postgresql": postgresql.insert(_used).on_conflict_do_nothing(index_elements=["token_hash"]),
}
_MEANT = (
    select(
        _person.c.slug.label("person"),
        _person.c.name,
        _person.c.language,
        _person.c.region_id,
        _region.c.code.label("region_code"),
        _region.c.name.label("region_name"),
        _region.c.origin,
        _introduction.c.slug,
        exists().where(_used.c.token_hash == bindparam("digest")).label("is_used"),
        exists()
        .where(
            _newer.c.region_id == _introduction.c.region_id,
            _newer.c.slug == _introduction.c.slug,
            _newer.c.number > _introduction.c.number,
        )
        .label("is_followed"),
    )
    .join_from(_person, _region, _region.c.id == _person.c.region_id)
    .join(_introduction, _introduction.c.region_id == _person.c.region_id)
    .where(_person.c.id == bindparam("person"), _person.c.active, _introduction.c.id == bindparam("introduction"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLink:
    """What a link opens: one task of one introduction, as one person. `command_id` makes a repeated use harmless."""

    person_id: int
    person: str
    name: str
    language: str
    region_id: int
    region_code: str
    region_name: str
    origin: str
    introduction_id: int
    slug: str
    ref: str
    expires_at: datetime
    command_id: str


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link of ours, whether or not it can still be used, and the refusal that it would get."""

    link: TaskLink
    refusal: type[LinkUsed] | type[LinkExpired] | None


@dataclass(frozen=True, slots=True)
class _Carried:
    """What a link carries itself."""

    expires_at: datetime
    person_id: int
    introduction_id: int
    ref: str


def make_task_link(*, secret: bytes, person_id: int, introduction_id: int, ref: str, made_at: datetime) -> str:
    """Return the secret of a link; the same message gives the same one, however often it is sent."""
    event, number = (int(part) for part in ref.split("."))
    minute = int((made_at + LIFE).timestamp()) // _MINUTE
    carried = _FORM.pack(minute, person_id, introduction_id, event, number)
    return encode(carried + _signature(carried, secret))


def open_task_link(work: UnitOfWork, token: str, *, secret: bytes, now: datetime) -> TaskLink:
    """Return what a link opens; it stays unused. Raises `LinkUnknown`, `LinkExpired` or `LinkUsed`.

    A link to an introduction that another one of the same pathway has followed has expired too.
    """
    found = find_task_link(work, token, secret=secret, now=now)
    if found.refusal is not None:
        raise found.refusal
    return found.link


def find_task_link(work: UnitOfWork, token: str, *, secret: bytes, now: datetime) -> FoundLink:
    """Return what a link of ours was made for, also one that can be used no more. Raises `LinkUnknown`."""
    carried = _read(token, secret)
    keys = {"digest": digest_of(token), "person": carried.person_id, "introduction": carried.introduction_id}
    row = work.find(_MEANT, keys)
    if row is None:
        raise LinkUnknown
    is_over = carried.expires_at <= now or row["is_followed"]
    refusal = LinkUsed if row["is_used"] else LinkExpired if is_over else None
    meant = {name: value for name, value in row.items() if name not in {"is_used", "is_followed"}}
    link = TaskLink(
        **meant,
        person_id=carried.person_id,
        introduction_id=carried.introduction_id,
        ref=carried.ref,
        expires_at=carried.expires_at,
        command_id=f"link:{digest_of(token)}",
    )
    return FoundLink(link, refusal)


def use_task_link(work: UnitOfWork, token: str, link: TaskLink, *, now: datetime) -> None:
    """Use a link up, once what it was opened for has been done; raise `LinkUsed` where somebody was first."""
    used = {
        "token_hash": digest_of(token),
        "region_id": link.region_id,
        "person_id": link.person_id,
        "used_at": now,
        "expires_at": link.expires_at,
    }
    statement = _USE[work.connection.dialect.name].returning(_used.c.token_hash)
    if work.connection.execute(statement, used).first() is None:
        raise LinkUsed


def _read(token: str, secret: bytes) -> _Carried:
    """Return what a link carries; one that nobody signed is unknown, whatever it says."""
    data = find_bytes(token) or b""
    carried, signature = data[: _FORM.size], data[_FORM.size :]
    if len(carried) < _FORM.size or not compare_digest(signature, _signature(carried, secret)):
        raise LinkUnknown
    minute, person_id, introduction_id, event, number = _FORM.unpack(carried)
    expires_at = datetime.fromtimestamp(minute * _MINUTE, UTC)
    return _Carried(expires_at, person_id, introduction_id, f"{event}.{number}")


def _signature(carried: bytes, secret: bytes) -> bytes:
    return sign(secret, Purpose.TASK_LINK, carried)[:SIGNATURE_BYTES]
