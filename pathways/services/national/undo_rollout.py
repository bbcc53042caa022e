"""Takes a rollout back as a whole, by the correction that the process has: every introduction stands as it did before.

Where something has happened to one of them since, nothing is taken back: the correction would undo that as well.
"""

from sqlalchemy import bindparam, select

from pathways.errors import Refused, Unknown
from pathways.models.introduction import Introduction
from pathways.models.national import Rollout, RolloutLine, RolloutOutcome
from pathways.services.administration.office import Office
from pathways.services.ask import Ask
from pathways.services.clockwork.running import Running
from pathways.services.frame import carry_out
from pathways.services.lifecycle.correct import USE_CASE as CORRECT
from pathways.services.lifecycle.correct import Correct
from pathways.services.national.carry_out_rollout import ACTION
from pathways.services.national.plan_rollout import Within
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_rollout, _line, _introduction = table_of(Rollout), table_of(RolloutLine), table_of(Introduction)
_ROLLOUT = select(_rollout).where(_rollout.c.region_id == bindparam("region"), _rollout.c.id == bindparam("rollout"))
_DONE = (
    select(_line.c.introduction_id, _line.c.from_seq, _line.c.to_seq, _introduction.c.slug, _introduction.c.version)
    .join(_introduction, _introduction.c.id == _line.c.introduction_id)
    .where(
        _line.c.region_id == bindparam("region"),
        _line.c.rollout_id == bindparam("rollout"),
        _line.c.outcome == RolloutOutcome.DONE,
    )
    .order_by(_introduction.c.slug)
)


def undo_rollout(app: Running, office: Office, within: Within, *, rollout_id: int, reason: str) -> int:
    """Take back every introduction that the rollout moved, and return how many; all of them or none.

    Refuses a rollout that nobody carried out or that is taken back already, one without anything to take back, a
    missing reason, and one of whose introductions something has happened to since, which it names.
    """
    office.permit(ACTION)
    row = office.work.find(_ROLLOUT, {"region": office.region_id, "rollout": rollout_id})
    if row is None:
        raise Unknown("rollout", str(rollout_id), ())
    if row["undone_at"] is not None:
        return 0
    if not reason.strip():
        raise Refused("reason_missing")
    done = office.work.rows(_DONE, {"region": office.region_id, "rollout": rollout_id})
    if not done:
        raise Refused("error.rollout_nothing_done")
    if moved_on := [line["slug"] for line in done if line["version"] != line["to_seq"]]:
        raise Refused("error.rollout_moved_on", n=len(moved_on), slugs=", ".join(moved_on))
    for line in done:
        _take_back(app, office.work, within, line, rollout_id=rollout_id, reason=reason)
    office.work.update(Rollout, {"id": rollout_id}, {"undone_at": office.work.now})
    office.record("undo_rollout", str(rollout_id), introductions=len(done))
    return len(done)


def _take_back(app: Running, work: UnitOfWork, within: Within, line: Row, *, rollout_id: int, reason: str) -> None:
    ask = Ask(
        actor=within.actor,
        reason=reason,
        version=line["to_seq"],
        command_id=f"rollout-undo:{rollout_id}:{line['introduction_id']}",
    )
    carry_out(
        work,
        CORRECT,
        Correct(undo_to=line["from_seq"]),
        ask,
        region_id=within.region_id,
        slug=line["slug"],
        profile=within.profile,
        salter=app.salter,
    )
