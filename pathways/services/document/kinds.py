"""What is asked of each kind of document (pure): the few free texts, whether it is registered, what it is about."""

from collections.abc import Mapping

from pathways.models.document import DocumentKind
from pathways.services.document.built import Missing

LONGEST = 8000
"""So many letters may one of the free texts have."""

PARTS: Mapping[DocumentKind, tuple[str, ...]] = {
    DocumentKind.DECISION_BASIS: ("addressee", "consulted"),
    DocumentKind.CONSULTATION_RESPONSE: ("addressee", "summary", "comments"),
    DocumentKind.ACTION_PLAN: ("summary", "follow_up"),
    DocumentKind.STATUS_LETTER: ("greeting", "asked"),
    DocumentKind.STATE_REPORT: ("summary", "resources", "plan"),
}
"""The free texts of a kind, in the order in which they are asked for. The rest of a document comes from the data."""

NEEDED: Mapping[DocumentKind, tuple[str, ...]] = {
    DocumentKind.CONSULTATION_RESPONSE: ("summary",),
    DocumentKind.STATUS_LETTER: ("asked",),
    DocumentKind.STATE_REPORT: ("resources",),
}
"""The free texts without which a document is not fixed."""

REGISTERED = frozenset({DocumentKind.DECISION_BASIS, DocumentKind.CONSULTATION_RESPONSE, DocumentKind.MINUTES})
"""The kinds that the law has registered (OSL 5 kap.): they are not fixed without their register number."""

OF_AN_INTRODUCTION = (
    DocumentKind.DECISION_BASIS,
    DocumentKind.CONSULTATION_RESPONSE,
    DocumentKind.ACTION_PLAN,
    DocumentKind.STATUS_LETTER,
)
"""The kinds that people make on an introduction's own page."""

OF_A_MEETING = frozenset({DocumentKind.MINUTES, DocumentKind.MINUTES_EXTRACT})
"""The kinds that the approval of minutes makes, once and for all: they have no other edition."""

OF_THE_REGION = (DocumentKind.STATE_REPORT,)
"""The kinds that people make for the region as a whole."""


def missing_words(kind: DocumentKind, words: Mapping[str, str]) -> tuple[Missing, ...]:
    """Return the free texts that the kind needs and nobody has written."""
    return tuple(
        Missing(part, f"error.document_no_{part}", {})
        for part in NEEDED.get(kind, ())
        if not words.get(part, "").strip()
    )
