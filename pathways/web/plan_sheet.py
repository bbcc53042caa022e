"""The plan as a table for Excel or CSV: one row for each activity."""

from collections.abc import Sequence

from pathways.documents.table_export import Cell, Sheet
from pathways.queries.plan import PlanLine, PlanPage
from pathways.web.visit import Visit

BEFORE = ("place", "title", "kind", "responsible", "responsible_role", "support", "start_on", "due_on")
AFTER = (
    *("cost_once", "cost_yearly", "funding", "gaps", "indicator", "effect", "dependency", "state", "report"),
    *("reported_on", "standpoint", "motive", "decision_ref"),
)


def build_sheet(visit: Visit, plan: PlanPage) -> Sheet:
    """Return the table in the reader's language."""
    say = visit.texts.say
    return Sheet(
        title=say("web.plan.title"),
        facts=(
            (say("web.plan.sheet.pathway"), plan.head.pathway),
            (say("web.plan.sheet.taken"), visit.formats.moment(visit.now)),
            (say("web.plan.sheet.open_gaps"), str(plan.open_gaps)),
        ),
        headings=tuple(say(f"web.plan.column.{name}") for name in (*BEFORE, *AFTER)),
        rows=tuple(_row(visit, line) for line in plan.lines),
    )


def _row(visit: Visit, line: PlanLine) -> Sequence[Cell]:
    row, word = line.row, visit.texts.word
    cells: dict[str, Cell] = {name: row[name] for name in (*BEFORE, *AFTER) if name in row}
    cells |= {
        "place": row["rank"],
        "kind": word("web.plan.kind", row["kind"]),
        "responsible": line.responsible,
        "gaps": "; ".join(f"{gap.step}: {gap.unit} ({word('level', gap.level)})" for gap in line.gaps),
        "state": word("activity_state", line.state),
        "standpoint": word("standpoint", row["standpoint"]) if row["standpoint"] else "",
    }
    return tuple(cells[name] for name in (*BEFORE, *AFTER))
