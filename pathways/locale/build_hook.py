"""Compiles the translated texts (.po) into the form that is read at run time (.mo); the latter is never committed.

Runs in three ways: by hatchling for a wheel or an editable install, by `make install` as a script, and as the
function `compile_catalogues`. Stands alone: nothing of the product is imported, and only babel is needed.
"""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOMS = ("notifications", "pathways")


def compile_catalogues(root: Path) -> int:
    """Compiles every catalogue below `root` and returns how many there were; refuses a faulty one by name."""
    catalogues = sorted(path for room in ROOMS for path in root.joinpath(room, "locale").glob("*/LC_MESSAGES/*.po"))
    for path in catalogues:
        _compile(path)
    return len(catalogues)


def _placeholders(text: str | Sequence[str]) -> set[str]:
    """A lost or misspelled placeholder would be a hole in a mail; of plural forms the last one counts."""
    return set(re.findall(r"%\(\w+\)", text if isinstance(text, str) else text[-1]))


def _is_symbol(text: str | Sequence[str]) -> bool:
    """The texts of pathways have ids in the place of sentences; a test compares the placeholders of the languages."""
    return re.fullmatch(r"[a-z0-9_.-]+", text if isinstance(text, str) else text[0]) is not None


def _compile(path: Path) -> None:
    language = path.parent.parent.name
    try:
        with path.open("rb") as source:
            catalogue = read_po(source, locale=language, abort_invalid=True)
    except PoFileError as error:
        raise ValueError(f"{path}: {error}") from error
    for message in catalogue:
        if not message.string or _is_symbol(message.id):
            continue
        if _placeholders(message.id) != _placeholders(message.string):
            raise ValueError(f"{path}: other placeholders in the translation of {message.id!r}")
    compiled = path.with_suffix(f".{os.getpid()}.tmp")  # of our own: several may compile at once
    with compiled.open("wb") as target:
        write_mo(target, catalogue)
    compiled.replace(path.with_suffix(".mo"))  # at once, for a process that reads it meanwhile


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # as a script there need be no build tool
    pass
else:

    class CatalogueBuildHook(BuildHookInterface[Any]):  # type: ignore[misc, unused-ignore]  # untyped when absent
        """Compiles the catalogues before hatchling gathers the files, for wheels and editable installs alike."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's form
            """Called by hatchling before each build; `build_data` is its own untyped form."""
            compile_catalogues(Path(self.root))


if __name__ == "__main__":
    count = compile_catalogues(Path(__file__).resolve().parents[2])
    sys.stdout.write(f"{count} catalogues compiled\n")
