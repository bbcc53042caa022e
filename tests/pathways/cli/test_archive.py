"""`forlopp archive`: a folder that a stranger can check, refused before the end unless asked for."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.pathways.cli.shell import Shell
from tests.pathways.documents.conftest import pango

__all__ = ["pango"]


@pytest.mark.usefixtures("pango")
def test_the_folder_is_written_with_sums_that_are_right(shell: Shell, tmp_path: Path) -> None:
    shell.drive("kol", "mapping")
    outcome = shell("archive", "kol", "--out", str(tmp_path / "ut"), "--open")
    assert outcome.code == 0, outcome.err
    folder = tmp_path / "ut" / "arkiv-kol-1"
    assert "4 filer" in outcome.out
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        told, path = line.split("  ")
        assert sha256((folder / path).read_bytes()).hexdigest() == told
    assert "INTE AVSLUTAT" in (folder / "README.txt").read_text(encoding="utf-8")


def test_before_the_end_it_is_refused_and_nothing_is_written(shell: Shell, tmp_path: Path) -> None:
    shell.drive("kol", "mapping")
    outcome = shell("archive", "kol", "--out", str(tmp_path / "ut"))
    assert (outcome.code, "--open" in outcome.err) == (1, True)
    assert not (tmp_path / "ut").exists()


def test_an_introduction_that_is_not_there_is_told_with_the_nearest(shell: Shell, tmp_path: Path) -> None:
    shell.drive("kol", "mapping")
    outcome = shell("archive", "kul", "--out", str(tmp_path / "ut"))
    assert outcome.code == 1
    assert "kol" in outcome.err
