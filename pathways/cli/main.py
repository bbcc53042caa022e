"""The command `forlopp`: chooses the language and the command, and puts whatever goes wrong into calm words.

What a command does stands in the module of its name; which there are stands in `commands`.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper

from typer.exceptions import TyperException

from pathways.cli.call import Call
from pathways.cli.commands import ENTRIES, GROUPS, find_command, load_command, overview
from pathways.cli.output_file import FileUnwritable
from pathways.cli.refusals import PROGRAM, REFUSED, Block, block_of
from pathways.cli.usage import WrongUsage, usage_of
from pathways.clock import Clock, SystemClock
from pathways.errors import PathwaysError
from pathways.locale import DEFAULT, LANGUAGES, TextsAbsent, texts
from states.errors import StatesError

HELP = "--help"
VARIABLE = "FORLOPP_LANG"


def main() -> int:
    """Carry out what the process was called with, and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Swedish letters shows "?" and not a fault
    return run(sys.argv[1:])


def run(arguments: Sequence[str], *, clock: Clock | None = None) -> int:
    """Carry out one command line and return the exit code: 0 done, 1 refused, 2 not understood."""
    try:
        language, rest = take_language(arguments)
        call = Call(texts(language if language in LANGUAGES else DEFAULT), clock or SystemClock())
    except TextsAbsent as error:  # there are no words to say it with but these two
        sys.stderr.write(f"{error.values['file']} saknas; kör make install. / is missing; run make install.\n")
        return REFUSED
    try:
        if language not in LANGUAGES:
            raise WrongUsage("usage.bad_language", given=language)
        if not all(_is_text(one) for one in rest):
            raise WrongUsage("usage.not_utf8")
        return dispatch(rest, call)
    except BrokenPipeError:  # the reader, `head` perhaps, has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - until the process ends
        return 0
    except (PathwaysError, StatesError) as error:
        return complain(block_of(error, call))
    except OSError as error:
        return complain(_system_fault(error, call))
    except Exception as error:  # noqa: BLE001 - the last edge: a person sees a sentence, the log all of it
        return complain(_unexpected(error, call))


def take_language(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return the language that the line or the environment asks for, and the line without it.

    `--lang` may stand anywhere, since a person adds it where the cursor is.
    """
    language, rest = os.environ.get(VARIABLE) or DEFAULT, []
    left = iter(arguments)
    for one in left:
        if one == "--lang":
            language = next(left, "")
        elif one.startswith("--lang="):
            language = one.removeprefix("--lang=")
        else:
            rest.append(one)
    return language, rest


def dispatch(arguments: list[str], call: Call) -> int:
    """Find the command and let it run."""
    if not arguments or arguments == [HELP]:
        call.print(overview(call.texts).rstrip())
        return 0
    if arguments[0] in GROUPS and arguments[1:] in ([], [HELP]) and arguments[0] not in ENTRIES:
        call.print(overview(call.texts, arguments[0]).rstrip())
        return 0
    call.name, rest = find_command(arguments)
    program = f"{PROGRAM} {call.name}"
    try:
        code = load_command(call.name).main(rest, prog_name=program, standalone_mode=False, obj=call)
    except TyperException as error:
        raise usage_of(error) from error
    return int(code or 0)


def complain(block: Block) -> int:
    """Print a block on stderr and return its exit code."""
    sys.stdout.flush()
    sys.stderr.write("\n".join(block.lines) + "\n")
    return block.code


def _is_text(argument: str) -> bool:
    """Say whether an argument came as UTF-8; what did not is held by the interpreter in halves of letters."""
    return not any("\ud800" <= letter <= "\udfff" for letter in argument)


def _system_fault(error: OSError, call: Call) -> Block:
    """Return the words for a file or folder that cannot be used; without one the fault is an unexpected one."""
    if error.filename is None:
        return _unexpected(error, call)
    return block_of(FileUnwritable(file=str(error.filename), detail=error.strerror or ""), call)


def _unexpected(error: Exception, call: Call) -> Block:
    lines = [call.texts.say("error.unexpected")]
    with suppress(OSError):  # a home that cannot be written to has no log either
        # Loaded by name: a command that goes well needs neither settings nor log.
        file = import_module("pathways.cli.fault_log").write_fault(error, now=call.clock.now())
        lines.append(call.texts.say("error.log", file=str(file)))
    return Block(tuple(lines))


if __name__ == "__main__":
    raise SystemExit(main())
