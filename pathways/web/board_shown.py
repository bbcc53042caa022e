"""What the board's pages and files share: the lines that an address asks for, now or as of a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pathways.profiles.vocabulary import Role
from pathways.queries.board_choice import Choice, Looker, Summary, choose, summarise
from pathways.queries.board_page import BoardLine, board_page
from pathways.queries.moment import end_of_day
from pathways.web.board_address import Asked, read_address
from pathways.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader asked to see of the board, and all that there is."""

    asked: Asked
    lines: tuple[BoardLine, ...]
    everything: tuple[BoardLine, ...]

    @property
    def summary(self) -> Summary:
        """Return how many of the shown lines are of each kind."""
        return summarise(self.lines)

    @property
    def status(self) -> int:
        """Return the answer's status: 422 where a part of the address could not be used."""
        return 422 if self.asked.errors else 200


def read_shown(visit: Visit) -> Shown:
    """Return the lines that the visitor's address asks for; of a day that cannot be used, none."""
    asked = read_address(visit.request.query_params, today=visit.today)
    if "datum" in asked.errors:
        return Shown(asked, (), ())
    moment = moment_of(visit, asked.day)
    with visit.read() as work:
        everything = board_page(
            work, region_id=visit.visitor.region_id, profile=visit.profile, today=visit.today, as_of=moment
        )
    return Shown(asked, pick(visit, asked.choice, everything), everything)


def moment_of(visit: Visit, day: date | None) -> datetime | None:
    """Return the moment that a day means, or None for now."""
    return end_of_day(day, profile=visit.profile, now=visit.now) if day else None


def pick(visit: Visit, choice: Choice, lines: Iterable[BoardLine]) -> tuple[BoardLine, ...]:
    """Return the lines that a choice leaves in, for this visitor."""
    visitor = visit.visitor
    looker = Looker(
        person_id=visitor.person_id,
        roles=frozenset(str(role) for role in visitor.roles),
        appointed=frozenset(visitor.appointed),
    )
    return choose(lines, choice, looker, role_names=role_names(visit))


def role_names(visit: Visit) -> Mapping[str, str]:
    """Return what the reader calls every role."""
    return {str(role): visit.texts.word("role", role) for role in Role}
