"""The chart as a picture: a Mermaid drawing and its twin in text, both generated from the chart class.

It draws and lists; the words for states, commands and guards are given by the caller, and a name without one
speaks for itself.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from states.outline import Move, Outline
from states.versions import get_outline

Labels = Mapping[str, str]
NO_LABELS: Labels = MappingProxyType({})
HERE = "classDef here fill:#ffe08a,stroke:#7a5b00,stroke-width:3px"


def mermaid(chart: str, highlighted: Collection[str] = (), *, labels: Labels = NO_LABELS) -> str:
    """Return the chart as a Mermaid state diagram, with the highlighted states marked.

    Mermaid cannot draw an arrow between the insides of two compound states, nor from a compound state to itself.
    So a region's innermost states are drawn side by side, each with its phase, and a command that leaves a
    compound state where it is stands in that state's title.
    """
    outline = get_outline(chart)
    lines = ["stateDiagram-v2", *_draw_inside(outline, None, labels)]
    if marked := [state for state in outline.sort(highlighted) if not outline.children[state]]:
        lines += [HERE, f"class {','.join(marked)} here"]
    return "\n".join(lines) + "\n"


def table(
    chart: str, *, headings: Iterable[str] = ("Command", "From", "To", "Gate"), labels: Labels = NO_LABELS
) -> str:
    """Return every move of the chart as a Markdown table: the picture for those who cannot see it."""
    titles = tuple(headings)
    rows = [titles, ("---",) * len(titles), *(_row(move, labels) for move in get_outline(chart).moves)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _draw_inside(outline: Outline, parent: str | None, labels: Labels, pad: str = "    ") -> Iterator[str]:
    """Draw the states in one frame and the arrows between them; an arrow stands in the innermost frame it fits."""
    drawn = _in_frame(outline, parent)
    for number, state in enumerate(drawn):
        if number and parent in outline.parallel:
            yield f"{pad}--"
        yield from _draw_state(outline, state, labels, pad)
        if state in outline.initial and _frame_of(outline, outline.parents[state]) == parent:
            yield from _draw_start(outline, parent, state, pad)
        if state in outline.final:
            yield f"{pad}{state} --> [*]"
    for move in outline.moves:
        source, target = _ends_of(outline, move)
        if source in drawn and target in drawn and (source != target or not outline.children[source]):
            yield f"{pad}{source} --> {target}" + (f" : {_command(move, labels)}" if move.command else "")


def _draw_state(outline: Outline, state: str, labels: Labels, pad: str) -> Iterator[str]:
    if not outline.children[state]:
        parent = outline.parents[state]
        phase = f"{_label(parent, labels)}: " if parent and _frame_of(outline, parent) != parent else ""
        yield f'{pad}state "{phase}{_label(state, labels)}" as {state}'
        return
    stays = (move for move in outline.moves if move.source == state and move.target is None)
    title = " / ".join([_label(state, labels), *(_command(move, labels) for move in stays)])
    yield f'{pad}state "{title}" as {state} {{'
    yield from _draw_inside(outline, state, labels, pad + "    ")
    yield f"{pad}}}"


def _draw_start(outline: Outline, parent: str | None, state: str, pad: str) -> Iterator[str]:
    starts_here = parent not in outline.parallel and state in outline.complete([parent] if parent else [])
    if starts_here:
        yield f"{pad}[*] --> {state}"


def _is_frame(outline: Outline, state: str) -> bool:
    """Say whether a compound state is drawn as a frame: a parallel one and its regions are, phases are not."""
    return state in outline.parallel or outline.parents[state] in outline.parallel


def _frame_of(outline: Outline, state: str | None) -> str | None:
    """Return the innermost frame a state is, or stands in."""
    return next((above for above in outline.lineage(state) if _is_frame(outline, above)), None) if state else None


def _in_frame(outline: Outline, frame: str | None) -> list[str]:
    """Return what is drawn directly in a frame, in document order."""
    return [
        state
        for state in outline.order
        if _frame_of(outline, outline.parents[state]) == frame
        and (_is_frame(outline, state) or not outline.children[state])
    ]


def _ends_of(outline: Outline, move: Move) -> tuple[str, str]:
    """Return the drawn states an arrow goes between; a phase is entered in its first state."""
    target = outline.histories.get(move.target or "", move.target) or move.source
    return _drawn(outline, move.source), _drawn(outline, target)


def _drawn(outline: Outline, state: str) -> str:
    if _is_frame(outline, state):
        return state
    inside = outline.complete([state])
    return next(s for s in inside if state in outline.lineage(s) and not outline.children[s])


def _row(move: Move, labels: Labels) -> tuple[str, ...]:
    gate = [f"In {_label(place, labels)}" for place in move.places] + [_label(name, labels) for name in move.guards]
    target = _label(move.target, labels) if move.target else "-"
    return _command(move, labels) or "-", _label(move.source, labels), target, ", ".join(gate) or "-"


def _command(move: Move, labels: Labels) -> str:
    if move.command is None:
        return ""
    return _label(move.command, labels) + (f" ({_label(move.choice, labels)})" if move.choice else "")


def _label(name: str, labels: Labels) -> str:
    return labels.get(name, str(name))
