"""One home, one installation: the lock, the status file, ports and what the children are told."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pathways.cli import supervisor as supervision
from pathways.cli import up
from pathways.cli.probes import LOOPBACK, both, file_touched, find_free_port, http_ok, is_free, port_open
from pathways.cli.running import (
    Addresses,
    AlreadyRunning,
    ProcessStatus,
    StackStatus,
    find_status,
    hold_home,
    run_folder,
    write_status,
)
from pathways.cli.silence import SilenceWatch
from pathways.cli.stack import Plan, Ports, PortTaken, Stack, child_environment, plan
from pathways.cli.supervisor import DidNotStart, Supervisor
from pathways.cli.up import REFUSED, main, running_stack
from tests.pathways.cli.dummy_supervisor import ALONE, spec

ROOT = Path(__file__).parents[3]
STATUS = StackStatus(
    7, True, False, Addresses("http://127.0.0.1:2", "http://127.0.0.1:1"), (ProcessStatus("engine", "up", 8, 2),)
)


def _restarts(home: Path) -> dict[str, int]:
    status = find_status(home)
    return {one.name: one.restarts for one in status.processes} if status else {}


def test_a_second_start_on_the_same_home_is_refused_and_names_the_first(tmp_path: Path) -> None:
    with hold_home(tmp_path), pytest.raises(AlreadyRunning) as refused, hold_home(tmp_path):
        pass
    assert refused.value.values == {"pid": str(os.getpid()), "home": str(tmp_path)}


def test_the_supervisor_says_a_refusal_in_one_line_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with hold_home(tmp_path):
        code = main(["--home", str(tmp_path), "--web-port", "3", "--prefect-port", "4", "--sweep-minutes", "5"])
    assert code == REFUSED
    assert '"error.already_running"' in capsys.readouterr().err


def test_the_supervisor_says_what_it_was_asked_to_say_when_all_is_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ready(_stack: Stack, *, on_ready: Callable[[Addresses], None]) -> int:
        on_ready(Addresses("http://127.0.0.1:5", "http://127.0.0.1:4", 25, "/mail"))
        return 0

    monkeypatch.setattr(up, "run_up", ready)
    arguments = ["--home", str(tmp_path), "--web-port", "3", "--prefect-port", "4", "--sweep-minutes", "5"]
    assert main([*arguments, "--say", "Klart: {prefect}, mejl i {mail_folder}"]) == 0
    assert capsys.readouterr().out == "Klart: http://127.0.0.1:4, mejl i /mail\n"


def test_a_home_is_free_again_after_its_holder(tmp_path: Path) -> None:
    for _ in range(2):
        with hold_home(tmp_path):
            pass


def test_a_home_is_free_again_after_its_holder_was_killed_by_force(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from pathways.cli.running import hold_home\n"
        "with hold_home(Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    with hold_home(tmp_path):
        pass


def test_the_status_is_read_as_it_was_written_while_the_home_is_held(tmp_path: Path) -> None:
    with hold_home(tmp_path):
        write_status(tmp_path, STATUS)
        assert find_status(tmp_path) == STATUS


def test_a_home_that_nobody_holds_has_no_status_whatever_lies_there(tmp_path: Path) -> None:
    assert find_status(tmp_path) is None
    run_folder(tmp_path).mkdir()
    write_status(tmp_path, STATUS)
    (run_folder(tmp_path) / "lock").touch()
    assert find_status(tmp_path) is None


def test_a_holder_that_has_said_nothing_yet_has_no_status(tmp_path: Path) -> None:
    with hold_home(tmp_path):
        assert find_status(tmp_path) is None


def test_a_taken_prefect_port_is_refused(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as other, pytest.raises(PortTaken):
        plan(Stack(home=tmp_path, web_port=find_free_port(), prefect_port=other.getsockname()[1], sweep_minutes=5))


def test_the_demo_takes_another_port_when_its_own_is_taken(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as other:
        taken = other.getsockname()[1]
        planned = plan(Stack(home=tmp_path, web_port=find_free_port(), prefect_port=taken, sweep_minutes=5, demo=True))
    assert not planned.addresses.prefect.endswith(f":{taken}")


def test_only_the_demo_has_a_mail_receiver(tmp_path: Path) -> None:
    stack = Stack(home=tmp_path, web_port=find_free_port(), prefect_port=find_free_port(), sweep_minutes=5)
    assert [one.name for one in plan(stack).specs] == ["engine", "web"]
    demo = Stack(home=tmp_path, web_port=find_free_port(), prefect_port=find_free_port(), sweep_minutes=5, demo=True)
    assert [one.name for one in plan(demo).specs] == ["engine", "web"]
    assert (plan(stack).addresses.mail_port, plan(demo).addresses.mail_folder) == (None, str(tmp_path / "mail"))


def test_prefect_settings_of_the_machine_do_not_reach_our_prefect(tmp_path: Path) -> None:
    environment = {"PREFECT_API_KEY": "somebody's", "PREFECT_HOME": "/theirs", "FORLOPP_MAIL_URL": "mailto://x"}
    stack = Stack(home=tmp_path, web_port=2, prefect_port=4200, sweep_minutes=5, environment=environment)
    told = child_environment(stack, Ports(web=1, prefect=4200))
    assert "PREFECT_API_KEY" not in told
    assert told["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert told["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
    assert told["FORLOPP_MAIL_URL"] == "mailto://x"


def test_loopback_never_goes_through_a_proxy(tmp_path: Path) -> None:
    stack = Stack(
        home=tmp_path,
        web_port=find_free_port(),
        prefect_port=1,
        sweep_minutes=5,
        environment={"NO_PROXY": "intra.example"},
    )
    assert child_environment(stack, Ports(web=1, prefect=1))["NO_PROXY"] == "intra.example,127.0.0.1,localhost"


def test_a_probe_says_no_while_nobody_listens_and_yes_after(tmp_path: Path) -> None:
    async def ask() -> tuple[bool, ...]:
        probes = http_ok(port, "/health"), port_open(port), file_touched(mark)
        return tuple([await probe() for probe in (*probes, both(probes[0], probes[2]))])

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await writer.drain()
        await reader.read()
        writer.close()
        await writer.wait_closed()

    async def serve_and_ask() -> tuple[bool, ...]:
        async with await asyncio.start_server(answer, LOOPBACK, port):
            assert await ask() == (True, True, False, False)
            mark.touch()
            return await ask()

    port, mark = find_free_port(), tmp_path / "mark"
    assert is_free(port)
    assert asyncio.run(ask()) == (False, False, False, False)
    assert asyncio.run(serve_and_ask()) == (True, True, True, True)


@pytest.mark.parametrize(
    ("marks", "silent"),
    [
        ([(0, None), (601, None)], True),  # it never swept
        ([(0, None), (600, None)], False),  # two periods to the second are not yet too long
        ([(0, 1.0), (300, 2.0), (850, 2.0)], False),
        ([(0, 1.0), (300, 2.0), (901, 2.0)], True),
        ([(0, 1.0), (700, 1.0), (701, 0.5)], False),  # the wall clock went back; a change is a change
    ],
)
def test_silence_is_two_periods_without_a_change_of_the_mark(
    marks: list[tuple[float, float | None]], *, silent: bool
) -> None:
    watch = SilenceWatch(period=300.0, since=0.0)
    assert [watch.is_silent(mark, now=now) for now, mark in marks][-1] is silent


def test_the_stand_in_runs_once_per_period_while_it_is_silent() -> None:
    watch = SilenceWatch(period=300.0, since=0.0)
    assert [watch.must_stand_in(now=now) for now in (601, 605, 900, 901, 1200, 1201)] == [
        True, False, False, True, False, True,
    ]  # fmt: skip


def test_in_a_silence_the_supervisor_lets_the_stand_in_sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swept = tmp_path / "swept"
    monkeypatch.setattr(supervision, "STAND_IN", ("/bin/sh", "-c", f"touch '{swept}'"))
    monkeypatch.setattr(supervision, "WATCH_SECONDS", 0.01)
    stack = Stack(home=tmp_path, web_port=2, prefect_port=1, sweep_minutes=0)  # every moment is longer than two periods
    specs = tuple(spec(tmp_path, name, ALONE.replace("alone", name)) for name in ("engine", "web"))
    planned = Plan(specs, Addresses("", ""), dict(os.environ))

    async def life() -> dict[str, int]:
        supervisor = Supervisor(stack, planned)
        running = asyncio.create_task(supervisor.run(lambda _: None))
        while not swept.exists() or not _restarts(tmp_path).get("engine"):
            await asyncio.sleep(0.01)
        restarts = _restarts(tmp_path)
        supervisor.stop()
        await running
        return restarts

    with hold_home(tmp_path):
        assert asyncio.run(asyncio.wait_for(life(), 10))["web"] == 0


def test_a_child_that_never_answers_is_named_with_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "START_PATIENCE", 0.05)
    planned = Plan((spec(tmp_path, "alone", "exec sleep 600"),), Addresses("", ""), dict(os.environ))
    supervisor = Supervisor(Stack(home=tmp_path, web_port=2, prefect_port=1, sweep_minutes=5), planned)
    with hold_home(tmp_path), pytest.raises(DidNotStart) as refused:
        asyncio.run(supervisor.run(lambda _: None))
    assert refused.value.values == {"name": "alone", "log": str(tmp_path / "logs" / "alone.log")}


def test_a_block_on_a_home_in_use_is_refused_like_a_command(tmp_path: Path) -> None:
    stack = Stack(home=tmp_path, web_port=find_free_port(), prefect_port=find_free_port(), sweep_minutes=5)
    with hold_home(tmp_path), pytest.raises(AlreadyRunning), running_stack(stack):
        pass


def test_the_supervisor_imports_nothing_heavy() -> None:
    code = "import sys, pathways.cli.up; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"prefect", "sqlalchemy", "sqlmodel", "pydantic", "jinja2", "apprise", "typer", "rich", "statemachine"}
    assert not heavy & set(loaded.stdout.split())
