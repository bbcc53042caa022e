"""Readiness before the change begins, and how complex it is: the answers of one introduction, line by line."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select

from pathways.models.base import CaseRow
from pathways.models.holding import ComplexityAnswer, ReadinessLine, Ready
from pathways.models.introduction import Introduction
from pathways.models.organisation import Person
from pathways.queries.material import Head
from pathways.queries.people import load_names
from pathways.queries.plan import load_material
from pathways.services.hold.assess_complexity import DOMAINS, WEIGHED, suggests_smaller_step
from pathways.services.hold.set_readiness import ITEMS
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

UNSAID = "unsaid"

_line, _person, _introduction = table_of(ReadinessLine), table_of(Person), table_of(Introduction)
_BRIEF = (
    select(_line.c.line, _line.c.answer, _line.c.due_on, _person.c.name.label("owner"))
    .join(_introduction, _introduction.c.id == _line.c.introduction_id)
    .outerjoin(_person, _person.c.id == _line.c.owner_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _line.c.introduction_id == bindparam("case"),
        _line.c.voided_by.is_(None),
    )
)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one line or domain; `row` is None where nothing was."""

    name: str
    row: Row | None
    owner: str | None
    owner_slug: str
    by: str | None
    is_late: bool

    @property
    def answer(self) -> str:
        """Return the answer, `unsaid` where there is none."""
        if self.row is None:
            return UNSAID
        return str(self.row.get("answer") or self.row.get("level"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The ten lines of the list."""

    head: Head
    lines: tuple[Said, ...]

    @property
    def counts(self) -> Counter[str]:
        """Return how many lines have which answer."""
        return Counter(one.answer for one in self.lines)

    @property
    def missing(self) -> tuple[Said, ...]:
        """Return the lines that are not in place."""
        return tuple(one for one in self.lines if one.answer == Ready.NO)

    @property
    def settled(self) -> int:
        """Return how many lines are in place or not needed."""
        return self.counts[Ready.YES] + self.counts[Ready.NOT_NEEDED]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyBrief:
    """Readiness in short, for the introduction's own page: `missing` are the lines with a no."""

    settled: int
    total: int
    said: int
    missing: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplexityPage:
    """The seven domains. `smaller_step` says that so much is complex that a smaller first step is wise."""

    head: Head
    domains: tuple[Said, ...]

    @property
    def is_open(self) -> bool:
        """Say whether an answer can still change the plan."""
        return self.head.place in WEIGHED and self.head.standing == "active"

    @property
    def is_said(self) -> bool:
        """Say whether anything was answered."""
        return any(one.row is not None for one in self.domains)

    @property
    def smaller_step(self) -> bool:
        """Say whether a smaller first step is suggested."""
        return suggests_smaller_step(one.answer for one in self.domains)


def readiness_page(
    work: UnitOfWork, *, region_id: int, slug: str, today: date, now: datetime, as_of: datetime | None = None
) -> Readiness:
    """Return the list as it stands, or stood at an earlier moment; raise `Unknown` for another region's."""
    head, said = _said(
        work, ReadinessLine, "line", ITEMS, region_id=region_id, slug=slug, today=today, now=now, as_of=as_of
    )
    return Readiness(head=head, lines=said)


def load_ready_brief(work: UnitOfWork, *, region_id: int, introduction_id: int) -> ReadyBrief:
    """Return how ready an introduction is, in one statement."""
    rows = sorted(
        work.rows(_BRIEF, {"region": region_id, "case": introduction_id}), key=lambda row: ITEMS.index(row["line"])
    )
    missing = tuple(row for row in rows if row["answer"] == Ready.NO)
    return ReadyBrief(settled=len(rows) - len(missing), total=len(ITEMS), said=len(rows), missing=missing)


def complexity_page(
    work: UnitOfWork, *, region_id: int, slug: str, today: date, now: datetime, as_of: datetime | None = None
) -> ComplexityPage:
    """Return the domains as they stand, or stood at an earlier moment; raise `Unknown` for another region's."""
    head, said = _said(
        work, ComplexityAnswer, "domain", DOMAINS, region_id=region_id, slug=slug, today=today, now=now, as_of=as_of
    )
    return ComplexityPage(head=head, domains=said)


def _said(
    work: UnitOfWork,
    kind: type[CaseRow],
    column: str,
    names: tuple[str, ...],
    *,
    region_id: int,
    slug: str,
    today: date,
    now: datetime,
    as_of: datetime | None,
) -> tuple[Head, tuple[Said, ...]]:
    material = load_material(work, (kind,), region_id=region_id, slug=slug, now=now, as_of=as_of)
    people = load_names(work, region_id=region_id)
    slugs = {person_id: slug for slug, person_id in people.ids.items()}
    rows = {row[column]: row for row in material.of(kind)}
    return material.head, tuple(_one(name, rows.get(name), people.names, slugs, today) for name in names)


def _one(name: str, row: Row | None, people: Mapping[int, str], slugs: Mapping[int, str], today: date) -> Said:
    if row is None:
        return Said(name, None, None, "", None, is_late=False)
    owner, due_on = row.get("owner_id"), row.get("due_on")
    return Said(
        name,
        row,
        people.get(owner) if owner else None,
        slugs.get(owner, "") if owner else "",
        people.get(row["answered_by"]),
        is_late=row.get("answer") == Ready.NO and due_on is not None and due_on < today,
    )
