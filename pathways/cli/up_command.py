"""`forlopp up`: starts the installation on this machine and keeps it running until it is told to stop.

This process stays resident beside all others, so it imports neither database nor settings: a short-lived child looks
at both and tells what it found.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import typer

from pathways.cli.call import Call, call_of
from pathways.cli.running import Addresses
from pathways.cli.stack import Stack
from pathways.cli.up import run_up

ASK = (sys.executable, "-m", "pathways.cli.main", "installation", "--lang")


def up(ctx: typer.Context) -> int:
    """Run until Ctrl+C or SIGTERM; refused where the database cannot be used or another `up` holds the home."""
    call = call_of(ctx)
    answer = subprocess.run(  # noqa: S603 - our own interpreter and module
        [*ASK, call.texts.language], stdout=subprocess.PIPE, check=False, encoding="utf-8"
    )
    if answer.returncode:
        return answer.returncode
    call.say("cli.up.starting")
    return run_up(build_stack(answer.stdout), on_ready=lambda addresses: say_ready(call, addresses))


def build_stack(told: str) -> Stack:
    """Return what is to be run, from the JSON that the child has printed."""
    settings = json.loads(told)
    return Stack(
        home=Path(settings["home"]),
        web_port=settings["web_port"],
        prefect_port=settings["prefect_port"],
        sweep_minutes=settings["sweep_minutes"],
        environment=dict(os.environ),
    )


def say_ready(call: Call, addresses: Addresses) -> None:
    """Print that all is up, and where."""
    call.say("cli.up.ready")
    call.say("cli.up.web", address=addresses.web)
    call.say("cli.up.prefect", address=addresses.prefect)
    if addresses.mail_folder:
        call.say("cli.up.mail", folder=addresses.mail_folder)
    sys.stdout.flush()
