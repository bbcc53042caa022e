"""The questions by which a member scores activities, and the order that the answers make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pathways.errors import InvalidOrder
from pathways.planning.ranking import FACTORS, TOP
from pathways.queries.ranking import RankingPage, RankLine
from pathways.services.plan.parts import LONG
from pathways.services.plan.scoring import DERIVED
from pathways.web.forms import Field, Option, first
from pathways.web.visit import Visit

Typed = Mapping[str, Sequence[str]]
NOTE = "note"
LEVELS = ("1", "2", "3", "4", "5")
MEANINGS: Mapping[str, str] = {
    "gap": "web.plan.rank.level.gap",
    "affected": "web.plan.rank.level.affected",
    "severity": "web.plan.rank.level.severity",
    "feasibility": "web.plan.rank.level.feasibility",
}
"""What each level of a factor means."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One activity with the questions about it."""

    one: RankLine
    fields: tuple[Field, ...]


def name_of(factor: str, ref: str) -> str:
    """Return the name of the field of a factor for one activity."""
    return f"{factor}-{ref}"


def build_questions(visit: Visit, page: RankingPage, typed: Typed, errors: Mapping[str, str]) -> list[Asked]:
    """Return the questions, activity by activity, with what was typed."""
    return [
        Asked(one, tuple(field.filled(typed, errors) for field in _fields(visit, one)))
        for one in sorted(page.by_score, key=lambda one: [line.ref for line in page.plan.lines].index(one.ref))
    ]


def typed_of(page: RankingPage) -> dict[str, list[str]]:
    """Return what the person has given, as it would have been typed."""
    return {
        name_of(name, ref): ["" if row[name] is None else str(row[name])]
        for ref, row in page.mine.items()
        for name in (*FACTORS, NOTE)
    }


def score_data(page: RankingPage, typed: Typed) -> list[dict[str, object]]:
    """Return the scores of the activities about which anything was said."""
    scores: list[dict[str, object]] = []
    for one in page.by_score:
        said = {name: first(typed, name_of(name, one.ref)) for name in (*FACTORS, NOTE)}
        given = {name: value for name, value in said.items() if value}
        if given or one.ref in page.mine:
            scores.append({"activity": one.ref, **given})
    return scores


def faults_of(visit: Visit, scores: Sequence[Mapping[str, object]], error: InvalidOrder) -> dict[str, str]:
    """Return what is wrong, by field."""
    found: dict[str, str] = {}
    for problem in error.problems:
        parts = problem.field.split(".")
        if parts[0] == "scores" and len(parts) == 3:
            at = name_of(parts[2], str(scores[int(parts[1])]["activity"]))
            told = "web.plan.rank.fault.note" if parts[2] == NOTE else "web.plan.rank.fault.level"
            found[at] = visit.texts.say(told)
    return found


def count_done(asked: Iterable[Asked]) -> int:
    """Return about how many activities every question that nobody else can answer is answered."""
    wanted = tuple(factor for factor in FACTORS if factor not in DERIVED)
    return sum(all(field.value for field in one.fields if field.name.partition("-")[0] in wanted) for one in asked)


def _fields(visit: Visit, one: RankLine) -> tuple[Field, ...]:
    say = visit.texts.say
    questions = [_derived(visit, one, factor) if factor in DERIVED else _levels(visit, one, factor) for factor in TOP]
    note = Field(
        name=name_of(NOTE, one.ref),
        label=say("web.plan.rank.note"),
        kind="area",
        rows=2,
        required=False,
        max_length=LONG,
    )
    return (*questions, note)


def _levels(visit: Visit, one: RankLine, factor: str) -> Field:
    return Field(
        name=name_of(factor, one.ref),
        label=visit.texts.say(f"web.plan.rank.factor.{factor}"),
        kind="radios",
        options=_options(visit, factor),
    )


def _derived(visit: Visit, one: RankLine, factor: str) -> Field:
    """A factor that the gap analysis tells: the first choice is to go by it."""
    say, spread = visit.texts.say, one.support.factors[factor]
    by_gap = Option(
        value="", label=say("web.plan.rank.as_derived" if spread.is_derived else "web.plan.rank.not_derived")
    )
    return Field(
        name=name_of(factor, one.ref),
        label=say(f"web.plan.rank.factor.{factor}"),
        kind="select",
        options=(by_gap, *_options(visit, factor)),
        required=False,
    )


def _options(visit: Visit, factor: str) -> tuple[Option, ...]:
    words = MEANINGS[factor]
    return tuple(Option(value=level, label=visit.texts.word(words, level)) for level in LEVELS[: TOP[factor]])
