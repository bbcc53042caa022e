"""`forlopp sweep-once`: does what is due, once, without Prefect: the supervisor's stand-in when the flows are silent.

It leaves no heartbeat: health must go on saying that the clockwork itself is silent.
"""

import typer

from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.cli.call import call_of
from pathways.cli.desk import open_desk
from pathways.queries.pack.build import build_text
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.loops import LoopDue, open_due_loop
from pathways.services.clockwork.sweep import sweep
from pathways.services.pack.freeze_due import freeze_due_packs


def sweep_once(ctx: typer.Context) -> None:
    """Ring timers, remind, open the loops and freeze the packs that are due, and deliver what is waiting."""
    call = call_of(ctx)
    app = open_desk(call).app
    now = app.clock.now()
    report = sweep(app, now=now)
    freeze_due_packs(app, now=now, build=build_text)
    opened = sum(_open(app, loop) for loop in report.loops_due)
    delivered = deliver_due(app, build_post(app), now=now)
    call.say(
        "cli.sweep.done",
        reminders=report.reminders,
        timers=report.timers_fired,
        loops=opened,
        sent=delivered.sent,
    )


def _open(app: App, loop: LoopDue) -> bool:
    return open_due_loop(app, introduction_id=loop.introduction_id, number=loop.number, now=app.clock.now())
