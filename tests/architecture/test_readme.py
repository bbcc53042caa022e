"""What the README shows of the product is made by the product: record it anew with FORLOPP_RECORD=1."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pathways.cli.main import run
from pathways.clock import SetClock
from pathways.locale import texts
from pathways.settings import SQLITE_FILE
from pathways.storage.database import Database
from pathways.storage.schema import upgrade
from states.commands import CHOICES, Command
from states.picture import mermaid
from states.versions import LATEST, get_outline
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app

README = Path(__file__).parents[2] / "README.md"
START = datetime(2021, 6, 9, 8, 0, tzinfo=UTC)


def block(name: str) -> str:
    found = re.search(rf"<!-- {name}:start -->\n(.*?)<!-- {name}:end -->", README.read_text(), re.DOTALL)
    assert found, f"README has no block {name}"
    return found.group(1)


def check(name: str, made: str) -> None:
    """Hold the README's block against what the product makes now, or write it where that was asked for."""
    if os.environ.get("FORLOPP_RECORD"):
        text = README.read_text()
        README.write_text(text.replace(f"<!-- {name}:start -->\n{block(name)}", f"<!-- {name}:start -->\n{made}", 1))
    assert block(name) == made


def test_the_chart_in_the_readme_is_the_chart_of_the_class() -> None:
    words = texts("en")
    states = [state for state in get_outline(LATEST).children if state and words.has(f"state.{state}")]
    labels = {state: words.word("state", state) for state in states}
    choices = {choice for several in CHOICES.values() for choice in several}  # drawn under the same names
    labels |= {command.value: words.word("command", command) for command in Command if command not in choices}
    check("chart", f"```mermaid\n{mermaid(LATEST, labels=labels)}```\n")


def test_the_refusal_in_the_readme_is_what_a_person_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = SetClock(START)
    upgrade(Database(f"sqlite:///{tmp_path / SQLITE_FILE}"))
    app = furnished_app(f"sqlite:///{tmp_path / SQLITE_FILE}", clock)
    drive_to(app, clock, "sepsis", "preparation")
    app.database.dispose()
    monkeypatch.setenv("FORLOPP_HOME", str(tmp_path))
    monkeypatch.delenv("FORLOPP_DATABASE_URL", raising=False)
    assert run(["do", "sepsis", "start_gap_analysis"], clock=clock) == 1
    check("refusal", f"```\n$ forlopp do sepsis start_gap_analysis\n{capsys.readouterr().err}```\n")
