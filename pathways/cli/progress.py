"""Shows that long work goes on: a bar on a terminal, nothing in a pipe, and always on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

Advance = Callable[[float, str], None]


@contextmanager
def shown_progress(title: str) -> Iterator[Advance]:
    """Give the function that long work calls with the part done (0 to 1) and a word on what it is at."""
    if not sys.stderr.isatty():
        yield lambda _part, _word: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[word]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1.0, word="")
        yield lambda part, word: bar.update(task, completed=part, word=word)
