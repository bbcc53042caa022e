"""How long a new version of every text takes to reach 1,260 introductions in 21 regions, and to be taken back.

What the dry run foretells is held against what came, introduction by introduction.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.catalogue import PathwayVersion, VersionKind
from pathways.models.introduction import Introduction
from pathways.models.national import RolloutChoice, RolloutLine, RolloutOutcome, Verdict
from pathways.models.organisation import Person, Region
from pathways.models.task import Task, TaskState
from pathways.planning.instants import local_date
from pathways.profiles.vocabulary import Role
from pathways.queries.demand import demand
from pathways.queries.national_view import national_view
from pathways.services.administration.office import Office
from pathways.services.national.behind import list_behind
from pathways.services.national.carry_out_rollout import Chosen, carry_out_rollouts, write_rollouts
from pathways.services.national.plan_rollout import Line, Within, list_regions, plan_rollout
from pathways.services.national.undo_rollout import undo_rollout
from pathways.storage.unit_of_work import UnitOfWork, table_of
from tests.benchmarks.clone import STRIDE, Copy, clone, settle
from tests.benchmarks.national import EACH, INTRODUCTIONS, PLACES, REGIONS
from tests.benchmarks.staging import START
from tests.benchmarks.table import Sheet
from tests.benchmarks.timing import seconds_of
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app, profile_named

GOAL = 60
MOVING = "Inget var analyserat"
_introduction, _version, _region, _person = (table_of(row) for row in (Introduction, PathwayVersion, Region, Person))
_line, _task = table_of(RolloutLine), table_of(Task)
Positions = dict[int, tuple[str, ...]]
Plans = list[tuple[Within, tuple[Line, ...]]]


@pytest.mark.benchmark
def test_a_new_version_of_every_text_reaches_1260_introductions(tmp_path: Path, sheet: Sheet) -> None:
    app = _nation(f"sqlite:///{tmp_path / 'forlopp.db'}")
    before = _positions(app)
    plans: Plans = []
    tried = seconds_of(lambda: plans.extend((within, plan_rollout(app, within)) for within in _regions(app)))
    lines = [line for _, found in plans for line in found]
    verdicts = Counter(str(line.verdict) for line in lines)
    rollouts: list[tuple[Within, tuple[int, ...]]] = []
    taken = seconds_of(lambda: rollouts.extend(_carry_out(app, within, found) for within, found in plans))
    assert _positions(app) == {**before, **_foretold(plans, before)}, "the dry run foretold something else"
    undone = seconds_of(lambda: _undo_all(app, rollouts))
    assert _positions(app) == before, "taking it back did not restore how it was"
    app.database.dispose()
    assert len(lines) == INTRODUCTIONS
    beside = ", ".join(f"{name} {n}" for name, n in sorted(verdicts.items()))
    sheet.time(f"dry run over {len(lines)} introductions", "SQLite", taken=tried, goal=GOAL, unit="s", beside=beside)
    sheet.time(f"rollout over {len(lines)} introductions", "SQLite", taken=taken, goal=GOAL, unit="s", beside=beside)
    sheet.time("taking all of it back", "SQLite", taken=undone, goal=GOAL, unit="s")


@pytest.mark.benchmark
def test_the_national_view_and_a_regions_demand(tmp_path: Path, sheet: Sheet) -> None:
    app = _nation(f"sqlite:///{tmp_path / 'forlopp.db'}")
    region, *_ = list_regions(app)
    zone, region_id = region.profile.region.zone, region.region_id
    today = local_date(app.clock.now(), zone)

    def ask(work: UnitOfWork, what: str) -> object:
        if what.startswith("demand"):
            return demand(work, region_id=region_id, profile=region.profile, today=today)
        if what.startswith("national"):
            return national_view(work, region_id=region_id, zone=zone)
        return list_behind(work, region_id=region_id)

    with app.read() as work:
        for what in ("demand on the units of a region", "national view of 21 regions", "versions not followed yet"):
            ask(work, what)
            taken = seconds_of(lambda what=what: ask(work, what))  # type: ignore[misc]  # binds the loop's value
            sheet.time(what, "SQLite", taken=1_000 * taken, goal=500)
    app.database.dispose()


def _nation(url: str) -> App:
    """21 regions with 60 introductions each, in ten places, and a newer final version of every text."""
    clock = SetClock(START)
    app = furnished_app(url, clock)
    for slug, place in PLACES.items():
        drive_to(app, clock, slug, place)
    with app.read() as work:
        originals = work.values(select(_introduction.c.id))
    copies = [
        Copy(own=(number + 1) * STRIDE, regional=region * STRIDE, national=(number % EACH + 1) * STRIDE)
        for number, region in enumerate(region for region in range(REGIONS) for _ in range(EACH))
    ][1:]  # the originals stand in the first region themselves
    with app.database.engine.begin() as connection:
        clone(connection, originals, copies)
        connection.execute(
            insert(_version).from_select(
                ["pathway_id", "number", "label", "kind"],
                select(_version.c.pathway_id, _version.c.number + 50, _version.c.label + " ny", _version.c.kind).where(
                    _version.c.kind == VersionKind.FINAL
                ),
            )
        )
    settle(app.database.engine)
    with app.read() as work:
        codes = work.values(select(_region.c.code))
    app.profiles = {code: profile_named(app.profile, code, f"Region {code}") for code in codes}
    return app


def _regions(app: App) -> tuple[Within, ...]:
    return tuple(replace(within, actor="sam") for within in list_regions(app))


def _office(app: App, work: UnitOfWork, within: Within) -> Office:
    mine = (_person.c.region_id == within.region_id, _person.c.slug == within.actor)
    return Office(
        work=work,
        region_id=within.region_id,
        actor_id=int(work.value(select(_person.c.id).where(*mine))),
        roles=frozenset({Role.COORDINATOR}),
        today=local_date(app.clock.now(), within.profile.region.zone),
    )


def _choices(lines: tuple[Line, ...]) -> dict[str, Chosen]:
    """Every second one that must choose is to be revised, the others are not affected."""
    deciding = [line for line in lines if line.verdict is Verdict.DECIDE]
    ways = (Chosen(RolloutChoice.REVISE), Chosen(RolloutChoice.NO_LOCAL_EFFECT, "Vi gör redan så"))
    return {line.behind.slug: ways[number % 2] for number, line in enumerate(deciding)}


def _carry_out(app: App, within: Within, lines: tuple[Line, ...]) -> tuple[Within, tuple[int, ...]]:
    choices = _choices(lines)
    rollouts = app.retry(
        lambda work: write_rollouts(_office(app, work, within), lines, choices, press="bench", moving_reason=MOVING)
    )
    carry_out_rollouts(app, within, rollouts)
    return within, rollouts


def _undo_all(app: App, rollouts: list[tuple[Within, tuple[int, ...]]]) -> None:
    for within, ids in rollouts:
        _undo(app, within, ids)


def _undo(app: App, within: Within, rollouts: tuple[int, ...]) -> None:
    query = select(_line.c.rollout_id).where(_line.c.outcome == RolloutOutcome.DONE, _line.c.rollout_id.in_(rollouts))
    with app.read() as work:
        done = sorted(work.values(query))

    def act(work: UnitOfWork) -> None:
        office = _office(app, work, within)
        for rollout_id in done:
            undo_rollout(app, office, within, rollout_id=rollout_id, reason="Fel version")

    app.retry(act)


def _positions(app: App) -> Positions:
    """Where every introduction stands, and how many open tasks it has."""
    tasks = (
        select(func.count())
        .where(_task.c.introduction_id == _introduction.c.id, _task.c.state == TaskState.OPEN)
        .scalar_subquery()
    )
    place = (_introduction.c.phase, _introduction.c.place, _introduction.c.standing)
    with app.read() as work:
        rows = work.rows(select(_introduction.c.id, *place, tasks.label("tasks")))
    return {row["id"]: tuple(str(value) for name, value in row.items() if name != "id") for row in rows}


def _foretold(plans: Plans, before: Positions) -> Positions:
    """Where the dry run said that each would stand, and with how many open tasks."""
    found: Positions = {}
    for _, lines in plans:
        chosen = _choices(lines)
        for line in lines:
            choice = chosen[line.behind.slug].choice if line.behind.slug in chosen else RolloutChoice.TAKE_OVER
            if (ahead := line.leads_to(choice)) is not None:
                tasks = int(before[line.behind.introduction_id][-1]) + len(ahead.tasks) - len(ahead.withdrawn)
                found[line.behind.introduction_id] = (ahead.phase, ahead.place, ahead.standing, str(tasks))
    return found
