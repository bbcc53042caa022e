"""Builds the tables that commands print: calm, without frames, readable in a pipe."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table

from pathways.cli.call import Call


def build_table(title: str, headings: Sequence[str], *, right: Sequence[int] = ()) -> Table:
    """Return an empty table; the columns numbered in `right` are for figures."""
    table = Table(title=title or None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, title_style="bold")
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number in right else "left", overflow="fold")
    return table


def heading(call: Call, text_id: str) -> str:
    """Return a heading with an empty line above it."""
    return f"\n{call.texts.say(text_id)}"
