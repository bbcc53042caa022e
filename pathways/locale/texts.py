"""Gives the sentence behind an id in one language, with its values in their places.

The catalogues are gettext's, but their msgids are symbols ("chair_missing"), so that code never holds a sentence and
neither language is the other's source. A hole is loud: a warning, which is an error in tests, and a sentence that
says that a text is missing. A bare id is never shown.
"""

import warnings
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from pathways.errors import PathwaysError

LANGUAGES = ("sv", "en")
DEFAULT = "sv"
FOLDER = Path(__file__).parent
MAIN = "pathways"
OWN = ("measure",)  # first words of ids that have a catalogue of that name
UNSAID = "error.texts_missing"


class MissingText(UserWarning):
    """An id has no text, or a text has a placeholder that no value was given for."""


class TextsAbsent(PathwaysError):
    """The texts have not been compiled; `make install` does it."""

    sentence = UNSAID


class _Nothing(NullTranslations):
    """Stands behind a catalogue and answers for what it does not hold."""

    def gettext(self, message: str) -> str:  # noqa: ARG002 - gettext's form
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002 - gettext's form
        return ""


class _Values(dict[str, object]):
    """The values of one sentence; a placeholder without a value becomes an ellipsis, and a warning."""

    def __missing__(self, name: str) -> str:
        warnings.warn(f"no value for %({name})s", MissingText, stacklevel=4)
        return "…"


class Texts:
    """All texts of one language; `web.<area>.…` and `measure.…` stand in catalogues of their own."""

    def __init__(self, language: str, catalogues: Mapping[str, GNUTranslations]) -> None:
        self.language = language
        self._catalogues = catalogues
        for catalogue in catalogues.values():
            catalogue.add_fallback(_Nothing())

    def say(self, text_id: str, /, **values: object) -> str:
        """Return the sentence; a whole number named `n` chooses between singular and plural."""
        found = self._find(text_id, values.get("n"))
        if not found:
            warnings.warn(f"no text for {text_id!r} in {self.language}", MissingText, stacklevel=2)
            return self._find(UNSAID, None)
        return found % _Values(values)

    def has(self, text_id: str) -> bool:
        """Say whether there is a text of this id."""
        return bool(self._find(text_id, None))

    def word(self, family: str, value: object, **values: object) -> str:
        """Return the word for one member of a family: `word("phase", Phase.LEARNING)`."""
        return self.say(f"{family}.{value}", **values)

    def words(self, family: str, members: str) -> str:
        """Return the words for several members that stand in one text, with commas between."""
        return ", ".join(self.word(family, one) for one in members.split(", ") if one)

    def _find(self, text_id: str, n: object) -> str:
        number = n if isinstance(n, int) else 1
        catalogue = self._catalogues.get(domain_of(text_id), self._catalogues[MAIN])
        return catalogue.ngettext(text_id, text_id, number) or catalogue.gettext(text_id)


def domain_of(text_id: str) -> str:
    """Return the catalogue that a text stands in: `web_board` for `web.board.title`, else the main one."""
    first, _, rest = text_id.partition(".")
    if first in OWN:
        return first
    return f"web_{rest.partition('.')[0]}" if first == "web" else MAIN


@cache
def texts(language: str = DEFAULT) -> Texts:
    """Return the texts of a language; raise `TextsAbsent` where they have not been compiled."""
    folder = FOLDER / language / "LC_MESSAGES"
    found = {path.stem: _read(path) for path in sorted(folder.glob("*.mo"))}
    if MAIN not in found:
        raise TextsAbsent(file=str(folder / f"{MAIN}.mo"))
    return Texts(language, found)


def _read(path: Path) -> GNUTranslations:
    with path.open("rb") as file:
        return GNUTranslations(file)
