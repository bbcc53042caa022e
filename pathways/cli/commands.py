"""Which commands there are and where each is found. A module is loaded only when its command is called.

So `forlopp status` does not pay for the simulation, and `forlopp --help` pays for nothing.
"""

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer

from pathways.cli.help import Command, table
from pathways.cli.refusals import PROGRAM
from pathways.cli.usage import WrongUsage
from pathways.errors import Unknown
from pathways.locale import Texts


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command's function stands; the text of its help follows from its name."""

    module: str
    function: str
    hidden: bool = False


ENTRIES: Mapping[str, Entry] = MappingProxyType(
    {
        "up": Entry("up_command", "up"),
        "demo": Entry("demo", "demo"),
        "simulate": Entry("simulate", "simulate"),
        "status": Entry("status", "status"),
        "show": Entry("show", "show"),
        "do": Entry("do", "do"),
        "worklist": Entry("worklist", "worklist"),
        "plan-back": Entry("plan_back", "plan_back"),
        "rollout": Entry("rollout", "rollout"),
        "pack": Entry("pack", "pack"),
        "award show": Entry("award", "show"),
        "award open": Entry("award", "open_year"),
        "award nominate": Entry("award", "nominate"),
        "award vote": Entry("award", "vote"),
        "award publish": Entry("award", "publish"),
        "verify": Entry("verify", "verify"),
        "export": Entry("export", "export"),
        "archive": Entry("archive", "archive"),
        "health": Entry("health", "health"),
        "catalogue import": Entry("catalogue", "import_file"),
        "profile check": Entry("profile", "check"),
        "region set-up": Entry("region", "set_up"),
        "admin setup-link": Entry("admin", "setup_link"),
        "db upgrade": Entry("db", "upgrade"),
        "db backup": Entry("db", "backup"),
        "db restore": Entry("db", "restore"),
        "installation": Entry("installation", "installation", hidden=True),
        "sweep-once": Entry("sweep_once", "sweep_once", hidden=True),
    }
)
GROUPS = frozenset(name.partition(" ")[0] for name in ENTRIES if " " in name)


def find_command(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return the name of the command that the line begins with, and the rest of the line.

    Raises `Unknown` with the nearest names, or `WrongUsage` where a group is named without its command.
    """
    first, rest = arguments[0], list(arguments[1:])
    if first in ENTRIES:
        return first, rest
    if first not in GROUPS:
        raise Unknown("cli_command", first, {name.partition(" ")[0] for name in _shown()})
    if not rest:
        raise WrongUsage("usage.missing_command")
    name = f"{first} {rest[0]}"
    if name not in ENTRIES:
        raise Unknown("cli_command", name, [one for one in _shown() if one.startswith(f"{first} ")])
    return name, rest[1:]


def load_command(name: str) -> Any:  # Any: typer keeps its command class to itself
    """Return the command, with its help text's id in the place of its help."""
    entry = ENTRIES[name]
    gc.disable()  # loading makes many objects and no rubbish: a tenth of the time of `status` is saved
    function = getattr(import_module(f"pathways.cli.{entry.module}"), entry.function)
    gc.enable()
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=Command, help=f"cli.{name.replace(' ', '.')}.help")(function)
    return typer.main.get_command(app)


def overview(texts: Texts, group: str = "") -> str:
    """Return the help that lists the commands: all of them, or those of a group."""
    program = f"{PROGRAM} {group}".strip()
    usage = f"{program} {texts.say('cli.metavar.command')} {texts.say('cli.metavar.options')}"
    names = [name for name in _shown() if name.startswith(f"{group} ")] if group else _shown()
    blocks = [
        texts.say("cli.usage", usage=usage),
        texts.say(f"cli.{group}.help") if group else texts.say("cli.about"),
        table(texts.say("cli.commands"), [(name, texts.say(f"cli.{name.replace(' ', '.')}.help")) for name in names]),
        table(texts.say("cli.options"), [(f"--lang {texts.say('cli.metavar.language')}", texts.say("cli.lang"))]),
        texts.say("cli.more", program=PROGRAM),
    ]
    return "\n\n".join(blocks) + "\n"


def _shown() -> list[str]:
    return [name for name, entry in ENTRIES.items() if not entry.hidden]
