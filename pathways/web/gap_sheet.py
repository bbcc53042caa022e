"""The answers of a gap analysis as a table for Excel or CSV: one row for each unit and step."""

from collections.abc import Sequence

from pathways.documents.table_export import Cell, Sheet
from pathways.queries.gap import AnswerLine, GapOverview
from pathways.services.gap.answers import hinders_of
from pathways.web.gap_fields import CHOICES
from pathways.web.visit import Visit

TEXTS = (
    *("current_state", "measure", "stop_doing", "patient_perspective", "evidence"),
    *("indicator", "indicator_value", "indicator_period", "equity_note"),
)
NAMES = (
    *("unit", "kind", "step", "step_title", "level", "causes", "hinders"),
    *TEXTS,
    *("patient_source", "cost_estimate", "needs_regional_decision", "confidence", "answered_on"),
)


def build_sheet(visit: Visit, gap: GapOverview) -> Sheet:
    """Return the table in the reader's language. Names of persons are left out: a file goes where nobody sees it."""
    say = visit.texts.say
    label = gap.version.label if gap.version else "–"
    return Sheet(
        title=say("web.gap.sheet_title"),
        facts=(
            (say("web.gap.sheet.pathway"), gap.head.pathway),
            (say("web.gap.sheet.version"), label),
            (say("web.gap.sheet.taken"), visit.formats.moment(visit.now)),
        ),
        headings=tuple(say(f"web.gap.column.{name}") for name in NAMES),
        rows=tuple(_row(visit, line) for line in gap.answers),
    )


def _row(visit: Visit, line: AnswerLine) -> Sequence[Cell]:
    say, said = visit.texts.say, line.said
    return (
        line.unit.name,
        say(f"web.gap.kind_one.{line.unit.kind}"),
        line.number,
        visit.formats.title(line.step.title),
        say(f"web.gap.level.{line.level}"),
        ", ".join(say(f"web.gap.causes.{cause}") for cause in line.causes),
        ", ".join(say(f"web.gap.hinders.{one}") for one in hinders_of(line.said)),
        *(said[name] for name in TEXTS),
        _chosen(visit, "patient_source", said["patient_source"]),
        said["cost_estimate"],
        say("web.gap.yes") if said["needs_regional_decision"] else "",
        _chosen(visit, "confidence", said["confidence"]),
        said["answered_on"],
    )


def _chosen(visit: Visit, name: str, value: object) -> str:
    return visit.texts.say(f"web.gap.{name}.{value}") if str(value) in CHOICES[name] else ""
