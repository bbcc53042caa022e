"""`forlopp rollout [PATHWAY]`: how a new national version would reach the introductions, and its way there.

With `--dry-run` nothing is done. Where somebody has to choose, the introduction waits unless `--choice` says otherwise.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal

import typer
from sqlalchemy import select

from pathways.cli.call import Call, call_of
from pathways.cli.desk import Desk, open_desk
from pathways.cli.do import By, Reason
from pathways.cli.parameters import AsJson
from pathways.cli.progress import shown_progress
from pathways.cli.sheet import build_table
from pathways.errors import Unknown
from pathways.models.catalogue import Pathway
from pathways.models.national import RolloutChoice, Verdict
from pathways.models.organisation import Person, RegionRole
from pathways.services.administration.office import Office
from pathways.services.ask import new_command_id
from pathways.services.national.carry_out_rollout import Chosen, Tally, carry_out_rollouts, write_rollouts
from pathways.services.national.plan_rollout import Line, Within, list_regions, plan_rollout
from pathways.storage.unit_of_work import UnitOfWork, table_of

_person, _role, _pathway = table_of(Person), table_of(RegionRole), table_of(Pathway)
PathwaySlug = Annotated[str | None, typer.Argument(help="cli.option.pathway", metavar="cli.metavar.slug")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="cli.option.dry_run")]
Choice = Annotated[
    Literal["revise", "no_local_effect"] | None,
    typer.Option("--choice", help="cli.option.choice", metavar="cli.metavar.text"),
]


def rollout(
    ctx: typer.Context,
    pathway: PathwaySlug = None,
    dry_run: DryRun = False,  # noqa: FBT002 - typer's
    choice: Choice = None,
    reason: Reason = None,
    by: By = None,
    as_json: AsJson = False,  # noqa: FBT002 - typer's
) -> None:
    """Try the newest versions on every open introduction that is behind, and carry them out unless only tried."""
    call = call_of(ctx)
    desk = open_desk(call)
    _know(desk, pathway)
    actor = by or desk.first_coordinator()
    found: list[dict[str, object]] = []
    for region in list_regions(desk.app):
        within = replace(region, actor=actor)
        with shown_progress(call.texts.say("cli.rollout.trying")) as advance:
            lines = plan_rollout(
                desk.app, within, pathways=[pathway] if pathway else (), progress=lambda n, of: advance(n / of, "")
            )
        tally = None if dry_run or not lines else _carry_out(call, desk, within, lines, _chosen(lines, choice, reason))
        if as_json:
            found.append(_as_plain(call, within, lines, tally))
        else:
            _show(call, within, lines, tally)
    if as_json:
        call.print_json(found)


def _know(desk: Desk, pathway: str | None) -> None:
    with desk.app.read() as work:
        known = work.values(select(_pathway.c.slug))
    if pathway is not None and pathway not in known:
        raise Unknown("pathway", pathway, known)


def _chosen(lines: Sequence[Line], choice: str | None, reason: str | None) -> dict[str, Chosen]:
    if choice is None:
        return {}
    wanted = RolloutChoice(choice)
    return {
        line.behind.slug: Chosen(wanted, reason or "")
        for line in lines
        if line.verdict is Verdict.DECIDE and line.leads_to(wanted) is not None
    }


def _carry_out(call: Call, desk: Desk, within: Within, lines: Sequence[Line], choices: dict[str, Chosen]) -> Tally:
    moving, key = call.texts.say("web.national.moving_reason"), new_command_id()
    rollouts = desk.app.retry(
        lambda work: write_rollouts(_office(work, desk, within), lines, choices, press=key, moving_reason=moving)
    )
    with shown_progress(call.texts.say("cli.rollout.moving")) as advance:
        return carry_out_rollouts(desk.app, within, rollouts, progress=lambda n, of: advance(n / of, ""))


def _office(work: UnitOfWork, desk: Desk, within: Within) -> Office:
    mine = _person.c.region_id == within.region_id
    actor_id = work.value(select(_person.c.id).where(mine, _person.c.slug == within.actor, _person.c.active))
    if actor_id is None:
        raise Unknown("person", within.actor or "", work.values(select(_person.c.slug).where(mine)))
    held = select(_role.c.role).where(_role.c.region_id == within.region_id, _role.c.person_id == actor_id)
    return Office(
        work=work,
        region_id=within.region_id,
        actor_id=int(actor_id),
        roles=frozenset(work.values(held)),
        today=desk.today,
    )


def _show(call: Call, within: Within, lines: Sequence[Line], tally: Tally | None) -> None:
    name = within.profile.region.name
    if not lines:
        call.say("cli.rollout.nothing", region=name)
        return
    heads = [call.texts.word("cli.column", one) for one in ("pathway", "position", "version", "verdict")]
    table = build_table(name, heads)
    for line in lines:
        one = line.behind
        table.add_row(one.pathway, call.wording.position(one.phase, one.place), one.newest, _verdict(call, line))
    call.print(table)
    if tally is None:
        call.say("cli.rollout.tried")
    else:
        call.say("cli.rollout.done", done=tally.done, waits=tally.waits, changed=tally.changed, refused=tally.refused)


def _verdict(call: Call, line: Line) -> str:
    told = [call.texts.word("web.national.verdict", line.verdict), *_reasons(call, line)]
    return ". ".join(one.rstrip(".") for one in told)


def _reasons(call: Call, line: Line) -> list[str]:
    spoken = []
    for reason in line.reasons:
        values = reason["values"]
        assert isinstance(values, dict)
        spoken.append(call.wording.sentence(str(reason["sentence"]), values))
    return spoken


def _as_plain(call: Call, within: Within, lines: Sequence[Line], tally: Tally | None) -> dict[str, object]:
    return {
        "region": within.profile.region.code,
        "introductions": [
            {
                "slug": line.behind.slug,
                "pathway": line.behind.pathway_slug,
                "version": line.behind.newest,
                "place": line.behind.place,
                "verdict": line.verdict.value,
                "choices": [one.choice.value for one in line.open_choices],
                "reasons": _reasons(call, line),
            }
            for line in lines
        ],
        "result": None
        if tally is None
        else {"done": tally.done, "waits": tally.waits, "changed": tally.changed, "refused": tally.refused},
    }
