"""Finds what an order names: units, bodies, and the introduction's own rows. What is not found is refused by name."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from sqlalchemy import bindparam, select

from pathways.errors import PersonHasLeft, Refused, Unknown
from pathways.models.base import CaseRow
from pathways.models.catalogue import PathwayStep
from pathways.models.organisation import Body, Person, Unit
from pathways.profiles.vocabulary import Matter, Role
from pathways.services.case import Case
from pathways.services.facts import Versions, versions_of
from pathways.services.roster import person_id_of
from pathways.storage.prepared import Prepared
from pathways.storage.unit_of_work import Row, table_of

_person = table_of(Person)
_unit, _body, _step = table_of(Unit), table_of(Body), table_of(PathwayStep)
_CASE = "of_case"  # a name that no column has
_BODY = Prepared(select(_body).where(_body.c.region_id == bindparam("region"), _body.c.slug == bindparam("slug")))
_UNIT = select(_unit.c.id).where(_unit.c.region_id == bindparam("region"), _unit.c.slug == bindparam("slug"))
_STEPS = select(_step.c.step).where(_step.c.version_id == bindparam("version")).order_by(_step.c.ordinal)
_NAMES = select(_person.c.id, _person.c.name).where(_person.c.id.in_(bindparam("people", expanding=True)))
_ANYBODY = select(_person.c.id).where(_person.c.region_id == bindparam("region"), _person.c.slug == bindparam("person"))
LEADING = (Role.DEVELOPMENT_RESOURCE, Role.LAG_CHAIR, Role.COORDINATOR)
MOST_NAMED = 3
EARLIEST = date(2000, 1, 1)


def person_of(case: Case, slug: str, *, instead: Iterable[Role] = ()) -> int:
    """Return the id of a person of the case's region.

    Somebody who has left is refused with who can be chosen instead: who holds one of these roles here, or leads.
    """
    try:
        return person_id_of(case.work, case.region_id, slug)
    except PersonHasLeft as left:
        wanted = (one for role in (*instead, *LEADING) for one in case.roster.holders(role))
        holders = list(dict.fromkeys(wanted))[:MOST_NAMED]
        names = {row["id"]: str(row["name"]) for row in case.work.rows(_NAMES, {"people": holders})}
        raise PersonHasLeft(slug, str(left.values["person"]), [names[one] for one in holders]) from left


def anybody_of(case: Case, slug: str) -> int:
    """Return the id of a person of the case's region, whether they work there still or have left."""
    found = case.work.value(_ANYBODY, {"region": case.region_id, "person": slug})
    return int(found) if found is not None else person_of(case, slug)


def unit_of(case: Case, slug: str) -> int:
    """Return the id of a unit of the case's region."""
    return _id_of(case, "unit", slug)


def body_of(case: Case, slug: str) -> Row:
    """Return a body of the case's region."""
    row = case.work.find(_BODY, {"region": case.region_id, "slug": slug})
    if row is None:
        known = select(_body.c.slug).where(_body.c.region_id == case.region_id)
        raise Unknown("body", slug, case.work.values(known))
    return row


def deciding_body(case: Case, slug: str, matter: Matter) -> Row:
    """Return a body that may decide the matter; one without the mandate is refused, and those that have it are told."""
    body = body_of(case, slug)
    deciding = {one.slug for one in case.profile.bodies_deciding(matter)}
    if slug not in deciding:
        raise Refused("error.no_mandate", body=slug, bodies=", ".join(sorted(deciding)))
    return body


def row_of(case: Case, kind: type[CaseRow], ref: str) -> Row:
    """Return one of the introduction's rows by ref; one that a correction made void counts as absent."""
    rows = rows_of(case, kind, ref=ref)
    if not rows:
        known = [str(row["ref"]) for row in rows_of(case, kind)]
        raise Unknown(str(kind.__tablename__), ref, known)
    return rows[0]


def refs_of(case: Case, kind: type[CaseRow], refs: Iterable[str]) -> list[str]:
    """Return the refs, each once, if all are the introduction's rows; the first that is not is refused by name."""
    named = list(dict.fromkeys(refs))
    known = {str(row["ref"]) for row in rows_of(case, kind)} if named else set()
    strange = next((ref for ref in named if ref not in known), None)
    if strange is not None:
        raise Unknown(str(kind.__tablename__), strange, known)
    return named


def rows_of(case: Case, row: type[CaseRow], /, **where: object) -> list[Row]:
    """Return the introduction's rows of a kind with these column values, oldest first, void ones left out."""
    absent = frozenset(name for name, value in where.items() if value is None)
    query = _rows_with(row, tuple(where), absent)
    return case.recall(row, tuple(where.items()), lambda: case.work.rows(query, {_CASE: case.id, **where}))


@cache
def _rows_with(row: type[CaseRow], names: tuple[str, ...], absent: frozenset[str]) -> Prepared:
    """Return the query of rows with these columns given, or absent; built once, see `storage.unit_of_work`."""
    table = table_of(row)
    given = (table.c[name].is_(None) if name in absent else table.c[name] == bindparam(name) for name in names)
    standing = (table.c.introduction_id == bindparam(_CASE), table.c.voided_by.is_(None))
    return Prepared(select(table).where(*standing, *given).order_by(table.c.made_in))


def versions_for(case: Case) -> Versions:
    """Return the versions of the case's pathway."""
    return versions_of(case.work, case.pathway_id)


def steps_of(case: Case, version_id: int) -> list[str]:
    """Return the steps the gap analysis asks about: the version's own, else the profile's."""
    own = case.work.values(_STEPS, {"version": version_id})
    return own or [default.ref for default in case.profile.default_steps]


def not_in_the_future(case: Case, field: str, day: date) -> date:
    """Return a day that has been; a later one, or one before the year 2000, is refused."""
    if not EARLIEST <= day <= case.today:
        raise Refused("error.not_in_the_past", field=field, day=day.isoformat(), today=case.today.isoformat())
    return day


def not_in_the_past(case: Case, field: str, day: date) -> date:
    """Return a day that is still to come, or today; an earlier one is refused."""
    if day < case.today:
        raise Refused("error.not_in_the_future", field=field, day=day.isoformat(), today=case.today.isoformat())
    return day


def _id_of(case: Case, kind: str, slug: str) -> int:
    found = case.work.value(_UNIT, {"region": case.region_id, "slug": slug})
    if found is None:
        known = select(_unit.c.slug).where(_unit.c.region_id == case.region_id)
        raise Unknown(kind, slug, case.work.values(known))
    return int(found)


def body_named(case: Case, body_id: int) -> str:
    """Return the name by which people call a body: its short form where it has one."""
    row = case.work.find(select(_body.c.name, _body.c.short).where(_body.c.id == body_id))
    assert row is not None
    return str(row["short"] or row["name"])
