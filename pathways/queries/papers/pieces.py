"""Tables that several documents have: the gap picture step by step, and the plan with who, when and what it costs."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, bindparam, select

from pathways.documents.paper import Block, Paragraph, Table
from pathways.models.introduction import Appointment, Introduction
from pathways.models.organisation import RegionRole
from pathways.models.plan import ActivityState
from pathways.queries.gap import GapOverview
from pathways.queries.gap_picture import ANSWERS
from pathways.queries.papers.writer import NONE, Writer
from pathways.queries.plan import Cost, PlanLine
from pathways.storage.unit_of_work import table_of

_role, _appointment, _introduction = table_of(RegionRole), table_of(Appointment), table_of(Introduction)
_REGIONAL: Select[tuple[object, ...]] = (
    select(_role.c.person_id, _role.c.role).where(_role.c.region_id == bindparam("region")).order_by(_role.c.id)
)
_OWN: Select[tuple[object, ...]] = (
    select(_appointment.c.person_id, _appointment.c.role)
    .join(_introduction, _introduction.c.id == _appointment.c.introduction_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _appointment.c.introduction_id == bindparam("introduction"),
        _appointment.c.until_on.is_(None),
        _appointment.c.voided_by.is_(None),
    )
    .order_by(_appointment.c.made_in.desc())
)


def gap_table(w: Writer, gap: GapOverview) -> tuple[Block, ...]:
    """Return how many units gave which answer, step by step; or that nobody was asked."""
    if gap.version is None or not gap.steps:
        return (Paragraph(text=w.say("web.document.paper.no_gaps")),)
    answered = sum(unit.state == "answered" for unit in gap.units)
    told = w.say("web.document.paper.gap_told", answered=answered, asked=len(gap.units), version=gap.version.label)
    heads = (w.say("web.document.paper.step"), *(begun(w.texts.word("level", answer)) for answer in ANSWERS))
    rows = tuple(
        (f"{one.number}. {w.title(dict(one.step.title))}", *(str(one.counts[answer]) for answer in ANSWERS))
        for one in gap.steps
    )
    caption = w.say("web.document.paper.gap_caption")
    return Paragraph(text=told), Table(caption=caption, heads=heads, rows=rows, numeric=tuple(range(1, len(heads))))


def ranked_table(w: Writer, lines: Sequence[tuple[int | None, PlanLine]], roles: Mapping[int, str]) -> Table:
    """Return the activities in their order: who answers, until when, what it costs, how many gaps it closes."""
    heads = ("activity", "order", "responsible", "due", "cost", "gaps")
    return Table(
        caption=w.say("web.document.paper.plan_caption"),
        heads=tuple(w.say(f"web.document.paper.column.{name}") for name in heads),
        rows=tuple(
            (
                line.title,
                str(place or NONE),
                responsible_role(w, line, roles),
                w.day(line.row["due_on"]),
                w.money(line.row["cost_once"], line.row["cost_yearly"]),
                str(len(line.gaps)),
            )
            for place, line in lines
        ),
        numeric=(5,),
    )


def declined_table(w: Writer, lines: Iterable[PlanLine]) -> Table:
    """Return what finds no room now, with the reason."""
    return Table(
        caption=w.say("web.document.paper.declined_caption"),
        heads=tuple(w.say(f"web.document.paper.column.{name}") for name in ("activity", "why", "cost")),
        rows=tuple(
            (line.title, line.row["motive"] or NONE, w.money(line.row["cost_once"], line.row["cost_yearly"]))
            for line in lines
        ),
    )


def costs_told(w: Writer, cost: Cost) -> str:
    """Return what activities cost together, and how many of them have no cost yet."""
    told = w.say("web.document.paper.sum", once=w.number(cost.once), yearly=w.number(cost.yearly))
    return f"{told} {w.say('web.document.paper.sum_unknown', n=cost.unknown)}" if cost.unknown else told


def responsible_role(w: Writer, line: PlanLine, roles: Mapping[int, str]) -> str:
    """Return the role that answers for an activity: a document that is sent outside names roles, not persons."""
    role = line.row["responsible_role"] or roles.get(line.row["responsible_id"], "")
    if role:
        return begun(w.texts.word("role", role)) if w.texts.has(f"role.{role}") else str(role)
    return w.say("web.document.paper.named_person") if line.responsible else NONE


def load_roles(w: Writer, introduction_id: int) -> Mapping[int, str]:
    """Return the role of each person around an introduction: the one they hold in it before one of the region."""
    keys = {"region": w.region_id, "introduction": introduction_id}
    regional = {row["person_id"]: str(row["role"]) for row in w.work.rows(_REGIONAL, keys)}
    own = {row["person_id"]: str(row["role"]) for row in w.work.rows(_OWN, keys) if row["person_id"] is not None}
    return {**regional, **own}


def is_late(line: PlanLine) -> bool:
    """Say whether an activity that still stands is late."""
    return line.is_late and line.state not in {ActivityState.DONE, ActivityState.STOPPED}


def begun(text: str) -> str:
    """Return a text with a capital letter first."""
    return text[:1].upper() + text[1:]
