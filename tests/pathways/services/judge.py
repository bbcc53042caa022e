"""What tests of use cases ask again and again: was it refused and with which sentences, what is there, who was told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select, text

from notifications.tables import outbox_message
from pathways.bootstrap import App
from pathways.catalogue.schema import CataloguePathway, CatalogueVersion, NationalStatus
from pathways.errors import InvalidOrder, PathwaysError
from pathways.models.base import CaseRow
from pathways.models.every import METADATA
from pathways.models.introduction import Event, Introduction
from pathways.models.organisation import Person
from pathways.services.import_catalogue import import_catalogue
from pathways.storage.unit_of_work import Row, table_of
from states.errors import TransitionRefused
from tests.pathways.drive import Driver

Data = dict[str, Any]  # Any: the fields of an order are of many types
CONSULTED = "provforlopp"
"""A pathway whose national text is open for views."""

_introduction, _event, _person = table_of(Introduction), table_of(Event), table_of(Person)


def publish(app: App, *versions: tuple[str, str], slug: str = CONSULTED) -> None:
    """Brings a pathway into the catalogue, or a newer version of it."""
    pathway = CataloguePathway(
        slug=slug,
        name="Provförloppet",
        national_status=NationalStatus.IN_DEVELOPMENT,
        versions=tuple(CatalogueVersion(label=label, kind=kind) for label, kind in versions),
    )
    with app.write() as work:
        import_catalogue(work, (pathway,))
        work.commit()


def refusal(driver: Driver, command: str, *, by: str | None = "sam", reason: str | None = None, **data: object) -> str:
    """The sentences of a refusal, in order, with the fields of a bad order; the refusal must leave nothing behind."""
    before = traces(driver.app)
    with pytest.raises((PathwaysError, TransitionRefused)) as refused:
        driver.do(command, by=by, reason=reason, **data)
    assert traces(driver.app) == before, "a refusal left something behind"
    return spoken(refused.value)


def spoken(error: Exception) -> str:
    """What a refusal says, by sentence ids."""
    match error:
        case TransitionRefused():
            return " ".join(reason.sentence for reason in error.reasons)
        case InvalidOrder():
            return " ".join(f"{problem.field}:{problem.sentence}".lstrip(":") for problem in error.problems)
        case PathwaysError():
            return error.sentence
    raise error


_COUNTED = ", ".join(f"(select count(*) from {name}) as {name}" for name in METADATA.tables)
_VERSIONS = "(select sum(version) from introduction) as versions"


def traces(app: App) -> Row:
    """How many rows every table has, and how many events all introductions count."""
    with app.read() as work:
        found = work.find(text(f"select {_COUNTED}, {_VERSIONS}"))
    assert found is not None
    return found


def rows(driver: Driver, kind: type[CaseRow], /, **where: object) -> list[Row]:
    """The standing rows of the introduction with these values, oldest first."""
    found = driver._own(of=kind)
    return [row for row in found if all(row[name] == value for name, value in where.items())]


def row(driver: Driver, kind: type[CaseRow], /, **where: object) -> Row:
    """The one row with these values."""
    found = rows(driver, kind, **where)
    assert len(found) == 1, found
    return found[0]


def own(driver: Driver) -> Row:
    """The introduction's own row."""
    found = driver.row()
    assert found is not None
    return found


def last_event(driver: Driver) -> Row:
    """The newest event of the introduction."""
    with driver.app.read() as work:
        query = select(_event).where(_event.c.introduction_id == own(driver)["id"]).order_by(_event.c.seq.desc())
        found = work.find(query)
    assert found is not None
    return found


def person_id(app: App, slug: str) -> int:
    """The id of one of the cast."""
    with app.read() as work:
        found: int = work.value(select(_person.c.id).where(_person.c.slug == slug))
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """One message as far as tests look at it: what about, to whom, how urgent, why."""

    kind: str
    to: str
    urgency: str
    why: str
    values: Mapping[str, object]


def told(app: App) -> list[Told]:
    """Every message that was ever put in the outbox, oldest first."""
    with app.read() as work:
        names = {str(row["id"]): row["slug"] for row in work.rows(select(_person.c.id, _person.c.slug))}
        found = work.rows(select(outbox_message).order_by(outbox_message.c.id))
    return [
        Told(
            one["kind"],
            names[one["recipient"]],
            one["urgency"],
            str(one["values"]["why"]).removeprefix("why."),
            one["values"],
        )
        for one in found
    ]
