"""The questions of a review as fields: words, choices, and what stands or was typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from pathways.services.review.field import Answer, Clash
from pathways.services.review.questions import (
    ACTIVITY,
    INDICATOR,
    WHOLE,
    YES,
    Asked,
    Kind,
    Question,
    find_asked,
    key_of,
)
from pathways.web.forms import Field, Option, first
from pathways.web.forms import Kind as FieldKind
from pathways.web.visit import Visit

Typed = Mapping[str, list[str]]
VERSION, WAS, OVER, THEIRS, HAND = "v-", "was-", "over-", "deras-", "hand"
"""What stands before an answer's key in the names of the unseen parts of its form."""

LABELS = {"w": "web.review.ask.w", "a": "web.review.ask.a", "i": "web.review.ask.i"}
HELPS = {"w": "web.review.help.w", "a": "web.review.help.a", "i": "web.review.help.i"}
HELPED = {
    "w": frozenset({"question", "decision", "celebrate", "minutes"}),
    "a": frozenset({"reach", "compared", "learned", "why", "voice_patients", "voice_staff", "share"}),
    "i": frozenset({"equal_care", "reset"}),
}
WORDS: Mapping[tuple[str, str], str] = {
    ("w", "present"): "role",
    ("w", "led_by"): "role",
    ("w", "closing"): "web.review.closing",
    ("w", "asked_for"): "web.review.asked_for",
    ("w", "decision"): "choice",
    ("a", "scale"): "web.review.scale",
    ("a", "next_scale"): "web.review.scale",
    ("a", "done"): "web.review.done",
    ("a", "worse"): "web.review.worse",
    ("a", "compared"): "web.review.compared",
    ("a", "decision"): "web.review.verdict",
    ("i", "explained"): "web.review.done",
    ("i", "reset"): "web.review.reset",
}
REQUIRED = {
    "w": frozenset({"held_on", "present", "closing", "asked_for", "decision", "summary"}),
    "a": frozenset({"scale", "done", "compared", "learned", "decision"}),
    "i": frozenset[str](),
}
MOST_RADIOS = 4
KINDS: Mapping[Kind, FieldKind] = {
    Kind.TEXT: "text",
    Kind.AREA: "area",
    Kind.SEVERAL: "checkboxes",
    Kind.DAY: "date",
    Kind.NUMBER: "number",
    Kind.YES: "checkbox",
    Kind.PERSON: "select",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One answer as the page shows it: its field, the version it was shown at, who wrote it last, and a clash."""

    key: str
    field: Field
    version: int
    by: str
    answer: Answer
    clash: tuple[tuple[str, str, str], ...] = ()


def shown_answer(
    visit: Visit,
    asked: Asked,
    key: str,
    answer: Answer,
    people: Mapping[str, str],
    *,
    clash: Clash | None = None,
    error: str = "",
    typed: str | None = None,
    seen: int | None = None,
) -> Shown:
    """Return an answer with its field; what was typed and not saved stays in it."""
    text = clash.mine if clash else answer.text if typed is None else typed
    field = build_field(visit, asked.part, asked.question, key, text, people, error=error)
    stands = clash.theirs if clash else answer
    rows = ((field.label, in_words(visit, asked, clash.mine), in_words(visit, asked, stands.text)),) if clash else ()
    return Shown(
        key=key,
        field=field,
        version=stands.version if seen is None else seen,
        by=stands.by if stands.by_id != visit.visitor.person_id else visit.texts.say("web.review.you"),
        answer=stands,
        clash=rows,
    )


def build_field(
    visit: Visit, part: str, question: Question, key: str, text: str, people: Mapping[str, str], *, error: str = ""
) -> Field:
    """Return a question's field with an answer in it."""
    say, name = visit.texts.word, question.name
    return Field(
        name=key,
        label=say(LABELS[part], name),
        help=say(HELPS[part], name) if name in HELPED[part] else "",
        kind=_kind(question),
        value=tuple(filter(None, text.split(","))) if question.kind is Kind.SEVERAL else text,
        error=error,
        options=_options(visit, part, question, people),
        required=name in REQUIRED[part],
        rows=3,
    )


def in_words(visit: Visit, asked: Asked, text: str) -> str:
    """Return an answer as a reader meets it: choices in words, days as people write them."""
    question, family = asked.question, WORDS.get((asked.part, asked.question.name))
    if not text:
        return "–"
    if question.kind is Kind.YES:
        return visit.texts.say("web.review.yes")
    if family is None:
        return text
    return ", ".join(visit.texts.word(family, one) for one in text.split(","))


def typed_in(form: Typed, question: Question, key: str) -> str:
    """Return what was typed for a question, in the form in which it is saved."""
    if question.kind is Kind.SEVERAL:
        return ",".join(value for value in form.get(key, []) if value)
    if question.kind is Kind.YES:
        return YES if first(form, key) else ""
    return first(form, key)


def keys_in(form: Typed) -> dict[str, Asked]:
    """Return the keys of the answers that a form holds; an unticked box is known by its version alone."""
    names = [name.removeprefix(VERSION) for name in form if name.startswith(VERSION)]
    return {key: asked for key in names if (asked := find_asked(key)) is not None}


def seen_in(form: Typed, key: str) -> int:
    """Return the version that somebody saw of an answer; who chose to write over another's names that one."""
    number = first(form, OVER + key) or first(form, VERSION + key)
    return int(number) if number.isdecimal() and len(number) < 10 else 0


def keys_of_whole() -> dict[str, str]:
    """Return the keys of the answers about the whole, by name."""
    return {name: key_of("w", "", name) for name in WHOLE}


def keys_of_activity(ref: str) -> dict[str, str]:
    """Return the keys of the answers about an activity, by name."""
    return {name: key_of("a", ref, name) for name in ACTIVITY}


def keys_of_series(about: str) -> dict[str, str]:
    """Return the keys of the answers about an indicator, by name."""
    return {name: key_of("i", about, name) for name in INDICATOR}


def _kind(question: Question) -> FieldKind:
    if question.kind is Kind.CHOICE:
        return "radios" if len(question.choices) <= MOST_RADIOS else "select"
    return KINDS[question.kind]


def _options(visit: Visit, part: str, question: Question, people: Mapping[str, str]) -> tuple[Option, ...]:
    if question.kind is Kind.PERSON:
        return tuple(Option(value=slug, label=name) for slug, name in people.items())
    family = WORDS.get((part, question.name))
    if family is None:
        return ()
    return tuple(Option(value=one, label=_upper(visit.texts.word(family, one))) for one in question.choices)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
