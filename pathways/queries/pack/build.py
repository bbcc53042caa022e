"""Builds the pack of a meeting as of one moment: everything that can be told from the log is told from it.

The moment is now where a pack is frozen; the same question asked later about that moment gives the same board.
"""

from datetime import date, datetime, timedelta

from pathways.models.base import CaseRow
from pathways.models.decision import BoardCase
from pathways.models.decision_basis import BasisVersion
from pathways.models.loop import LearningLoop
from pathways.models.measure import Indicator, IndicatorPhase, IndicatorValue
from pathways.models.plan import Activity
from pathways.models.review import Review, ReviewActivity, ReviewNote
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.queries.board import COLUMNS, place_all
from pathways.queries.moment import require_past
from pathways.queries.open_rows import Columns
from pathways.queries.pack.agenda import load_agenda
from pathways.queries.pack.asked import list_asked
from pathways.queries.pack.changes import list_changes
from pathways.queries.pack.content import PackContent, freeze_content, status_line
from pathways.queries.pack.learning import list_curves, list_held, list_open_matters
from pathways.queries.pack.risks import list_risks
from pathways.queries.pack.waits import MOST, list_waits
from pathways.queries.people import load_units
from pathways.queries.stays import load_stays
from pathways.services.pack.meeting import BodyMeeting, find_earlier
from pathways.storage.unit_of_work import UnitOfWork

FIRST_LOOK = timedelta(days=92)
"""How far back the changes go where the body has had no meeting before."""
_MORE: tuple[type[CaseRow], ...] = (
    *(BoardCase, BasisVersion, Activity, LearningLoop, Review, ReviewActivity, ReviewNote),
    *(Indicator, IndicatorValue, IndicatorPhase),
)
_KINDS: Columns = {**COLUMNS, **dict.fromkeys(_MORE, ())}


def build_pack(
    work: UnitOfWork,
    meeting: BodyMeeting,
    *,
    profile: Profile,
    as_of: datetime | None = None,
    held_against: PackContent | None = None,
) -> PackContent:
    """Return the pack of a meeting as of a moment that has been, or of now; one that lies ahead is refused.

    To be held against an earlier pack it tells changes from the same day on, and every wait.
    """
    moment = require_past(as_of or work.now, now=work.now)
    zone = profile.region.zone
    today = local_date(moment, zone)
    earlier = find_earlier(work, meeting, today)
    since = held_against.since if held_against else first_day(earlier, today)
    placed = place_all(work, region_id=meeting.region_id, profile=profile, today=today, as_of=moment, columns=_KINDS)
    past = load_stays(work, region_id=meeting.region_id, until=moment)
    agenda = load_agenda(work, meeting, as_of=moment, today=today)
    return PackContent(
        region=meeting.region,
        region_name=meeting.region_name,
        origin=meeting.origin,
        body=meeting.body,
        body_name=meeting.body_name,
        body_short=meeting.body_short,
        meeting_on=meeting.held_on,
        as_of=moment,
        today=today,
        since=since,
        last_meeting_on=earlier,
        board=tuple(status_line(one.row) for one in placed if one.material.head.is_open),
        changes=list_changes(work, placed, past, region_id=meeting.region_id, since=since, as_of=moment, zone=zone),
        asked=list_asked(placed, agenda, meeting),
        risks=list_risks(placed, past, profile, today=today),
        waits=list_waits(
            work, placed, zone=zone, today=today, region_id=meeting.region_id, most=None if held_against else MOST
        ),
        loops=list_held(placed, since=since, until=today),
        open_matters=list_open_matters(placed, meeting, today=today),
        curves=list_curves(placed, units=load_units(work, region_id=meeting.region_id), today=today),
        agenda=tuple(one.line for one in agenda),
    )


def build_text(work: UnitOfWork, meeting: BodyMeeting, profile: Profile) -> str:
    """Return the frozen text of a meeting's pack as of the transaction's instant."""
    return freeze_content(build_pack(work, meeting, profile=profile))


def first_day(earlier: date | None, today: date) -> date:
    """Return the day from which changes are told: that of the meeting before, or three months ago."""
    return earlier if earlier is not None else today - FIRST_LOOK
