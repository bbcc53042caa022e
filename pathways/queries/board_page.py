"""The board as a page needs it: every row with what is usual for its phase, and where each stands on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from pathways.profiles.schema import Profile
from pathways.queries.board import board
from pathways.queries.moment import require_past
from pathways.queries.stays import load_stays
from pathways.queries.usual import Usual, usual_days
from pathways.queries.views import BoardRow
from pathways.storage.unit_of_work import UnitOfWork
from states.snapshot import ENDED, Phase, Standing

STAGES = ("preparation", "gap_analysis", "action_plan", "implementation", "celebration")
"""The columns of the department's own status table, with what comes before and after them."""

_STAGE_OF: Mapping[str, str] = MappingProxyType(
    {
        Phase.PREPARATION: "preparation",
        Phase.GAP_ANALYSIS: "gap_analysis",
        Phase.PRIORITISATION: "action_plan",
        Phase.IMPLEMENTATION: "implementation",
        Phase.LEARNING: "implementation",
        Phase.CELEBRATION: "celebration",
        Phase.FINISHED: "celebration",
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One stage of an introduction: done, current, resting, stopped or ahead."""

    stage: str
    state: str


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One introduction on the page. `usual` is None where too few have been through the phase to say.

    `is_earlier` says that the pathway has been begun anew since.
    """

    row: BoardRow
    usual: Usual | None
    cells: tuple[Cell, ...]
    is_earlier: bool = False

    @property
    def path(self) -> str:
        """Return what follows the board's address on the introduction's own page."""
        return f"/{self.row.slug}/tidigare/{self.row.number}" if self.is_earlier else f"/{self.row.slug}"

    @property
    def over_usual(self) -> int:
        """Return by how many days the introduction has been in its phase for longer than is usual; 0 if it has not."""
        if self.usual is None or self.row.standing != Standing.ACTIVE:
            return 0
        return max(0, self.row.days_in_phase - self.usual.days)


def board_page(
    work: UnitOfWork, *, region_id: int, profile: Profile, today: date, as_of: datetime | None = None
) -> tuple[BoardLine, ...]:
    """Return the board's lines in Swedish order of their names, now or as of an earlier moment as `board` does.

    What is usual is told as of the same moment, so that a day looked back upon shows what that day showed.
    """
    rows = board(work, region_id=region_id, profile=profile, today=today, as_of=as_of)
    until = work.now if as_of is None else require_past(as_of, now=work.now)
    usual = usual_days(load_stays(work, region_id=region_id, until=until), profile.region.zone)
    newest = newest_of(rows)
    return tuple(
        BoardLine(row, usual.get(row.phase), cells_of(row), is_earlier=row.number < newest[row.slug]) for row in rows
    )


def newest_of(rows: Iterable[BoardRow]) -> dict[str, int]:
    """Return the number of the newest introduction of each pathway."""
    newest: dict[str, int] = {}
    for row in rows:
        newest[row.slug] = max(row.number, newest.get(row.slug, 0))
    return newest


def cells_of(row: BoardRow) -> tuple[Cell, ...]:
    """Return the stages of an introduction in their order."""
    here = STAGES.index(_STAGE_OF[row.phase])
    return tuple(Cell(stage, _state_of(row, n, here)) for n, stage in enumerate(STAGES))


def _state_of(row: BoardRow, number: int, here: int) -> str:
    if number < here or row.standing == Standing.CLOSED:
        return "done"
    if number > here:
        return "ahead"
    if row.standing in ENDED:
        return "stopped"
    return "resting" if row.standing == Standing.PAUSED else "current"
