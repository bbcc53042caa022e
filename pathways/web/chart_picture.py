"""Works out the drawing of the chart with the live position, and its twin in text. The template only writes it down.

Each region of the chart is a line with its states as stops, one below the other, so that it can be read on a phone.
A move to the next stop is drawn on the line; any other goes round it on the right.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pathways.wording import Wording
from states.outline import Move, Outline
from states.snapshot import Phase
from states.versions import get_outline

STOP_X, LABEL_X, LANE = 20.0, 38.0, 14.0
LETTER, AFTER, BESIDE = 7.0, 10.0, 12.0  # the mean width of a letter, and the room behind the words
ROW, HEADING, TOP = 36.0, 30.0, 14.0
HEAD, BEND = 4.0, 6.0
IN, OUT = 9.0, 3.0
RADIUS = 7.0
PHASES = frozenset(str(phase) for phase in Phase)


@dataclass(frozen=True, slots=True)
class Stop:
    """A state on its line: where it stands, where its words end, and whether the introduction is or rests there."""

    state: str
    label: str
    y: float
    end: float
    is_here: bool
    rests: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """The phase that the stops below it belong to."""

    label: str
    y: float


@dataclass(frozen=True, slots=True)
class Way:
    """A move as a line and the point of its arrow."""

    line: str
    arrow: str


@dataclass(frozen=True, slots=True)
class Told:
    """A state in the text twin: its phase and name, whether the introduction is there, and the moves from it."""

    label: str
    is_here: bool
    rests: bool
    moves: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One region of the chart, drawn and told."""

    region: str
    title: str
    width: float
    height: float
    headings: tuple[Heading, ...]
    stops: tuple[Stop, ...]
    ways: tuple[Way, ...]
    told: tuple[Told, ...]

    @property
    def here(self) -> str:
        """Return the stop where the introduction is now or rests, in words; empty where it is at none of them."""
        return next((stop.label for stop in self.stops if stop.is_here or stop.rests), "")


def draw_chart(
    chart: str, words: Wording, *, here: Collection[str] = (), resting: Collection[str] = ()
) -> tuple[Line, ...]:
    """Return the lines of the chart: one for each region that runs beside others, and one for the whole.

    `here` are the states that hold now, `resting` those that a pause has put to rest.
    """
    outline = get_outline(chart)
    regions = [child for parent in sorted(outline.parallel) for child in outline.children[parent]]
    return tuple(
        _line(outline, region, _stops_in(outline, region), words, here=here, resting=resting)
        for region in (*regions, None)
    )


def _stops_in(outline: Outline, region: str | None) -> list[str]:
    """Return the innermost states of a region; of the whole chart the states that it is made of."""
    if region is None:
        return list(outline.children[None])
    return [state for state in outline.order if not outline.children[state] and region in list(outline.lineage(state))]


def _line(
    outline: Outline,
    region: str | None,
    states: list[str],
    words: Wording,
    *,
    here: Collection[str],
    resting: Collection[str],
) -> Line:
    headings, stops, y = [], [], TOP
    above = ""
    for state in states:
        phase = _phase_of(outline, state, region)
        if phase and phase != above:
            headings.append(Heading(words.texts.word("phase", phase), y + HEADING / 2))
            y += HEADING
        above = phase
        label = _upper(words.texts.word("state", state))
        mark = "here" if state in here else "rests" if state in resting else ""
        stops.append(Stop(state, label, y + ROW / 2, _end_of(label, mark, words), state in here, state in resting))
        y += ROW
    moves = list(_moves_between(outline, states))
    turn = max(stop.end for stop in stops) + BESIDE
    ways, lanes = _ways({stop.state: stop for stop in stops}, moves, turn)
    return Line(
        region=region or "whole",
        title=words.texts.say("web.intro.chart.whole") if region is None else _upper(words.texts.word("state", region)),
        width=turn + LANE * (lanes + 1),
        height=y + TOP,
        headings=tuple(headings),
        stops=tuple(stops),
        ways=ways,
        told=tuple(_told(stop, _phase_of(outline, stop.state, region), moves, words) for stop in stops),
    )


def _moves_between(outline: Outline, states: Collection[str]) -> Iterable[tuple[str, str, Move]]:
    """Yield the moves that lead from one of these states to another, each compound end as the state it comes to."""
    for move in outline.moves:
        if move.target is None:
            continue
        target = _stop_of(outline, outline.histories.get(move.target, move.target), states)
        if move.source in states and target and target != move.source:
            yield move.source, target, move


def _stop_of(outline: Outline, state: str, states: Collection[str]) -> str | None:
    if state in states:
        return state
    inside = outline.complete([state])
    return next((one for one in states if one in inside and state in list(outline.lineage(one))), None)


def _ways(
    stops: Mapping[str, Stop], moves: Iterable[tuple[str, str, Move]], turn: float
) -> tuple[tuple[Way, ...], int]:
    """Return each way once, and how many lanes those round the line need: the short ones inside the long ones.

    All words end before `turn`; the lanes run beyond it.
    """
    order = {state: number for number, state in enumerate(stops)}
    pairs = list(dict.fromkeys((source, target) for source, target, _ in moves))
    on_the_line = [pair for pair in pairs if order[pair[1]] == order[pair[0]] + 1]
    round_it = sorted(set(pairs) - set(on_the_line), key=lambda pair: (abs(order[pair[0]] - order[pair[1]]), pair))
    lanes: list[list[tuple[float, float]]] = []
    ways = [_straight(stops[source].y, stops[target].y) for source, target in on_the_line]
    for source, target in round_it:
        low, high = sorted((stops[source].y, stops[target].y))
        ways.append(_round(stops[source], stops[target], turn=turn, lane=_free_lane(lanes, low, high)))
    return tuple(ways), len(lanes)


def _free_lane(lanes: list[list[tuple[float, float]]], low: float, high: float) -> int:
    for number, taken in enumerate(lanes):
        if all(high < other_low or low > other_high for other_low, other_high in taken):
            taken.append((low, high))
            return number
    lanes.append([(low, high)])
    return len(lanes) - 1


def _straight(above: float, below: float) -> Way:
    end = below - RADIUS - 2
    return Way(
        line=f"M{STOP_X:g} {above + RADIUS:g}V{end - HEAD:g}",
        arrow=f"M{STOP_X - HEAD:g} {end - HEAD:g}L{STOP_X:g} {end:g}L{STOP_X + HEAD:g} {end - HEAD:g}Z",
    )


def _round(source: Stop, target: Stop, *, turn: float, lane: int) -> Way:
    """Return the way out to a lane, along it and back. At a stop, ways out and ways in keep apart."""
    down = 1 if target.y > source.y else -1
    start, end = source.y + OUT * down, target.y - IN * down
    x, bend = turn + LANE * (lane + 0.5), BEND * down
    return Way(
        line=(
            f"M{source.end:g} {start:g}H{x - BEND:g}Q{x:g} {start:g} {x:g} {start + bend:g}"
            f"V{end - bend:g}Q{x:g} {end:g} {x - BEND:g} {end:g}H{target.end + HEAD:g}"
        ),
        arrow=(f"M{target.end + HEAD:g} {end - HEAD:g}L{target.end:g} {end:g}L{target.end + HEAD:g} {end + HEAD:g}Z"),
    )


def _end_of(label: str, mark: str, words: Wording) -> float:
    """Return where a stop's words end, reckoned from their letters: nothing here can measure them."""
    told = f"{label} ({words.texts.word('web.intro.chart', mark)})" if mark else label
    return LABEL_X + LETTER * len(told) + AFTER


def _told(stop: Stop, phase: str, moves: Iterable[tuple[str, str, Move]], words: Wording) -> Told:
    label = words.position(phase, stop.state) if phase else stop.label
    ways = tuple(
        (_command(move, words), words.texts.word("state", target))
        for source, target, move in moves
        if source == stop.state
    )
    return Told(label, stop.is_here, stop.rests, ways)


def _command(move: Move, words: Wording) -> str:
    if move.command is None:
        return words.texts.say("web.intro.chart.itself")
    return words.command(str(move.command), move.choice)


def _phase_of(outline: Outline, state: str, region: str | None) -> str:
    """Return the phase a stop of the track belongs to: the state around it, or the stop itself; empty elsewhere."""
    parent = outline.parents[state]
    phase = state if parent == region else parent
    return phase if phase in PHASES else ""


def _upper(word: str) -> str:
    return word[:1].upper() + word[1:]
