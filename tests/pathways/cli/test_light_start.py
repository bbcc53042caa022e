"""Reading is quick: what only flows and mail need is not loaded, and a reader that leaves early is no error."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pathways.cli.running import hold_home

ROOT = Path(__file__).parents[3]
HEAVY = ("prefect", "apprise", "jinja2", "fastapi", "alembic")
CODE = """
import sys
from pathways.cli.main import run
code = run(sys.argv[1:])
heavy = [name for name in {heavy} if name in sys.modules]
sys.exit(f"loaded {{heavy}}" if heavy else code)
"""


def call(home: Path, *arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    program = ["-c", code, *arguments] if code else ["-m", "pathways.cli.main", *arguments]
    return subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env={**os.environ, "FORLOPP_HOME": str(home), "FORLOPP_LANG": "sv"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path, begun_file: Path) -> Path:
    """A home with one introduction."""
    (tmp_path / "forlopp.db").write_bytes(begun_file.read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        "status",
        pytest.param("show kol", marks=pytest.mark.slow),
        pytest.param("worklist --for sam", marks=pytest.mark.slow),
    ],
)
def test_reading_loads_nothing_that_only_flows_and_mail_need(home: Path, line: str) -> None:
    outcome = call(home, *line.split(), code=CODE.format(heavy=HEAVY))
    assert (outcome.returncode, outcome.stderr) == (0, "")


def test_help_loads_no_database(tmp_path: Path) -> None:
    outcome = call(tmp_path, code=CODE.format(heavy=("sqlalchemy", "pydantic")))
    assert (outcome.returncode, outcome.stderr) == (0, "")


@pytest.mark.slow
def test_the_command_works_as_a_process_of_its_own(home: Path) -> None:
    outcome = call(home, "status")
    assert outcome.returncode == 0
    assert "KOL" in outcome.stdout
    assert outcome.stderr == ""


def test_a_refusal_in_a_process_of_its_own_goes_to_stderr(home: Path) -> None:
    outcome = call(home, "do", "kol", "start_gap_analysis")
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert "Utvecklingsresurs saknas." in outcome.stderr


@pytest.mark.slow
def test_a_reader_that_leaves_early_is_no_error(home: Path) -> None:
    line = f"{sys.executable} -m pathways.cli.main show kol | head -1"
    environment = {**os.environ, "FORLOPP_HOME": str(home)}
    outcome = subprocess.run(
        ["bash", "-c", line], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert outcome.stderr == ""


@pytest.mark.slow
def test_up_without_a_database_says_what_to_do_first(tmp_path: Path) -> None:
    outcome = call(tmp_path, "up")
    assert outcome.returncode == 1
    assert "forlopp db upgrade" in outcome.stderr


@pytest.mark.slow
def test_a_second_up_on_the_same_home_is_refused_in_words(home: Path) -> None:
    with hold_home(home):
        outcome = call(home, "up")
    assert outcome.returncode == 1
    assert f"Förlopp är redan i gång på {home} (process {os.getpid()})." in outcome.stderr
