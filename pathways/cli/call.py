"""What every command of the command line holds: the language's words, where to print, and the clock."""

import json
import sys
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console, RenderableType

from pathways.clock import Clock, SystemClock
from pathways.locale import Texts
from pathways.wording import Wording

PIPED_WIDTH = 100


def build_console() -> Console:
    """Return where results are printed: in the terminal's width, or plain and 100 columns wide in a pipe or file."""
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


@dataclass(slots=True)
class Call:
    """One call of `forlopp`. `wording` learns the region's zone and profile once a command has opened them.

    `name` is the command's, and `subject` the introduction that it is about: for the words of a refusal.
    """

    texts: Texts
    clock: Clock = field(default_factory=SystemClock)
    out: Console = field(default_factory=build_console)
    name: str = ""
    subject: str = ""
    wording: Wording = field(init=False)

    def __post_init__(self) -> None:
        self.wording = Wording(self.texts)

    def say(self, text_id: str, /, **values: object) -> None:
        """Print one sentence on a line of its own."""
        self.print(self.texts.say(text_id, **values))

    def print(self, content: RenderableType = "", *, indent: int = 0) -> None:
        """Print text, unbroken, or a table in the width there is."""
        if isinstance(content, str):
            self.out.print(" " * indent + content, soft_wrap=True)
            return
        with self.out.capture() as captured:
            self.out.print(content)
        # The library fills each line with blanks, which are a nuisance in a pipe.
        self.out.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))

    def print_json(self, data: object) -> None:
        """Print data as JSON, letters as they are."""
        self.out.file.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def call_of(context: Any) -> Call:  # Any: typer gives its own context class, and ours in `obj`
    """Return the call that a command belongs to."""
    call = context.obj
    assert isinstance(call, Call)
    return call
