"""Reads a data file into a model, and tells every fault at once with file, line, field and what was expected.

The model says what is allowed; checks given by the caller look at what no single field can know. Nothing is returned
unless all is well.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pathways.reading.faults import flaw_of
from pathways.reading.problems import FileProblem, Flaw, InvalidFile, Location
from pathways.reading.tree import Tree, Value, read_tree

BIGGEST = 5_000_000
"""Bytes; the national catalogue has 33,000."""

M = TypeVar("M", bound=BaseModel)
Check = Callable[[Value], Iterable[Flaw]]


def read_model(path: Path, model: type[M], *, checks: Sequence[Check], refusal: type[InvalidFile]) -> M:
    """Return the file's content as the model; raise the refusal with all problems if there is any."""
    tree = _tree_of(path)
    if not tree.flaws or tree.data is not None:
        fitted, flaws = _fit(tree.data, model)
        flaws = [*tree.flaws, *flaws, *(flaw for check in checks for flaw in check(tree.data))]
        if fitted is not None and not flaws:
            return fitted
    else:
        flaws = tree.flaws
    raise refusal(str(path), [_located(flaw, tree, str(path)) for flaw in flaws])


def _fit(data: Value, model: type[M]) -> tuple[M | None, list[Flaw]]:
    try:
        return model.model_validate(data), []
    except ValidationError as fault:
        return None, [flaw_of(error, model) for error in fault.errors(include_url=False)]


def _tree_of(path: Path) -> Tree:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return _unread("input.absent")
    except OSError as fault:
        return _unread("input.not_a_file", detail=fault.strerror or "")
    if len(content) > BIGGEST:
        return _unread("input.too_big", size=len(content), n=BIGGEST)
    try:
        return read_tree(content.decode("utf-8-sig"), is_json=path.suffix.lower() == ".json")
    except UnicodeDecodeError as fault:
        return _unread("input.not_utf8", line=content.count(b"\n", 0, fault.start) + 1)


def _unread(sentence: str, *, line: int = 1, **values: str | int) -> Tree:
    return Tree(lines={("",): line}, flaws=[Flaw(("",), sentence, values)])


def _located(flaw: Flaw, tree: Tree, file: str) -> FileProblem:
    return FileProblem(file, tree.line_of(flaw.where), _field(flaw.where, tree.data), flaw.sentence, flaw.values)


def _field(where: Location, data: Value) -> str:
    """Return the way to a value in words: `bodies[hsn].lead.hand_in`; list items by slug, or by number from 1."""
    text = ""
    for part in where:
        if isinstance(part, int):
            data = data[part] if isinstance(data, list) and part < len(data) else None
            text += f"[{_name_of(data) or part + 1}]"
        else:
            data = data.get(part) if isinstance(data, dict) else None
            text += f"{'.' if text else ''}{part.strip()}"
    return text


def _name_of(item: Value) -> str | None:
    if not isinstance(item, dict):
        return None
    names = (item.get(key) for key in ("slug", "step", "ref"))
    return next((name for name in names if isinstance(name, str) and name), None)
