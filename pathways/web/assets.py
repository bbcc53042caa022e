"""Static files: an address that changes with the content, answers that browsers may keep, and what others made of them.

Whoever links to a file asks `asset` for its address; files that only a style sheet names lie in folders with a version.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from os import PathLike, stat_result
from pathlib import Path
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
PREFIX = "/static"
VENDOR = "vendor"
KEPT = "public, max-age=31536000, immutable"
ASKED_AGAIN = "no-cache"


def asset(name: str) -> str:
    """Return the address of a static file, with a mark of its content; raise `FileNotFoundError` for none."""
    path = STATIC / name
    return f"{PREFIX}/{name}?v={_mark(path, path.stat().st_mtime_ns)}"


@cache
def _mark(path: Path, changed_at: int) -> str:  # noqa: ARG001 - a file changed under a running process is read again
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


class StaticAssets(StaticFiles):
    """Serves the static files: kept for a year under an address with a mark, asked for again under any other."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return the file, or 304 where the browser has it already."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["cache-control"] = KEPT if _may_be_kept(Path(full_path), scope) else ASKED_AGAIN
        return response


def _may_be_kept(path: Path, scope: Scope) -> bool:
    """A mark of other content, as from a page of the version before, must not bring this one into a cache."""
    if path.is_relative_to(STATIC / VENDOR):
        return True
    marks = parse_qs(scope["query_string"].decode("latin-1")).get("v", [])
    return marks == [_mark(path, path.stat().st_mtime_ns)]


@dataclass(frozen=True, slots=True)
class Vendored:
    """A file that others made: which package and version it is from, under which licence, and its hash."""

    name: str
    version: str
    licence: str
    file: str
    sha256: str


def list_vendored(vendor: Path = STATIC / VENDOR) -> list[Vendored]:
    """Return every file that others made, as the manifest has it."""
    rows = json.loads((vendor / "manifest.json").read_text(encoding="utf-8"))
    return [Vendored(**row) for row in rows]


def find_strays(vendor: Path = STATIC / VENDOR) -> Iterator[str]:
    """Give the files that are not as the manifest says: altered, missing, or not listed at all."""
    listed = {one.file: one.sha256 for one in list_vendored(vendor)}
    there = {path.relative_to(vendor).as_posix(): path for path in vendor.rglob("*") if path.is_file()}
    for file in sorted({*listed, *there} - {"manifest.json"}):
        path = there.get(file)
        if path is None or hashlib.sha256(path.read_bytes()).hexdigest() != listed.get(file):
            yield file
