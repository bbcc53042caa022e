"""The questions about one step of the gap analysis: as fields, as what was typed, and as the answer an order takes."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from pathways.locale import Texts
from pathways.models.gap import Confidence, PatientSource
from pathways.queries.gap_picture import ANSWERS, LEVELS
from pathways.services.gap.answers import (
    BRIEF,
    CAUSES,
    HINDERS,
    WHOLE,
    WORDS,
    StepAnswer,
    causes_of,
    hinders_of,
    level_of,
)
from pathways.storage.unit_of_work import Row
from pathways.web.forms import YES, Field, Option, first

Typed = Mapping[str, Sequence[str]]

SHORT = 200
ALWAYS = (
    "level",
    "current_state",
    "causes",
    "hinders",
    "measure",
    "stop_doing",
    "patient_perspective",
    "patient_source",
)
PERHAPS = (
    *("evidence", "indicator", "indicator_value", "indicator_period", "equity_note", "cost_estimate"),
    *("needs_regional_decision", "confidence"),
)
"""The questions that every unit is asked, and those that only some have an answer to."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "causes": CAUSES,
    "hinders": HINDERS,
    "patient_source": tuple(PatientSource),
    "confidence": tuple(Confidence),
}
SEVERAL = ("causes", "hinders")
"""The questions to which several answers may be given."""

NEEDED = "measure"  # where the gap is moderate or large
HEADER = ("respondent_role", "participants", "sources")
SEEN, FILLED = "seen", "filled"
"""What a step's form and the header's form carry unseen, so that also an emptied one is kept as a draft."""


def step_fields(texts: Texts, typed: Typed, errors: Mapping[str, str]) -> dict[str, Field]:
    """Return the questions about a step by name, with what was typed and what is wrong with it."""
    fields = [_level(texts), *(_field(texts, name) for name in (*ALWAYS[1:], *PERHAPS))]
    return {one.name: one.filled(typed, errors) for one in fields}


def header_fields(texts: Texts, typed: Typed, errors: Mapping[str, str]) -> dict[str, Field]:
    """Return the questions about who answers and what they lean on."""
    role = Field(
        name="respondent_role",
        label=texts.say("web.gap.field.respondent_role"),
        help=texts.say("web.gap.help.respondent_role"),
        required=False,
        autocomplete="organization-title",
    )
    fields = [role, *(_area(texts, name) for name in HEADER[1:])]
    return {one.name: one.filled(typed, errors) for one in fields}


def typed_of(row: Row) -> dict[str, list[str]]:
    """Return an answer in the form in which it would have been typed."""
    typed = {name: [str(row[name])] for name in (*WHOLE, *BRIEF, "patient_source", "confidence") if row[name]}
    typed["level"] = [level_of(row)]
    if causes := causes_of(row):
        typed["causes"] = list(causes)
    if hinders := hinders_of(row):
        typed["hinders"] = list(hinders)
    if row["cost_estimate"] is not None:
        typed["cost_estimate"] = [str(row["cost_estimate"])]
    if row["needs_regional_decision"]:
        typed["needs_regional_decision"] = [YES]
    return typed


def is_same(one: Typed, other: Typed) -> bool:
    """Say whether two forms say the same of a step."""
    return _said(one) == _said(other)


def read_answer(step: str, typed: Typed) -> tuple[StepAnswer | None, dict[str, str]]:
    """Return the answer that was typed, or what is wrong with it: the text of the fault by the question's name."""
    try:
        answer = StepAnswer.model_validate({"step": step, **_data(typed)})
    except ValidationError as error:
        return None, {str(one["loc"][0]): _fault(str(one["loc"][0]), one["type"]) for one in error.errors()}
    return (None, {"measure": "measure"}) if answer.lacks_a_measure else (answer, {})


def said_of(fault: str, field: str, typed: Typed, texts: Texts) -> str:
    """Return in words what is wrong with an answer."""
    if fault == "long":
        label = texts.say(f"web.gap.field.{field}")
        return texts.say("web.gap.fault.long", label=label, n=longest(field), given=len(first(typed, field)))
    return texts.say(f"web.gap.fault.{fault}")


def longest(name: str) -> int:
    """Return how many letters an answer may have."""
    return SHORT if name in BRIEF or name == "respondent_role" else WORDS


def faults_in_words(faults: Mapping[str, str], typed: Typed, texts: Texts) -> dict[str, str]:
    """Return every fault in words, by question."""
    return {field: said_of(fault, field, typed, texts) for field, fault in faults.items()}


def _fault(field: str, kind: str) -> str:
    if kind == "string_too_long":
        return "long"
    if field in {"level", "measure", "cost_estimate"}:
        return field
    return "choice"


def _data(typed: Typed) -> dict[str, object]:
    data: dict[str, object] = {name: text for name in (*WHOLE, *BRIEF) if (text := first(typed, name))}
    level = first(typed, "level")
    data["level"] = int(level) if level in LEVELS else level
    for name in SEVERAL:
        data[name] = [value for value in typed.get(name, ()) if value]
    data["needs_regional_decision"] = first(typed, "needs_regional_decision") == YES
    for name in ("patient_source", "confidence"):
        if chosen := first(typed, name):
            data[name] = chosen
    if cost := "".join(first(typed, "cost_estimate").split()):
        data["cost_estimate"] = cost
    if (seen := first(typed, SEEN)).isdecimal():
        data["seen"] = int(seen)
    return data


def _said(typed: Typed) -> dict[str, object]:
    data = _data(typed)
    data.pop("seen", None)
    return {**data, **{name: sorted(value for value in typed.get(name, ()) if value) for name in SEVERAL}}


def _level(texts: Texts) -> Field:
    options = tuple(
        Option(value=one, label=texts.say(f"web.gap.level.{one}"), hint=texts.say(f"web.gap.level_means.{one}"))
        for one in ANSWERS
    )
    return Field(name="level", label=texts.say("web.gap.field.level"), kind="radios", options=options)


def _field(texts: Texts, name: str) -> Field:
    label = texts.say(f"web.gap.field.{name}")
    if name in WHOLE:
        return _area(texts, name)
    if name in BRIEF:
        return Field(name=name, label=label, required=False)
    if name == "cost_estimate":
        return Field(name=name, label=label, help=texts.say(f"web.gap.help.{name}"), kind="number", required=False)
    if name == "needs_regional_decision":
        return Field(name=name, label=label, kind="checkbox", required=False)
    options = tuple(Option(value=one, label=texts.say(f"web.gap.{name}.{one}")) for one in CHOICES[name])
    if name in SEVERAL:
        helped = texts.say("web.gap.help.hinders") if name == "hinders" else ""
        return Field(name=name, label=label, help=helped, kind="checkboxes", options=options, required=False)
    return Field(name=name, label=label, kind="select", options=options, required=False)


def _area(texts: Texts, name: str) -> Field:
    helped = texts.say(f"web.gap.help.{name}")
    label = texts.say(f"web.gap.field.{name}")
    return Field(name=name, label=label, help=helped, kind="area", rows=3, required=name == NEEDED)
