"""Counts what a simulation led to, from its database alone: what is not in the rows did not happen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

from sqlalchemy import func, select

from notifications.tables import delivery_receipt, outbox_message
from pathways.bootstrap import App
from pathways.models.catalogue import Pathway
from pathways.models.decision import Decision, DecisionKind
from pathways.models.introduction import Event, Introduction
from pathways.models.loop import Celebration, FollowUp, LearningLoop, LoopState
from pathways.models.organisation import Person
from pathways.planning.instants import local_date
from pathways.services.verify import Finding
from pathways.simulation.found import find_planted
from pathways.simulation.result import Loops, Mails, Mark, Quarter, SimulationResult, Stretch, Timeline
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_introduction, _pathway, _event, _person = (table_of(row) for row in (Introduction, Pathway, Event, Person))
_loop, _decision, _celebration = table_of(LearningLoop), table_of(Decision), table_of(Celebration)
_follow_up = table_of(FollowUp)
MAIL_CHANNEL = "mail"
QUARTER_MONTHS = 3
NOT_STARTED = "not_started"
TOLD = {"revise_nationally": "revision", "correct": "correction", "submit_response": "response", "reopen": "reopened"}
"""Events that a timeline marks, by command."""


def count(app: App, *, start: date, months: int, seed: int, findings: Sequence[Finding]) -> SimulationResult:
    """Return the figures of a finished simulation."""
    with app.read() as work:
        cases = work.rows(
            select(_introduction, _pathway.c.name.label("pathway"))
            .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
            .order_by(_introduction.c.id)
        )
        loops = [_loops(app, work, case) for case in cases]
        end = app.profile.workdays.months_after(start, months)
        timelines = tuple(_timeline(app, work, case, end) for case in cases)
        mails = _mails(app, work)
        return SimulationResult(
            start=start,
            end=end,
            months=months,
            seed=seed,
            introductions=len(cases),
            celebrated=_count_celebrated(work),
            stopped=sum(case["standing"] == "stopped" for case in cases),
            loops_held=sum(one.held for one in loops),
            loops_on_time=sum(one.on_time for one in loops),
            messages=work.value(select(func.count()).select_from(outbox_message)),
            mails=sum(one.total for one in mails),
            events=work.value(select(func.count()).select_from(_event)),
            digest=_digest(cases),
            verify=tuple(f"{one.introduction} {one.sentence} {dict(one.values)}" for one in findings),
            loops=tuple(loops),
            timelines=timelines,
            quarters=_quarters(app, timelines, start=start, end=end),
            mails_by_person=mails,
            series=tuple(find_planted(app, work, cases, seed=seed, end=end)),
        )


def _digest(cases: Iterable[Row]) -> str:
    """Return one hash over the heads of all chains: equal digests mean equal logs."""
    heads = "\n".join(f"{case['slug']} {case['number']} {case['version']} {case['head_hash']}" for case in cases)
    return sha256(heads.encode()).hexdigest()


def _count_celebrated(work: UnitOfWork) -> int:
    standing = _celebration.c.voided_by.is_(None)
    counted = func.count(_celebration.c.introduction_id.distinct())
    return int(work.value(select(counted).where(standing, _celebration.c.held_on.is_not(None))))


def _rows_of_loops(work: UnitOfWork, case: Row) -> list[Row]:
    standing = (_loop.c.introduction_id == case["id"], _loop.c.voided_by.is_(None))
    return work.rows(select(_loop).where(*standing).order_by(_loop.c.number))


def is_on_time(app: App, loop: Row) -> bool:
    """Say whether a loop was held within the working days that the profile gives it after its due day."""
    last = app.profile.workdays.add(loop["due_on"], app.profile.loops.hold_within_workdays)
    return bool(loop["held_on"] <= last)


def _loops(app: App, work: UnitOfWork, case: Row) -> Loops:
    rows = _rows_of_loops(work, case)
    held = [row for row in rows if row["state"] == LoopState.HELD]
    return Loops(
        slug=case["slug"],
        pathway=case["pathway"],
        held=len(held),
        on_time=sum(is_on_time(app, row) for row in held),
        skipped=sum(row["state"] == LoopState.SKIPPED for row in rows),
        open=sum(row["state"] == LoopState.OPEN for row in rows),
    )


def _timeline(app: App, work: UnitOfWork, case: Row, end: date) -> Timeline:
    columns = (_event.c.at, _event.c.phase, _event.c.standing, _event.c.command)
    events = work.rows(select(*columns).where(_event.c.introduction_id == case["id"]).order_by(_event.c.seq))
    days = [{**event, "on": local_date(event["at"], app.profile.region.zone)} for event in events]
    marks = [*_told(days), *_loop_marks(app, work, case), *_decision_marks(work, case), *_late_marks(work, case)]
    return Timeline(
        slug=case["slug"],
        pathway=case["pathway"],
        stretches=_stretches(days, end),
        marks=tuple(sorted(marks, key=lambda mark: (mark.on, mark.kind, mark.detail))),
    )


def _stretches(days: Sequence[Row], end: date) -> tuple[Stretch, ...]:
    turns = [days[0], *(day for before, day in pairwise(days) if _position(before) != _position(day))]
    ends = [*(turn["on"] for turn in turns[1:]), end]
    return tuple(
        Stretch(turn["phase"], turn["standing"], turn["on"], until) for turn, until in zip(turns, ends, strict=True)
    )


def _position(day: Row) -> tuple[str, str]:
    return day["phase"], day["standing"]


def _told(days: Iterable[Row]) -> Iterable[Mark]:
    return (Mark(TOLD[day["command"]], day["on"]) for day in days if day["command"] in TOLD)


def _loop_marks(app: App, work: UnitOfWork, case: Row) -> Iterable[Mark]:
    for row in _rows_of_loops(work, case):
        if row["state"] == LoopState.HELD:
            yield Mark("loop_on_time" if is_on_time(app, row) else "loop_late", row["held_on"], row["decision"])
        elif row["state"] == LoopState.SKIPPED:
            yield Mark("loop_skipped", row["due_on"])


def _decision_marks(work: UnitOfWork, case: Row) -> Iterable[Mark]:
    standing = (_decision.c.introduction_id == case["id"], _decision.c.voided_by.is_(None))
    for row in work.rows(select(_decision).where(*standing, _decision.c.kind == DecisionKind.PLAN)):
        yield Mark("decision", row["meeting_on"], row["outcome"])


def _late_marks(work: UnitOfWork, case: Row) -> Iterable[Mark]:
    standing = (_celebration.c.introduction_id == case["id"], _celebration.c.voided_by.is_(None))
    for row in work.rows(select(_celebration.c.held_on).where(*standing)):
        yield Mark("celebration", row["held_on"])
    recorded = (_follow_up.c.introduction_id == case["id"], _follow_up.c.recorded_on.is_not(None))
    for row in work.rows(select(_follow_up).where(*recorded, _follow_up.c.voided_by.is_(None))):
        yield Mark("follow_up", row["recorded_on"], "holds" if row["holds"] else "slipped")


def _quarters(app: App, timelines: Sequence[Timeline], *, start: date, end: date) -> tuple[Quarter, ...]:
    """Return the board at the end of every full quarter."""
    quarters, number = [], 1
    while (until := app.profile.workdays.months_after(start, QUARTER_MONTHS * number)) <= end:
        day = until - timedelta(days=1)
        quarters.append(Quarter(day, {line.slug: standing_on(line, day) for line in timelines}))
        number += 1
    return tuple(quarters)


def standing_on(line: Timeline, day: date) -> str:
    """Return the phase an introduction was in at the end of a day; paused, stopped or closed come before the phase."""
    now = [stretch for stretch in line.stretches if stretch.from_on <= day]
    if not now:
        return NOT_STARTED
    return now[-1].kind


def _mails(app: App, work: UnitOfWork) -> tuple[Mails, ...]:
    query = (
        select(outbox_message.c.recipient, delivery_receipt.c.sent_at)
        .join(outbox_message, outbox_message.c.dedup_key == delivery_receipt.c.dedup_key)
        .where(delivery_receipt.c.channel == MAIL_CHANNEL)
    )
    weeks: dict[str, Counter[str]] = {}
    for row in work.rows(query):
        year, week, _ = local_date(row["sent_at"], app.profile.region.zone).isocalendar()
        weeks.setdefault(row["recipient"], Counter())[f"{year}-W{week:02d}"] += 1
    people = work.rows(select(_person.c.id, _person.c.name).order_by(_person.c.id))
    known = [(row["name"], weeks[str(row["id"])]) for row in people if str(row["id"]) in weeks]
    return tuple(Mails(name, dict(sorted(by_week.items()))) for name, by_week in known)
