"""A chart made ready for a reader: drawings, sentences, legend, notes and table in one language."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pathways.charts import svg
from pathways.charts.chart import Chart
from pathways.charts.formats import NARROW, SMALL, WIDE
from pathways.charts.layout import lay_out, own_axis, shared_axis, shared_margin
from pathways.charts.legend import Sign, list_signs
from pathways.charts.levels import list_levels
from pathways.charts.scale import Axis
from pathways.charts.table import Table, build_table
from pathways.charts.words import ChartWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a page shows of a chart. Small figures have one drawing and no table."""

    key: str
    title: str
    about: str  # indicator, unit, direction
    when: str  # the periods in view and the day of the data
    pictures: tuple[Markup, ...]
    sentences: tuple[str, ...]
    signs: tuple[Sign, ...] = ()
    interventions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    table: Table | None = None
    is_small: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to draw yet."""
        return not self.pictures


def build_figure(chart: Chart, words: ChartWords) -> Figure:
    """Return the whole figure of one chart."""
    sentences = tell(chart, words)
    pictures = tuple(
        svg.inline(
            lay_out(chart, words, form).drawing,
            key=chart.key,
            name=form.name,
            title=words.title(chart),
            told=" ".join(sentences),
        )
        for form in (WIDE, NARROW)
        if chart.shown
    )
    return Figure(
        key=chart.key,
        title=words.title(chart),
        about=about(chart, words),
        when=when(chart, words),
        pictures=pictures,
        sentences=sentences,
        signs=list_signs(chart, list_levels(chart, words), words),
        interventions=tuple(words.intervention(one) for one in chart.shown_interventions),
        notes=notes(chart, words),
        table=build_table(chart, words) if chart.shown else None,
    )


def build_small(charts: Sequence[Chart], words: ChartWords, *, free: bool = False) -> tuple[Figure, ...]:
    """Return small figures of the same indicator, on one scale, or each on its own where that is asked for."""
    with_points = tuple(chart for chart in charts if chart.shown)
    shared = shared_axis(with_points, words, SMALL) if with_points and not free else None
    margin = shared_margin(with_points, words, SMALL)
    return tuple(_small(chart, words, axis=shared, margin=margin) for chart in charts)


def _small(chart: Chart, words: ChartWords, *, axis: Axis | None, margin: float) -> Figure:
    sentences = tell(chart, words)
    name = chart.place or words.title(chart)
    picture = svg.inline(
        lay_out(chart, words, SMALL, axis=axis, margin=margin).drawing,
        key=chart.key,
        name=SMALL.name,
        title=name,
        told=" ".join(sentences),
    )
    return Figure(
        key=chart.key,
        title=name,
        about=about(chart, words),
        when=when(chart, words),
        pictures=(picture,) if chart.shown else (),
        sentences=sentences,
        signs=list_signs(chart, list_levels(chart, words), words) if chart.shown else (),
        is_small=True,
    )


def tell(chart: Chart, words: ChartWords) -> tuple[str, ...]:
    """Return the sentences that stand for the drawing."""
    return tuple(words.tell(one, chart) for one in chart.judgement.telling)


def about(chart: Chart, words: ChartWords) -> str:
    """Return indicator, place, unit and direction in one line; the title that is made here holds the name already."""
    name = chart.name if chart.title else ""
    unit = words.say("about.unit", unit=chart.unit) if chart.unit else ""
    return " · ".join(one for one in (name, chart.place, unit, words.direction(chart)) if one)


def when(chart: Chart, words: ChartWords) -> str:
    """Return the periods in view and the day after which nothing was known."""
    cut_off = words.day(chart.cut_off)
    if not chart.shown:
        return words.say("when.empty", cut_off=cut_off)
    first, last = (words.period(chart.shown[at].point.period, chart.settings.every) for at in (0, -1))
    return words.say("when.shown", first=f"{first[:1].upper()}{first[1:]}", last=last, cut_off=cut_off)


def notes(chart: Chart, words: ChartWords) -> tuple[str, ...]:
    """Return the small print: what weakens the judgement, source, rules, cut axis, what is not shown."""
    told = [words.tell(one, chart) for one in chart.judgement.notes]
    told.append(words.rules(chart.settings.rules))
    phase = chart.judgement.phases[-1] if chart.judgement.phases else None
    if phase is not None and phase.baseline_through is not None:
        told.append(words.say("note.frozen", through=words.period(phase.baseline_through, chart.settings.every)))
    if chart.shown and own_axis(chart, words, WIDE).is_cut:
        told.append(words.say("note.cut"))
    if chart.hidden:
        told.append(words.say("note.hidden", n=chart.hidden))
    if chart.later:
        told.append(words.say("note.later", n=chart.later))
    if chart.source:
        told.append(words.say("note.source", source=chart.source))
    return tuple(told)
