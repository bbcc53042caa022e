"""Puts a pack into words, part by part, in the order in which a body reads it: what to decide comes first."""

from collections.abc import Iterator

from pathways.charts.chart import Chart
from pathways.charts.figure import tell
from pathways.charts.summary import summarise
from pathways.charts.words import ChartWords
from pathways.documents.paper import Facts, Heading, Paragraph
from pathways.exports.pack.parts import Anchor, Curve, Grid, Line, Part, Piece
from pathways.exports.pack.saying import Saying
from pathways.queries.pack import content as packed
from pathways.queries.pack.risks import LATE
from pathways.queries.pack.since import risk_key, wait_key
from pathways.services.review.snapshot import revive

BOARD = "/forlopp"
_TEXTS = ("proposal", "summary", "background", "consequences")


def build_parts(pack: packed.PackContent, saying: Saying) -> tuple[Part, ...]:
    """Return all parts; those without anything say so."""
    pieces = {
        "agenda": _agenda(pack, saying),
        "asked": _asked(pack, saying),
        "board": _board(pack, saying),
        "changes": _changes(pack, saying),
        "risks": _risks(pack, saying),
        "waits": _waits(pack, saying),
        "loops": _loops(pack, saying),
        "open_matters": _matters(pack, saying),
        "curves": _curves(pack, saying),
    }
    return tuple(
        Part(
            name=name,
            title=_title(name, pack, saying),
            pieces=tuple(found),
            empty=saying.texts.word("web.pack.empty", name),
        )
        for name, found in pieces.items()
    )


def _title(name: str, pack: packed.PackContent, saying: Saying) -> str:
    return saying.texts.word("web.pack.part", name, day=saying.day(pack.since))


def _grid(
    name: str, heads: tuple[str, ...], lines: list[Line], saying: Saying, *, numeric: tuple[int, ...] = ()
) -> Iterator[Grid]:
    if lines:
        words = tuple(saying.texts.word("web.pack.column", head) for head in heads)
        yield Grid(
            caption=saying.texts.word("web.pack.caption", name), heads=words, lines=tuple(lines), numeric=numeric
        )


def _agenda(pack: packed.PackContent, saying: Saying) -> Iterator[Piece]:
    lines = [
        Line(
            key=str(one.item),
            cells=(
                f"{number}. {one.title}",
                saying.texts.word("web.pack.kind", one.kind),
                saying.clock(one.starts_at) if one.starts_at else "–",
                saying.say("minutes", n=one.minutes) if one.minutes else "–",
            ),
        )
        for number, one in enumerate(pack.agenda, start=1)
    ]
    yield from _grid("agenda", ("item", "kind", "starts", "time"), lines, saying)


def _asked(pack: packed.PackContent, saying: Saying) -> Iterator[Piece]:
    for one in pack.asked:
        yield Heading(text=one.title, level=3)
        yield Anchor(key=one.key)
        facts = [(saying.say("fact.pathway"), saying.pathway(one.pathway, one.number))] if one.pathway else []
        if one.basis is not None:
            facts.append((saying.say("fact.basis"), _basis_version(one.basis, saying)))
        if one.measures:
            facts.append((saying.say("fact.costs"), saying.costs(one)))
        facts.append((saying.say("fact.options"), "; ".join(saying.option(option) for option in one.options)))
        yield Facts(pairs=tuple(facts))
        if one.slug and not one.submitted:
            yield Paragraph(text=saying.say("not_submitted"))
        yield from _texts(one, saying)
        yield from _measures(one, saying)


def _basis_version(basis: packed.Basis, saying: Saying) -> str:
    return saying.say("basis_version", number=basis.number, at=saying.moment(basis.made_at))


def _texts(one: packed.Asked, saying: Saying) -> Iterator[Piece]:
    if one.proposal:
        yield Paragraph(text=saying.say("labelled", label=saying.say("text.item_proposal"), text=one.proposal))
    for name in _TEXTS:
        if one.basis is not None and (text := getattr(one.basis, name)):
            label = saying.texts.word("web.pack.text", name)
            yield Paragraph(text=saying.say("labelled", label=label, text=text))


def _measures(one: packed.Asked, saying: Saying) -> Iterator[Piece]:
    lines = [
        Line(
            key="",
            cells=(
                measure.title,
                saying.standpoint(measure),
                saying.money(measure.cost_once),
                saying.money(measure.cost_yearly),
                measure.motive or "–",
            ),
        )
        for measure in one.measures
    ]
    heads = ("measure", "rank", "once", "yearly", "motive")
    for grid in _grid("measures", heads, lines, saying, numeric=(2, 3)):
        yield Grid(caption=f"{grid.caption}: {one.title}", heads=grid.heads, lines=grid.lines, numeric=grid.numeric)


def _board(pack: packed.PackContent, saying: Saying) -> Iterator[Piece]:
    lines = [
        Line(
            key=one.key,
            href=f"{BOARD}/{one.slug}",
            cells=(
                saying.pathway(one.pathway, one.number),
                saying.stands(one.phase, one.place),
                str(one.days_in_phase),
                saying.holders(one.waits_for),
                saying.due(one.next_due_what, one.next_due),
                str(one.late) if one.late else "–",
            ),
        )
        for one in pack.board
    ]
    yield from _grid("board", ("pathway", "stands", "days", "ball", "next", "late"), lines, saying, numeric=(2, 5))


def _changes(pack: packed.PackContent, saying: Saying) -> Iterator[Piece]:
    lines = [
        Line(
            key="",
            href=f"{BOARD}/{one.slug}",
            cells=(saying.pathway(one.pathway, one.number), saying.day(one.on), saying.change(one)),
        )
        for one in pack.changes
    ]
    yield from _grid("changes", ("pathway", "day", "what"), lines, saying)


def _risks(pack: packed.PackContent, saying: Saying) -> Iterator[Piece]:
    lines = [
        Line(
            key=risk_key(one),
            href=f"{BOARD}/{one.slug}",
            cells=(
                saying.pathway(one.pathway, one.number),
                saying.say("is_late" if one.kind in LATE else "is_at_risk"),
                saying.risk(one),
            ),
        )
        for one in pack.risks
    ]
    yield from _grid("risks", ("pathway", "how", "why"), lines, saying)


def _waits(pack: packed.PackContent, saying: Saying) -> Iterator[Piece]:
    lines = [
        Line(
            key=wait_key(one),
            href=f"{BOARD}/{one.slug}",
            cells=(
                saying.pathway(one.pathway, one.number),
                one.body or saying.role(one.role),
                saying.say("decision_on_plan") if one.body else saying.title(one.title) or saying.say("own_task"),
                saying.day(one.since),
                str(one.days),
            ),
        )
        for one in pack.waits
    ]
    yield from _grid("waits", ("pathway", "whom", "what_for", "since", "days"), lines, saying, numeric=(4,))


def _loops(pack: packed.PackContent, saying: Saying) -> Iterator[Piece]:
    lines = [
        Line(
            key="",
            href=f"{BOARD}/{one.slug}/loop/{one.loop}",
            cells=(
                saying.pathway(one.pathway, one.number),
                str(one.loop),
                saying.day(one.held_on),
                saying.texts.word("choice", one.decision) if one.decision else "–",
                one.summary or "–",
                saying.verdicts(one.verdicts) or "–",
            ),
        )
        for one in pack.loops
    ]
    yield from _grid("loops", ("pathway", "loop", "held", "decided", "summary", "verdicts"), lines, saying)


def _matters(pack: packed.PackContent, saying: Saying) -> Iterator[Piece]:
    lines = [
        Line(
            key=one.key,
            href=f"{BOARD}/{one.slug}",
            cells=(
                saying.pathway(one.pathway, one.number),
                saying.texts.word("web.pack.matter", one.kind),
                one.text or (saying.say("for_meeting", day=saying.day(one.meeting_on)) if one.meeting_on else "–"),
                saying.day(one.since),
                str(one.days),
            ),
        )
        for one in pack.open_matters
    ]
    yield from _grid("open_matters", ("pathway", "matter", "what", "since", "days"), lines, saying, numeric=(4,))


def _curves(pack: packed.PackContent, saying: Saying) -> Iterator[Piece]:
    """Yield every indicator in one row, and the chart of the first one of each introduction.

    What only units measure has a row for each, and no chart: units are told, never drawn beside each other.
    """
    words = ChartWords(saying.texts)
    charts = [(one, chart_of(one)) for one in pack.curves]
    heads = ("pathway", "indicator", "latest", "level", "target", "judged")
    yield from _grid("curves", heads, [_summary(one, chart, saying) for one, chart in charts], saying)
    drawn: set[tuple[str, int]] = set()
    for one, chart in charts:
        if one.place or (one.slug, one.number) in drawn:
            continue
        drawn.add((one.slug, one.number))
        yield Heading(text=f"{saying.pathway(one.pathway, one.number)}: {one.name}", level=3)
        yield Curve(key=one.key, chart=chart, title=words.title(chart), told=tell(chart, words))
        if one.hidden:
            yield Paragraph(text=saying.say("hidden", n=one.hidden))
    if hidden := sum(one.hidden for one in pack.curves if one.place):
        yield Paragraph(text=saying.say("hidden_of_units", n=hidden))


def _summary(one: packed.Curve, chart: Chart, saying: Saying) -> Line:
    row = summarise(chart, ChartWords(saying.texts))
    latest = f"{row.latest}, {row.period}" if row.period else row.latest
    cells = (saying.pathway(one.pathway, one.number), one.told, latest, row.centre, row.target, row.status)
    return Line(key=one.key, href=f"{BOARD}/{one.slug}/matning", cells=cells)


def chart_of(one: packed.Curve) -> Chart:
    """Return the chart of a frozen curve, as it was judged then."""
    seen = revive(one.snapshot, one.titles)
    return Chart(
        key=one.key,
        name=one.name,
        unit=one.unit,
        settings=seen.settings,
        judgement=seen.judgement,
        source=one.source,
        cut_off=seen.taken_on,
        place=one.place,
        interventions=seen.interventions,
    )
