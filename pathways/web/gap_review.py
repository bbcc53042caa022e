"""Reads a unit's answers out in words: before they are handed in, beside an earlier one, beside somebody else's."""

from collections.abc import Mapping
from dataclasses import dataclass

from pathways.web.forms import YES, first
from pathways.web.gap_fields import ALWAYS, CHOICES, PERHAPS, faults_in_words, typed_of
from pathways.web.gap_round import Place, Round, Typed, takes
from pathways.web.visit import Visit

NAMES = (*ALWAYS, *PERHAPS)


@dataclass(frozen=True, slots=True)
class Missing:
    """What must be mended before an answer can be handed in, and the question where that is done."""

    text: str
    href: str


def read_out(place: Place, visit: Visit, typed: Typed | None = None) -> tuple[tuple[str, str], ...]:
    """Return question and answer, what was left empty left out; without `typed` it is what the form holds."""
    shown = place.typed if typed is None else typed
    told = ((name, _in_words(name, shown, visit)) for name in NAMES)
    return tuple((visit.texts.say(f"web.gap.field.{name}"), text) for name, text in told if text)


def compare_fields(place: Place, visit: Visit) -> tuple[tuple[str, str, str], ...]:
    """Return each question on which the draft and the answer that stands differ: question, mine, theirs."""
    theirs: Mapping[str, list[str]] = typed_of(place.step.answer) if place.step.answer is not None else {}
    pairs = ((name, _in_words(name, place.typed, visit), _in_words(name, theirs, visit)) for name in NAMES)
    return tuple(
        (visit.texts.say(f"web.gap.field.{name}"), mine, other) for name, mine, other in pairs if mine != other
    )


def list_missing(form: Round, visit: Visit) -> tuple[Missing, ...]:
    """Return what is missing step by step, in all sections that can be answered."""
    found = []
    for place in form.places():
        if not takes(place.section):
            continue
        words = faults_in_words(place.faults, place.typed, visit.texts)
        for field, text in words.items():
            title = visit.formats.title(place.step.step.title)
            told = visit.texts.say("web.gap.missing_in", n=place.step.number, title=title, text=text)
            found.append(Missing(told, f"{place.href}#f-{field}"))
    return tuple(found)


def _in_words(name: str, typed: Typed, visit: Visit) -> str:
    texts = visit.texts
    if name == "level":
        level = first(typed, name)
        return texts.say(f"web.gap.level.{level}") if level else ""
    if name in CHOICES:
        chosen = [one for one in typed.get(name, ()) if one in CHOICES[name]]
        return ", ".join(texts.say(f"web.gap.{name}.{one}") for one in chosen)
    if name == "needs_regional_decision":
        return texts.say("web.gap.yes") if first(typed, name) == YES else ""
    if name == "cost_estimate":
        cost = "".join(first(typed, name).split())
        return texts.say("web.gap.kronor", n=visit.formats.number(int(cost))) if cost.isdecimal() else cost
    return first(typed, name)
