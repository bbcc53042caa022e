"""Fetches what others made from npm, at the versions named here, and writes the manifests that a test holds it against.

Run by hand, with Node at hand: `python -m tests.tools.refresh_vendor`. To move to a new version, change it here, run,
look at the style guide, and remove the old folder.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "pathways" / "web" / "static" / "vendor"
TESTS = ROOT / "tests" / "vendor"
THEME = Path(__file__).with_name("theme.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One npm package: where it goes, and which of its files under which names."""

    npm: str
    version: str
    licence: str
    name: str
    files: Mapping[str, str]
    to: Path = PRODUCT

    @property
    def folder(self) -> str:
        return f"{self.name}-{self.version}"


CSS = Package(
    npm="@digdir/designsystemet-css",
    version="1.22.0",
    licence="MIT",
    name="designsystemet-css",
    files={"dist/src/index.css": "designsystemet.css", "LICENSE": "LICENSE"},
)
INTER = Package(
    npm="@fontsource-variable/inter",
    version="5.3.0",
    licence="OFL-1.1",
    name="inter",
    files={
        "files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
        "files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
        "LICENSE": "LICENSE",
    },
)
HTMX = Package(
    npm="htmx.org",
    version="4.0.1",
    licence="0BSD",
    name="htmx",
    files={"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE"},
)
AXE = Package(
    npm="axe-core",
    version="4.14.1",
    licence="MPL-2.0",
    name="axe-core",
    files={"axe.min.js": "axe.min.js", "LICENSE": "LICENSE", "LICENSE-3RD-PARTY.txt": "LICENSE-3RD-PARTY.txt"},
    to=TESTS,
)
# Makes our theme from theme.json. What it writes is listed like a package of its own.
THEME_MAKER = Package(
    npm="@digdir/designsystemet",
    version="1.15.0",
    licence="MIT",
    name="designsystemet-theme",
    files={"theme.css": "theme.css", "LICENSE": "LICENSE"},
)
PACKAGES = (CSS, INTER, HTMX, AXE)


def fetch(package: Package, into: Path) -> None:
    """Copy the wanted files of a package, out of the archive that npm gives."""
    with tempfile.TemporaryDirectory() as folder:
        run(["npm", "pack", f"{package.npm}@{package.version}"], folder)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
        for source, target in package.files.items():
            shutil.copyfile(Path(folder) / "package" / source, into / target)


def make_theme(into: Path) -> None:
    """Make our colours and sizes with the design system's own tool."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run(["npm", "install", "--no-save", "--no-package-lock", f"{THEME_MAKER.npm}@{THEME_MAKER.version}"], folder)
        shutil.copyfile(THEME, work / "designsystemet.config.json")
        run(["npx", "designsystemet", "tokens", "create"], folder)
        run(["npx", "designsystemet", "tokens", "build"], folder)
        shutil.copyfile(work / "design-tokens-build" / "forlopp.css", into / "theme.css")
        shutil.copyfile(work / "node_modules" / THEME_MAKER.npm / "LICENSE", into / "LICENSE")


def run(command: list[str], folder: str) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def write_manifest(vendor: Path, packages: Iterable[Package]) -> None:
    """List every file with where it is from, its licence and its hash."""
    rows = [
        {
            "name": package.npm,
            "version": package.version,
            "licence": package.licence,
            "file": f"{package.folder}/{target}",
            "sha256": hashlib.sha256((vendor / package.folder / target).read_bytes()).hexdigest(),
        }
        for package in packages
        for target in package.files.values()
    ]
    (vendor / "manifest.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def refresh() -> None:
    """Fetch everything anew."""
    for package in (*PACKAGES, THEME_MAKER):
        into = package.to / package.folder
        into.mkdir(parents=True, exist_ok=True)
        make_theme(into) if package is THEME_MAKER else fetch(package, into)
        sys.stdout.write(f"{package.folder}\n")
    for vendor in (PRODUCT, TESTS):
        write_manifest(vendor, [package for package in (*PACKAGES, THEME_MAKER) if package.to == vendor])


if __name__ == "__main__":
    refresh()
