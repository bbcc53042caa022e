"""Reads the product's own source for the tests of its texts: string literals, calls, and what they are given."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("pathways", "states")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A call that names a text: where, the text's id, and the names of the values that go with it.

    `values` is None where they are not written out at the call.
    """

    where: str
    text_id: str
    values: frozenset[str] | None


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the product, parsed, by its path."""
    files = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}


@cache
def quoted() -> frozenset[str]:
    """Every word between quotation marks in the product's templates."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "pathways").rglob("*.html"))
    return frozenset(re.findall(r"[\"']([\w.-]+)(?=[\"'])", text))


@cache
def literals() -> frozenset[str]:
    """Every string literal in the product, and every constant part of a formatted one."""
    return frozenset(
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function, class or method with one of these names, and where it stands."""
    for name in names:
        yield from _calls_by_name().get(name, ())


@cache
def _calls_by_name() -> dict[str, list[tuple[str, ast.Call]]]:
    found: dict[str, list[tuple[str, ast.Call]]] = {}
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found.setdefault(_name_of(node.func), []).append((f"{path}:{node.lineno}", node))
    return found


def spoken_by(*names: str, position: int = 0) -> Iterator[Spoken]:
    """Calls whose argument number `position` is a text's id, with their keyword arguments as values."""
    for where, call in calls(*names):
        if text_id := _text(call.args, position):
            yield Spoken(where, text_id, _keywords(call))


def spoken_with_mapping(*names: str, position: int) -> Iterator[Spoken]:
    """Calls whose argument number `position` is a text's id and the next one a mapping of values."""
    for where, call in calls(*names):
        if text_id := _text(call.args, position):
            following = call.args[position + 1] if len(call.args) > position + 1 else None
            yield Spoken(where, text_id, _keys(following))


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(arguments: list[ast.expr], position: int) -> str:
    found = arguments[position] if len(arguments) > position else None
    return found.value if isinstance(found, ast.Constant) and isinstance(found.value, str) else ""


def _keywords(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def _keys(node: ast.expr | None) -> frozenset[str] | None:
    if node is None:
        return frozenset()
    if not isinstance(node, ast.Dict):
        return None
    return frozenset(str(key.value) for key in node.keys if isinstance(key, ast.Constant))
