"""Asks the jury of årets implementation to choose, once the last day to nominate has gone by: a mail to each juror.

Looked at once a day. Whoever has voted already is not asked, and nobody is asked twice for the same last day.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import bindparam, exists, func, select

from notifications.message import Message, MessageKind, Urgency
from notifications.outbox import put
from pathways.models.clockwork import Heartbeat
from pathways.models.holding import Award, AwardJuror, JuryVote, Nomination
from pathways.models.organisation import Person, Region
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.services.announce import leave_at
from pathways.services.clockwork.heartbeat import beat
from pathways.services.clockwork.running import Running
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

JURY = "jury"
_award, _juror, _nomination, _vote = (table_of(row) for row in (Award, AwardJuror, Nomination, JuryVote))
_beat, _region, _person = (table_of(row) for row in (Heartbeat, Region, Person))
_NOMINATED = select(func.count()).where(_nomination.c.award_id == _award.c.id).scalar_subquery()
_ASKED = (
    select(
        _award.c.id,
        _award.c.year,
        _award.c.nominate_until,
        _juror.c.person_id,
        _region.c.code,
        _NOMINATED.label("nominated"),
    )
    .join(_region, _region.c.id == _award.c.region_id)
    .join(_juror, _juror.c.award_id == _award.c.id)
    .join(_person, _person.c.id == _juror.c.person_id)
    .where(
        _award.c.published_at.is_(None),
        _award.c.nominate_until < bindparam("latest", type_=_award.c.nominate_until.type),
        _person.c.active,
        exists().where(_nomination.c.award_id == _award.c.id),
        ~exists().where(_vote.c.award_id == _award.c.id, _vote.c.person_id == _juror.c.person_id),
    )
    .order_by(_award.c.id, _juror.c.person_id)
)


def ask_juries(app: Running, *, now: datetime) -> int:
    """Ask the jurors who have not voted of every year whose nominations are closed; return how many are told now."""
    day = now.date().isoformat()
    with app.database.read(now) as work:
        if work.value(select(_beat.c.note).where(_beat.c.kind == JURY)) == day:
            return 0
        latest = max((_today(profile, now) for profile in app.profiles.values()), default=now.date())
        waiting = work.rows(_ASKED, {"latest": latest})
    told = app.retry(lambda work: _ask(work, waiting, app.profiles)) if waiting else 0
    beat(app, JURY, now=now, note=day)
    return told


def _ask(work: UnitOfWork, waiting: list[Row], profiles: Mapping[str, Profile]) -> int:
    messages = [
        _message(row, profile, work.now)
        for row in waiting
        if (profile := profiles.get(row["code"])) is not None and row["nominate_until"] < _today(profile, work.now)
    ]
    return put(work.connection, messages, now=work.now)


def _message(row: Row, profile: Profile, now: datetime) -> Message:
    last_day = row["nominate_until"].isoformat()
    return Message(
        kind=MessageKind.JURY_ASKED,
        recipient=str(row["person_id"]),
        region=row["code"],
        dedup_key=f"jury:{row['id']}:{last_day}:{row['person_id']}",
        values={
            "link": f"/arets-implementation/{row['year']}",
            "why": "why.juror",
            "year": row["year"],
            "count": row["nominated"],
            "nominate_until": last_day,
        },
        urgency=Urgency.AT_ONCE,
        not_before=leave_at(profile, now),
    )


def _today(profile: Profile, now: datetime) -> date:
    return local_date(now, profile.region.zone)
