"""The action plan (handlingsplan): every activity with the role that answers, deadline, cost, gaps and indicator."""

from collections.abc import Mapping

from pathways.documents.paper import Block, Bullets, Facts, Heading, Paragraph, Table
from pathways.errors import Problem
from pathways.queries.papers.pieces import costs_told, declined_table, is_late, load_roles, responsible_role
from pathways.queries.papers.writer import NONE, Writer
from pathways.queries.plan import PlanLine, PlanPage, plan_page
from pathways.services.document.built import Built
from pathways.storage.unit_of_work import Row

HEADS = ("activity", "order", "kind", "responsible", "due", "cost", "closes", "indicator", "state")


def build(w: Writer, row: Row) -> Built:
    """Return the plan; one without activities is not ready."""
    head = w.head_of(row)
    plan = plan_of(w, head.slug)
    standing = [line for line in plan.lines if not line.is_stopped and not line.is_declined]
    declined = [line for line in plan.lines if line.is_declined and not line.is_stopped]
    blocks: list[Block] = [_facts(w, plan, row), *w.told("web.document.paper.summary", row["words"].get("summary"))]
    if plan.goals:
        blocks += [Heading(text=w.say("web.document.paper.goals")), Bullets(items=plan.goals)]
    blocks.append(Heading(text=w.say("web.document.paper.activities")))
    blocks += _activities(w, standing, plan) if standing else [Paragraph(text=w.say("web.document.paper.no_plan"))]
    if declined:
        blocks += [Heading(text=w.say("web.document.paper.left_out")), declined_table(w, declined)]
    blocks += w.told("web.document.paper.follow_up", row["words"].get("follow_up"))
    missing = () if standing else (Problem("plan", "error.document_no_activities", {}),)
    return Built(w.paper(row, w.say("web.document.paper.plan_title", pathway=head.pathway), tuple(blocks)), missing)


def plan_of(w: Writer, slug: str) -> PlanPage:
    """Return the plan of an introduction as it stands."""
    return plan_page(w.work, region_id=w.region_id, slug=slug, profile=w.profile, today=w.today, now=w.now)


def activity_row(w: Writer, line: PlanLine, roles: Mapping[int, str]) -> tuple[str, ...]:
    """Return one activity as a row under `HEADS`; what is late says so."""
    state = w.texts.word("activity_state", line.state)
    return (
        line.title,
        str(line.row["rank"] or NONE),
        w.texts.word("web.plan.kind", line.row["kind"]) if w.texts.has(f"web.plan.kind.{line.row['kind']}") else NONE,
        responsible_role(w, line, roles),
        w.day(line.row["due_on"]),
        w.money(line.row["cost_once"], line.row["cost_yearly"]),
        "; ".join(dict.fromkeys(gap.step for gap in line.gaps)) or NONE,
        line.row["indicator"] or NONE,
        w.say("web.document.paper.late", state=state) if is_late(line) else state,
    )


def _activities(w: Writer, lines: list[PlanLine], plan: PlanPage) -> list[Block]:
    roles = load_roles(w, plan.head.introduction_id)
    table = Table(
        caption=w.say("web.document.paper.plan_caption"),
        heads=tuple(w.say(f"web.document.paper.column.{name}") for name in HEADS),
        rows=tuple(activity_row(w, line, roles) for line in lines),
    )
    told: list[Block] = [table, Paragraph(text=costs_told(w, plan.cost))]
    if plan.open_gaps:
        told.append(Paragraph(text=w.say("web.document.paper.open_gaps", n=plan.open_gaps)))
    return told


def _facts(w: Writer, plan: PlanPage, row: Row) -> Facts:
    pairs = [(w.say("web.document.paper.register_no"), row["register_no"] or NONE)]
    if plan.decision is not None:
        made = plan.decision.row
        told = w.say(
            "web.document.paper.decided_by",
            body=plan.decision.body,
            day=w.day(made["meeting_on"]),
            paragraph=made["paragraph_no"].removeprefix("§").strip(),
        )
        pairs.append((w.say("web.document.paper.decision"), told))
        if made["conditions"]:
            pairs.append((w.say("web.document.paper.conditions"), made["conditions"]))
    return Facts(pairs=tuple(pairs))
