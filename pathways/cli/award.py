"""`forlopp award ...`: årets implementation from the shell: how it stands, and what people do about it."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import typer

from pathways.cli.call import Call, call_of
from pathways.cli.desk import Desk, open_desk
from pathways.cli.do import By
from pathways.cli.parameters import AsJson, Slug
from pathways.cli.reading_input import read_day
from pathways.errors import Unknown
from pathways.queries.award import AwardView, NominationView, find_award_view, list_awards
from pathways.services.celebrate import award
from pathways.services.celebrate.award import Acting, acting_as
from pathways.services.roster import person_id_of
from pathways.storage.unit_of_work import UnitOfWork

LARGEST = 2_147_483_647
Year = Annotated[int, typer.Argument(min=2000, max=2099, help="cli.option.award_year", metavar="cli.metavar.year")]
Motive = Annotated[str, typer.Option("--motive", help="cli.option.award_motive", metavar="cli.metavar.text")]
Chosen = Annotated[
    int,
    typer.Option("--nomination", min=1, max=LARGEST, help="cli.option.award_nomination", metavar="cli.metavar.id"),
]
Until = Annotated[str, typer.Option("--until", help="cli.option.award_until", metavar="cli.metavar.date")]
Jurors = Annotated[list[str], typer.Option("--juror", help="cli.option.award_juror", metavar="cli.metavar.person")]
Unit = Annotated[str | None, typer.Option("--unit", help="cli.option.award_unit", metavar="cli.metavar.slug")]
Doing = Callable[[UnitOfWork, Acting], None]


def show(ctx: typer.Context, year: Year, as_json: AsJson = False) -> None:  # noqa: FBT002 - typer's
    """Tell what is nominated, how far the jury has come, and what was chosen."""
    call = call_of(ctx)
    desk = open_desk(call)
    with desk.app.read() as work:
        view = _view(work, desk, year)
    if as_json:
        call.print_json(_as_plain(view))
    else:
        _show(call, view)


def open_year(ctx: typer.Context, year: Year, until: Until, juror: Jurors, by: By = None) -> None:
    """Open a year with its jury, or change both."""
    call = call_of(ctx)
    last = read_day(until)
    desk = open_desk(call)

    def act(work: UnitOfWork, acting: Acting) -> None:
        award.open_award(work, acting, year=year, nominate_until=last, jurors=juror, today=desk.today)

    _carry_out(call, desk, year, by, act)


def nominate(ctx: typer.Context, year: Year, slug: Slug, motive: Motive, unit: Unit = None, by: By = None) -> None:
    """Put a celebrated introduction forward."""
    call = call_of(ctx)
    desk = open_desk(call)

    def act(work: UnitOfWork, acting: Acting) -> None:
        award.nominate(work, acting, year=year, introduction=slug, unit=unit, motive=motive, today=desk.today)

    _carry_out(call, desk, year, by, act)


def vote(ctx: typer.Context, year: Year, nomination: Chosen, motive: Motive, by: By = None) -> None:
    """Give a juror's vote, or change it."""
    call = call_of(ctx)

    def act(work: UnitOfWork, acting: Acting) -> None:
        award.vote(work, acting, year=year, nomination=nomination, motive=motive)

    _carry_out(call, open_desk(call), year, by, act)


def publish(ctx: typer.Context, year: Year, nomination: Chosen, motive: Motive, by: By = None) -> None:
    """Publish the jury's choice."""
    call = call_of(ctx)

    def act(work: UnitOfWork, acting: Acting) -> None:
        award.publish(work, acting, year=year, nomination=nomination, motive=motive)

    _carry_out(call, open_desk(call), year, by, act)


def _carry_out(call: Call, desk: Desk, year: int, by: str | None, act: Doing) -> None:
    slug, region_id = by or desk.first_coordinator(), desk.region_id

    def done(work: UnitOfWork) -> AwardView:
        person_id = person_id_of(work, region_id, slug)
        act(work, acting_as(work, region_id=region_id, person_id=person_id))
        return _view(work, desk, year)

    view = desk.app.retry(done)
    call.say("cli.award.done", name=desk.name_of(slug))
    _show(call, view)


def _view(work: UnitOfWork, desk: Desk, year: int) -> AwardView:
    view = find_award_view(work, region_id=desk.region_id, year=year, person_id=0)  # nobody's own vote is shown
    if view is None:
        known = [str(row["year"]) for row, _ in list_awards(work, region_id=desk.region_id)]
        raise Unknown("award", str(year), known)
    return view


def _show(call: Call, view: AwardView) -> None:
    call.say("cli.award.title", year=view.year, day=view.nominate_until.isoformat())
    for one in view.nominations:
        call.print(f"{one.id}. {_name(one)}: {one.motive}", indent=2)
    if not view.nominations:
        call.say("web.celebrate.award.nothing_yet")
    call.say("web.celebrate.award.voted", n=view.voted, jury=len(view.jury))
    if view.winner is not None:
        call.say("cli.award.result", name=_name(view.winner), motive=view.motive or "")


def _name(one: NominationView) -> str:
    return f"{one.pathway}, {one.unit}" if one.unit else one.pathway


def _as_plain(view: AwardView) -> dict[str, object]:
    chosen = view.winner
    return {
        "year": view.year,
        "nominate_until": view.nominate_until.isoformat(),
        "nominations": [asdict(one) for one in view.nominations],
        "jury": [str(one["slug"]) for one in view.jury],
        "voted": view.voted,
        "result": {"nomination": chosen.id, "motive": view.motive} if chosen else None,
    }
