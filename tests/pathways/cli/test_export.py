"""`forlopp export`: both forms into files, in place only when whole, and in words when it cannot be done."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.pathways.cli.shell import Shell


def test_both_files_are_written_and_told_of(shell: Shell, tmp_path: Path) -> None:
    shell.drive("kol", "mapping")
    xes, ocel = tmp_path / "ut" / "logg.xes", tmp_path / "ut" / "logg.jsonocel"
    outcome = shell("export", "--xes", str(xes), "--ocel", str(ocel))
    assert outcome.code == 0, outcome.err
    events = ET.parse(xes).getroot().findall(".//{http://www.xes-standard.org/}event")
    assert len(events) == len(json.loads(ocel.read_text(encoding="utf-8"))["events"])
    assert outcome.out.count(f"{len(events)} händelser i 1 införanden skrevs till") == 2
    assert sorted(file.name for file in xes.parent.iterdir()) == ["logg.jsonocel", "logg.xes"]


def test_without_names_is_said(shell: Shell, tmp_path: Path) -> None:
    shell.drive("kol", "mapping")
    outcome = shell("export", "--xes", str(tmp_path / "logg.xes"), "--anonymous", "--lang", "en")
    assert "Names have become numbers" in outcome.out
    assert "Dalarna" not in (tmp_path / "logg.xes").read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "said"), [("sv", "Säg vilken fil som ska skrivas"), ("en", "Say which file")])
def test_a_line_that_asks_for_no_file_is_not_understood(shell: Shell, language: str, said: str) -> None:
    outcome = shell("export", "--lang", language)
    assert (outcome.code, said in outcome.err) == (2, True)


def test_a_place_that_cannot_be_written_to_is_told_and_nothing_is_left(shell: Shell, tmp_path: Path) -> None:
    shell.drive("kol", "preparation")
    (tmp_path / "mapp").mkdir()
    outcome = shell("export", "--xes", str(tmp_path / "mapp"))
    assert (outcome.code, "kan inte skrivas" in outcome.err) == (1, True)
    assert list(tmp_path.glob("*.part")) == []


def test_a_region_that_is_not_set_up_is_refused_in_words(bare_shell: Shell, tmp_path: Path) -> None:
    outcome = bare_shell("export", "--xes", str(tmp_path / "logg.xes"))
    assert outcome.code == 1
    assert outcome.err.strip()
    assert "Traceback" not in outcome.err
    assert list(tmp_path.glob("logg*")) == []
