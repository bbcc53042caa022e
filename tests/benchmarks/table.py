"""The one table that a run of the benchmarks prints, on the terminal and, where asked for, as Markdown for the README.

`FORLOPP_BENCH_OUT=file` writes the Markdown. A goal that is missed is said so and fails nothing.
"""

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.table import Table

HEADS = ("what", "database", "measured", "beside", "figure", "goal", "met")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what was measured on which database, what it is held against, and whether the goal is met."""

    what: str
    database: str
    measured: str
    beside: str
    figure: str
    goal: str
    met: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as the table shows it."""
        return (
            self.what,
            self.database,
            self.measured,
            self.beside,
            self.figure,
            self.goal,
            "yes" if self.met else "no",
        )


@dataclass(slots=True)
class Sheet:
    """What the run has measured so far."""

    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def ratio(self, what: str, database: str, *, product: float, limit: float, goal: float, note: str = "") -> None:
        """Adds a speed held against the limit of the same run, both in milliseconds; the goal is the least share."""
        share = limit / product
        measured, beside = f"{product:.2f} ms{note}", f"bare driver {limit:.2f} ms"
        self.lines.append(Line(what, database, measured, beside, f"{share:.2f}", f">= {goal:.2f}", share >= goal))

    def growth(self, what: str, database: str, *, small: float, large: float, goal: float) -> None:
        """Adds the cost of the same thing in a large setting against a small one."""
        growth = large / small
        measured, beside = f"{large:.2f} ms", f"{small:.2f} ms"
        self.lines.append(Line(what, database, measured, beside, f"{growth:.2f}", f"< {goal:.1f}", growth < goal))

    def time(self, what: str, database: str, *, taken: float, goal: float, unit: str = "ms", beside: str = "") -> None:
        """Adds a plain time with the figure it should stay under."""
        measured = f"{taken:.2f} {unit}"
        self.lines.append(Line(what, database, measured, beside, measured, f"< {goal:g} {unit}", taken < goal))

    def note(self, text: str) -> None:
        """Adds a remark below the table, once."""
        if text not in self.notes:
            self.notes.append(text)


def show(sheet: Sheet, write: Callable[[str], object]) -> None:
    """Prints the table and its notes, and writes the Markdown where the environment asks for it."""
    if not sheet.lines:
        return
    page = StringIO()
    console = Console(width=150, file=page)
    table = Table(title=f"Förlopp: benchmarks ({machine()})", title_justify="left")
    for head in HEADS:
        table.add_column(head, justify="right" if head == "figure" else "left")
    for line in sheet.lines:
        table.add_row(*line.cells, style=None if line.met else "yellow")
    console.print(table)
    write(page.getvalue())
    for note in sheet.notes:
        write(note)
    if out := os.environ.get("FORLOPP_BENCH_OUT"):
        Path(out).write_text(markdown(sheet), encoding="utf-8")


def markdown(sheet: Sheet) -> str:
    """The same table as Markdown."""
    rows = [HEADS, tuple("---" for _ in HEADS), *(line.cells for line in sheet.lines)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([*lines, "", f"Measured on {machine()}.", *sheet.notes, ""])


def machine() -> str:
    """What it was measured on."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
