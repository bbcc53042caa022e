"""Static files are what their manifest says, ask nothing of the outside, and are kept only under their own address."""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from pathways.web import assets
from pathways.web.assets import KEPT, STATIC, StaticAssets, asset, find_strays, list_vendored
from pathways.web.render import TEMPLATES
from tests.browser import AXE

VENDORS = (STATIC / "vendor", AXE.parents[1])
TEXT_FILES = sorted(
    path
    for place in (STATIC, TEMPLATES)
    for path in place.rglob("*")
    if path.suffix in {".css", ".js", ".html", ".svg"}
)
OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}[^\s\"')]*", re.IGNORECASE)
ATTENDED = r"\son(?:abort|blur|change|click|error|focus|input|key|load|mouse|paste|pointer|reset|submit|toggle)\w*="
INLINE = re.compile(rf"\sstyle=|<style|{ATTENDED}|<script(?![^>]*\ssrc=)|hx-on|javascript:", re.IGNORECASE)
SCRIPT_LINES = 150


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=[Mount("/static", StaticAssets(directory=STATIC))]))


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda path: path.parent.name)
def test_every_file_made_by_others_is_as_the_manifest_says(vendor: Path) -> None:
    assert list(find_strays(vendor)) == []


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda path: path.parent.name)
def test_every_package_comes_with_its_licence(vendor: Path) -> None:
    folders = {one.file.split("/")[0] for one in list_vendored(vendor)}
    assert {one.file for one in list_vendored(vendor)} >= {f"{folder}/LICENSE" for folder in folders}


def test_a_file_that_was_altered_is_found(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(
        '[{"name": "x", "version": "1", "licence": "MIT", "file": "x.js", "sha256": "0"}]'
    )
    (tmp_path / "x.js").write_text("altered")
    (tmp_path / "new.js").write_text("not listed")
    assert list(find_strays(tmp_path)) == ["new.js", "x.js"]


@pytest.mark.parametrize("path", TEXT_FILES, ids=lambda path: path.name)
def test_nothing_is_asked_of_the_outside(path: Path) -> None:
    assert OUTSIDE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_template_has_a_style_or_a_script_in_it(path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


def test_our_own_script_stays_small() -> None:
    assert len((STATIC / "forlopp.js").read_text(encoding="utf-8").splitlines()) <= SCRIPT_LINES


def test_an_address_changes_with_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    file = tmp_path / "a.css"
    file.write_text("a {}")
    before = asset("a.css")
    file.write_text("b { color: inherit }")
    assert asset("a.css") != before
    assert before.startswith("/static/a.css?v=")


def test_an_asset_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        asset("forlop.css")


def test_a_file_under_its_marked_address_is_kept_for_a_year(client: TestClient) -> None:
    answer = client.get(asset("forlopp.css"))
    assert (answer.status_code, answer.headers["cache-control"]) == (200, KEPT)


@pytest.mark.parametrize("query", ["", "?v=000000000000"])
def test_a_file_under_any_other_address_is_asked_for_again(client: TestClient, query: str) -> None:
    assert client.get(f"/static/forlopp.css{query}").headers["cache-control"] == "no-cache"


def test_a_file_in_a_folder_with_a_version_is_kept(client: TestClient) -> None:
    answer = client.get("/static/vendor/inter-5.3.0/inter-latin.woff2")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, KEPT)


def test_every_asset_that_a_template_names_is_there() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    for name in re.findall(r"asset\('([^']+)'\)", text):
        assert asset(name)


def test_every_file_that_the_style_sheet_names_is_there() -> None:
    named = re.findall(r"url\(\"([^\"#]+)\"\)", (STATIC / "forlopp.css").read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not (STATIC / name).is_file()] == []
