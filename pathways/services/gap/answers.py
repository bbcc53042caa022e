"""What a unit says of one step, in the form an order brings it and in the form its row keeps it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from pathways.errors import PathwaysError, Problem
from pathways.models.gap import Confidence, PatientSource, Verdict
from pathways.services.case import Case
from pathways.services.evidence import GAP_LEVEL
from pathways.services.plan.parts import Kronor
from pathways.storage.unit_of_work import Row

Cause = Literal[
    "competence", "staffing", "routine", "it", "equipment", "agreement", "municipality", "capacity", "other"
]
CAUSES: tuple[str, ...] = get_args(Cause)
Hinder = Literal["knowledge", "unit", "region", "people", "process"]
HINDERS: tuple[str, ...] = get_args(Hinder)
"""The five headings under which what hinders a step is found; an answer may name several."""

WORDS = 4000
Words = Annotated[str, Field(max_length=WORDS)]
Short = Annotated[str, Field(max_length=200)]
WHOLE = frozenset({"current_state", "patient_perspective", "evidence", "measure", "stop_doing", "equity_note"})
BRIEF = frozenset({"indicator", "indicator_value", "indicator_period"})


class AnswerChanged(PathwaysError):
    """Somebody else has answered these steps since they were looked at; neither answer is lost."""

    sentence = "error.answer_changed"


class StepAnswer(BaseModel):
    """The answer for one step: a level 0 (no gap) to 3 (large), "not_applicable" or "dont_know".

    `seen` is the event that wrote the answer which the person looked at, 0 where there was none; without it an
    answer is replaced whatever it is.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    step: str
    level: Annotated[int, Field(ge=0, le=3, strict=True)] | Literal["not_applicable", "dont_know"]
    cause: Cause | None = None
    causes: tuple[Cause, ...] = ()
    hinders: tuple[Hinder, ...] = ()
    current_state: Words | None = None
    patient_perspective: Words | None = None
    patient_source: PatientSource | None = None
    evidence: Words | None = None
    indicator: Short | None = None
    indicator_value: Short | None = None
    indicator_period: Short | None = None
    equity_note: Words | None = None
    measure: Words | None = None
    stop_doing: Words | None = None
    cost_estimate: Kronor | None = None
    needs_regional_decision: bool | None = None
    confidence: Confidence | None = None
    seen: int | None = None

    @property
    def lacks_a_measure(self) -> bool:
        """Say whether this is a gap of level 2 or 3 that nobody has proposed anything for."""
        return needs_measure(self.level) and not self.measure


def needs_measure(level: object) -> bool:
    """Say whether a gap of this level must come with a proposed measure."""
    return isinstance(level, int) and level >= GAP_LEVEL


def columns_of(case: Case, answer: StepAnswer) -> dict[str, object]:
    """Return the columns of an answer's row; what the answer does not say is emptied."""
    level = answer.level if isinstance(answer.level, int) else None
    causes = list(dict.fromkeys([*([answer.cause] if answer.cause else []), *answer.causes]))
    return {
        **answer.model_dump(exclude={"step", "level", "seen", "cause", "causes", "hinders"}),
        "cause": causes[0] if causes else None,
        "causes": causes,
        "hinders": list(dict.fromkeys(answer.hinders)),
        "verdict": Verdict.LEVEL if level is not None else Verdict(str(answer.level)),
        "level": level,
        "answered_on": case.today,
        "answered_by": case.actor_id,
        "changed_in": case.seq,
    }


def causes_of(row: Row) -> tuple[str, ...]:
    """Return the causes of an answer, also of one from before there could be several."""
    return tuple(row["causes"] or ([row["cause"]] if row["cause"] else []))


def hinders_of(row: Row) -> tuple[str, ...]:
    """Return the headings of what hinders; answers from before they were asked for have none."""
    return tuple(row["hinders"] or ())


def written_in(row: Row) -> int:
    """Return the event that wrote an answer last."""
    return int(row["changed_in"] or row["made_in"])


def level_of(row: Row) -> str:
    """Return what an answer says, as forms and words have it: "0" to "3", "not_applicable" or "dont_know"."""
    return str(row["level"]) if row["verdict"] == Verdict.LEVEL else str(row["verdict"])


def refuse_overwriting(unit: str, answers: Iterable[StepAnswer], known: Mapping[str, Row]) -> None:
    """Refuse answers to steps that somebody has answered since they were looked at."""
    changed = [
        answer.step
        for answer in answers
        if answer.seen is not None and answer.seen != (written_in(known[answer.step]) if answer.step in known else 0)
    ]
    if changed:
        raise AnswerChanged(unit=unit, steps=", ".join(changed))


def missing_in(steps: Iterable[str], answers: Mapping[str, StepAnswer], known: Mapping[str, Row]) -> Iterator[Problem]:
    """Yield what a unit's whole answer still lacks, step by step: the answer itself, or the measure it calls for."""
    for step in steps:
        if step in answers:
            if answers[step].lacks_a_measure:
                yield Problem(f"{step}.measure", "order.measure_missing", {"step": step})
        elif step not in known:
            yield Problem(f"{step}.level", "order.step_unanswered", {"step": step})
        elif needs_measure(known[step]["level"]) and not known[step]["measure"]:
            yield Problem(f"{step}.measure", "order.measure_missing", {"step": step})
