"""The question which units to invite and by when: units by kind, a whole kind at once, and the last day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from pathways.errors import InvalidOrder, PathwaysError, Refused
from pathways.services.frame import is_known
from pathways.web.forms import Field, Keys, Option, first
from pathways.web.visit import Visit

Typed = Mapping[str, Sequence[str]]
ALL_OF = "alla:"  # before a kind: every unit of it
UNITS, DUE_ON = "units", "due_on"
USUAL_WORKDAYS = 15


class Unit(Protocol):
    """What the question needs of a unit."""

    @property
    def slug(self) -> str:
        """Its short name."""
        ...

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def kind(self) -> str:
        """What kind of place it is."""
        ...


def invite_fields(
    visit: Visit, units: Iterable[Unit], typed: Typed, errors: Mapping[str, str]
) -> tuple[list[Field], Field]:
    """Return a question per kind of unit, and the question of the last day, with what was typed.

    The units of a kind stand in a group, whose first choice is all of them.
    """
    texts = visit.texts
    kinds: dict[str, list[Unit]] = {}
    for unit in units:
        kinds.setdefault(unit.kind, []).append(unit)
    groups = [
        Field(
            name=f"{UNITS}-{kind}",
            label=texts.say(f"web.gap.kind.{kind}"),
            kind="checkboxes",
            options=_options(visit, kind, members),
            value=tuple(typed.get(f"{UNITS}-{kind}", ())),
            error=errors.get(UNITS, "") if number == 0 else "",
        )
        for number, (kind, members) in enumerate(kinds.items())
    ]
    day = Field(
        name=DUE_ON,
        label=texts.say("web.gap.invite_due_on"),
        help=texts.say("web.gap.invite_due_on_help"),
        kind="date",
        value=first(typed, DUE_ON) or usual_day(visit).isoformat(),
        error=errors.get(DUE_ON, ""),
    )
    return groups, day


def chosen_units(units: Iterable[Unit], typed: Typed) -> list[str]:
    """Return the units that were ticked, those of a whole kind included."""
    ticked = {value for name, values in typed.items() if name.startswith(UNITS) for value in values}
    kinds = {value.removeprefix(ALL_OF) for value in ticked if value.startswith(ALL_OF)}
    return [unit.slug for unit in units if unit.slug in ticked or unit.kind in kinds]


def faults_of(visit: Visit, units: Sequence[str], typed: Typed) -> dict[str, str]:
    """Return what is missing in an invitation, by question; `UNITS` stands for all groups."""
    faults = {}
    if not units:
        faults[UNITS] = visit.texts.say("web.gap.fault.units")
    day = find_day(first(typed, DUE_ON))
    if day is None:
        faults[DUE_ON] = visit.texts.say("web.gap.fault.due_on")
    elif day < visit.today:
        faults[DUE_ON] = visit.texts.say("web.gap.fault.due_past")
    return faults


def fault_told(visit: Visit, error: PathwaysError) -> dict[str, str]:
    """Return a refusal of the invitation as a fault of its form; what is no fault of it is raised again."""
    if isinstance(error, InvalidOrder):
        return {DUE_ON: visit.texts.say("web.gap.fault.due_on")}
    if isinstance(error, Refused) and error.sentence in {"error.already_invited", "error.no_version"}:
        return {UNITS: visit.wording.sentence(error.sentence, error.values)}
    raise error


def is_done(visit: Visit, keys: Keys, *, part: str = "") -> bool:
    """Say whether this very form has been carried out: the button was pressed twice."""
    with visit.read() as work:
        return is_known(work, f"{keys.command_id[:70]}{part}")


def find_day(text: str) -> date | None:
    """Return the day that was typed, or None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def usual_day(visit: Visit) -> date:
    """Return the last day that units mostly get."""
    return visit.profile.workdays.add(visit.today, USUAL_WORKDAYS)


def _options(visit: Visit, kind: str, members: Sequence[Unit]) -> tuple[Option, ...]:
    every = Option(value=f"{ALL_OF}{kind}", label=visit.texts.say("web.gap.all_of_kind", n=len(members)))
    single = tuple(Option(value=unit.slug, label=unit.name) for unit in members)
    return (every, *single) if len(single) > 1 else single
