"""One search over all that a region has: pathways and their introductions, open tasks, decisions, and people.

The database gives what can be found at all, in one statement; which of it holds the words is decided here, because no
database of ours knows that å is no a. Checklist tasks are first looked up among the profile's few titles, so that the
thousands that do not match are never read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlalchemy import bindparam, select

from pathways.models.catalogue import Pathway
from pathways.models.decision import Decision
from pathways.models.introduction import Introduction
from pathways.models.organisation import Body, Person, Unit
from pathways.models.task import Task, TaskState
from pathways.queries.details import title_of
from pathways.queries.searching import begins, holds
from pathways.queries.views import Title
from pathways.storage.collation import swedish_key
from pathways.storage.gathering import Gathering
from pathways.storage.unit_of_work import Row, UnitOfWork, constant, table_of

_Any = TypeVar("_Any")

MOST = 20
"""So many of a group are shown; whoever needs the others writes more words."""
_TASKS_READ = 500

_pathway, _introduction, _task, _person = (table_of(row) for row in (Pathway, Introduction, Task, Person))
_decision, _body, _unit = (table_of(row) for row in (Decision, Body, Unit))
_REGION = bindparam("region", type_=_introduction.c.region_id.type)
_OPEN = (_task.c.region_id == _REGION, _task.c.state == constant(TaskState.OPEN), _task.c.voided_by.is_(None))
_TASK = ("introduction_id", "ref", "item", "title_sv", "title_en", "own_title", "due_on", "assignee_id")
# The limit stands in a query of its own: one part of a union may not have any.
_SOONEST = (
    select(*(_task.c[name] for name in _TASK))
    .where(*_OPEN, _task.c.item.in_(bindparam("items", expanding=True)))
    .order_by(_task.c.due_on, _task.c.introduction_id, _task.c.ref)
    .limit(_TASKS_READ)
    .subquery("soonest")
)
_FINDABLE = Gathering(
    pathways=select(_pathway.c.id, _pathway.c.slug, _pathway.c.name),
    introductions=select(
        *(_introduction.c[name] for name in ("id", "pathway_id", "slug", "number", "phase", "place", "standing"))
    ).where(_introduction.c.region_id == _REGION),
    from_lists=select(*_SOONEST.c),
    own=select(*(_task.c[name] for name in _TASK)).where(*_OPEN, _task.c.item == ""),
    decisions=select(
        *(_decision.c[name] for name in ("introduction_id", "kind", "meeting_on", "paragraph_no", "register_no")),
        _decision.c.outcome,
        _body.c.name.label("body"),
        _body.c.short,
    )
    .join(_body, _body.c.id == _decision.c.body_id)
    .join(_introduction, _introduction.c.id == _decision.c.introduction_id)
    .where(_introduction.c.region_id == _REGION, _decision.c.voided_by.is_(None)),
    people=select(_person.c.id, _person.c.slug, _person.c.name, _person.c.active, _unit.c.name.label("unit"))
    .outerjoin(_unit, _unit.c.id == _person.c.unit_id)
    .where(_person.c.region_id == _REGION),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPathway:
    """A pathway; `phase` and what follows are of its newest introduction here, empty where it was never begun.

    `earlier` are the numbers of those before it, the latest first.
    """

    name: str
    pathway_slug: str
    slug: str = ""
    phase: str = ""
    place: str = ""
    standing: str = ""
    earlier: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTask:
    """An open task."""

    slug: str
    pathway: str
    ref: str
    title: Title
    due_on: date
    assignee: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDecision:
    """A decision as minuted; `earlier` is the number of the introduction where that is not the pathway's newest."""

    slug: str
    pathway: str
    earlier: int | None
    body: str
    meeting_on: date
    paragraph_no: str
    register_no: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """Somebody who works here now."""

    slug: str
    name: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the best first; each group holds at most `MOST`, and `left_out` tells how many more there are."""

    pathways: tuple[FoundPathway, ...] = ()
    tasks: tuple[FoundTask, ...] = ()
    decisions: tuple[FoundDecision, ...] = ()
    people: tuple[FoundPerson, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was found."""
        return not (self.pathways or self.tasks or self.decisions or self.people)


def search(work: UnitOfWork, *, region_id: int, words: str, titles: Mapping[str, str], with_people: bool) -> Found:
    """Return what holds all the words; no words find nothing.

    `titles` are those of the profile's checklist items in the reader's language. People are looked for, and those who
    have a task are named, only `with_people`.
    """
    if not words.strip():
        return Found()
    items = [item for item, title in titles.items() if holds(words, title)]
    read = _FINDABLE.read(work, {"region": region_id, "items": items})
    names = {row["id"]: str(row["name"]) for row in read["pathways"]}
    cases = {row["id"]: (str(row["slug"]), names[row["pathway_id"]]) for row in read["introductions"]}
    older = _older(read["introductions"])
    people = {row["id"]: str(row["name"]) for row in read["people"]} if with_people else {}
    own = [row for row in read["own"] if holds(words, str(row["own_title"] or ""))]
    tasks = sorted([*own, *read["from_lists"]], key=lambda row: (row["due_on"], row["introduction_id"], row["ref"]))
    decided = (row for row in read["decisions"] if _holds_decision(row, words))
    decisions = sorted(decided, key=lambda row: row["meeting_on"], reverse=True)
    pathways, left_pathways = _first(_pathways(read["pathways"], read["introductions"], words))
    people_found, left_people = _first(_people(read["people"], words) if with_people else [])
    return Found(
        pathways=pathways,
        tasks=tuple(_task_of(row, cases, people) for row in tasks[:MOST]),
        decisions=tuple(_decision_of(row, cases, older) for row in decisions[:MOST]),
        people=people_found,
        left_out={
            "pathways": left_pathways,
            "tasks": max(0, len(tasks) - MOST),
            "decisions": max(0, len(decisions) - MOST),
            "people": left_people,
        },
    )


def _first(found: list[_Any]) -> tuple[tuple[_Any, ...], int]:
    return tuple(found[:MOST]), max(0, len(found) - MOST)


def _pathways(pathways: Iterable[Row], introductions: Iterable[Row], words: str) -> list[FoundPathway]:
    """Return the pathways: those whose name begins with the words, then those that are introduced here, by name."""
    cases: dict[int, list[Row]] = {}
    for row in sorted(introductions, key=lambda row: int(row["number"]), reverse=True):
        cases.setdefault(row["pathway_id"], []).append(row)
    found = [_pathway_of(row, cases.get(row["id"], [])) for row in pathways if holds(words, row["name"], row["slug"])]
    return sorted(found, key=lambda one: (not begins(words, one.name), not one.slug, swedish_key(one.name)))


def _older(introductions: Iterable[Row]) -> dict[int, int]:
    """Return the numbers of the introductions that are not their pathway's newest, by their ids."""
    newest: dict[int, int] = {}
    rows = list(introductions)
    for row in rows:
        newest[row["pathway_id"]] = max(int(row["number"]), newest.get(row["pathway_id"], 0))
    return {row["id"]: int(row["number"]) for row in rows if int(row["number"]) < newest[row["pathway_id"]]}


def _pathway_of(row: Row, cases: Sequence[Row]) -> FoundPathway:
    if not cases:
        return FoundPathway(name=row["name"], pathway_slug=row["slug"])
    own = {name: str(cases[0][name]) for name in ("slug", "phase", "place", "standing")}
    earlier = tuple(int(one["number"]) for one in cases[1:])
    return FoundPathway(name=row["name"], pathway_slug=row["slug"], earlier=earlier, **own)


def _task_of(row: Row, cases: Mapping[int, tuple[str, str]], people: Mapping[int, str]) -> FoundTask:
    slug, pathway = cases[row["introduction_id"]]
    return FoundTask(
        slug=slug,
        pathway=pathway,
        ref=str(row["ref"]),
        title=title_of(row),
        due_on=row["due_on"],
        assignee=people.get(row["assignee_id"]),
    )


def _holds_decision(row: Row, words: str) -> bool:
    """A paragraph is found with and without its space, a body by its name and its short one."""
    paragraph = str(row["paragraph_no"])
    body = (str(row["body"]), str(row["short"] or ""))
    return holds(words, str(row["register_no"]), paragraph, paragraph.replace(" ", ""), *body)


def _decision_of(row: Row, cases: Mapping[int, tuple[str, str]], older: Mapping[int, int]) -> FoundDecision:
    slug, pathway = cases[row["introduction_id"]]
    return FoundDecision(
        slug=slug,
        earlier=older.get(row["introduction_id"]),
        pathway=pathway,
        body=str(row["short"] or row["body"]),
        meeting_on=row["meeting_on"],
        paragraph_no=str(row["paragraph_no"]),
        register_no=str(row["register_no"]),
        outcome=str(row["outcome"]),
    )


def _people(people: Iterable[Row], words: str) -> list[FoundPerson]:
    found = [
        FoundPerson(slug=row["slug"], name=row["name"], unit=row["unit"])
        for row in people
        if row["active"] and holds(words, row["name"])
    ]
    return sorted(found, key=lambda one: (not begins(words, one.name), swedish_key(one.name)))
