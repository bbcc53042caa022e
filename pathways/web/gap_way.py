"""The way from a unit's task to the form it is about: such a task is done by answering, and by nothing else."""

from pathways.queries.task_page import TaskPage
from pathways.services.gap.unit_tasks import answer_items
from pathways.web.visit import Visit


def answer_path(visit: Visit, page: TaskPage) -> str:
    """Return the address that leads to the form, empty for any other task and for one that is settled."""
    if page.state != "open" or page.item not in answer_items(visit.profile):
        return ""
    return f"/forlopp/{page.slug}/gapanalys/uppgift/{page.ref}"
