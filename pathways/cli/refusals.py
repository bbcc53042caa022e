"""Turns a refusal into one calm block of lines for stderr: what, why, and what to do; and into the exit code.

1 means that Förlopp understood and says no; 2 that the line could not be understood.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pathways.cli.call import Call
from pathways.cli.usage import WrongUsage
from pathways.errors import IntroductionChanged, InvalidOrder, PathwaysError, Problem, Unknown, Unwritable
from pathways.reading.problems import FileProblem, InvalidFile
from states.errors import NoMigration, StatesError, TransitionRefused
from states.guards import REASON_MISSING
from states.reasons import Reason

REFUSED, WRONG_USAGE = 1, 2
PROGRAM = "forlopp"
HINTED = frozenset(
    {
        *("unknown_region", "unknown_introduction", "unknown_pathway", "administrator_present", "database_absent"),
        *("database_older", "no_version", "archive_open", "never_swept", "sweep_silent", "messages_wait"),
    }
)
"""What has a remedy of the command line's own. The refusals themselves are read in browsers and by programs too."""

MISTYPED = frozenset({"error.as_of_in_future", "error.date_out_of_range"})
"""Refusals from further down that are about what was typed alone."""


@dataclass(frozen=True, slots=True)
class Block:
    """What to print, and with which exit code to end."""

    lines: tuple[str, ...]
    code: int = REFUSED


def block_of(error: PathwaysError | StatesError, call: Call) -> Block:
    """Return the words and the exit code of a refusal."""
    lines = (*_lines(error, call), *hints_for(str(getattr(error, "sentence", "")), call))
    return Block(lines, WRONG_USAGE if _is_mistyped(error) else REFUSED)


def hints_for(sentence: str, call: Call) -> Iterator[str]:
    """Yield what to type, where there is something to type that helps."""
    name = sentence.rpartition(".")[2]
    if name in HINTED:
        yield call.texts.word("cli.hint", name)


def _is_mistyped(error: PathwaysError | StatesError) -> bool:
    """Say whether the line alone is wrong, whatever stands in the database."""
    if isinstance(error, Unknown):
        return error.kind in {"command", "cli_command"}
    return isinstance(error, WrongUsage | InvalidOrder) or getattr(error, "sentence", "") in MISTYPED


def _lines(error: PathwaysError | StatesError, call: Call) -> Iterator[str]:
    match error:
        case WrongUsage():
            return _usage(error, call)
        case InvalidOrder():
            return _order(error, call)
        case Unknown():
            return _unknown(error, call)
        case InvalidFile():
            return _file(error, call)
        case TransitionRefused():
            return _transition(error, call)
        case PathwaysError():
            return _plain(error, call)
    return iter([call.texts.say("error.no_migration" if isinstance(error, NoMigration) else "error.engine_fault")])


def reason_line(reason: Reason, call: Call) -> str:
    """Return one unmet reason with who can meet it."""
    spoken = call.wording.sentence(reason.sentence, reason.values)
    if not reason.met_by:
        return spoken
    return f"{spoken} ({call.texts.say('cli.show.met_by', roles=call.wording.roles(reason.met_by))})"


def _plain(error: PathwaysError, call: Call) -> Iterator[str]:
    """Yield the refusal's own sentence, or that of a collision whose winner is not known."""
    unseen = isinstance(error, IntroductionChanged) and "seen" not in error.values
    sentence = "error.introduction_changed_meanwhile" if unseen else error.sentence
    yield call.wording.sentence(sentence, error.values)
    if error.sentence == REASON_MISSING:
        yield call.texts.say("cli.do.add_reason")
    if isinstance(error, Unwritable):
        yield call.texts.say("cli.database_at", database=error.values["database"])


def _usage(error: WrongUsage, call: Call) -> Iterator[str]:
    values = dict(error.values)
    for name in ("parameter", "expected"):
        told = str(values.get(name, ""))
        if told == "integer":
            values[name] = call.texts.word("cli.kind", told)
        elif told.startswith("cli."):
            values[name] = call.texts.say(told)
    yield call.texts.say(error.sentence, **values)
    yield call.texts.say("usage.see_help", program=f"{PROGRAM} {call.name}".strip())


def _unknown(error: Unknown, call: Call) -> Iterator[str]:
    yield call.wording.sentence(error.sentence, {"name": error.values["name"]})
    nearest = ", ".join(error.nearest)
    yield call.texts.say("error.nearest", nearest=nearest) if nearest else call.texts.say("error.none_known")


def _transition(error: TransitionRefused, call: Call) -> Iterator[str]:
    yield call.texts.say("cli.do.refused", command=call.wording.command(error.command), slug=call.subject)
    for reason in error.reasons:
        yield f"  • {reason_line(reason, call)}"
    if any(reason.sentence == REASON_MISSING for reason in error.reasons):
        yield call.texts.say("cli.do.add_reason")
    see = call.texts.say("cli.do.see", slug=call.subject)
    yield f"{call.texts.say('cli.nothing_written')} {see}"


def _order(error: InvalidOrder, call: Call) -> Iterator[str]:
    yield call.wording.sentence(error.sentence if error.command else "error.invalid_ask", error.values)
    yield from dict.fromkeys(f"  • {_order_problem(error.command, one, call)}" for one in error.problems)
    if error.command:
        slug = call.subject or call.texts.say("cli.metavar.slug")
        yield call.texts.say("cli.do.fields_hint", slug=slug, command=error.command)


def _order_problem(command: str, problem: Problem, call: Call) -> str:
    rule = problem.sentence == "order.rule"
    values = {**problem.values, "expected": _choices(str(problem.values["expected"]))}
    spoken = call.wording.sentence(f"order.rule.{command}" if rule else problem.sentence, values)
    field = _field(problem.field)
    return f"{field}: {spoken}" if field else spoken


def _field(path: str) -> str:
    """Return the way to a field, list items by number from 1: `answers[1].level`.

    Parts that are no name stand for the library's own kinds ("constrained-int") and say nothing to a person.
    """
    text = ""
    for part in path.split("."):
        if part.isdigit():
            text += f"[{int(part) + 1}]"
        elif part.isidentifier():
            text += f"{'.' if text else ''}{part}"
    return text


def _choices(expected: str) -> str:
    """Return the choices of a field with commas between; the library writes the last one after an English "or"."""
    return ", ".join(re.findall(r"'([^']*)'", expected)) or expected


def _file(error: InvalidFile, call: Call) -> Iterator[str]:
    yield call.texts.say(error.sentence, **error.values)
    yield from (f"  {_file_problem(problem, call)}" for problem in error.problems)


def _file_problem(problem: FileProblem, call: Call) -> str:
    where = f"{problem.file}:{problem.line}: {problem.field}".rstrip(": ")
    return f"{where}: {call.texts.say(problem.sentence, **problem.values)}"
