"""What the pages of the plan share: the plan as the visitor may see it, its words, and the order of its lines."""

from datetime import date

from pathways.queries.material import Head
from pathways.queries.plan import PlanLine, PlanPage, plan_page
from pathways.queries.present import load_head
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.visit import NotFound, Visit

SORTS = ("ordning", "aktivitet", "ansvarig", "klar", "kostnad", "lage")
STATES = ("planned", "under_way", "done", "stopped")
TONES = {"planned": "neutral", "under_way": "info", "done": "good", "stopped": "neutral"}
NEVER = date.max


def read_plan(visit: Visit, work: UnitOfWork, slug: str) -> PlanPage:
    """Return the plan of an introduction of the visitor's region."""
    return plan_page(
        work,
        region_id=visit.visitor.region_id,
        slug=slug,
        profile=visit.profile,
        today=visit.today,
        now=visit.now,
    )


def require_in(visit: Visit, action: str, introduction_id: int) -> None:
    """Answer as if the page did not exist where the visitor may not do this in the introduction."""
    if not visit.may(action, introduction_id):
        raise NotFound


def head_to(visit: Visit, action: str, slug: str) -> Head:
    """Return what every page tells of an introduction, for whoever may do the action in it; others find nothing."""
    with visit.read() as work:
        head = load_head(work, region_id=visit.visitor.region_id, slug=slug)
    require_in(visit, action, head.introduction_id)
    return head


def sort_asked(visit: Visit) -> str:
    """Return how the address asks for the lines to be sorted; the plan's own order where it asks for none we know."""
    asked = visit.request.query_params.get("sortera", "")
    return asked if asked in SORTS else SORTS[0]


def sort_lines(lines: tuple[PlanLine, ...], sort: str) -> list[PlanLine]:
    """Return the lines in the order asked for; equal ones stay in the plan's own order."""
    match sort:
        case "aktivitet":
            return sorted(lines, key=lambda line: swedish_key(line.title))
        case "ansvarig":
            return sorted(lines, key=lambda line: (line.responsible is None, swedish_key(line.responsible or "")))
        case "klar":
            return sorted(lines, key=lambda line: line.row["due_on"] or NEVER)
        case "kostnad":
            return sorted(lines, key=lambda line: -((line.row["cost_once"] or 0) + (line.row["cost_yearly"] or 0)))
        case "lage":
            return sorted(lines, key=lambda line: (not line.is_late, STATES.index(line.state)))
    return list(lines)


def tone_of(line: PlanLine) -> str:
    """Return how an activity's state looks."""
    return "bad" if line.is_late else TONES[line.state]
