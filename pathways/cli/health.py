"""`forlopp health`: is the clock right, do sweeps run, do messages get through, and which processes are up?"""

from dataclasses import asdict

import typer

from pathways.cli.call import Call, call_of
from pathways.cli.desk import open_desk
from pathways.cli.parameters import AsJson
from pathways.cli.refusals import REFUSED, hints_for
from pathways.cli.running import StackStatus, find_status
from pathways.services.clockwork.heartbeat import Sign
from pathways.services.clockwork.heartbeat import health as read_health


def health(ctx: typer.Context, as_json: AsJson = False) -> int:  # noqa: FBT002 - typer's
    """Show every sign of health; the exit code is 1 where one is bad."""
    call = call_of(ctx)
    desk = open_desk(call)
    found = read_health(desk.app, now=desk.app.clock.now())
    stack = find_status(desk.app.settings.home)
    if as_json:
        signs = [{**asdict(sign), "text": sign_line(call, sign)} for sign in found.signs]
        call.print_json({"ok": found.ok, "signs": signs, "processes": asdict(stack) if stack else None})
    else:
        call.say("cli.health.fine" if found.ok else "cli.health.wrong")
        for sign in found.signs:
            call.print(f"{'✓' if sign.ok else '✗'} {sign_line(call, sign)}", indent=2)
        show_processes(call, stack)
    return 0 if found.ok else REFUSED


def sign_line(call: Call, sign: Sign) -> str:
    """Return one sign in words, with what to type about a bad one."""
    told = call.wording.sentence(sign.sentence, sign.values)
    return told if sign.ok else " ".join((told, *hints_for(sign.sentence, call)))


def show_processes(call: Call, stack: StackStatus | None) -> None:
    """Print which processes this computer runs."""
    if stack is None:
        call.say("cli.health.not_running")
        return
    call.say("cli.health.running", pid=stack.supervisor_pid)
    for process in stack.processes:
        state = call.texts.word("process_state", process.state)
        call.print(call.texts.say("cli.health.process", name=process.name, state=state), indent=2)
