"""`forlopp verify`: is everything in the database as promised? Findings are printed, and the exit code is then 1."""

import sys

import typer

from pathways.cli.call import Call, call_of
from pathways.cli.desk import open_desk
from pathways.cli.parameters import AsJson
from pathways.cli.refusals import REFUSED
from pathways.services.verify import Finding
from pathways.services.verify import verify as find_all


def verify(ctx: typer.Context, as_json: AsJson = False) -> int:  # noqa: FBT002 - typer's
    """Check chains, positions, rows, tasks and timers."""
    call = call_of(ctx)
    desk = open_desk(call)
    if sys.stderr.isatty():
        sys.stderr.write(call.texts.say("cli.verify.under_way") + "\n")
    findings = find_all(desk.app)
    if as_json:
        call.print_json([as_plain(call, finding) for finding in findings])
    elif findings:
        call.say("cli.verify.found", n=len(findings))
        for finding in findings:
            call.print(finding_line(call, finding), indent=2)
    else:
        call.say("cli.verify.fine")
    return REFUSED if findings else 0


def finding_line(call: Call, finding: Finding) -> str:
    """Return one finding in words, with the introduction it is about."""
    spoken = call.wording.sentence(finding.sentence, finding.values)
    return f"{finding.introduction}: {spoken}" if finding.introduction else spoken


def as_plain(call: Call, finding: Finding) -> dict[str, object]:
    """Return one finding for a machine."""
    return {
        "introduction": finding.introduction,
        "finding": finding.sentence,
        "values": finding.values,
        "text": call.wording.sentence(finding.sentence, finding.values),
    }
