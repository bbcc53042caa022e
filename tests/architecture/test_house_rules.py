"""The house rules that a machine can check: sizes, docstrings, clocks, layers, and what may lie in the repository."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("flows", "pathways", "notifications", "states")
MODULE_LINES = 400
FUNCTION_LINES = 50
CLOCKS = ("now", "utcnow", "today")
MAY_READ_THE_CLOCK = {"pathways/clock.py"}


def modules() -> Iterator[Path]:
    """Yield every module of the product but for migrations, which are written once and kept."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    long = {shown(path): n for path in modules() if (n := len(path.read_text().splitlines())) > MODULE_LINES}
    assert not long


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = {
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in modules()
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES
    }
    assert not long


def test_every_module_begins_by_saying_what_it_does() -> None:
    silent = [shown(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]
    assert not silent


def test_only_the_clock_knows_what_time_it_is() -> None:
    readers = {
        f"{shown(path)}:{node.lineno}"
        for path in modules()
        if shown(path) not in MAY_READ_THE_CLOCK
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCKS
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    }
    assert not readers


def test_no_folder_is_called_after_nothing() -> None:
    empty_names = {"utils", "helpers", "common", "core", "misc"}
    found = {shown(path) for path in modules() if empty_names & {*path.parts, path.stem}}
    assert not found


def test_the_top_level_holds_the_four_rooms_and_what_tools_demand() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not listed:
        pytest.skip("not a git checkout")
    top = {name.split("/")[0] for name in listed.splitlines()}
    wanted = {*PACKAGES, "tests", "pyproject.toml", "README.md"}
    tools = {".ci", ".gitignore", "Makefile", "constraints.txt", "CHANGELOG.md", "LICENSE"}
    assert top <= wanted | tools


def test_the_constraints_hold_no_address() -> None:
    assert "://" not in (ROOT / "constraints.txt").read_text()


def test_the_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
