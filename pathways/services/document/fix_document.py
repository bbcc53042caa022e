"""Fix a document: from then on it says what it said that day, to the letter, with its hash in the region's log."""

from hashlib import sha256

from pathways.documents.paper import freeze_paper
from pathways.errors import DocumentRefused
from pathways.models.document import DocumentKind, DocumentState
from pathways.services.administration.office import Office
from pathways.services.document.built import Build, Missing
from pathways.services.document.kinds import REGISTERED, missing_words
from pathways.services.document.shelf import ACTION, change, get_working_paper, subject_of

LONGEST_NUMBER = 40


def fix_document(office: Office, document_id: int, *, register_no: str, build: Build) -> str:
    """Build the document a last time and keep it with its hash, which is returned.

    Refused with all that is missing: words that the kind needs, data that it rests on, its register number where the
    law has it registered.
    """
    office.permit(ACTION)
    row = get_working_paper(office, document_id)
    kind, number = DocumentKind(row["kind"]), " ".join(register_no.split())
    built = build(office.work, {**row, "register_no": number, "state": DocumentState.FIXED})
    missing = [*missing_words(kind, row["words"]), *built.missing, *_wrong_number(kind, number)]
    if missing:
        raise DocumentRefused(missing)
    content = freeze_paper(built.paper)
    digest = sha256(content.encode()).hexdigest()
    values = {"title": built.paper.title[:300], "register_no": number or None, "content": content, "sha256": digest}
    fixed = {"state": DocumentState.FIXED, "fixed_at": office.work.now, "fixed_by": office.actor_id}
    change(office, row, {**values, **fixed})
    office.record("fix_document", subject_of(row), edition=row["edition"], sha256=digest)
    return digest


def _wrong_number(kind: DocumentKind, number: str) -> list[Missing]:
    if not number and kind in REGISTERED:
        return [Missing("register_no", "error.document_register_no_missing", {})]
    if len(number) > LONGEST_NUMBER:
        return [Missing("register_no", "input.too_long", {"given": f"{number[:20]}...", "n": LONGEST_NUMBER})]
    return []
