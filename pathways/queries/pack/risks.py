"""What is late, and what may become so (pure)."""

from collections.abc import Iterable, Iterator
from datetime import date

from pathways.models.decision import BoardCase
from pathways.models.loop import LearningLoop, LoopState
from pathways.profiles.schema import Profile
from pathways.queries.board import Placed
from pathways.queries.pack.content import Risk
from pathways.queries.stays import Past
from pathways.queries.usual import usual_days
from states.snapshot import Standing

LATE = ("late_tasks", "loop_late", "meeting_passed")
"""What is late already; the other kinds may lead to it."""
NEAR_WORKDAYS = 5


def list_risks(placed: Iterable[Placed], past: Past, profile: Profile, *, today: date) -> tuple[Risk, ...]:
    """Return what is late first, the worst at the top; then what is at risk. What rests is neither."""
    usual = usual_days(past, profile.region.zone)
    found: list[Risk] = []
    for one in placed:
        if one.row.standing != Standing.ACTIVE:
            continue
        names = {name: getattr(one.row, name) for name in ("slug", "pathway", "number")}
        found += [Risk(kind=kind, n=n, **names) for kind, n in _late(one, profile, today)]
        known = usual.get(one.row.phase)
        if known and one.row.days_in_phase > known.days:
            over = one.row.days_in_phase - known.days
            found.append(Risk(kind="over_usual", n=over, usual=known.days, **names))
        if (left := _hand_in_near(one, profile, today)) is not None:
            found.append(Risk(kind="hand_in_near", n=left, **names))
    return tuple(sorted(found, key=lambda risk: (risk.kind not in LATE, -risk.n if risk.kind in LATE else 0)))


def _late(one: Placed, profile: Profile, today: date) -> Iterator[tuple[str, int]]:
    if one.row.late:
        yield "late_tasks", one.row.late
    for loop in one.material.of(LearningLoop):
        if loop["state"] == LoopState.OPEN:
            due_by = profile.workdays.add(loop["opened_on"], profile.loops.hold_within_workdays)
            if due_by < today:
                yield "loop_late", (today - due_by).days
    for case in one.material.of(BoardCase):
        if not case["closed"] and case["meeting_on"] < today:
            yield "meeting_passed", (today - case["meeting_on"]).days


def _hand_in_near(one: Placed, profile: Profile, today: date) -> int | None:
    """Return in how many days a plan that is still being ranked must be handed in, where that is soon."""
    if one.row.place != "ranking":
        return None
    days = [case["hand_in_on"] for case in one.material.of(BoardCase) if not case["closed"]]
    soon = profile.workdays.add(today, NEAR_WORKDAYS)
    return next(((day - today).days for day in days if today <= day <= soon), None)
