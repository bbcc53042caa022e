"""`forlopp pack`: writes what a body was shown before a meeting: the frozen pack as JSON, PDF, Word and Excel."""

from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.banner import show_banner
from pathways.cli.call import Call, call_of
from pathways.cli.desk import Desk, open_desk
from pathways.cli.output_file import write_whole
from pathways.cli.plan_back import BodySlug, MeetingDay
from pathways.cli.reading_input import read_day
from pathways.errors import Refused
from pathways.exports.pack.files import MEDIA, look_up, pack_file
from pathways.exports.pack.saying import Saying
from pathways.queries.pack.build import build_text
from pathways.services.pack.due import pack_due_at
from pathways.services.pack.freeze import freeze_by_system
from pathways.services.pack.meeting import BodyMeeting, find_meeting
from pathways.services.pack.shelf import PackHead, choose_pack, list_packs

Folder = Annotated[Path, typer.Option("--out", help="cli.option.pack_out", metavar="cli.metavar.folder")]
Freeze = Annotated[bool, typer.Option("--freeze", help="cli.option.pack_freeze")]
Number = Annotated[int | None, typer.Option("--number", help="cli.option.pack_number", metavar="cli.metavar.number")]


def pack(
    ctx: typer.Context,
    body: BodySlug,
    day: MeetingDay,
    out: Folder,
    freeze: Freeze = False,  # noqa: FBT002 - typer's
    number: Number = None,
) -> None:
    """Write the newest pack, or the one of a number. One that is not frozen is frozen where its time has come."""
    call = call_of(ctx)
    held_on = read_day(day)
    desk = open_desk(call)
    show_banner(call, desk)
    with desk.app.read() as work:
        meeting = find_meeting(work, region_id=desk.region_id, body=body, day=held_on)
        packs = list_packs(work, meeting)
    if freeze or not packs:
        packs = _frozen(desk, meeting, asked_for=freeze)
    chosen = choose_pack(packs, number)
    call.say("cli.pack.which", number=chosen.number, hash=chosen.sha256)
    for kind in MEDIA:
        file = out / f"pack.{kind}"
        write_whole(file, _content(call, desk, chosen, kind))
        call.say("cli.pack.written", file=str(file))


def _frozen(desk: Desk, meeting: BodyMeeting, *, asked_for: bool) -> tuple[PackHead, ...]:
    """Freeze as the system; before its time only where that was asked for, else it is told when the time comes."""
    due_at = pack_due_at(meeting.held_on, desk.profile)
    if not asked_for and due_at > desk.app.clock.now():
        raise Refused("error.pack_not_yet", at=due_at.isoformat())
    desk.app.retry(lambda work: freeze_by_system(work, meeting, profile=desk.profile, build=build_text))
    with desk.app.read() as work:
        return list_packs(work, meeting)


def _content(call: Call, desk: Desk, chosen: PackHead, kind: str) -> bytes:
    saying = Saying(call.wording, desk.profile.region.zone)
    region_id, language = desk.region_id, call.texts.language
    with desk.app.read() as work:
        text, kept = look_up(work, chosen, kind, region_id=region_id, language=language)
    return pack_file(desk.app, chosen, kind, saying, region_id=region_id, kept=kept, text=text)
