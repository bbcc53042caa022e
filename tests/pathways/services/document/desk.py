"""A person at work with documents: reads and writes in transactions of their own, with the product's builders."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.document import DocumentKind
from pathways.models.introduction import Introduction
from pathways.models.organisation import Person, RegionRole
from pathways.planning.instants import local_date
from pathways.queries.papers.build import builder
from pathways.services.administration.office import Office
from pathways.services.document.built import Build
from pathways.services.document.fix_document import fix_document
from pathways.services.document.make_document import make_document
from pathways.services.document.shelf import get_document
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

T = TypeVar("T")
_person, _role, _introduction = table_of(Person), table_of(RegionRole), table_of(Introduction)


@dataclass(frozen=True, slots=True)
class Desk:
    """One person of the region."""

    app: App
    clock: SetClock
    person: str = "sam"

    @property
    def today(self) -> date:
        return local_date(self.clock.now(), self.app.profile.region.zone)

    def office(self, work: UnitOfWork) -> Office:
        region_id = self.app.region_id()
        who = select(_person.c.id).where(_person.c.region_id == region_id, _person.c.slug == self.person)
        actor = int(work.value(who))
        roles = frozenset(work.values(select(_role.c.role).where(_role.c.person_id == actor)))
        return Office(work=work, region_id=region_id, actor_id=actor, roles=roles, today=self.today)

    def do(self, act: Callable[[Office], T]) -> T:
        with self.app.write() as work:
            done = act(self.office(work))
            work.commit()
        return done

    def build(self, language: str = "sv") -> Build:
        return builder(self.app.profile, language=language, today=self.today, now=self.clock.now())

    def begin(self, kind: DocumentKind, slug: str | None = None, about: str = "") -> int:
        profile = self.app.profile
        introduction_id = self.introduction_id(slug) if slug else None
        return self.do(
            lambda office: make_document(
                office, kind, title=str(kind), profile=profile, introduction_id=introduction_id, about=about
            )
        )

    def fix(self, document_id: int, register_no: str = "HSN 2021/7") -> str:
        build = self.build()
        return self.do(lambda office: fix_document(office, document_id, register_no=register_no, build=build))

    def row(self, document_id: int) -> Row:
        with self.app.read() as work:
            return get_document(work, document_id, region_id=self.app.region_id())

    def introduction_id(self, slug: str) -> int:
        with self.app.read() as work:
            query = select(_introduction.c.id).where(
                _introduction.c.region_id == self.app.region_id(), _introduction.c.slug == slug
            )
            return int(work.value(query))
