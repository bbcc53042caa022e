"""Runs in a process of its own: many clients at once send conflicting commands to the same few introductions.

Called as `python -m tests.faults.clients URL INSTANT SEED CLIENTS COMMANDS`; prints one JSON line per command.
"""

import json
import random
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.errors import PathwaysError
from pathways.models.introduction import Introduction
from pathways.services.ask import Ask
from pathways.settings import Settings
from pathways.storage.unit_of_work import table_of
from states.errors import StatesError

SLUGS = ("kol", "sepsis", "knaledsartros")
PEOPLE = ("sam", "chef")
_introduction = table_of(Introduction)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one client asked and was answered: the receipt's fields, or the refusal's name and values."""

    command_id: str
    slug: str
    by: str
    seen: int | None
    receipt: Mapping[str, object] | None = None
    refusal: str = ""
    values: Mapping[str, object] | None = None


def conflicting(chance: random.Random, until_on: str) -> tuple[str, dict[str, object]]:
    """Returns a command that excludes, or is excluded by, what the others send."""
    commands: list[tuple[str, dict[str, object]]] = [
        ("pause", {"until_on": until_on}),
        ("resume", {}),
        ("create_task", {"title": "Ring enheten", "due_on": until_on, "person": "res"}),
        ("appoint", {"person": "m1", "role": "lag_chair"}),
        ("appoint", {"person": "m2", "role": "lag_chair"}),
        ("start", {}),
    ]
    return chance.choice(commands)


def client(app: App, name: str, commands: int) -> list[Outcome]:
    """One client: every second command with the version that was seen, the others without."""
    chance = random.Random(name)
    until_on = app.clock.now().date().replace(year=app.clock.now().year + 1).isoformat()
    return [_send(app, f"{name}-{n}", chance, until_on, look=n % 2 == 0) for n in range(commands)]


def _send(app: App, command_id: str, chance: random.Random, until_on: str, *, look: bool) -> Outcome:
    slug, by = chance.choice(SLUGS), chance.choice(PEOPLE)
    command, data = conflicting(chance, until_on)
    with app.read() as work:
        version = work.value(select(_introduction.c.version).where(_introduction.c.slug == slug))
    seen = version if look and command != "start" else None
    ask = Ask(actor=by, reason="Samtidigt", version=seen, command_id=command_id)
    try:
        receipt = app.run(slug, command, data, ask)
    except (PathwaysError, StatesError) as error:
        values = dict(error.values) if isinstance(error, PathwaysError) else {}
        return Outcome(command_id=command_id, slug=slug, by=by, seen=seen, refusal=type(error).__name__, values=values)
    return Outcome(command_id=command_id, slug=slug, by=by, seen=seen, receipt=asdict(receipt))


def main(url: str, instant: str, seed: str, clients: str, commands: str) -> None:
    """Lets the clients loose and prints what each was answered."""
    app = build_app(Settings(), clock=SetClock(datetime.fromisoformat(instant)), database_url=url)
    with ThreadPoolExecutor(int(clients)) as pool:
        names = [f"{seed}-{n}" for n in range(int(clients))]
        for outcomes in pool.map(lambda name: client(app, name, int(commands)), names):
            for outcome in outcomes:
                sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
    app.database.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
