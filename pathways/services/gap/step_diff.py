"""Which steps of two versions of a national text are the same, and which were changed, added or removed; pure.

A step is known by its words first and by its number only after that: a step put in at the front renumbers the rest
without changing what they ask.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["unchanged", "changed", "added", "removed"]
ALIKE = 0.6
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class TitledStep:
    """A step: its number in the pathway and its words, by language. The Swedish words are the national text."""

    ref: str
    title: Mapping[str, str]

    @property
    def words(self) -> str:
        """Return the national words, without accidents of spacing."""
        return " ".join(self.title["sv"].split())


@dataclass(frozen=True, slots=True)
class StepChange:
    """What became of one step from the earlier version to the later."""

    kind: Change
    before: TitledStep | None
    after: TitledStep | None

    @property
    def is_renumbered(self) -> bool:
        """Say whether the step stands under another number than before."""
        return self.before is not None and self.after is not None and self.before.ref != self.after.ref


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: Literal["same", "removed", "added"]
    text: str


def compare_steps(before: Sequence[TitledStep], after: Sequence[TitledStep]) -> tuple[StepChange, ...]:
    """Return what became of every step, in the order of the later version; removed ones stand where they stood."""
    pairs: dict[str, TitledStep] = {}  # by the later version's number
    left, right = list(before), list(after)
    for fits in (_same_words, _alike, _same_number):
        _pair(pairs, left, right, fits)
    changes = [_change(pairs.get(step.ref), step) for step in after]
    for gone in left:
        changes.insert(_place(before, changes, gone), StepChange("removed", gone, None))
    return tuple(changes)


def must_be_seen(changes: Iterable[StepChange]) -> tuple[str, ...]:
    """Return the steps of the later version that earlier answers say nothing sure about: the changed and the new."""
    return tuple(one.after.ref for one in changes if one.after is not None and one.kind in {"changed", "added"})


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the later text with what was taken out and put in, word by word."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(new[j1:j2])))
            continue
        if i2 > i1:
            pieces.append(Piece("removed", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("added", "".join(new[j1:j2])))
    return tuple(pieces)


def _change(before: TitledStep | None, after: TitledStep) -> StepChange:
    if before is None:
        return StepChange("added", None, after)
    return StepChange("unchanged" if before.words == after.words else "changed", before, after)


def _pair(
    pairs: dict[str, TitledStep],
    left: list[TitledStep],
    right: list[TitledStep],
    fits: Callable[[TitledStep, TitledStep], float],
) -> None:
    """Pair the steps that fit, the best first, and take them out of both lists."""
    scored = [(fits(old, new), old, new) for new in right for old in left]
    for score, old, new in sorted(scored, key=lambda one: -one[0]):
        if score and old in left and new in right:
            pairs[new.ref] = old
            left.remove(old)
            right.remove(new)


def _same_words(old: TitledStep, new: TitledStep) -> float:
    return float(old.words == new.words) * (2 if old.ref == new.ref else 1)


def _alike(old: TitledStep, new: TitledStep) -> float:
    share = SequenceMatcher(None, old.words.casefold(), new.words.casefold(), autojunk=False).ratio()
    return share if share >= ALIKE else 0.0


def _same_number(old: TitledStep, new: TitledStep) -> float:
    return float(old.ref == new.ref)


def _place(before: Sequence[TitledStep], changes: Sequence[StepChange], gone: TitledStep) -> int:
    """Return where a removed step belongs: after the nearest step before it that still stands, or first."""
    for earlier in reversed(before[: before.index(gone)]):
        for place, change in enumerate(changes):
            if change.before == earlier:
                return place + 1
    return 0
