"""Which lines of the board are shown and in which order (pure): filters, search and sorting."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pathways.queries.board_page import BoardLine
from pathways.queries.searching import holds
from pathways.queries.views import Waiting
from pathways.storage.collation import swedish_key
from states.snapshot import ENDED, Phase, Standing

AWAITING_DECISION = "awaiting_decision"
STANDINGS = (*(str(standing) for standing in Standing), AWAITING_DECISION)
"""What may be chosen of standings; waiting for a decision is one place, but the one that people ask for."""

_PHASES = {str(phase): number for number, phase in enumerate(Phase)}
_NEVER = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """Whose introductions are "mine": who has the ball by name or role, or holds a role in them."""

    person_id: int
    roles: frozenset[str]
    appointed: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody wants to see of the board; what is empty leaves everything in."""

    words: str = ""
    phase: str = ""
    standing: str = ""
    role: str = ""
    late: bool = False
    mine: bool = False
    sort: str = "pathway"
    descending: bool = False

    @property
    def narrows(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.words or self.phase or self.standing or self.role or self.late or self.mine)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many introductions there are, in which phase, and how many of them rest, have ended or are late."""

    total: int
    phases: Mapping[str, int]
    paused: int
    stopped: int
    closed: int
    late: int


def choose(
    lines: Iterable[BoardLine], choice: Choice, looker: Looker, *, role_names: Mapping[str, str]
) -> tuple[BoardLine, ...]:
    """Return the lines that are wanted, sorted as wanted; equal ones stay in the order of their names.

    `role_names` says what the reader calls a role: it is searched for, and sorted by, as it is shown.
    """
    wanted = [line for line in lines if _is_wanted(line, choice, looker, role_names)]
    wanted.sort(key=lambda line: (swedish_key(line.row.pathway), line.row.number))
    key = _SORTS[choice.sort]
    # What has no value stands last either way: nobody looks for it at the top.
    with_value = [line for line in wanted if key(line, role_names) is not None]
    without = [line for line in wanted if key(line, role_names) is None]
    with_value.sort(key=lambda line: key(line, role_names) or (), reverse=choice.descending)
    return (*with_value, *without)


def summarise(lines: Iterable[BoardLine]) -> Summary:
    """Return how many lines there are of each kind."""
    rows = [line.row for line in lines]
    standings = Counter(row.standing for row in rows)
    active = Counter(row.phase for row in rows if row.standing == Standing.ACTIVE)
    return Summary(
        total=len(rows),
        phases={phase: active[phase] for phase in _PHASES if active[phase]},
        paused=standings[Standing.PAUSED],
        stopped=standings[Standing.STOPPED],
        closed=standings[Standing.CLOSED],
        late=sum(row.late > 0 for row in rows),
    )


def list_roles(lines: Iterable[BoardLine]) -> tuple[str, ...]:
    """Return every role that has the ball somewhere, each once."""
    return tuple(dict.fromkeys(waiting.role for line in lines for waiting in line.row.waits_for))


def is_mine(line: BoardLine, looker: Looker) -> bool:
    """Say whether an introduction waits for the looker, or is one that they hold a role in."""
    if line.row.introduction_id in looker.appointed:
        return True
    return any(
        waiting.person_id == looker.person_id or (waiting.person_id is None and waiting.role in looker.roles)
        for waiting in line.row.waits_for
    )


def _is_wanted(line: BoardLine, choice: Choice, looker: Looker, role_names: Mapping[str, str]) -> bool:
    row = line.row
    return (
        (not choice.phase or (row.phase == choice.phase and row.standing not in ENDED))
        and (not choice.standing or choice.standing in {row.standing, row.place})
        and (not choice.role or any(waiting.role == choice.role for waiting in row.waits_for))
        and (not choice.late or row.late > 0)
        and (not choice.mine or is_mine(line, looker))
        and _holds_words(line, choice.words, role_names)
    )


def _holds_words(line: BoardLine, words: str, role_names: Mapping[str, str]) -> bool:
    """Say whether every word stands in the pathway's name or in the names of those who have the ball."""
    names = [part for waiting in line.row.waits_for for part in (waiting.person or "", role_names[waiting.role])]
    return holds(words, line.row.pathway, line.row.slug, *names)


Key = Callable[[BoardLine, Mapping[str, str]], tuple[object, ...] | None]


def _by_holder(line: BoardLine, role_names: Mapping[str, str]) -> tuple[object, ...] | None:
    waits_for = line.row.waits_for
    return tuple(swedish_key(name_of(waiting, role_names)) for waiting in waits_for) if waits_for else None


def name_of(waiting: Waiting, role_names: Mapping[str, str]) -> str:
    """Return who has the ball: the person where one alone is known, else the role."""
    return waiting.person or role_names[waiting.role]


_SORTS: Mapping[str, Key] = {
    "pathway": lambda line, _: (swedish_key(line.row.pathway), line.row.number),
    "stage": lambda line, _: (line.row.standing in ENDED, _PHASES[line.row.phase], line.row.place),
    "days": lambda line, _: (line.row.days_in_phase,) if line.row.standing not in ENDED else None,
    "holder": _by_holder,
    "next": lambda line, _: (line.row.next_due,) if line.row.next_due else None,
    "late": lambda line, _: (line.row.late,),
}
SORTS = tuple(_SORTS)
"""What the board can be sorted by."""
