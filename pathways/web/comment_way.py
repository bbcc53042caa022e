"""The way from a unit's task to the plan it is to give its views on: such a task is done by giving them."""

from pathways.queries.task_page import TaskPage
from pathways.services.plan.comment_tasks import ITEM


def views_path(page: TaskPage) -> str:
    """Return the address that leads to the unit's own page, empty for any other task and for one that is settled."""
    return f"/forlopp/{page.slug}/plan/synpunkter" if page.state == "open" and page.item == ITEM else ""
