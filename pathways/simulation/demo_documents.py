"""Documents of the demo: a plan that was fixed and dispatched, a basis and a report that are being written."""

from datetime import datetime

from sqlalchemy import select

from pathways.bootstrap import App
from pathways.locale import texts
from pathways.models.document import DocumentKind
from pathways.models.organisation import Person, RegionRole
from pathways.planning.instants import local_date
from pathways.profiles.vocabulary import Role
from pathways.queries.material import Head
from pathways.queries.papers.build import builder
from pathways.queries.present import load_heads
from pathways.services.administration.office import Office
from pathways.services.document.dispatch_document import dispatch_document
from pathways.services.document.fix_document import fix_document
from pathways.services.document.make_document import make_document
from pathways.services.document.write_words import write_words
from pathways.storage.unit_of_work import UnitOfWork, table_of

_person, _role = table_of(Person), table_of(RegionRole)
SUMMARY = (
    "Planen stänger de största gapen först. Utbildning och en gemensam rutin kommer före det som kräver tjänster.\n\n"
    "- Alla enheter har fått säga sitt.\n- Uppföljningen sker i lärandelooparna var tredje månad."
)
RESOURCES = "Pengarna har gått till en halv tjänst som utvecklingsresurs och till regionens förbättringsutbildning."


def write_documents(app: App, now: datetime) -> None:
    """Write the documents as the coordinator: one of each state, and the report of the year."""
    with app.database.write(now) as work:
        office = _office(app, work, now)
        heads = sorted(load_heads(work, region_id=office.region_id), key=lambda head: head.slug)
        executing = next((head for head in heads if head.place == "executing"), None)
        ranking = next((head for head in heads if head.place in {"ranking", "awaiting_decision"}), None)
        if executing is not None:
            _fixed_plan(app, office, executing, now)
        if ranking is not None:
            _begin(app, office, DocumentKind.DECISION_BASIS, ranking)
        title = texts("sv").say("web.document.paper.report_title.interim", year=office.today.year)
        about = f"interim-{office.today.year}"
        kind = DocumentKind.STATE_REPORT
        report = make_document(office, kind, title=title, profile=app.profile, about=about)
        write_words(office, report, {"resources": RESOURCES})
        work.commit()


def _fixed_plan(app: App, office: Office, head: Head, now: datetime) -> None:
    plan = _begin(app, office, DocumentKind.ACTION_PLAN, head)
    write_words(office, plan, {"summary": SUMMARY})
    build = builder(app.profile, language="sv", today=office.today, now=now)
    fix_document(office, plan, register_no=f"HSN {office.today.year}/17", build=build)
    dispatch_document(office, plan, to="Hälso- och sjukvårdsnämnden", on=office.today)


def _begin(app: App, office: Office, kind: DocumentKind, head: Head) -> int:
    title = texts("sv").word("web.document.kind", kind)
    return make_document(office, kind, title=title, profile=app.profile, introduction_id=head.introduction_id)


def _office(app: App, work: UnitOfWork, now: datetime) -> Office:
    region_id = app.region_id()
    coordinator = (
        select(_person.c.id)
        .join(_role, _role.c.person_id == _person.c.id)
        .where(_person.c.region_id == region_id, _role.c.role == Role.COORDINATOR)
        .order_by(_person.c.id)
    )
    return Office(
        work=work,
        region_id=region_id,
        actor_id=int(work.value(coordinator)),
        roles=frozenset({Role.COORDINATOR}),
        today=local_date(now, app.profile.region.zone),
    )
