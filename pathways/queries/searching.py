"""Whether a text holds what somebody searches for (pure): case does not count, å, ä and ö are letters of their own."""

from functools import lru_cache

from pathways.storage.collation import swedish_key


def holds(words: str, *texts: str) -> bool:
    """Say whether every word stands somewhere in the texts; no words stand in every text.

    "OSTEO" is found in "Osteoporos" and "idé" in "ide", but "var" is not found in "vår".
    """
    found = " ".join(map(_plain, texts))
    return all(word in found for word in _plain(words).split())


def begins(words: str, text: str) -> bool:
    """Say whether a text begins with what is searched for, so that it may stand before those that only hold it."""
    return _plain(text).startswith(_plain(words).strip())


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    return swedish_key(text)[0]
