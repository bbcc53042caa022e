"""Write the few free texts of a working paper; all else in it comes from the data."""

from collections.abc import Mapping

from pathways.errors import InvalidOrder, Problem
from pathways.models.document import DocumentKind
from pathways.services.administration.office import Office
from pathways.services.document.kinds import LONGEST, PARTS
from pathways.services.document.shelf import ACTION, change, get_working_paper, subject_of


def write_words(office: Office, document_id: int, words: Mapping[str, str]) -> None:
    """Keep the texts; a part that the kind does not have, or one that is too long, is refused. Empty ones go."""
    office.permit(ACTION)
    row = get_working_paper(office, document_id)
    parts = PARTS.get(DocumentKind(row["kind"]), ())
    problems = [
        Problem(name, "input.too_long", {"given": f"{text[:40]}...", "n": LONGEST})
        for name, text in words.items()
        if len(text) > LONGEST
    ]
    problems += [
        Problem(name, "input.unknown_key", {"key": name, "known": ", ".join(parts)})
        for name in words
        if name not in parts
    ]
    if problems:
        raise InvalidOrder("write_document", problems)
    change(office, row, {"words": {name: text.strip() for name, text in words.items() if text.strip()}})
    office.record("write_document", subject_of(row), parts=sorted(words))
