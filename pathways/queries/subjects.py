"""Whom or what an event was about, by name: the person appointed, the task done, the unit that answered.

The log knows them by number and ref; the names are today's, as everywhere in history.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Select, bindparam, select

from pathways.models.base import CaseRow
from pathways.models.gap import GapAnswer, GapInvitation
from pathways.models.introduction import Appointment
from pathways.models.measure import Indicator, IndicatorPhase, IndicatorValue
from pathways.models.organisation import Person, Unit
from pathways.models.plan import Activity
from pathways.models.task import Task
from pathways.queries.details import title_of
from pathways.storage.fold import changes_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

Name = str | dict[str, str]
MOST = 4

_person, _unit = table_of(Person), table_of(Unit)
TOLD: Mapping[str, type[CaseRow]] = {
    "appoint": Appointment,
    "dismiss": Appointment,
    "invite_units": GapInvitation,
    "excuse_unit": GapInvitation,
    "answer_gap": GapAnswer,
    "plan_activity": Activity,
    "update_activity": Activity,
    "create_task": Task,
    "define_indicator": Indicator,
    "change_indicator": Indicator,
    "retire_indicator": Indicator,
    "record_values": IndicatorValue,
    "freeze_baseline": IndicatorPhase,
    "reset_phase": IndicatorPhase,
    "take_back_phase": IndicatorPhase,
}
"""The kind of row that tells what a command was about; commands on a task name it themselves."""


def _named(row: type[CaseRow], *columns: str) -> Select[tuple[object, ...]]:
    table = table_of(row)
    return select(*(table.c[name] for name in ("ref", *columns))).where(
        table.c.introduction_id == bindparam("case"), table.c.ref.in_(bindparam("refs", expanding=True))
    )


def _of_people() -> Select[tuple[object, ...]]:
    held = table_of(Appointment)
    return _named(Appointment).outerjoin(_person, _person.c.id == held.c.person_id).add_columns(_person.c.name)


def _of_units(row: type[CaseRow]) -> Select[tuple[object, ...]]:
    return _named(row).join(_unit, _unit.c.id == table_of(row).c.unit_id).add_columns(_unit.c.name)


def _of_indicators(row: type[CaseRow]) -> Select[tuple[object, ...]]:
    """Return rows of an indicator with its name: many values of one command have one between them."""
    table, named = table_of(row), table_of(Indicator)
    same = (named.c.introduction_id == table.c.introduction_id) & (named.c.ref == table.c.indicator)
    return _named(row).join(named, same).add_columns(named.c.name)


_QUERIES: Mapping[type[CaseRow], Select[tuple[object, ...]]] = {
    Appointment: _of_people(),
    GapInvitation: _of_units(GapInvitation),
    GapAnswer: _of_units(GapAnswer),
    Activity: _named(Activity, "title"),
    Indicator: _named(Indicator, "name"),
    IndicatorValue: _of_indicators(IndicatorValue),
    IndicatorPhase: _of_indicators(IndicatorPhase),
    Task: _named(Task, "item", "title_sv", "title_en", "own_title"),
}


def load_subjects(work: UnitOfWork, events: Iterable[Row], *, introduction_id: int) -> dict[int, tuple[Name, ...]]:
    """Return what each event was about, by its number: at most a few names, none where there is nothing to tell."""
    refs = {event["seq"]: _refs_in(event) for event in events}
    wanted: dict[type[CaseRow], set[str]] = {}
    for kind, names in refs.values():
        if kind is not None:
            wanted.setdefault(kind, set()).update(names)
    known = {
        kind: {
            row["ref"]: _name_of(kind, row)
            for row in work.rows(_QUERIES[kind], {"case": introduction_id, "refs": sorted(names)})
        }
        for kind, names in wanted.items()
        if names
    }
    return {seq: _names(known.get(kind, {}) if kind else {}, names) for seq, (kind, names) in refs.items()}


def _refs_in(event: Row) -> tuple[type[CaseRow] | None, list[str]]:
    task = event["payload"].get("given", {}).get("task")
    if task:
        return Task, [str(task)]
    kind = TOLD.get(event["command"])
    if kind is None:
        return None, []
    refs = [change.ref for change in changes_of(event) if change.table == kind.__tablename__]
    return kind, refs[:1] if kind is IndicatorValue else refs  # all values of a command are of one indicator


def _names(known: Mapping[str, Name], refs: Iterable[str]) -> tuple[Name, ...]:
    """Return the names, each once."""
    found: list[Name] = []
    for ref in refs:
        name = known.get(ref)
        if name and name not in found:
            found.append(name)
    return tuple(found[:MOST])


def _name_of(kind: type[CaseRow], row: Row) -> Name:
    if kind is Task:
        return title_of(row)
    return str(row["title" if kind is Activity else "name"] or "")
