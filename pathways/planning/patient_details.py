"""What in a free text looks like somebody's details (pure): a Swedish personal number, a telephone number, an address.

A safety net and no promise: the person who writes answers for the text.
"""

import re

_SUSPECT = (
    re.compile(r"\b(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])\s?[-+]?\s?\d{4}\b"),
    re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+\b"),
    re.compile(r"(?:\+46|\b0)[\s-]?\d{1,3}[\s-]\d{2,3}[\s-]?\d{2}[\s-]?\d{2}\b"),
)


def find_details(*texts: str) -> str:
    """Return the first piece that looks like a personal number, an e-mail address or a telephone number, or empty."""
    for text in texts:
        for pattern in _SUSPECT:
            if found := pattern.search(text):
                return found.group()
    return ""
