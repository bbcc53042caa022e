"""What a review asks: of the whole, of each activity under test, of each indicator. Every answer has a key.

A key is a letter for the part, what the answer is about, and the question's name: "w-decision", "a-14.1-learned",
"i-20.1-0-explained" (an indicator's ref and a unit, 0 for the whole region).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pathways.errors import InvalidOrder, Problem
from pathways.models.review import AskedFor, Verdict
from pathways.profiles.vocabulary import Role

SHORT, LONG = 300, 2000
YES: Final = "yes"
SCALES = ("one_patient", "one_team", "one_unit", "all")
COMPARED = ("as_expected", "better", "worse", "cannot_tell")
DECISIONS = ("continue", "adjust", "finish", "pause")
PRESENT = tuple(str(role) for role in Role if role is not Role.ADMIN)


class Kind(StrEnum):
    """How an answer is given."""

    TEXT = "text"  # a line
    AREA = "area"  # some lines
    CHOICE = "choice"  # one of several
    SEVERAL = "several"  # some of several, parted by commas
    DAY = "day"  # a date
    NUMBER = "number"  # a whole number
    YES = "yes"  # a box that is ticked
    PERSON = "person"  # somebody of the team, by short name


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and what may be answered."""

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()

    @property
    def limit(self) -> int:
        """Return how many letters an answer may have."""
        return LONG if self.kind is Kind.AREA else SHORT


def _of(*questions: Question) -> Mapping[str, Question]:
    return {question.name: question for question in questions}


WHOLE: Final = _of(
    Question("held_on", Kind.DAY),
    Question("present", Kind.SEVERAL, PRESENT),
    Question("led_by", Kind.CHOICE, PRESENT),
    Question("closing", Kind.CHOICE, ("yes", "partly", "no", "cannot_tell")),
    Question("closing_why", Kind.AREA),
    Question("risks", Kind.AREA),
    Question("help_wanted", Kind.AREA),
    Question("asked_for", Kind.CHOICE, tuple(AskedFor)),
    Question("question", Kind.TEXT),
    Question("celebrate", Kind.TEXT),
    Question("decision", Kind.CHOICE, DECISIONS),
    Question("summary", Kind.AREA),
    Question("until_on", Kind.DAY),
    Question("hold_check_done", Kind.YES),
    Question("indicators_secured", Kind.YES),
    Question("manager_informed", Kind.YES),
    Question("minutes", Kind.NUMBER),
)
ACTIVITY: Final = _of(
    Question("scale", Kind.CHOICE, SCALES),
    Question("done", Kind.CHOICE, ("yes", "partly", "no")),
    Question("reach", Kind.TEXT),
    Question("changed", Kind.AREA),
    Question("worse", Kind.CHOICE, ("no", "yes", "cannot_tell")),
    Question("worse_how", Kind.TEXT),
    Question("voice_patients", Kind.TEXT),
    Question("voice_staff", Kind.TEXT),
    Question("compared", Kind.CHOICE, COMPARED),
    Question("learned", Kind.AREA),
    Question("decision", Kind.CHOICE, tuple(Verdict)),
    Question("why", Kind.AREA),
    Question("change", Kind.AREA),
    Question("next_scale", Kind.CHOICE, SCALES),
    Question("owner", Kind.PERSON),
    Question("due_on", Kind.DAY),
    Question("share", Kind.TEXT),
)
INDICATOR: Final = _of(
    Question("explained", Kind.CHOICE, ("yes", "partly", "no")),
    Question("explanation", Kind.AREA),
    Question("quality", Kind.TEXT),
    Question("equal_care", Kind.TEXT),
    Question("reset", Kind.CHOICE, ("no", "yes")),
    Question("reset_why", Kind.TEXT),
)
PARTS: Final = {"w": WHOLE, "a": ACTIVITY, "i": INDICATOR}
_KEY = re.compile(r"(w)-()([a-z_]+)|(a)-(\d+\.\d+)-([a-z_]+)|(i)-(\d+\.\d+-\d+)-([a-z_]+)", re.ASCII)
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """A key taken apart: the part, what it is about, and the question."""

    part: str
    about: str
    question: Question


def key_of(part: str, about: str, name: str) -> str:
    """Return the key of an answer."""
    return "-".join(filter(None, (part, about, name)))


def find_asked(key: str) -> Asked | None:
    """Return what a key asks, or None where no review asks it."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    part, about, name = (group for group in found.groups() if group is not None)
    question = PARTS[part].get(name)
    return Asked(part, about, question) if question else None


def checked(key: str, question: Question, text: str) -> str:
    """Return an answer as it is kept; one that the question does not allow is refused (`InvalidOrder`).

    An empty answer takes an earlier one back. Days that lie wrong are a matter for the sign-off: a working paper may
    hold them.
    """
    answer = text.strip()
    if answer and (problem := _problem(question, answer)):
        sentence, expected = problem
        values = {"given": answer[:60], "expected": expected, "rule": ""}
        raise InvalidOrder("save_review_field", [Problem(key, sentence, values)])
    return answer


def _problem(question: Question, answer: str) -> tuple[str, str] | None:
    if question.kind is Kind.CHOICE and answer not in question.choices:
        return "order.one_of", ", ".join(question.choices)
    if question.kind is Kind.SEVERAL and not {*answer.split(",")} <= {*question.choices}:
        return "order.one_of", ", ".join(question.choices)
    if question.kind is Kind.YES and answer != YES:
        return "order.yes_no", ""
    if question.kind is Kind.NUMBER and not _NUMBER.fullmatch(answer):
        return "order.integer", ""
    if len(answer) > question.limit:
        return "order.too_long", str(question.limit)
    if "\x00" in answer or answer != answer.encode(errors="replace").decode():
        return "order.other", ""
    return None
