"""Turns the order of a command into the questions of a form, and what was answered into the order's data.

Everything follows from the order's own schema, so that form and check can never disagree. What a person may choose
between is found by `command_options`; the words are the catalogue's.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from pathways.services.ask import Order
from pathways.services.lifecycle.start import NAME as START
from pathways.services.lifecycle.start import Start
from pathways.services.registry import use_case_of
from pathways.web.forms import Field, Kind, Option, data_of
from pathways.wording import Wording

Schema = Mapping[str, Any]  # Any: JSON schema
Typed = Mapping[str, Sequence[str]]

OWN_PAGES: Mapping[str, str] = {
    "answer_gap": "/gapanalys",
    "plan_activity": "/plan/ny",
    "update_activity": "/plan",
    "rank": "/rangordning",
    "score_activities": "/rangordning/poang",
    "open_comment_round": "/plan/synpunkter/oppna",
    "comment_plan": "/plan/synpunkter",
    "remind_plan_comment": "/plan/synpunkter",
    "answer_plan_comment": "/plan/synpunkter",
    "close_comment_round": "/plan/synpunkter/avsluta",
    "make_decision_basis": "/underlag/skriv",
    "open_hold_check": "/hall-i/fraga",
    "answer_hold_check": "/hall-i/svara",
    "close_hold_check": "/hall-i/stang",
    "set_readiness": "/beredskap",
    "write_evaluation": "/utvardering",
    "record_lesson": "/lardomar",
    "withdraw_lesson": "/lardomar",
    "say_thanks": "/tack",
    "assess_complexity": "/rangordning/svarighet",
    "define_indicator": "/matning/ny",
    "change_indicator": "/matning",
    "retire_indicator": "/matning",
    "record_values": "/matning",
    "freeze_baseline": "/matning",
    "reset_phase": "/matning",
    "take_back_phase": "/matning",
    "predict": "/loop",
    "sign_review": "/loop",
    "add_review_note": "/loop",
    "skip_loop": "/loop",
    "attach_file": "#uppgifter",
    "endorse": "/beslut",
    "take_back_decision": "/beslut",
}
"""The commands that no plain form serves well (lists of parts, files): where under the introduction they are given."""

PART_OF: Mapping[str, tuple[str, str]] = {
    "update_activity": ("activity", "/plan/aktivitet/"),
    "attach_file": ("task", "/uppgift/"),
}
"""The page of the very row that the address names, where there is one."""

NOT_ASKED: Mapping[str, frozenset[str]] = {"invite_units": frozenset({"bundle", "quietly"})}
"""The parts of an order that other pages fill in."""

AREAS: Mapping[str, int] = {
    "conditions": 3,
    "evaluation": 6,
    "note": 3,
    "outcome": 3,
    "reason": 3,
    "summary": 6,
    "text": 4,
}
"""The fields of running text, and how many lines they show."""

REASON = "reason"
REASON_LENGTH = 4000
REASON_REQUIRED = frozenset(
    {
        *("pause", "stop", "waive_response", "withdraw_nationally", "report"),
        *("skip_task", "decline_task", "snooze_task", "excuse_unit", "correct"),
    }
)
REASON_PERHAPS = frozenset({"open_loop", "reopen", "adopt_revision"})
"""Where a reason is asked for only in some cases: a loop before its day, a version without local effect."""

MINUTED = frozenset({"decide", "record_response"})
"""The commands about a body's meeting: a known one is chosen in one go, any other is named by body and day."""

LABELS = frozenset(
    {
        *("appointment", "attendees", "body", "conditions", "decision", "due_on", "evaluation"),
        *("hold_check_done", "how", "indicators_secured", "meeting", "meeting_on", "months", "note", "paragraph_no"),
        *("person", "reason", "receiver", "register_no", "respond", "role", "task"),
        *("title", "to", "undo_to", "unit", "units", "until_on", "version"),
        *("outcome.decide", "outcome.adopt_revision", "outcome.record_follow_up"),
        *("outcome.complete_task", "due_on.create_task", "due_on.snooze_task", "due_on.invite_units"),
        *("held_on.inform", "held_on.hold_loop", "held_on.record_celebration", "summary.hold_loop"),
        *("body.inform", "role.create_task", "person.create_task", "reason.report"),
    }
)
"""The questions with words of their own here, some put differently for one command; others have the catalogue's."""

HELPED = frozenset(
    {
        *(
            "appointment",
            "conditions",
            "evaluation",
            "hold_check_done",
            "how",
            "indicators_secured",
            "note",
            "paragraph_no",
        ),
        *("person.create_task", "reason", "reason.correct", "reason.perhaps", "reason.report", "receiver"),
        *("register_no", "respond", "summary.hold_loop", "undo_to", "unit", "units"),
        *("until_on", "until_on.hold_loop", "version", "outcome.complete_task", "title.create_task"),
    }
)
"""The questions with a line of help beneath them."""

MANY = 6  # up to so many choices are shown at once


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an order as its schema tells it."""

    name: str
    kind: str
    choices: tuple[str, ...]
    required: bool
    max_length: int | None


@dataclass(frozen=True, slots=True)
class Offered:
    """What a form starts from: the options of its choices, and answers that are known beforehand."""

    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def order_of(command: str) -> type[Order]:
    """Return the type of a command's order; an unknown command is refused with the nearest known ones."""
    return Start if command == START else cast(type[Order], use_case_of(command).order)


@cache
def parts_of(order: type[Order]) -> tuple[Part, ...]:
    """Return the parts of an order in the order in which they are asked for."""
    schema = order.model_json_schema()
    required = schema.get("required", ())
    kinds = schema.get("$defs", {})
    return tuple(
        _part(name, _form(raw, kinds), kinds, required=name in required)
        for name, raw in schema.get("properties", {}).items()
    )


def has_nested_parts(order: type[Order]) -> bool:
    """Say whether an order holds lists of parts with fields of their own, which no plain form can ask for."""
    return any(part.kind == "nested" for part in parts_of(order))


def asks_nothing(command: str) -> bool:
    """Say whether a command can go to its review at once: no data, and no reason that may be needed."""
    return not parts_of(order_of(command)) and command not in REASON_REQUIRED | REASON_PERHAPS


def build_fields(command: str, offered: Offered, words: Wording) -> tuple[Field, ...]:
    """Return the questions of a command with the answers that are known beforehand; the reason comes last."""
    parts = {part.name: part for part in parts_of(order_of(command))}
    has_meetings = "meeting" in offered.options
    names = [one for name in parts for one in _asked_for(command, name, has_meetings=has_meetings)]
    fields = [_field(command, name, parts.get(name), offered, words) for name in dict.fromkeys(names)]
    if command != START:
        fields.append(_reason(command, offered, words))
    return tuple(fields)


def order_data(fields: Iterable[Field], form: Typed) -> dict[str, object]:
    """Return the order's data from what was typed, the reason left out."""
    asked = [one for one in fields if one.name != REASON]
    data = data_of(asked, {name: [_plain(value) for value in values] for name, values in form.items()})
    for one in asked:
        if one.kind == "number" and isinstance(typed := data.get(one.name), str):
            data[one.name] = "".join(typed.split())
    if chosen := str(data.pop("meeting", "")):
        data["body"], _, data["meeting_on"] = chosen.partition("|")
    if chosen := str(data.pop("appointment", "")):
        data["person"], _, data["role"] = chosen.partition("|")
    return data


def answers_at(command: str, problem_field: str, asked: Collection[str]) -> str:
    """Return the question at which a problem with a part of the order is shown."""
    name = problem_field.partition(".")[0]
    if name in {"body", "meeting_on"} and "meeting" in asked:
        return "meeting"
    if command == "dismiss" and name in {"person", "role"}:
        return "appointment"
    return name or RULED.get(command, "")


RULED: Mapping[str, str] = {"appoint": "unit", "hold_loop": "until_on"}
"""Where a rule about several parts is shown."""


def _asked_for(command: str, name: str, *, has_meetings: bool) -> tuple[str, ...]:
    """Return the questions in the place of one part of the order; without known meetings there is no list of them."""
    if name in NOT_ASKED.get(command, ()):
        return ()
    if command in MINUTED and name == "body":
        return ("meeting", "body") if has_meetings else ("body",)
    if command == "dismiss":
        return ("appointment",)
    return (name,)


def _field(command: str, name: str, part: Part | None, offered: Offered, words: Wording) -> Field:
    options = offered.options.get(name, ())
    values = offered.values.get(name, ())
    kind = _kind_of(name, part, options)
    return Field(
        name=name,
        label=label_of(command, name, words),
        help=_help(command, name, words),
        kind=kind,
        value=values if kind == "checkboxes" else next(iter(values), ""),
        options=options,
        required=_is_required(name, part, in_place_of="meeting" in offered.options),
        max_length=part.max_length if part else None,
        rows=AREAS.get(name, 4),
    )


def _kind_of(name: str, part: Part | None, options: tuple[Option, ...]) -> Kind:
    if part is not None and part.kind == "list":
        return "checkboxes"
    if part is None or options or part.choices:
        return "radios" if part is not None and part.choices and len(options) <= MANY else "select"
    simple: Mapping[str, Kind] = {"date": "date", "integer": "number", "yes_no": "checkbox"}
    if part.kind in simple:
        return simple[part.kind]
    return "area" if name in AREAS else "select" if name in CHOSEN else "text"


CHOSEN = frozenset(
    {"activity", "attachment", "body", "person", "receiver", "responsible", "task", "to", "unit", "version"}
)
"""Names of things that are there: always chosen, never typed."""


def _is_required(name: str, part: Part | None, *, in_place_of: bool) -> bool:
    """Say whether a question must be answered; body and day need not where a meeting is chosen from the list."""
    if in_place_of and name in {"body", "meeting_on"}:
        return False
    return part is None or (part.required and part.kind != "yes_no")


def _reason(command: str, offered: Offered, words: Wording) -> Field:
    told = "reason.perhaps" if command in REASON_PERHAPS else REASON
    own = f"{REASON}.{command}"
    helped = own if own in HELPED else told
    return Field(
        name=REASON,
        label=label_of(command, REASON, words),
        help=words.texts.say(f"web.intro.help.{helped}") if command not in REASON_REQUIRED or own in HELPED else "",
        kind="area",
        value=next(iter(offered.values.get(REASON, ())), ""),
        required=command in REASON_REQUIRED,
        rows=AREAS[REASON],
        max_length=REASON_LENGTH,
    )


def label_of(command: str, name: str, words: Wording) -> str:
    """Return the words of a question."""
    found = next((one for one in (f"{name}.{command}", name) if one in LABELS), None)
    if found is not None:
        return words.texts.say(f"web.intro.field.{found}")
    own = f"field.{name}.{command}"
    told = words.texts.say(own if words.texts.has(own) else f"field.{name}")
    return told[:1].upper() + told[1:]


def _help(command: str, name: str, words: Wording) -> str:
    own = f"{name}.{command}"
    found = own if own in HELPED else name
    return words.texts.say(f"web.intro.help.{found}") if found in HELPED else ""


def _plain(value: str) -> str:
    return value.strip()


def _part(name: str, form: Schema, kinds: Schema, *, required: bool) -> Part:
    item = _resolved(form.get("items", {}), kinds)
    kind = "nested" if "properties" in item else _kind(form)
    choices = tuple(str(choice) for choice in (*form.get("enum", ()), *item.get("enum", ())))
    return Part(name, kind, choices, required, form.get("maxLength"))


def _form(raw: Schema, kinds: Schema) -> Schema:
    """Return the form that a value has where it is given."""
    forms = [_resolved(one, kinds) for one in raw.get("anyOf", [raw])]
    return next(one for one in forms if one.get("type") != "null")


def _resolved(schema: Schema, kinds: Schema) -> Schema:
    reference = schema.get("$ref")
    return cast(Schema, kinds[reference.rpartition("/")[2]]) if reference else schema


def _kind(form: Schema) -> str:
    if form.get("format") == "date":
        return "date"
    return {"integer": "integer", "boolean": "yes_no", "array": "list"}.get(str(form.get("type")), "text")
