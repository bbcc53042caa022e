"""The two reports to the state on the year's money: interim on 30 September, and on 31 March with the plan ahead."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from pathways.documents.paper import Block, Bullets, Facts, Heading, Paragraph, Table
from pathways.errors import Unknown
from pathways.planning.instants import local_instant
from pathways.queries.papers.pieces import begun
from pathways.queries.papers.report_figures import Decided, ReportFigures, report_figures
from pathways.queries.papers.writer import NONE, Writer
from pathways.services.document.built import Built
from pathways.storage.unit_of_work import Row

FIRST_YEAR, LAST_YEAR = 2020, 2100


class Occasion(StrEnum):
    """Which of the two reports."""

    INTERIM = "interim"  # by 30 September, about the year so far
    YEARLY = "yearly"  # by 31 March the year after, about the whole year, with the plan for the next


@dataclass(frozen=True, slots=True)
class Report:
    """One report: which, about which year."""

    occasion: Occasion
    year: int

    @property
    def about(self) -> str:
        """Return what tells it apart from others."""
        return f"{self.occasion}-{self.year}"

    @property
    def due_on(self) -> date:
        """Return the day by which the state is to have it."""
        return date(self.year, 9, 30) if self.occasion is Occasion.INTERIM else date(self.year + 1, 3, 31)

    @property
    def until(self) -> date:
        """Return the last day it tells about."""
        return date(self.year, 8, 31) if self.occasion is Occasion.INTERIM else date(self.year, 12, 31)

    @property
    def since(self) -> date:
        """Return the first day it tells about."""
        return date(self.year, 1, 1)


def read_report(about: str) -> Report:
    """Return the report that a document is about; raise `Unknown` for none."""
    occasion, _, year = about.partition("-")
    if occasion not in set(Occasion) or not year.isdecimal() or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise Unknown("report", about, [f"{one}-{FIRST_YEAR}" for one in Occasion])
    return Report(Occasion(occasion), int(year))


def figures_of(w: Writer, report: Report) -> ReportFigures:
    """Return the figures of a report's period."""
    return report_figures(
        w.work,
        region_id=w.region_id,
        since=report.since,
        until=report.until,
        instants=_instants(w, report),
        today=w.today,
    )


def build(w: Writer, row: Row) -> Built:
    """Return the report with the figures as they are known now."""
    report = read_report(row["about"])
    figures = figures_of(w, report)
    words = row["words"]
    blocks = (
        _facts(w, report, row),
        *w.told("web.document.paper.summary", words.get("summary")),
        Heading(text=w.say("web.document.paper.introductions")),
        _key_figures(w, figures),
        *_phases(w, figures),
        *_names(w, "web.document.paper.begun", figures.begun),
        *_names(w, "web.document.paper.finished", figures.finished),
        *_decisions(w, figures.decided),
        *_loops(w, figures),
        Heading(text=w.say("web.document.paper.resources")),
        Paragraph(
            text=w.say(
                "web.document.paper.costs", once=w.number(figures.cost_once), yearly=w.number(figures.cost_yearly)
            )
        ),
        *w.told("web.document.paper.resources_told", words.get("resources")),
        *w.told("web.document.paper.plan_ahead", words.get("plan")),
    )
    title = w.say(f"web.document.paper.report_title.{report.occasion}", year=report.year)
    return Built(w.paper(row, title, blocks))


def key_figures(w: Writer, figures: ReportFigures) -> tuple[tuple[str, int], ...]:
    """Return the figures that a reader looks for first, with their names."""
    counted = {
        "open": sum(cell.count for cell in figures.cells if cell.standing in {"active", "paused"}),
        "begun_count": len(figures.begun),
        "finished_count": len(figures.finished),
        "decisions_count": len(figures.decided),
        "loops_count": sum(figures.loops.values()),
        "activities_done": figures.activities_done,
        "activities_open": figures.activities_open,
        "activities_late": figures.activities_late,
        "measured": figures.measured,
        "unmeasured": figures.unmeasured,
        "not_measurable": figures.not_measurable,
    }
    return tuple((w.say(f"web.document.paper.figure.{name}"), count) for name, count in counted.items())


def _facts(w: Writer, report: Report, row: Row) -> Facts:
    period = w.say("web.document.paper.period_told", since=w.day(report.since), until=w.day(min(report.until, w.today)))
    return Facts(
        pairs=(
            (w.say("web.document.paper.period"), period),
            (w.say("web.document.paper.due"), w.day(report.due_on)),
            (w.say("web.document.paper.register_no"), row["register_no"] or NONE),
        )
    )


def _key_figures(w: Writer, figures: ReportFigures) -> Table:
    return Table(
        caption=w.say("web.document.paper.figures_caption"),
        heads=(w.say("web.document.paper.column.what"), w.say("web.document.paper.column.count")),
        rows=tuple((name, w.number(count)) for name, count in key_figures(w, figures)),
        numeric=(1,),
    )


def _phases(w: Writer, figures: ReportFigures) -> tuple[Block, ...]:
    rows = tuple(
        (
            begun(w.texts.word("phase", cell.phase)) if cell.phase else NONE,
            begun(w.texts.word("state", cell.standing)),
            w.number(cell.count),
        )
        for cell in figures.cells
    )
    if not rows:
        return (Paragraph(text=w.say("web.document.paper.nothing_begun")),)
    heads = tuple(w.say(f"web.document.paper.column.{name}") for name in ("phase", "standing", "count"))
    return (Table(caption=w.say("web.document.paper.phases_caption"), heads=heads, rows=rows, numeric=(2,)),)


def _names(w: Writer, heading: str, names: tuple[str, ...]) -> tuple[Block, ...]:
    told = Bullets(items=names) if names else Paragraph(text=w.say("web.document.paper.none"))
    return Heading(text=w.say(heading), level=3), told


def _decisions(w: Writer, decided: tuple[Decided, ...]) -> tuple[Block, ...]:
    heading = Heading(text=w.say("web.document.paper.decisions"))
    if not decided:
        return heading, Paragraph(text=w.say("web.document.paper.none"))
    heads = ("day", "body", "pathway", "matter", "outcome", "register_no")
    rows = tuple(
        (
            w.day(one.on),
            one.body,
            one.pathway,
            w.texts.word("decision_kind", one.kind),
            w.texts.word("choice", one.outcome) if w.texts.has(f"choice.{one.outcome}") else one.outcome,
            one.register_no,
        )
        for one in decided
    )
    table = Table(
        caption=w.say("web.document.paper.decisions_caption"),
        heads=tuple(w.say(f"web.document.paper.column.{name}") for name in heads),
        rows=rows,
    )
    return heading, table


def _loops(w: Writer, figures: ReportFigures) -> tuple[Block, ...]:
    heading = Heading(text=w.say("web.document.paper.loops"))
    if not figures.loops:
        return heading, Paragraph(text=w.say("web.document.paper.none"))
    rows = tuple(
        (begun(w.texts.word("choice", decision)) if decision else NONE, w.number(count))
        for decision, count in sorted(figures.loops.items())
    )
    heads = tuple(w.say(f"web.document.paper.column.{name}") for name in ("loop_decision", "count"))
    return heading, Table(caption=w.say("web.document.paper.loops_caption"), heads=heads, rows=rows, numeric=(1,))


def _instants(w: Writer, report: Report) -> tuple[datetime, datetime]:
    zone = w.profile.region.zone
    after = report.until + timedelta(days=1)
    return local_instant(report.since, time(0), zone), local_instant(after, time(0), zone)
