"""Puts events into words for history: what was done, about whom, by whom and for whom, and what a correction undid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pathways.queries.log_page import LoggedEvent
from pathways.web.visit import Visit

MOST_NUMBERS = 6
ROUND = "close_comment_round"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvent:
    """An event in words. `undoes` are the events that a correction undid; `undo_from` what a new one would undo to."""

    seq: int
    what: str
    about: str
    by: str
    at: datetime
    reason: str | None
    position: str
    moved: bool
    undone_by: int | None
    undoes: str
    undo_to: int | None


def tell_events(visit: Visit, events: Iterable[LoggedEvent]) -> tuple[ShownEvent, ...]:
    """Return events in words."""
    return tuple(tell_event(visit, event) for event in events)


def tell_event(visit: Visit, event: LoggedEvent) -> ShownEvent:
    """Return one event in words."""
    return ShownEvent(
        seq=event.seq,
        what=what_was_done(visit, event),
        about=", ".join(visit.formats.title(one) for one in event.about),
        by=_by(visit, event),
        at=event.at,
        reason=event.reason,
        position=visit.wording.position(event.phase, event.place),
        moved=event.moved,
        undone_by=event.undone_by,
        undoes=_undoes(visit, event.undoes),
        undo_to=event.seq - 1 if event.moved and event.seq > 1 else None,
    )


def what_was_done(visit: Visit, event: LoggedEvent) -> str:
    """Return the command with what was chosen: "Anteckna beslutet: anta"."""
    if event.command == ROUND and event.choice:
        return f"{visit.wording.command(ROUND)}: {visit.texts.word('web.intro.round', event.choice)}"
    return visit.wording.command(event.command, event.choice)


def _by(visit: Visit, event: LoggedEvent) -> str:
    who = event.actor or visit.texts.say("actor.system")
    if event.on_behalf is None:
        return who
    return f"{who} {visit.texts.say('web.intro.history.behalf', name=event.on_behalf)}"


def _undoes(visit: Visit, numbers: tuple[int, ...]) -> str:
    if len(numbers) > MOST_NUMBERS:
        return visit.texts.say("web.intro.history.many", first=numbers[0], last=numbers[-1], n=len(numbers))
    return ", ".join(str(number) for number in numbers)
