"""The command line as a person has it: lines in, what is printed and the exit code out. Time is the test's."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from pathways.bootstrap import App
from pathways.cli.main import run
from pathways.clock import SetClock
from tests.pathways.drive import Driver, drive_to


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one line."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> object:
        """What was printed, read as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Shell:
    """A shell whose `forlopp` works on a database of its own; `app` looks at the same database from beside."""

    app: App
    clock: SetClock
    home: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Outcome:
        """Calls `forlopp` with the arguments."""
        self.capsys.readouterr()
        code = run(arguments, clock=self.clock)
        printed = self.capsys.readouterr()
        return Outcome(code, printed.out, printed.err)

    def drive(self, slug: str, place: str) -> Driver:
        """Drives an introduction to a place, past the shell."""
        return drive_to(self.app, self.clock, slug, place)
