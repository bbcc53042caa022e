"""Which processes one machine runs, with what environment, and in which order. Values only; `up` makes them live."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pathways.cli.probes import LOOPBACK, both, file_touched, find_free_port, http_ok, is_free
from pathways.cli.processes import Spec
from pathways.cli.running import Addresses, run_folder
from pathways.errors import PathwaysError

ENGINE = "engine"  # Prefect's server and the runner
ENGINE_GRACE = 25.0  # seconds: the runs under way end, then the server
DEMO_SENDER = "forlopp@demo.invalid"
KEEP_RUNS_SECONDS = 14 * 24 * 3600

# Prefect as small and as quiet as it gets. An installation's other Prefect settings do not reach ours.
PREFECT_SETTINGS: Mapping[str, str] = {
    "DO_NOT_TRACK": "1",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_API_DATABASE_MIGRATE_ON_START": "false",  # flows.server does it, in an image of its own
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",  # the orphan automation waits for three of them
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEEP_RUNS_SECONDS),
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_WORKER_QUERY_SECONDS": "3",
    # Freed memory goes back to the system instead of staying with each thread; measured, 10 MB per process.
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "65536",
}


class PortTaken(PathwaysError):
    """Somebody else listens on a port that is set for one of ours."""

    sentence = "error.port_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """What an installation says about itself; plain values, so that the supervisor needs no settings library."""

    home: Path
    web_port: int
    prefect_port: int
    sweep_minutes: int
    demo: bool = False
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    @property
    def sweep_mark(self) -> Path:
        """The file that every finished sweep touches."""
        return run_folder(self.home) / "sweep"


@dataclass(frozen=True, slots=True)
class Plan:
    """The processes in the order of their start, where they answer, and what a helper process needs to know."""

    specs: tuple[Spec, ...]
    addresses: Addresses
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where our processes listen on loopback; there is a mail receiver of our own only in the demo."""

    web: int
    prefect: int
    mail: int | None = None


def plan(stack: Stack) -> Plan:
    """Choose ports and write down every process; refused with `PortTaken` outside the demo."""
    ports = Ports(
        web=_port(stack, stack.web_port),
        prefect=_port(stack, stack.prefect_port),
        mail=find_free_port() if stack.demo else None,
    )
    environment = child_environment(stack, ports)
    addresses = Addresses(
        web=environment["FORLOPP_BASE_URL"],
        prefect=f"http://{LOOPBACK}:{ports.prefect}",
        mail_port=ports.mail,
        mail_folder=str(stack.home / "mail") if stack.demo else None,
    )
    specs = (_engine(stack, ports.prefect, environment), _web(stack, ports.web, environment))
    return Plan(specs, addresses, environment)


def child_environment(stack: Stack, ports: Ports) -> dict[str, str]:
    """What every child sees: our own settings, our own Prefect, and in the demo our own mail receiver."""
    inherited = {name: value for name, value in stack.environment.items() if not name.startswith("PREFECT")}
    without_proxy = ",".join(filter(None, [inherited.get("NO_PROXY"), LOOPBACK, "localhost"]))
    demo_mail = {"FORLOPP_MAIL_URL": demo_mail_url(ports.mail)} if ports.mail is not None else {}
    own_address = f"http://{LOOPBACK}:{ports.web}"
    return {
        **inherited,
        **PREFECT_SETTINGS,
        "FORLOPP_BASE_URL": own_address if stack.demo else inherited.get("FORLOPP_BASE_URL", own_address),
        "FORLOPP_HOME": str(stack.home),
        "FORLOPP_SWEEP_MINUTES": str(stack.sweep_minutes),
        "FORLOPP_SWEEP_MARK": str(stack.sweep_mark),
        "PREFECT_HOME": str(stack.home / "prefect"),
        "PREFECT_API_URL": f"http://{LOOPBACK}:{ports.prefect}/api",
        "NO_PROXY": without_proxy,
        "no_proxy": without_proxy,
        **demo_mail,
    }


def demo_mail_url(port: int) -> str:
    """The demo's own receiver in the words of the setting."""
    return f"smtp://{LOOPBACK}:{port}?from={DEMO_SENDER}"


def log_of(stack: Stack, name: str) -> Path:
    """Where a process writes what it has to say."""
    return stack.home / "logs" / f"{name}.log"


def _port(stack: Stack, wanted: int) -> int:
    if is_free(wanted):
        return wanted
    if stack.demo:
        return find_free_port()
    raise PortTaken(port=wanted)


def _engine(stack: Stack, port: int, environment: Mapping[str, str]) -> Spec:
    mark = run_folder(stack.home) / "runner-ready"
    return Spec(
        name=ENGINE,
        arguments=(sys.executable, "-m", "flows.engine", str(port)),
        environment={**environment, "FORLOPP_READY_MARK": str(mark)},
        log=log_of(stack, ENGINE),
        answers=both(http_ok(port, "/api/health"), file_touched(mark)),
        grace=ENGINE_GRACE,
        clears=(mark,),
    )


def _web(stack: Stack, port: int, environment: Mapping[str, str]) -> Spec:
    return Spec(
        name="web",
        arguments=(
            sys.executable,
            "-m",
            "pathways.web.serve",
            "--port",
            str(port),
            *(["--demo"] if stack.demo else []),
        ),
        environment=environment,
        log=log_of(stack, "web"),
        answers=http_ok(port, "/ready"),
    )
