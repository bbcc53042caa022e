"""`forlopp simulate`: lets an invented region live for months, on a file of its own, and tells what came of it."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.call import Call, call_of
from pathways.cli.output_file import write_file
from pathways.cli.progress import shown_progress
from pathways.cli.reading_input import read_day
from pathways.cli.refusals import REFUSED
from pathways.cli.settings_check import read_settings
from pathways.simulation.report import render_report
from pathways.simulation.result import SimulationResult
from pathways.simulation.simulate import simulate as live

MOST_MONTHS = 120
From = Annotated[str, typer.Option("--from", help="cli.option.simulate_from", metavar="cli.metavar.date")]
Months = Annotated[int, typer.Option(min=1, max=MOST_MONTHS, help="cli.option.months", metavar="cli.metavar.number")]
Seed = Annotated[int, typer.Option(help="cli.option.seed", metavar="cli.metavar.number")]
JsonFile = Annotated[Path | None, typer.Option("--json", help="cli.option.json_file", metavar="cli.metavar.file")]
Report = Annotated[Path | None, typer.Option("--report", help="cli.option.report_file", metavar="cli.metavar.file")]


def simulate(
    ctx: typer.Context, start: From, months: Months, seed: Seed = 1, as_json: JsonFile = None, report: Report = None
) -> int:
    """Simulate, write the files that were asked for, and print the figures; findings of the check give exit code 1."""
    call = call_of(ctx)
    settings = read_settings()
    first: date = read_day(start)
    with shown_progress(call.texts.say("cli.simulate.under_way")) as advance:
        result = live(settings, start=first, months=months, seed=seed, progress=advance)
    if as_json is not None:
        write_file(as_json, json.dumps(result.to_json(), ensure_ascii=False, indent=2) + "\n")
    if report is not None:
        write_file(report, render_report(result, call.texts.language))
    _tell(call, result, settings.simulation_file)
    return REFUSED if result.verify else 0


def _tell(call: Call, result: SimulationResult, database: Path) -> None:
    call.say(
        "cli.simulate.done",
        months=result.months,
        start=result.start.isoformat(),
        seconds=round(result.seconds),
        introductions=result.introductions,
    )
    call.say("cli.simulate.ends", celebrated=result.celebrated, stopped=result.stopped)
    call.say("cli.simulate.loops", held=result.loops_held, on_time=result.loops_on_time)
    call.say("cli.simulate.messages", messages=result.messages, mails=result.mails)
    if result.verify:
        call.say("cli.verify.found", n=len(result.verify))
        for finding in result.verify:
            call.print(finding, indent=2)
    else:
        call.say("cli.simulate.verified", digest=result.digest[:16])
    call.say("cli.simulate.look", database=str(database))
    sys.stdout.flush()
