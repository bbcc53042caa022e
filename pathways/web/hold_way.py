"""The way from an invited person's task to the ten questions: such a task is done by answering them."""

from pathways.queries.task_page import TaskPage
from pathways.services.hold.open_hold_check import ITEM


def hold_path(page: TaskPage, *, token: str = "") -> str:
    """Return the address of the questions, by the link's own way where there is one; empty for any other task."""
    if page.state != "open" or page.item != ITEM:
        return ""
    return f"/u/{token}/svara" if token else f"/forlopp/{page.slug}/hall-i/svara"
