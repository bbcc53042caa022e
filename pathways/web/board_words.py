"""The words of the board that pages and files share: who has the ball, what is next, what is usual, and the sum."""

from dataclasses import dataclass

from pathways.queries.board_choice import Summary
from pathways.queries.board_page import BoardLine
from pathways.queries.usual import Usual
from pathways.queries.views import Waiting
from pathways.web.visit import Visit

MOST_WAITING = 2


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the ball: a name with the role below, or the role alone."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Words:
    """What a line says besides figures and dates."""

    holders: tuple[Holder, ...]
    more_holders: int
    next_what: str
    usual: str


def words_of(visit: Visit, line: BoardLine) -> Words:
    """Return a line's words in the reader's language; of many who have the ball the first are named."""
    waits_for = line.row.waits_for
    return Words(
        holders=tuple(_holder(visit, waiting) for waiting in waits_for[:MOST_WAITING]),
        more_holders=max(0, len(waits_for) - MOST_WAITING),
        next_what=visit.wording.due(line.row.next_due_what) if line.row.next_due else "",
        usual=usual_in_words(visit, line.usual),
    )


def all_holders(visit: Visit, line: BoardLine) -> str:
    """Return everybody who has the ball, in one text."""
    told = (_holder(visit, waiting) for waiting in line.row.waits_for)
    return ", ".join(f"{one.name} ({one.role})" if one.role else one.name for one in told)


def usual_in_words(visit: Visit, usual: Usual | None) -> str:
    """Return how long the phase usually takes and how many that is known from, or that they are too few to say."""
    if usual is None:
        return visit.texts.say("web.board.too_few")
    sentence = "web.board.usual" if usual.is_own else "web.board.usual_elsewhere"
    days = visit.texts.say("web.board.days", n=usual.days)
    return visit.texts.say(sentence, days=days, n=usual.introductions)


def summary_in_words(visit: Visit, summary: Summary) -> str:
    """Return how many there are and where: "10 vårdförlopp: 3 i gapanalys, 2 pausade. 2 har något försenat"."""
    say = visit.texts.say
    parts = [visit.texts.word("web.board.in", phase, n=n) for phase, n in summary.phases.items()]
    parts += [
        visit.texts.word("web.board.resting", name, n=n)
        for name, n in (("paused", summary.paused), ("stopped", summary.stopped), ("closed", summary.closed))
        if n
    ]
    total = say("web.board.total", n=summary.total)
    late = say("web.board.total_late", n=summary.late) if summary.late else say("web.board.none_late")
    return f"{total}: {', '.join(parts)}. {late}" if parts else total


def _holder(visit: Visit, waiting: Waiting) -> Holder:
    role = visit.texts.word("role", waiting.role)
    return Holder(waiting.person, role) if waiting.person else Holder(role[:1].upper() + role[1:], "")
