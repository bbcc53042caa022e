"""When an introduction will come to its milestones: told from the region's own history, or where it is thin others'.

Everything follows from the stays that the log tells of, read in one statement. What others did is counted and never
shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from pathways.measurement.forecasting import (
    Calibration,
    Forecast,
    History,
    Issued,
    Place,
    Way,
    calibrate,
    chance_by,
    forecast,
    look_back,
)
from pathways.models.organisation import Body, Meeting
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Matter
from pathways.queries.stays import Past, Stay, load_stays
from pathways.storage.unit_of_work import UnitOfWork, table_of
from states.snapshot import ENDED, Phase, Standing

MILESTONES = ("start", "gap_analysis", "prioritisation", "implementation", "celebration", "finished")
"""What a way leads past: its beginning, and the day each of the following phases began."""

DECIDED = MILESTONES.index("implementation")
_STAGE: Mapping[str, int] = {
    Phase.PREPARATION: 0,
    Phase.GAP_ANALYSIS: 1,
    Phase.PRIORITISATION: 2,
    Phase.IMPLEMENTATION: 3,
    Phase.LEARNING: 3,
    Phase.CELEBRATION: 4,
    Phase.FINISHED: 5,
}
_meeting, _body = table_of(Meeting), table_of(Body)
_AHEAD = (
    select(_body.c.slug, _body.c.name, _body.c.short, _meeting.c.held_on, _meeting.c.hand_in_on)
    .join(_body, _body.c.id == _meeting.c.body_id)
    .where(
        _body.c.region_id == bindparam("region"),
        _body.c.slug.in_(bindparam("bodies", expanding=True)),
        _meeting.c.held_on > bindparam("today", type_=_meeting.c.held_on.type),
        _meeting.c.cancelled.is_(False),
    )
    .order_by(_meeting.c.held_on, _body.c.slug)
    .limit(bindparam("most", type_=_body.c.id.type))
)
MEETINGS = 12


@dataclass(frozen=True, slots=True)
class BoardDate:
    """A meeting ahead of a body that may decide on a plan, and the last day to hand papers in to it."""

    body: str
    slug: str
    held_on: date
    hand_in_on: date

    @property
    def key(self) -> str:
        """Return what names it in an address."""
        return f"{self.slug}:{self.held_on.isoformat()}"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would follow if the plan were decided at a meeting: the milestones after it, and the chance to be in time.

    `in_time` is the share of those before who had a plan to hand in within the days that are left; None of too few.
    """

    meeting: BoardDate
    in_time: Fraction | None
    after: tuple[Forecast, ...]


@dataclass(frozen=True, slots=True)
class Milestones:
    """What can be said of one introduction: forecasts, earlier ones with what came of them, and how well they hold.

    `is_running` is untrue for one that rests or has ended, of which nothing is forecast.
    """

    is_running: bool
    stage: int
    ahead: tuple[Forecast, ...]
    before: tuple[Issued, ...]
    calibration: Calibration

    @property
    def next(self) -> Forecast | None:
        """Return the nearest milestone that something can be said of."""
        return self.ahead[0] if self.ahead else None


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways of a region's introductions by id, where those under way are, and the ways of others."""

    own: Mapping[int, Way]
    places: Mapping[int, Place]
    others: tuple[Way, ...]

    def history_for(self, introduction_id: int) -> History:
        """Return what an introduction is held against: everybody but itself."""
        return History([way for whose, way in self.own.items() if whose != introduction_id], self.others)


def read_ways(work: UnitOfWork, *, region_id: int, zone: ZoneInfo, today: date) -> Ways:
    """Return the ways that the log tells of."""
    return ways_of(load_stays(work, region_id=region_id, until=work.now), zone, today)


def ways_of(past: Past, zone: ZoneInfo, today: date) -> Ways:
    """Return the ways that stays make."""
    own = {whose: way_of(stays, zone, today) for whose, stays in past.own.items()}
    places = {whose: found for whose, stays in past.own.items() if (found := place_of(stays, zone, today))}
    return Ways(own, places, tuple(way_of(stays, zone, today) for stays in past.others))


def way_of(stays: Iterable[Stay], zone: ZoneInfo, today: date) -> Way:
    """Return one introduction's way. Rests are part of it: a milestone is a day on the calendar."""
    reached: dict[int, date] = {}
    known_until = today
    for stay in stays:
        on = local_date(stay.began_at, zone)
        for stage in range(_STAGE[stay.phase] + 1):
            reached.setdefault(stage, on)
        if stay.standing == Standing.STOPPED:
            known_until = on
    return Way(reached, known_until)


def place_of(stays: tuple[Stay, ...], zone: ZoneInfo, today: date) -> Place | None:
    """Return where an introduction under way stands and since when; None for one that rests or has ended."""
    if not stays or stays[-1].standing != Standing.ACTIVE:
        return None
    going = [stay for stay in stays if stay.standing not in ENDED]
    *_, (stage, last) = [(stage, list(run)) for stage, run in groupby(going, key=lambda stay: _STAGE[stay.phase])]
    return Place(stage, local_date(last[0].began_at, zone), today)


def milestones(ways: Ways, introduction_id: int) -> Milestones:
    """Return what can be said of one introduction, and how well such forecasts have held in its region."""
    issued = look_back(ways.own, ways.others)
    return Milestones(
        is_running=introduction_id in ways.places,
        stage=ways.places[introduction_id].stage if introduction_id in ways.places else 0,
        ahead=forecasts(ways, introduction_id),
        before=tuple(one for one in issued if one.whose == introduction_id and one.came_on is not None),
        calibration=calibrate(issued, ways.own),
    )


def region_calibration(ways: Ways) -> Calibration:
    """Return how well forecasts have held in a region."""
    return calibrate(look_back(ways.own, ways.others), ways.own)


def forecasts(ways: Ways, introduction_id: int) -> tuple[Forecast, ...]:
    """Return the forecasts of an introduction's coming milestones, the nearest first; of none under way, none."""
    place = ways.places.get(introduction_id)
    if place is None:
        return ()
    history = ways.history_for(introduction_id)
    found = (forecast(place, milestone, history) for milestone in range(place.stage + 1, len(MILESTONES)))
    return tuple(one for one in found if one is not None)


def list_board_dates(work: UnitOfWork, *, region_id: int, profile: Profile, today: date) -> tuple[BoardDate, ...]:
    """Return the next meetings at which the plan can be decided."""
    bodies = [body.slug for body in profile.bodies_deciding(Matter.PLAN)]
    rows = work.rows(_AHEAD, {"region": region_id, "bodies": bodies, "today": today, "most": MEETINGS})
    return tuple(
        BoardDate(str(row["short"] or row["name"]), row["slug"], row["held_on"], row["hand_in_on"]) for row in rows
    )


def is_undecided(ways: Ways, introduction_id: int) -> bool:
    """Say whether an introduction is under way and its plan not decided, so that the day of a decision matters."""
    place = ways.places.get(introduction_id)
    return place is not None and place.stage < DECIDED


def what_if(ways: Ways, introduction_id: int, meeting: BoardDate) -> WhatIf | None:
    """Return what would follow from a decision at a meeting; None where the plan is decided, or nothing goes on."""
    if not is_undecided(ways, introduction_id):
        return None
    place = ways.places[introduction_id]
    history = ways.history_for(introduction_id)
    known = Place(DECIDED, place.today, place.today)  # what is known today is all that will be told of that day
    later = meeting.held_on - place.today
    after = (forecast(known, milestone, history) for milestone in range(DECIDED + 1, len(MILESTONES)))
    return WhatIf(
        meeting,
        chance_by(meeting.held_on, place, DECIDED, history),
        tuple(one.moved(later) for one in after if one is not None),
    )
