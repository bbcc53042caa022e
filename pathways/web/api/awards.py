"""Årets implementation for programs: its years and results, opening one, nominating, voting and publishing.

The rules and who may what are the use cases' own; how a juror votes is told to nobody but that juror.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from pathways.errors import Unknown
from pathways.planning.instants import local_date
from pathways.queries.award import AwardView, NominationView, find_award_view, list_awards
from pathways.services.ask import Order
from pathways.services.celebrate import award
from pathways.services.celebrate.award import LONGEST_MOTIVE, SHORTEST_MOTIVE, Acting, acting_as
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.api.caller import Call, Reading, Writing

router = APIRouter(tags=["awards"])
SEEN = "see_holding"
LARGEST = 2_147_483_647
Year = Annotated[int, Path(ge=2000, le=2099, description="The year that is awarded")]
Calendar = Annotated[int, Field(ge=2000, le=2099)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,90}$")]
Motive = Annotated[str, Field(min_length=SHORTEST_MOTIVE, max_length=LONGEST_MOTIVE)]
Number = Annotated[int, Field(ge=1, le=LARGEST)]


class NominationOut(BaseModel):
    """What is nominated, and why. `votes` is null until the result is published."""

    number: int
    introduction: str
    pathway: str
    unit: str | None
    motive: str
    votes: int | None


class ResultOut(BaseModel):
    """What the jury chose, by the nomination's number, and its motive."""

    nomination: int
    introduction: str
    pathway: str
    unit: str | None
    motive: str


class YearOut(BaseModel):
    """One year; `result` is null until it is published."""

    year: int
    nominate_until: date
    result: ResultOut | None


class YearsOut(BaseModel):
    """The years of the region, the newest first."""

    years: list[YearOut]


class VoteOut(BaseModel):
    """The caller's own vote."""

    nomination: int
    motive: str


class AwardOut(YearOut):
    """One year with its nominations and how far its jury has come; `mine` is the caller's own vote."""

    nominations: list[NominationOut]
    jurors: int
    voted: int
    mine: VoteOut | None


class YearIn(Order):
    """A year with its last day to nominate and its jury; one that is open already is changed."""

    year: Calendar
    nominate_until: date
    jurors: Annotated[list[Name], Field(max_length=50)]


class NominationIn(Order):
    """An introduction that has been celebrated, perhaps one unit's part in it, and why."""

    introduction: Name
    unit: Name | None = None
    motive: Motive


class ChoiceIn(Order):
    """One of the nominations, by its number, and why."""

    nomination: Number
    motive: Motive


@router.get("/awards")
def get_years(call: Reading) -> YearsOut:
    """Return the years and what was chosen."""
    call.require_view(SEEN)
    with call.app.read() as work:
        rows = list_awards(work, region_id=call.caller.region_id)
    return YearsOut(
        years=[
            YearOut(year=row["year"], nominate_until=row["nominate_until"], result=_result(chosen, row["motive"]))
            for row, chosen in rows
        ]
    )


@router.get("/awards/{year}")
def get_year(call: Reading, year: Year) -> AwardOut:
    """Return one year with what is nominated."""
    call.require_view(SEEN)
    with call.app.read() as work:
        return _shown(work, call, year)


@router.post("/awards")
def open_year(call: Writing, given: YearIn) -> AwardOut:
    """Open a year with its jury, or change the jury and the last day to nominate."""
    today = _today(call)
    return _act(
        call,
        given.year,
        lambda work: award.open_award(
            work,
            _acting(work, call),
            year=given.year,
            nominate_until=given.nominate_until,
            jurors=given.jurors,
            today=today,
        ),
    )


@router.post("/awards/{year}/nominations")
def nominate(call: Writing, year: Year, given: NominationIn) -> AwardOut:
    """Put a celebrated introduction forward."""
    today = _today(call)
    return _act(
        call,
        year,
        lambda work: award.nominate(
            work,
            _acting(work, call),
            year=year,
            introduction=given.introduction,
            unit=given.unit,
            motive=given.motive,
            today=today,
        ),
    )


@router.post("/awards/{year}/vote")
def vote(call: Writing, year: Year, given: ChoiceIn) -> AwardOut:
    """Give the vote of the juror whom the token acts as, or change it."""
    call.require_view(SEEN)
    return _act(
        call,
        year,
        lambda work: award.vote(work, _acting(work, call), year=year, nomination=given.nomination, motive=given.motive),
    )


@router.post("/awards/{year}/result")
def publish(call: Writing, year: Year, given: ChoiceIn) -> AwardOut:
    """Publish what the jury chose, once every juror has voted."""
    return _act(
        call,
        year,
        lambda work: award.publish(
            work, _acting(work, call), year=year, nomination=given.nomination, motive=given.motive
        ),
    )


def _act(call: Call, year: int, act: Callable[[UnitOfWork], None]) -> AwardOut:
    def done(work: UnitOfWork) -> AwardOut:
        act(work)
        return _shown(work, call, year)

    return call.app.retry(done)


def _acting(work: UnitOfWork, call: Call) -> Acting:
    caller = call.caller
    return acting_as(work, region_id=caller.region_id, person_id=caller.person_id)


def _today(call: Call) -> date:
    return local_date(call.now, call.app.profile.region.zone)


def _shown(work: UnitOfWork, call: Call, year: int) -> AwardOut:
    caller = call.caller
    view = find_award_view(work, region_id=caller.region_id, year=year, person_id=caller.person_id)
    if view is None:
        known = list_awards(work, region_id=caller.region_id)
        raise Unknown("award", str(year), [str(row["year"]) for row, _ in known])
    return AwardOut(
        year=view.year,
        nominate_until=view.nominate_until,
        result=_result(view.winner, view.motive),
        nominations=[_nomination(one) for one in view.nominations],
        jurors=len(view.jury),
        voted=view.voted,
        mine=_mine(view),
    )


def _mine(view: AwardView) -> VoteOut | None:
    return VoteOut(nomination=view.mine["nomination_id"], motive=view.mine["motive"]) if view.mine else None


def _result(chosen: NominationView | None, motive: str | None) -> ResultOut | None:
    if chosen is None:
        return None
    return ResultOut(
        nomination=chosen.id,
        introduction=chosen.slug,
        pathway=chosen.pathway,
        unit=chosen.unit,
        motive=motive or "",
    )


def _nomination(one: NominationView) -> NominationOut:
    same = ("pathway", "unit", "motive", "votes")
    return NominationOut(number=one.id, introduction=one.slug, **{name: getattr(one, name) for name in same})
