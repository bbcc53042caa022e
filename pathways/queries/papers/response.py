"""The consultation response (remissvar): what the gap analysis against the consultation version showed, per step."""

from pathways.documents.paper import Block, Bullets, Facts, Heading, Paragraph
from pathways.errors import Problem
from pathways.models.catalogue import VersionKind
from pathways.queries.gap import GapOverview, gap_overview
from pathways.queries.papers.pieces import gap_table
from pathways.queries.papers.writer import NONE, Writer, paragraphs
from pathways.services.document.built import Built
from pathways.services.versions import versions_of
from pathways.storage.unit_of_work import Row


def build(w: Writer, row: Row) -> Built:
    """Return the response; where the pathway never had a consultation version there is nothing to answer."""
    head = w.head_of(row)
    label = _consultation(w, head.pathway_id)
    gap = gap_overview(w.work, region_id=w.region_id, slug=head.slug, profile=w.profile, now=w.now, version=label)
    words = row["words"]
    pairs = (
        (w.say("web.document.paper.to"), words.get("addressee") or w.say("web.document.paper.support_function")),
        (
            w.say("web.document.paper.about"),
            w.say("web.document.paper.version_of", pathway=head.pathway, version=label or NONE),
        ),
        (w.say("web.document.paper.register_no"), row["register_no"] or NONE),
    )
    blocks = (
        Facts(pairs=pairs),
        Heading(text=w.say("web.document.paper.summary")),
        *(paragraphs(words.get("summary")) or (Paragraph(text=w.say("web.document.paper.not_written")),)),
        Heading(text=w.say("web.document.paper.gaps")),
        *gap_table(w, gap),
        *_by_step(w, gap),
        *w.told("web.document.paper.comments", words.get("comments")),
    )
    missing: list[Problem] = []
    if label is None:
        missing.append(Problem("version", "error.document_no_consultation", {}))
    elif not any(one.answered for one in gap.steps):
        missing.append(Problem("gap", "error.document_no_answers", {"version": label}))
    title = w.say("web.document.paper.response_title", pathway=head.pathway)
    return Built(w.paper(row, title, blocks), tuple(missing))


def _consultation(w: Writer, pathway_id: int) -> str | None:
    rows = versions_of(w.work, pathway_id).by_id.values()
    open_ones = [one for one in rows if one["kind"] == VersionKind.CONSULTATION]
    newest = max(open_ones, key=lambda one: int(one["number"]), default=None)
    return str(newest["label"]) if newest else None


def _by_step(w: Writer, gap: GapOverview) -> tuple[Block, ...]:
    """Return what is hard in each step where units see a gap, and why, without any unit's own words."""
    found = [one for one in gap.steps if one.gaps]
    if not found:
        return ()
    items = []
    for one in found:
        why = ", ".join(w.texts.word("web.gap.causes", cause) for cause, _ in one.causes.most_common(3))
        told = w.say(
            "web.document.paper.step_gap",
            step=f"{one.number}. {w.title(dict(one.step.title))}",
            gaps=one.gaps,
            answered=one.answered,
        )
        items.append(f"{told} {w.say('web.document.paper.why', causes=why)}" if why else told)
    blocks: list[Block] = [Heading(text=w.say("web.document.paper.hard")), Bullets(items=tuple(items))]
    if gap.regional_decisions:
        blocks.append(Paragraph(text=w.say("web.document.paper.regional", n=gap.regional_decisions)))
    return tuple(blocks)
