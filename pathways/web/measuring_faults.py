"""What is wrong with a form of measuring, by field, in the reader's words; what is no fault of it is raised again."""

from collections.abc import Iterable, Mapping

from pathways.errors import InvalidOrder, NotAllowed, PathwaysError, Problem, Refused, Unknown
from pathways.web.visit import Visit
from states.errors import StatesError

AT: Mapping[str, str] = {
    "error.indicator_known": "name",
    "error.too_many_indicators": "",
    "error.goal_of_another_pathway": "",
    "error.series_empty": "",
    "error.no_period": "period",
    "error.baseline_frozen": "",
    "error.baseline_outside": "period",
    "error.baseline_too_short": "period",
    "error.phase_outside": "period",
    "error.no_phase": "",
    "reason_missing": "reason",
}
"""Where each refusal is shown: a field, or "" above all of them."""


def faults_of(
    visit: Visit, error: PathwaysError | StatesError, labels: Mapping[str, str], *, period: str = "period"
) -> dict[str, str]:
    """Return what is wrong by field, "" for the form as a whole; `labels` are the questions of the fields.

    `period` names the field that asks for a period.
    """
    match error:
        case NotAllowed():
            raise error
        case InvalidOrder():
            return _by_field(visit, error.problems, labels)
        case Unknown() if error.kind == "person":
            return {"owner": visit.texts.say("web.measuring.owner_gone")}
        case Refused() if error.sentence in AT:
            at = AT[error.sentence]
            if error.sentence == "reason_missing":
                return {at: visit.texts.say("web.measuring.reason_missing")}
            return {period if at == "period" else at: visit.wording.sentence(error.sentence, error.values)}
        case _:
            raise error


def _by_field(visit: Visit, problems: Iterable[Problem], labels: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for problem in problems:
        name = problem.field.partition(".")[0]
        at = name if name in labels else ""
        told = visit.texts.say(problem.sentence, **problem.values)
        found.setdefault(at, visit.texts.say("web.measuring.fault", label=labels[at], told=told) if at else told)
    return found
