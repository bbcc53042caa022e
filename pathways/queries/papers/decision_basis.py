"""The decision basis (tjänsteskrivelse): the text that was written for the meeting, and the figures it rests on."""

from pathways.documents.paper import Block, Facts, Heading, Paragraph
from pathways.errors import Problem
from pathways.queries.decision_basis import BasisPage, basis_page
from pathways.queries.papers.pieces import costs_told, declined_table, gap_table, load_roles, ranked_table
from pathways.queries.papers.writer import NONE, Writer, paragraphs
from pathways.services.document.built import Built
from pathways.storage.unit_of_work import Row

NOBODY = 0
"""The basis is the same for every reader; whose own scores the page shows does not matter here."""


def build(w: Writer, row: Row) -> Built:
    """Return the basis; without a text, which is written on the basis' own page, it is not ready."""
    head = w.head_of(row)
    page = basis_page(
        w.work,
        region_id=w.region_id,
        slug=head.slug,
        person_id=NOBODY,
        profile=w.profile,
        today=w.today,
        now=w.now,
    )
    text = page.shown.row if page.shown else {}
    blocks = (
        _facts(w, page, row),
        *_part(w, "web.document.paper.proposal", text.get("proposal")),
        *_part(w, "web.document.paper.summary", text.get("summary")),
        *_part(w, "web.document.paper.background", text.get("background")),
        Heading(text=w.say("web.document.paper.gaps")),
        *gap_table(w, page.gap),
        *_plan(w, page),
        *_left_out(w, page),
        *_part(w, "web.document.paper.consequences", text.get("consequences")),
        *w.told("web.document.paper.consulted", row["words"].get("consulted")),
    )
    missing = [] if page.shown else [Problem("basis", "error.document_no_basis", {})]
    if page.shown and not text.get("proposal"):
        missing.append(Problem("basis", "error.document_no_proposal", {}))
    title = w.say("web.document.paper.basis_title", pathway=head.pathway)
    return Built(w.paper(row, title, blocks), tuple(missing))


def _facts(w: Writer, page: BasisPage, row: Row) -> Facts:
    shown = page.shown
    pairs = [
        (w.say("web.document.paper.to"), row["words"].get("addressee") or (shown.body if shown else NONE)),
        (w.say("web.document.paper.meeting"), w.day(shown.row["meeting_on"] if shown else None)),
        (w.say("web.document.paper.register_no"), row["register_no"] or NONE),
        (w.say("web.document.paper.officer"), (shown.by if shown else None) or NONE),
    ]
    return Facts(pairs=tuple(pairs))


def _part(w: Writer, heading: str, text: str | None) -> tuple[Block, ...]:
    told = paragraphs(text) or (Paragraph(text=w.say("web.document.paper.not_written")),)
    return Heading(text=w.say(heading)), *told


def _plan(w: Writer, page: BasisPage) -> tuple[Block, ...]:
    ranking = page.ranking
    heading = Heading(text=w.say("web.document.paper.ranked_plan"))
    lines = [(one.place, one.line) for one in (*ranking.ranked, *ranking.unranked)]
    if not lines:
        return heading, Paragraph(text=w.say("web.document.paper.no_plan"))
    motive = paragraphs(ranking.log[0].motive) if ranking.log else ()
    return (
        heading,
        *motive,
        ranked_table(w, lines, load_roles(w, page.head.introduction_id)),
        Paragraph(text=costs_told(w, ranking.plan.cost)),
    )


def _left_out(w: Writer, page: BasisPage) -> tuple[Block, ...]:
    declined = [one.line for one in page.ranking.declined]
    heading = Heading(text=w.say("web.document.paper.left_out"))
    told: tuple[Block, ...] = (Paragraph(text=w.say("web.document.paper.all_fits")),)
    if declined:
        told = (declined_table(w, declined), Paragraph(text=costs_told(w, page.ranking.plan.cost_declined)))
    if page.ranking.plan.open_gaps:
        told += (Paragraph(text=w.say("web.document.paper.open_gaps", n=page.ranking.plan.open_gaps)),)
    return heading, *told
