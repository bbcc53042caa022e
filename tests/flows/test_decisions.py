"""What the flows decide before they speak with anyone: tables."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from flows.catch_up import last_digest_due
from flows.dispatch import MOST_ATTEMPTS, LiveRun, given_up, unwanted, worth_a_run
from flows.orphans import HEARTBEAT, build_automation
from tests.flows.fakes import due

FIRST, SECOND = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("live", "expected"),
    [
        ([], ()),
        ([LiveRun(FIRST, due(1).key)], ()),
        ([LiveRun(FIRST, due(1).key), LiveRun(SECOND, due(2).key)], (SECOND,)),
        ([LiveRun(FIRST, due(1, version=0).key)], (FIRST,)),
        ([LiveRun(FIRST, due(1, attempt=2).key)], (FIRST,)),
        ([LiveRun(FIRST, None)], (FIRST,)),
    ],
)
def test_a_waiting_run_is_unwanted_unless_its_loop_is_due_under_just_that_key(
    live: list[LiveRun], expected: tuple[UUID, ...]
) -> None:
    assert unwanted(live, [due(1)]) == expected


@pytest.mark.parametrize(("attempt", "runs"), [(1, True), (MOST_ATTEMPTS, True), (MOST_ATTEMPTS + 1, False)])
def test_after_its_last_attempt_a_loop_waits_for_a_person(attempt: int, *, runs: bool) -> None:
    loop = due(1, attempt=attempt)
    assert (worth_a_run([loop]), given_up([loop])) == (((loop,), ()) if runs else ((), (loop,)))


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        ("2026-12-07T06:59:59", "2026-11-30T07:00:00"),
        ("2026-12-07T07:00:00", "2026-12-07T07:00:00"),
        ("2026-12-13T22:59:59", "2026-12-07T07:00:00"),
        ("2026-03-30T05:59:59", "2026-03-23T07:00:00"),  # summer time began on the 29th
        ("2026-03-30T06:00:00", "2026-03-30T06:00:00"),
        ("2026-10-26T06:59:59", "2026-10-19T06:00:00"),  # and ended on the 25th of October
        ("2026-10-26T07:00:00", "2026-10-26T07:00:00"),
    ],
)
def test_the_digest_is_due_on_mondays_at_eight_by_the_clock_on_the_wall(now: str, monday: str) -> None:
    told = last_digest_due(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert told.astimezone(UTC).replace(tzinfo=None).isoformat() == monday


def test_every_end_of_a_run_keeps_the_orphan_automation_quiet() -> None:
    trigger = build_automation().trigger.model_dump()
    ends = {"Completed", "Failed", "Cancelled", "Crashed", "TimedOut"}
    assert trigger["expect"] == {HEARTBEAT, *(f"prefect.flow-run.{end}" for end in ends)}
