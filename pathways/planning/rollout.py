"""What a new final version of a national text asks of one introduction (pure): which ways there are to take it over.

Whether the process lets a way be gone is not decided here: the dry run tries it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

NATIONAL = ("consultation", "current", "superseded", "withdrawn")


class Way(StrEnum):
    """What can be done with a new version in one introduction."""

    TAKE_OVER = "take_over"  # nothing was analysed: the new version takes the old one's place
    REVISE = "revise"  # the gap analysis is to be revised against it
    NO_LOCAL_EFFECT = "no_local_effect"  # it changes nothing here, with a reason


@dataclass(frozen=True, slots=True)
class Act:
    """One command on the way, and whether it needs a reason."""

    command: str
    data: Mapping[str, object] = field(default_factory=dict)
    needs_reason: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where an introduction stands towards the newest final version.

    `is_analysed` says that units have been asked about an earlier one, `is_revised` that all have answered the newest.
    """

    national: str
    place: str
    is_analysed: bool
    is_revised: bool


_ADOPT_UNCHANGED = Act("adopt_revision", {"outcome": "no_local_effect"}, needs_reason=True)
_ADOPT_REVISED = Act("adopt_revision", {"outcome": "revised"})


def national_of(held: Collection[str]) -> str:
    """Return which of the national states holds or rests; empty where none does."""
    return next((state for state in NATIONAL if state in held), "")


def acts_for(stand: Stand, way: Way) -> tuple[Act, ...]:
    """Return the commands that go a way, in order; none where the way has been gone already or leads nowhere."""
    begin = _begin(stand)
    if way is Way.REVISE:
        reopen = (Act("reopen_gap_analysis"),) if stand.place == "communicated" else ()
        return (*begin, *reopen)
    if stand.national == "consultation":
        return begin if way is Way.TAKE_OVER else ()
    return (*begin, _ADOPT_REVISED if way is Way.TAKE_OVER and stand.is_revised else _ADOPT_UNCHANGED)


def ways_for(stand: Stand) -> tuple[Way, ...]:
    """Return the ways that are worth trying: one where nobody has to choose, else those to choose between."""
    if stand.is_revised or not stand.is_analysed:
        return (Way.TAKE_OVER,)
    return tuple(way for way in (Way.REVISE, Way.NO_LOCAL_EFFECT) if acts_for(stand, way))


def _begin(stand: Stand) -> tuple[Act, ...]:
    if stand.national == "superseded":
        return ()
    return (Act("approve_nationally" if stand.national == "consultation" else "revise_nationally"),)
