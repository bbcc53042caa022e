"""Swedish order of letters: å, ä, ö after z; case and other accents apart only as a tie-break.

SQLite is taught it as the collation `swedish`. Not every PostgreSQL has a Swedish one (a build may lack ICU), so lists
that people read are sorted with the same key in Python.
"""

import unicodedata

_LETTERS = str.maketrans({"å": "{", "ä": "|", "ö": "}", "æ": "|", "ø": "}"})


def swedish_key(value: str) -> tuple[str, str]:
    """Return a key that sorts `value` as a Swedish reader expects."""
    letters = unicodedata.normalize("NFC", value).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFD", letters) if not unicodedata.combining(c))
    return plain, value


def compare_swedish(left: str, right: str) -> int:
    """Return -1, 0 or 1 as SQLite wants of a collation."""
    a, b = swedish_key(left), swedish_key(right)
    return (a > b) - (a < b)
