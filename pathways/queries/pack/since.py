"""What has changed since a pack was frozen: the frozen content held against the content of now (pure)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pathways.queries.pack.content import Asked, Change, PackContent, Risk, StatusLine, Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """One change: in which part of the pack, about which line of it (empty: a line that was not there), and what.

    `kind` names its sentence; `values` are its ids, days and figures.
    """

    part: str
    key: str
    kind: str
    about: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def since_then(frozen: PackContent, live: PackContent) -> tuple[Since, ...]:
    """Return every change, part by part in the order of the pack; that days go by is none."""
    return (
        *_asked(frozen, live),
        *_board(frozen, live),
        *_changes(frozen, live),
        *_risks(frozen, live),
        *_waits(frozen, live),
        *_loops(frozen, live),
        *_matters(frozen, live),
        *_curves(frozen, live),
        *_agenda(frozen, live),
    )


def _board(frozen: PackContent, live: PackContent) -> Iterator[Since]:
    before, after = ({line.key: line for line in one.board} for one in (frozen, live))
    for key, line in before.items():
        if key in after:
            yield from _moved(line, after[key])
        else:
            yield Since(part="board", key=key, kind="ended", about=line.pathway)
    for key, line in after.items():
        if key not in before:
            values = {"phase": line.phase, "place": line.place}
            yield Since(part="board", key="", kind="begun", about=line.pathway, values=values)


def _moved(before: StatusLine, after: StatusLine) -> Iterator[Since]:
    def since(kind: str, **values: object) -> Since:
        return Since(part="board", key=before.key, kind=kind, about=before.pathway, values=values)

    if (before.phase, before.place, before.standing) != (after.phase, after.place, after.standing):
        yield since("moved", phase=after.phase, place=after.place)
    if before.waits_for != after.waits_for:
        yield since("ball", roles=", ".join(one.role for one in after.waits_for))
    if before.late != after.late:
        yield since("late" if after.late else "not_late", n=after.late)
    if before.next_due != after.next_due:
        yield since("next" if after.next_due else "no_next", day=after.next_due)


def _asked(frozen: PackContent, live: PackContent) -> Iterator[Since]:
    before, after = ({one.key: one for one in side.asked} for side in (frozen, live))
    new = [change for change in live.changes if change not in frozen.changes]
    for key, one in before.items():
        yield from _about_asked(one, after.get(key), new)
    for key, one in after.items():
        if key not in before:
            yield Since(part="asked", key="", kind="asked_added", about=one.title)


def _about_asked(before: Asked, after: Asked | None, new: Iterable[Change]) -> Iterator[Since]:
    def since(kind: str, **values: object) -> Since:
        return Since(part="asked", key=before.key, kind=kind, about=before.title, values=values)

    decided = [
        one for one in new if one.kind == "decided_plan" and (one.slug, one.number) == (before.slug, before.number)
    ]
    for one in decided:
        yield since("decided", outcome=one.outcome, body=one.body, register_no=one.register_no)
    if after is None:
        if not decided:
            yield since("asked_gone")
        return
    if before.basis != after.basis and after.basis is not None:
        yield since("basis", n=after.basis.number)
    if before.measures != after.measures:
        yield since("measures")
    if before.submitted != after.submitted and not decided:
        yield since("submitted" if after.submitted else "taken_back")
    if (before.title, before.proposal) != (after.title, after.proposal):
        yield since("item_changed")


def _changes(frozen: PackContent, live: PackContent) -> Iterator[Since]:
    known = set(frozen.changes)
    for one in live.changes:
        if one not in known:
            values = {"change": one.kind, "phase": one.phase, "day": one.on, "outcome": one.outcome, "body": one.body}
            yield Since(part="changes", key="", kind="change", about=one.pathway, values=values)


def _risks(frozen: PackContent, live: PackContent) -> Iterator[Since]:
    before, after = ({risk_key(one): one for one in side.risks} for side in (frozen, live))
    for key, one in before.items():
        if key not in after:
            yield Since(part="risks", key=key, kind="risk_gone", about=one.pathway)
    for key, one in after.items():
        if key not in before:
            values = {"risk": one.kind, "n": one.n}
            yield Since(part="risks", key="", kind="risk_new", about=one.pathway, values=values)


def _waits(frozen: PackContent, live: PackContent) -> Iterator[Since]:
    still = {(*wait_about(one), one.since) for one in live.waits}
    # The list is of the longest ones: what waits on stays on it unless it is done, for it only grows older.
    for one in frozen.waits:
        if (*wait_about(one), one.since) not in still:
            yield Since(part="waits", key=wait_key(one), kind="wait_over", about=one.pathway)


def _loops(frozen: PackContent, live: PackContent) -> Iterator[Since]:
    known = {(one.slug, one.number, one.loop) for one in frozen.loops}
    for one in live.loops:
        if (one.slug, one.number, one.loop) not in known:
            values = {"loop": one.loop, "decision": one.decision, "day": one.held_on}
            yield Since(part="loops", key="", kind="loop_held", about=one.pathway, values=values)


def _matters(frozen: PackContent, live: PackContent) -> Iterator[Since]:
    before, after = ({one.key: one for one in side.open_matters} for side in (frozen, live))
    for key, one in before.items():
        if key not in after:
            yield Since(part="open_matters", key=key, kind="matter_answered", about=one.pathway)
    for key, one in after.items():
        if key not in before:
            yield Since(part="open_matters", key="", kind="matter_new", about=one.pathway, values={"matter": one.kind})


def _curves(frozen: PackContent, live: PackContent) -> Iterator[Since]:
    after = {one.key: one for one in live.curves}
    for one in frozen.curves:
        now = after.get(one.key)
        if now is not None and _points(one.snapshot) != _points(now.snapshot):
            yield Since(part="curves", key=one.key, kind="new_values", about=one.told)


def _points(snapshot: Mapping[str, object]) -> list[object]:
    judgement = snapshot["judgement"]
    assert isinstance(judgement, Mapping)
    return [one["point"] for one in judgement["points"] if one["point"]["value"] is not None]


def _agenda(frozen: PackContent, live: PackContent) -> Iterator[Since]:
    before, after = ({one.item: one for one in side.agenda} for side in (frozen, live))
    for item, line in before.items():
        if item not in after:
            yield Since(part="agenda", key=str(item), kind="item_gone", about=line.title)
        elif after[item].outcome != line.outcome:
            values = {"option": after[item].outcome}
            yield Since(part="agenda", key=str(item), kind="item_decided", about=line.title, values=values)
        elif after[item] != line:
            yield Since(part="agenda", key=str(item), kind="item_changed", about=line.title)
    for item, line in after.items():
        if item not in before:
            yield Since(part="agenda", key="", kind="item_added", about=line.title)


def risk_key(one: Risk) -> str:
    """Return what names a line of the risks."""
    return f"{one.slug}.{one.number}.{one.kind}"


def wait_key(one: Wait) -> str:
    """Return what names a line of the waits."""
    return ".".join(str(part) for part in wait_about(one))


def wait_about(one: Wait) -> tuple[str, int, str, str]:
    """Return for whom or what a wait is."""
    return one.slug, one.number, one.role, one.body
