"""The letter to one unit: where the pathway stands, what is asked of the unit, and the next day to know."""

from sqlalchemy import Select, bindparam, select

from pathways.documents.paper import Block, Bullets, Facts, Heading, Paragraph
from pathways.errors import Unknown
from pathways.models.organisation import Unit
from pathways.queries.introduction import introduction
from pathways.queries.papers.writer import Writer, paragraphs
from pathways.queries.views import IntroductionView, TaskView
from pathways.services.document.built import Built
from pathways.storage.unit_of_work import Row, table_of

_unit = table_of(Unit)
_NAME: Select[tuple[str]] = select(_unit.c.name).where(
    _unit.c.region_id == bindparam("region"), _unit.c.slug == bindparam("unit")
)


def build(w: Writer, row: Row) -> Built:
    """Return the letter to the unit that the document is about."""
    head = w.head_of(row)
    name = w.work.value(_NAME, {"region": w.region_id, "unit": row["about"]})
    if name is None:
        raise Unknown("unit", row["about"], ())
    view = introduction(w.work, region_id=w.region_id, slug=head.slug, profile=w.profile, now=w.now, with_history=False)
    blocks = (
        Facts(pairs=((w.say("web.document.paper.to"), str(name)), (w.say("web.document.paper.about"), head.pathway))),
        *paragraphs(row["words"].get("greeting")),
        Heading(text=w.say("web.document.paper.stands")),
        Paragraph(text=_stands(w, view)),
        Heading(text=w.say("web.document.paper.asked")),
        *(paragraphs(row["words"].get("asked")) or (Paragraph(text=w.say("web.document.paper.not_written")),)),
        *_tasks(w, [task for task in view.tasks if task.unit == name and task.state == "open"]),
        *_next(w, view),
    )
    title = w.say("web.document.paper.letter_title", pathway=head.pathway)
    return Built(w.paper(row, title, blocks, subtitle=str(name)))


def _stands(w: Writer, view: IntroductionView) -> str:
    position = view.position
    phase = w.texts.word("phase", position.phase)
    told = w.say("web.document.paper.stands_told", pathway=position.pathway, phase=phase)
    answered, invited = view.gap.answered, view.gap.invited
    return f"{told} {w.say('web.document.paper.units_answered', answered=answered, asked=invited)}" if invited else told


def _tasks(w: Writer, tasks: list[TaskView]) -> tuple[Block, ...]:
    """Return what the unit has open, the soonest first: titles and days, no names."""
    if not tasks:
        return (Paragraph(text=w.say("web.document.paper.no_tasks")),)
    ordered = sorted(tasks, key=lambda task: task.due_on)
    items = (w.say("web.document.paper.task", title=w.title(one.title), day=w.day(one.due_on)) for one in ordered)
    return Paragraph(text=w.say("web.document.paper.open_tasks")), Bullets(items=tuple(items))


def _next(w: Writer, view: IntroductionView) -> tuple[Block, ...]:
    heading = Heading(text=w.say("web.document.paper.next_date"))
    held = next((loop for loop in view.loops if loop.held_on is None and loop.due_on >= w.today), None)
    if held is not None:
        return heading, Paragraph(text=w.say("web.document.paper.next_loop", day=w.day(held.due_on)))
    if view.board_case is not None and view.board_case.meeting_on >= w.today:
        case = view.board_case
        told = w.say("web.document.paper.next_meeting", body=case.body, day=w.day(case.meeting_on))
        return heading, Paragraph(text=told)
    if view.position.next_due is not None and view.position.next_due >= w.today:
        return heading, Paragraph(text=w.say("web.document.paper.next_due", day=w.day(view.position.next_due)))
    return ()
