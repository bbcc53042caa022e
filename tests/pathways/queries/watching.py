"""Watches the statements that a query sends, to count them and to see that each is filtered by region."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from pathways.bootstrap import App


@contextmanager
def watched(app: App) -> Iterator[list[str]]:
    """Gives a list that fills with the statements sent meanwhile, those that open and close transactions left out."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            sent.append(statement)

    event.listen(app.database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(app.database.engine, "before_cursor_execute", note)
