"""Builds any document: a working paper anew from the data, what was fixed from what was fixed."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from pathways.documents.paper import Paper
from pathways.errors import Refused
from pathways.locale import texts
from pathways.models.document import DocumentKind
from pathways.profiles.schema import Profile
from pathways.queries.papers import action_plan, decision_basis, response, state_report, status_letter
from pathways.queries.papers.writer import Writer
from pathways.services.document.built import Build, Built
from pathways.services.document.files import paper_of
from pathways.storage.unit_of_work import Row, UnitOfWork

BUILDERS: Mapping[DocumentKind, Callable[[Writer, Row], Built]] = {
    DocumentKind.DECISION_BASIS: decision_basis.build,
    DocumentKind.CONSULTATION_RESPONSE: response.build,
    DocumentKind.ACTION_PLAN: action_plan.build,
    DocumentKind.STATUS_LETTER: status_letter.build,
    DocumentKind.STATE_REPORT: state_report.build,
}
"""Minutes and their extracts are built where the meeting is, and come here fixed."""


def builder(profile: Profile, *, language: str, today: date, now: datetime) -> Build:
    """Return what builds a document of the region of this profile, in a language, as of today."""

    def build(work: UnitOfWork, row: Row) -> Built:
        make = BUILDERS.get(DocumentKind(row["kind"]))
        if make is None:
            raise Refused("error.document_built_elsewhere", title=row["title"])
        writer = Writer(
            work=work,
            region_id=row["region_id"],
            profile=profile,
            texts=texts(language),
            today=today,
            now=now,
        )
        return make(writer, row)

    return build


def paper_now(work: UnitOfWork, row: Row, build: Build) -> Paper:
    """Return a document as it is to be read now: what was fixed, or the working paper made from the data."""
    return paper_of(row) if row["content"] is not None else build(work, row).paper
