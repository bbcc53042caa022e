"""`forlopp demo`: an invented region with ten introductions and all processes up; `--check` proves it and goes home.

The check sends one command through everything: use case, outbox, Prefect's flow, mail server, mail.
"""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from notifications.tables import outbox_message
from pathways.cli.call import Call, call_of
from pathways.cli.desk import Desk, keep_the_demo_awake, open_unchecked
from pathways.cli.progress import shown_progress
from pathways.cli.running import Addresses
from pathways.cli.stack import Stack
from pathways.cli.up import become_supervisor, running_stack
from pathways.errors import PathwaysError
from pathways.services.ask import Ask, Receipt
from pathways.settings import Settings
from pathways.simulation.demo import DemoSummary, furnish
from pathways.simulation.world import ANALYST, COORDINATOR
from pathways.storage.schema import upgrade

PATIENCE_SECONDS = 120.0
TRIED_ON = "kol"
Check = Annotated[bool, typer.Option("--check", help="cli.option.demo_check")]


class NotDelivered(PathwaysError):
    """The message of the check did not arrive in time."""

    sentence = "error.not_delivered"


def demo(ctx: typer.Context, check: Check = False) -> int:  # noqa: FBT002 - typer's
    """Furnish the demo where it is not there yet, start everything, and stay up until Ctrl+C; or check it and end."""
    call = call_of(ctx)
    desk = open_unchecked(call)
    upgrade(desk.app.database)
    with shown_progress(call.texts.say("cli.demo.furnishing")) as advance:
        summary = furnish(desk.app, today=desk.today, progress=advance)
    keep_the_demo_awake(desk)
    _tell(call, summary)
    call.say("cli.demo.starting")
    stack = _stack(desk.app.settings)
    if not check:
        become_supervisor(stack, say=_ready_text(call))
    with running_stack(stack) as addresses:
        call.say("cli.up.prefect", address=addresses.prefect)
        _send_one_through(call, desk, addresses)
    call.say("cli.demo.checked")
    return 0


@dataclass(frozen=True, slots=True)
class Sent:
    """One command of the check: its receipt and the message it put in the outbox."""

    receipt: Receipt
    message_id: int


def _send_one_through(call: Call, desk: Desk, addresses: Addresses) -> None:
    """Ask somebody to do something, and wait until the mail about it lies in the mail folder."""
    folder = Path(str(addresses.mail_folder))
    before = set(folder.glob("*.eml"))
    sent = _hand_out_a_task(call, desk)
    call.say("cli.demo.sent", command=call.wording.command("create_task"), seq=sent.receipt.seq, slug=TRIED_ON)
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if _is_sent(desk, sent.message_id) and (new := set(folder.glob("*.eml")) - before):
            call.say("cli.demo.delivered", file=str(max(new)))
            return
        time.sleep(0.5)
    raise NotDelivered(seconds=int(PATIENCE_SECONDS), folder=str(desk.app.settings.home / "logs"))


def _hand_out_a_task(call: Call, desk: Desk) -> Sent:
    data = {
        "title": call.texts.say("cli.demo.task"),
        "person": ANALYST,
        "due_on": desk.profile.workdays.add(desk.today, 5).isoformat(),
    }
    receipt = desk.app.run(TRIED_ON, "create_task", data, Ask(actor=COORDINATOR))
    newest = select(outbox_message.c.id).order_by(outbox_message.c.id.desc()).limit(1)
    with desk.app.read() as work:
        return Sent(receipt, int(work.value(newest)))


def _is_sent(desk: Desk, message_id: int) -> bool:
    with desk.app.read() as work:
        state = work.value(select(outbox_message.c.state).where(outbox_message.c.id == message_id))
    return bool(state == "sent")


def _stack(settings: Settings) -> Stack:
    return Stack(
        home=settings.home,
        web_port=settings.web_port,
        prefect_port=settings.prefect_port,
        sweep_minutes=settings.sweep_minutes,
        demo=True,
        environment=dict(os.environ),
    )


def _tell(call: Call, summary: DemoSummary) -> None:
    made = "cli.demo.furnished" if summary.made else "cli.demo.there_already"
    call.say(made, introductions=summary.introductions, tasks=summary.open_tasks, late=summary.late_tasks)
    sys.stdout.flush()


def _ready_text(call: Call) -> str:
    """Return what the supervisor prints when all is up; it fills in the addresses itself."""
    lines = (
        call.texts.say("cli.up.ready"),
        call.texts.say("cli.up.web", address="{web}"),
        call.texts.say("cli.up.prefect", address="{prefect}"),
        call.texts.say("cli.up.mail", folder="{mail_folder}"),
        call.texts.say("cli.demo.try_it"),
    )
    return "\n".join(lines)
