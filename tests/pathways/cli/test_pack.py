"""`forlopp pack`: four files of a frozen pack, the same whenever; before its time it is refused with when that is."""

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from pathways.locale.forms import plain_day
from pathways.services.pack.due import pack_due_at
from tests.pathways.cli.shell import Shell
from tests.pathways.packing import Scene, set_scene

FILES = ("pack.docx", "pack.json", "pack.pdf", "pack.xlsx")


@pytest.fixture
def scene(shell: Shell) -> Scene:
    """A region with a meeting ahead."""
    return set_scene(shell.app, shell.clock)


def line(scene: Scene, folder: Path, *more: str) -> tuple[str, ...]:
    """The command for the scene's meeting."""
    return ("pack", "--body", "hsn", "--date", scene.day.isoformat(), "--out", str(folder), *more)


def read(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_before_its_time_it_is_refused_with_when_that_is_and_nothing_is_written(
    shell: Shell, scene: Scene, tmp_path: Path
) -> None:
    outcome = shell(*line(scene, tmp_path / "ut"))
    due_at = pack_due_at(scene.day, scene.app.profile).astimezone(scene.app.profile.region.zone)
    assert outcome.code == 1
    assert f"Det fryses automatiskt {plain_day(due_at.date(), 'sv')} kl. {due_at:%H.%M}" in outcome.err
    assert (scene.rows(), (tmp_path / "ut").exists()) == ([], False)


def test_asked_to_it_freezes_at_once_and_writes_four_files(shell: Shell, scene: Scene, tmp_path: Path) -> None:
    outcome = shell(*line(scene, tmp_path / "ut", "--freeze"))
    assert outcome.code == 0, outcome.err
    files = read(tmp_path / "ut")
    row = scene.rows()[0]
    assert tuple(files) == FILES
    assert sha256(files["pack.json"]).hexdigest() == row["sha256"]
    assert row["sha256"] in outcome.out
    assert json.loads(files["pack.json"])["body"] == "hsn"
    assert files["pack.pdf"].startswith(b"%PDF")


def test_after_its_time_it_is_frozen_where_nobody_has_done_it(shell: Shell, scene: Scene, tmp_path: Path) -> None:
    scene.clock.set(pack_due_at(scene.day, scene.app.profile))
    assert shell(*line(scene, tmp_path / "ut")).code == 0
    assert [(row["number"], row["frozen_by"]) for row in scene.rows()] == [(1, None)]


@pytest.mark.slow
def test_later_it_writes_the_same_bytes(shell: Shell, scene: Scene, tmp_path: Path) -> None:
    shell(*line(scene, tmp_path / "da", "--freeze"))
    scene.change()
    assert shell(*line(scene, tmp_path / "nu")).code == 0
    assert read(tmp_path / "nu") == read(tmp_path / "da")


@pytest.mark.slow
def test_an_earlier_number_can_be_asked_for(shell: Shell, scene: Scene, tmp_path: Path) -> None:
    shell(*line(scene, tmp_path / "ett", "--freeze"))
    scene.clock.set(scene.clock.now() + timedelta(days=1))
    shell(*line(scene, tmp_path / "tva", "--freeze"))
    assert shell(*line(scene, tmp_path / "igen", "--number", "1")).code == 0
    assert read(tmp_path / "igen")["pack.json"] == read(tmp_path / "ett")["pack.json"]
    assert read(tmp_path / "tva")["pack.json"] != read(tmp_path / "ett")["pack.json"]


def test_a_number_that_is_not_there_is_refused_with_those_that_are(shell: Shell, scene: Scene, tmp_path: Path) -> None:
    scene.freeze()
    outcome = shell(*line(scene, tmp_path, "--number", "7"))
    assert (outcome.code, "nummer 7" in outcome.err, "1" in outcome.err) == (1, True, True)


def test_an_unknown_body_and_a_day_without_a_meeting_are_refused_with_the_nearest(
    shell: Shell, scene: Scene, tmp_path: Path
) -> None:
    rest = ("--out", str(tmp_path))
    body = shell("pack", "--body", "hns", "--date", scene.day.isoformat(), *rest)
    day = shell("pack", "--body", "hsn", "--date", (scene.day + timedelta(days=1)).isoformat(), *rest)
    assert (body.code, "hsn" in body.err) == (1, True)
    assert (day.code, scene.day.isoformat() in day.err) == (1, True)


@pytest.mark.parametrize("given", ["igår", "2026-02-30", ""])
def test_a_day_that_is_none_is_not_understood(shell: Shell, tmp_path: Path, given: str) -> None:
    assert shell("pack", "--body", "hsn", "--date", given, "--out", str(tmp_path)).code == 2


def test_after_the_meeting_nothing_is_frozen(shell: Shell, scene: Scene, tmp_path: Path) -> None:
    scene.waiting.go_to(scene.day + timedelta(days=1))
    outcome = shell(*line(scene, tmp_path, "--freeze"))
    assert (outcome.code, "är över" in outcome.err, scene.rows()) == (1, True, [])


def test_a_place_that_cannot_be_written_to_is_told(shell: Shell, scene: Scene, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")
    outcome = shell(*line(scene, tmp_path / "fil", "--freeze"))
    assert (outcome.code, "kan inte skrivas" in outcome.err) == (1, True)


@pytest.mark.slow
def test_it_speaks_english_and_so_do_its_files(shell: Shell, scene: Scene, tmp_path: Path) -> None:
    swedish, english = tmp_path / "sv", tmp_path / "en"
    shell(*line(scene, swedish, "--freeze"))
    outcome = shell(*line(scene, english, "--lang", "en"))
    assert "Pack number 1" in outcome.out
    assert read(english)["pack.json"] == read(swedish)["pack.json"]
    assert read(english)["pack.docx"] != read(swedish)["pack.docx"]
