"""Every kind of flow on a real Prefect server, and the sweep's promises about learning-loop runs."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from prefect import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterIdempotencyKey,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.settings import PREFECT_API_URL
from prefect.states import Completed, Crashed, Pending, Running, Scheduled

from flows.catch_up import catch_up
from flows.deployments import list_wanted, register
from flows.names import DEPLOYMENT
from flows.orphans import HEARTBEAT, NAME, crash_what_was_left, watch_for_orphans
from flows.sweep import sweep
from flows.worker import InProcessWorker
from tests.flows.conftest import Run
from tests.flows.fakes import NOW, Rows, due

# Prefect's event clients leave a socket to the garbage collector now and then; it is theirs to close.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <socket.socket:pytest.PytestUnraisableExceptionWarning"
)
WANTED = list_wanted(sweep_minutes=5)


async def _work() -> None:
    """Let a worker do all that is due now, and stop."""
    worker = InProcessWorker({one.entrypoint: one.flow for one in WANTED}, name="test")
    await worker.start(run_once=True, printer=lambda *_: None)


async def _start(name: str, **parameters: int) -> FlowRun:
    async with get_client() as client:
        deployment = await client.read_deployment_by_name(f"{name}/{DEPLOYMENT}")
        return await client.create_flow_run_from_deployment(deployment.id, parameters=parameters)


async def _state_of(run: FlowRun) -> State[object]:
    async with get_client() as client:
        state = (await client.read_flow_run(run.id)).state
        assert state is not None
        return state


async def _runs_of(*keys: str) -> list[FlowRun]:
    async with get_client() as client:
        wanted = FlowRunFilter(idempotency_key=FlowRunFilterIdempotencyKey(any_=list(keys)))
        return await client.read_flow_runs(flow_run_filter=wanted)


async def _end(key: str, state: State[object]) -> None:
    (run,) = await _runs_of(key)
    async with get_client() as client:
        await client.set_flow_run_state(run.id, state, force=True)


async def _scheduled(name: str) -> list[FlowRun]:
    async with get_client() as client:
        return await client.read_flow_runs(
            flow_filter=FlowFilter(name=FlowFilterName(any_=[name])),
            deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[DEPLOYMENT])),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
            ),
        )


async def _until(fact: Callable[[], Awaitable[object]], *, seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not await fact():
            await asyncio.sleep(0.1)


def test_each_kind_of_flow_runs_to_its_end_on_the_server(rows: Rows, on_server: Run) -> None:
    async def story() -> dict[str, StateType]:
        ended: dict[str, StateType] = {}
        # A worker takes four at a time, and the sweep cancels runs of loops that are not due.
        for kinds in (("sweep", "deliver", "weekly-digest", "decision-pack"), ("integrity", "learning-loop")):
            loop = {"introduction_id": 900, "number": 1}
            runs = {kind: await _start(kind, **(loop if kind == "learning-loop" else {})) for kind in kinds}
            await _work()
            ended |= {kind: (await _state_of(run)).type for kind, run in runs.items()}
        return ended

    rows.due = []
    assert on_server(story()) == dict.fromkeys((one.flow.name for one in WANTED), StateType.COMPLETED)


@pytest.mark.slow
def test_findings_make_the_nightly_run_fail_where_everybody_sees_it(rows: Rows, on_server: Run) -> None:
    async def story() -> None:
        run = await _start("integrity")
        await _work()
        assert (await _state_of(run)).is_failed()

    rows.findings = ("chain broken at 7",)
    on_server(story())


def test_a_schedule_makes_runs(rows: Rows, on_server: Run) -> None:
    on_server(_until(lambda: _scheduled("weekly-digest")))


@pytest.mark.slow
def test_registering_again_leaves_the_scheduled_runs_alone(rows: Rows, on_server: Run) -> None:
    async def story() -> None:
        await _until(lambda: _scheduled("weekly-digest"))
        before = {run.id for run in await _scheduled("weekly-digest")}
        await register(WANTED)
        assert {run.id for run in await _scheduled("weekly-digest")} >= before

    on_server(story())


def test_a_sweep_submits_a_due_loop_and_the_loop_is_opened(rows: Rows, on_server: Run) -> None:
    async def story() -> None:
        await sweep.fn()
        await _work()

    rows.due = [due(1)]
    on_server(story())
    assert rows.opened == [(1, 1)]


def test_a_repeated_sweep_gives_the_same_run(rows: Rows, on_server: Run) -> None:
    async def story() -> list[FlowRun]:
        await sweep.fn()
        await sweep.fn()
        return await _runs_of(due(2).key)

    rows.due = [due(2)]
    assert len(on_server(story())) == 1


@pytest.mark.slow
def test_overlapping_sweeps_give_one_run_and_cancel_nothing(rows: Rows, on_server: Run) -> None:
    async def story() -> list[FlowRun]:
        await asyncio.gather(*(sweep.fn() for _ in range(4)))
        return await _runs_of(due(3).key)

    rows.due = [due(3)]
    (run,) = on_server(story())
    assert run.state is not None
    assert run.state.is_scheduled()


@pytest.mark.slow
def test_a_changed_version_cancels_the_old_run_and_gets_its_own(rows: Rows, on_server: Run) -> None:
    async def story() -> tuple[list[FlowRun], list[FlowRun]]:
        rows.due = [due(4)]
        await sweep.fn()
        rows.due = [due(4, version=2)]
        await sweep.fn()
        return await _runs_of(due(4).key), await _runs_of(due(4, version=2).key)

    (old,), (new,) = on_server(story())
    assert old.state is not None
    assert new.state is not None
    assert (old.state.type, new.state.type) == (StateType.CANCELLED, StateType.SCHEDULED)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("introduction_id", "ended"),
    [(5, Crashed(message="killed")), (6, Completed(message="in a database that was restored since"))],
)
def test_a_loop_still_due_after_its_run_has_ended_gets_the_next_attempt(
    introduction_id: int, ended: State[object], rows: Rows, on_server: Run
) -> None:
    async def story() -> list[FlowRun]:
        await sweep.fn()
        await _end(due(introduction_id).key, ended)
        await sweep.fn()
        await sweep.fn()
        return await _runs_of(due(introduction_id, attempt=2).key)

    rows.due = [due(introduction_id)]
    (run,) = on_server(story())
    assert run.state is not None
    assert run.state.is_scheduled()


@pytest.mark.slow
def test_a_loop_that_has_failed_too_often_is_noted_and_left(rows: Rows, on_server: Run) -> None:
    loop = due(7, attempt=6)
    rows.due = [loop]
    on_server(sweep.fn())
    assert rows.beats == [("sweep", f"given up: {loop.key}")]
    assert on_server(_runs_of(loop.key)) == []


@pytest.mark.slow
def test_after_a_pause_one_run_stands_for_all_that_came_late(rows: Rows, on_server: Run) -> None:
    async def story() -> tuple[State[object], list[FlowRun]]:
        late = await _start("deliver")
        async with get_client() as client:
            past = datetime.now(UTC) - timedelta(hours=3)
            await client.set_flow_run_state(late.id, Scheduled(scheduled_time=past), force=True)
        await catch_up(WANTED, now=datetime.now(UTC))
        waiting = [run for run in await _scheduled("deliver") if not run.auto_scheduled]
        return await _state_of(late), waiting

    state, waiting = on_server(story())
    assert state.is_cancelled()
    assert len(waiting) == 1


@pytest.mark.slow
def test_the_digest_of_a_missed_monday_is_gathered_once(rows: Rows, on_server: Run) -> None:
    async def story() -> list[FlowRun]:
        for _ in range(2):
            await catch_up(WANTED, now=NOW + timedelta(days=365))
        return await _runs_of("digest:2027-12-06")

    assert len(on_server(story())) == 1


def test_the_server_has_one_orphan_automation_however_often_it_is_set(rows: Rows, on_server: Run) -> None:
    async def story() -> int:
        await watch_for_orphans()
        await watch_for_orphans(timedelta(seconds=40))
        async with get_client() as client:
            return len(await client.read_automations_by_name(NAME))

    assert on_server(story()) == 1


@pytest.mark.slow
def test_a_run_of_a_flow_that_this_release_lacks_crashes_and_the_worker_goes_on(rows: Rows, on_server: Run) -> None:
    async def story() -> State[object]:
        run = await _start("deliver")
        worker = InProcessWorker({}, name="empty")
        await worker.start(run_once=True, printer=lambda *_: None)
        return await _state_of(run)

    assert on_server(story()).is_crashed()


@pytest.mark.slow
def test_a_missed_digest_whose_run_was_cut_short_is_gathered_again(rows: Rows, on_server: Run) -> None:
    async def story() -> list[FlowRun]:
        for _ in range(3):
            await catch_up(WANTED, now=NOW + timedelta(days=728))
            if await _runs_of("digest:2028-12-04+"):
                break
            await _end("digest:2028-12-04", Crashed(message="killed"))
        return await _runs_of("digest:2028-12-04+")

    (again,) = on_server(story())
    assert again.state is not None
    assert again.state.is_scheduled()


@pytest.mark.slow
@pytest.mark.parametrize("taken", [Pending(), Running()], ids=["pending", "running"])
def test_what_a_killed_runner_had_taken_is_called_crashed_by_the_next_one(
    taken: State[object], rows: Rows, on_server: Run
) -> None:
    async def story() -> tuple[State[object], State[object]]:
        waiting, run = await _start("deliver"), await _start("learning-loop", introduction_id=901, number=1)
        async with get_client() as client:
            await client.set_flow_run_state(run.id, taken, force=True)
        await crash_what_was_left()
        return await _state_of(run), await _state_of(waiting)

    left, waiting = on_server(story())
    assert left.is_crashed()
    assert waiting.is_scheduled(), "what nobody had taken yet is the next runner's"


def _heartbeat(run_id: UUID) -> dict[str, object]:
    resource = {"prefect.resource.id": f"prefect.flow-run.{run_id}"}
    return {"id": str(uuid4()), "event": HEARTBEAT, "occurred": datetime.now(UTC).isoformat(), "resource": resource}


@pytest.mark.slow
def test_of_many_writers_at_once_the_server_refuses_none(rows: Rows, on_server: Run) -> None:
    async def story() -> set[int]:
        await watch_for_orphans()
        async with get_client() as client:
            deployment = await client.read_deployment_by_name(f"integrity/{DEPLOYMENT}")
        # Prefect's own client would try again and hide a refusal.
        async with httpx.AsyncClient(base_url=str(PREFECT_API_URL.value()), timeout=30) as plain:
            runs = [plain.post(f"/deployments/{deployment.id}/create_flow_run", json={}) for _ in range(20)]
            beats = [plain.post("/events", json=[_heartbeat(UUID(int=n % 10))]) for n in range(20)]
            return {answer.status_code for answer in await asyncio.gather(*runs, *beats)}

    assert on_server(story()) == {201, 204}  # and what it makes of the heartbeats leaves no fault in its log
