"""Sessions: who is logged in in a browser. They are rows, so a logout or a changed role holds from the next request.

The browser holds a random secret, the row only its digest. A session ends after eight idle hours, after a week in any
case, with a logout, and when its person leaves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    bindparam,
    cast,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)

from notifications.tables import inbox_item
from pathways.errors import Unknown
from pathways.models.access import LoginLink, LoginWay, PersonLogin, UsedLink, WebSession
from pathways.models.draft import UNSENT, Draft
from pathways.models.introduction import Appointment
from pathways.models.organisation import Origin, Person, Region, RegionRole
from pathways.profiles.vocabulary import Role
from pathways.services.access.token import digest_of, new_token
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

IDLE = timedelta(hours=8)
LIFE = timedelta(days=7)
TOUCH_EVERY = timedelta(minutes=1)
LINK_KEPT = timedelta(days=1)
KNOWN_AFTER = timedelta(days=5)
"""So long after it ran out a session still tells whose form it was that came too late: over a long weekend."""

_session, _person, _region = table_of(WebSession), table_of(Person), table_of(Region)
_role, _appointment = table_of(RegionRole), table_of(Appointment)
_link, _used, _draft = table_of(LoginLink), table_of(UsedLink), table_of(Draft)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session that holds, its person, and the roles they have now: in the region, and in single introductions."""

    session_id: str
    person_id: int
    slug: str
    name: str
    language: str
    region_id: int
    region_code: str
    region_name: str
    origin: Origin
    way: LoginWay
    has_notices: bool
    last_seen_at: datetime
    roles: frozenset[Role]
    appointed: Mapping[int, frozenset[Role]]
    unread: int
    has_unsent: bool

    def is_to_be_touched(self, now: datetime) -> bool:
        """Say whether it is time to write down that the person is still here."""
        return now - self.last_seen_at >= TOUCH_EVERY


def _unread() -> ScalarSelect[int]:
    """Return how many messages a person has not read: every page says so, and none may cost a statement more."""
    theirs = inbox_item.c.recipient == cast(_person.c.id, String)
    query = select(func.count()).select_from(inbox_item).where(theirs, inbox_item.c.read_at.is_(None))
    return query.correlate(_person).scalar_subquery()


def _unsent() -> ScalarSelect[int]:
    """Return how many forms of a person came when the login had run out, and wait to be sent again."""
    theirs = _draft.c.person_id == _person.c.id
    query = select(func.count()).select_from(_draft).where(theirs, _draft.c.key.startswith(UNSENT))
    return query.correlate(_person).scalar_subquery()


def _found() -> Select[tuple[object, ...]]:
    """Return the query of one session that holds, with a row for each role: all that a request needs, at once."""
    holds = (
        select(
            _session.c.id.label("session_id"),
            _session.c.person_id,
            _session.c.language.label("chosen_language"),
            _session.c.way,
            _session.c.notices,
            _session.c.last_seen_at,
            *(_person.c[name] for name in ("slug", "name", "language", "region_id")),
            _region.c.code.label("region_code"),
            _region.c.name.label("region_name"),
            _region.c.origin,
            _unread().label("unread"),
            _unsent().label("unsent"),
        )
        .join_from(_session, _person, _person.c.id == _session.c.person_id)
        .join(_region, _region.c.id == _person.c.region_id)
        .where(
            _session.c.id == bindparam("session_id"),
            _session.c.ended_at.is_(None),
            _session.c.expires_at > bindparam("now"),
            _session.c.last_seen_at > bindparam("idle_since"),
            _session.c.region_id == _person.c.region_id,
            _person.c.active,
        )
        .cte("holds")
    )
    nothing = cast(null(), _appointment.c.introduction_id.type).label("introduction_id")
    standing = (_appointment.c.voided_by.is_(None), _appointment.c.until_on.is_(None))
    rows = union_all(
        select(holds, cast(null(), _role.c.role.type).label("role"), nothing, literal(0).label("source")),
        select(holds, _role.c.role, nothing, literal(1)).join(_role, _role.c.person_id == holds.c.person_id),
        select(holds, _appointment.c.role, _appointment.c.introduction_id, literal(2))
        .join(_appointment, _appointment.c.person_id == holds.c.person_id)
        .where(*standing),
    ).subquery("rows")
    return select(rows).order_by(rows.c.source)


_FOUND = _found()


def find_session(work: UnitOfWork, token: str, *, now: datetime) -> Session | None:
    """Return the session of a browser's secret, if it still holds."""
    rows = work.rows(_FOUND, {"session_id": digest_of(token), "now": now, "idle_since": now - IDLE})
    return _session_of(rows) if rows else None


def find_former(work: UnitOfWork, token: str, *, now: datetime) -> int | None:
    """Return whose session it was that ran out in a browser not long ago; none for one that was ended by somebody.

    It lets nobody in: it tells only for whom to keep what the browser sent.
    """
    query = (
        select(_session.c.person_id)
        .join(_person, _person.c.id == _session.c.person_id)
        .where(
            _session.c.id == digest_of(token),
            _session.c.ended_at.is_(None),
            _session.c.last_seen_at > now - KNOWN_AFTER,
            _session.c.region_id == _person.c.region_id,
            _person.c.active,
        )
    )
    found = work.value(query)
    return None if found is None else int(found)


def start_session(
    work: UnitOfWork, person_id: int, *, now: datetime, way: LoginWay = LoginWay.MAIL_LINK, replaces: str = ""
) -> str:
    """Begin a session and return the secret for its browser; the session that the browser held before ends.

    Raises `Unknown` for somebody who has left. What has expired is cleared away.
    """
    query = select(_person.c.region_id).where(_person.c.id == person_id, _person.c.active)
    region_id = work.value(query)
    if region_id is None:
        raise Unknown("person", str(person_id), ())
    if replaces:
        end_session(work, replaces, now=now)
    _clear_away(work, now)
    token = new_token()
    seen = {"created_at": now, "last_seen_at": now, "expires_at": now + LIFE}
    owner = {"person_id": person_id, "region_id": region_id}
    work.insert(WebSession, [{"id": digest_of(token), "way": way, **owner, **seen}])
    if work.update(PersonLogin, {"person_id": person_id}, {"last_login_at": now}) == 0:
        work.insert(PersonLogin, [{**owner, "first_login_at": now, "last_login_at": now}])
    return token


def touch_session(work: UnitOfWork, session_id: str, *, now: datetime) -> None:
    """Write down that somebody is still here."""
    work.update(WebSession, {"id": session_id}, {"last_seen_at": now})


def end_session(work: UnitOfWork, token: str, *, now: datetime) -> None:
    """End the session of a browser's secret; one that has ended, or never was, stays as it is."""
    _end(work, _session.c.id == digest_of(token), now)


def end_sessions_of(work: UnitOfWork, person_id: int, *, now: datetime) -> None:
    """End all sessions of a person, in whatever browser."""
    _end(work, _session.c.person_id == person_id, now)


def choose_language(work: UnitOfWork, session_id: str, language: str) -> None:
    """Let the session speak a language, whatever the person's own is."""
    work.update(WebSession, {"id": session_id}, {"language": language})


def _end(work: UnitOfWork, which: ColumnElement[bool], now: datetime) -> None:
    work.connection.execute(update(_session).where(which, _session.c.ended_at.is_(None)).values(ended_at=now))


def _clear_away(work: UnitOfWork, now: datetime) -> None:
    """Delete what has expired, so that nobody's comings and goings are kept for longer than they are needed.

    An expired link stays for a day: whoever opens it is told what happened to it. A session that ran out stays for
    some days: what its browser still sends is kept for its person.
    """
    for table in (_link, _used):
        work.connection.execute(delete(table).where(table.c.expires_at <= now - LINK_KEPT))
    over = or_(_session.c.ended_at <= now, _session.c.last_seen_at <= now - KNOWN_AFTER)
    work.connection.execute(delete(_session).where(over))


def _session_of(rows: list[Row]) -> Session:
    first = rows[0]
    appointed: dict[int, frozenset[Role]] = {}
    for row in rows:
        if row["introduction_id"] is not None:
            held = appointed.get(row["introduction_id"], frozenset())
            appointed[row["introduction_id"]] = held | {Role(row["role"])}
    same = ("session_id", "person_id", "slug", "name", "region_id", "region_code", "region_name", "last_seen_at")
    return Session(
        **{name: first[name] for name in same},
        language=first["chosen_language"] or first["language"],
        origin=Origin(first["origin"]),
        way=LoginWay(first["way"]),
        has_notices=bool(first["notices"]),
        roles=frozenset(Role(row["role"]) for row in rows if row["role"] and row["introduction_id"] is None),
        appointed=appointed,
        unread=first["unread"],
        has_unsent=bool(first["unsent"]),
    )
