"""Which flows there are and when they run. Registering is repeatable and leaves unchanged deployments alone.

Leaving them alone matters: Prefect drops all future runs of a deployment whose schedule is edited, and a run
that is due before they come back is lost.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.utilities.callables import parameter_schema

from flows.decision_pack import decision_pack
from flows.deliver import deliver
from flows.digest import weekly_digest
from flows.integrity import integrity
from flows.learning_loop import learning_loop
from flows.names import DEPLOYMENT, WORK_POOL
from flows.sweep import sweep
from flows.worker import AnyFlow, InProcessWorker

DELIVER_EVERY = timedelta(minutes=1)
TIME_ZONE = "Europe/Stockholm"
ANCHOR = datetime(2020, 1, 1, tzinfo=UTC)  # fixed, so that a restart does not move the beat


@dataclass(frozen=True, slots=True)
class Wanted:
    """One deployment: its flow and its schedule, if it has one."""

    flow: AnyFlow
    schedule: CronSchedule | IntervalSchedule | None

    @property
    def full_name(self) -> str:
        """The name under which Prefect finds it."""
        return f"{self.flow.name}/{DEPLOYMENT}"

    @property
    def entrypoint(self) -> str:
        """Where the flow stands, also for a worker of another kind."""
        return f"{self.flow.fn.__module__}.{self.flow.fn.__name__}"


def list_wanted(*, sweep_minutes: int) -> tuple[Wanted, ...]:
    """All deployments. Hours are in daytime or after 03:00, where no clock change skips or doubles them."""
    return (
        Wanted(sweep, IntervalSchedule(interval=timedelta(minutes=sweep_minutes), anchor_date=ANCHOR)),
        Wanted(deliver, IntervalSchedule(interval=DELIVER_EVERY, anchor_date=ANCHOR)),
        Wanted(weekly_digest, CronSchedule(cron="0 8 * * 1", timezone=TIME_ZONE)),
        Wanted(decision_pack, CronSchedule(cron="1 12 * * *", timezone=TIME_ZONE)),
        Wanted(integrity, CronSchedule(cron="15 4 * * *", timezone=TIME_ZONE)),
        Wanted(learning_loop, None),
    )


async def register(wanted: tuple[Wanted, ...]) -> None:
    """Make the server's deployments equal to `wanted`, touching only those that differ."""
    async with get_client() as client:
        await _ensure_work_pool(client)
        for one in wanted:
            existing = await _find(client, one.full_name)
            if existing is None or not is_as_wanted(existing, one):
                await _write(client, one)


def is_as_wanted(existing: DeploymentResponse, wanted: Wanted) -> bool:
    """Whether the server's deployment already says what we want, so that it can be left alone."""
    return (
        existing.entrypoint == wanted.entrypoint
        and existing.work_pool_name == WORK_POOL
        and existing.version == version("prefect")
        and not existing.paused
        and [schedule.schedule for schedule in existing.schedules if schedule.active]
        == [wanted.schedule][: wanted.schedule is not None]
    )


async def _ensure_work_pool(client: PrefectClient) -> None:
    template = InProcessWorker.get_default_base_job_template()
    try:
        await client.create_work_pool(
            WorkPoolCreate(name=WORK_POOL, type=InProcessWorker.type, base_job_template=template)
        )
    except ObjectAlreadyExists:
        return


async def _find(client: PrefectClient, name: str) -> DeploymentResponse | None:
    try:
        return await client.read_deployment_by_name(name)
    except ObjectNotFound:
        return None


async def _write(client: PrefectClient, wanted: Wanted) -> None:
    schedules = [DeploymentScheduleCreate(schedule=wanted.schedule, slug="clock")] if wanted.schedule else []
    await client.create_deployment(
        await client.create_flow(wanted.flow),
        DEPLOYMENT,
        version=version("prefect"),
        entrypoint=wanted.entrypoint,
        work_pool_name=WORK_POOL,
        schedules=schedules,
        parameter_openapi_schema=parameter_schema(wanted.flow.fn).model_dump(exclude_unset=True),
    )
