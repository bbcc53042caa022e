"""Carries a rollout out: the choices are written down first, then each introduction moves by its own commands.

It can be broken off and begun again anywhere: every command has an id of its own that counts once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from pathways.errors import IntroductionChanged, Refused, Unknown
from pathways.models.catalogue import Pathway
from pathways.models.introduction import Introduction
from pathways.models.national import Rollout, RolloutChoice, RolloutLine, RolloutOutcome, Verdict
from pathways.planning.rollout import Act, Way, acts_for
from pathways.services.administration.office import Office
from pathways.services.ask import Ask
from pathways.services.clockwork.running import Running
from pathways.services.national.behind import list_behind
from pathways.services.national.plan_rollout import REFUSALS, Line, Progress, Reason, Within, go, reasons_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

TOGETHER = 25
ACTION = "roll_out_version"
_rollout, _line = table_of(Rollout), table_of(RolloutLine)
_introduction, _pathway = table_of(Introduction), table_of(Pathway)
_PRESSED = select(_rollout.c.id).where(
    _rollout.c.region_id == bindparam("region"),
    _rollout.c.press == bindparam("press"),
    _rollout.c.pathway_id == bindparam("pathway"),
)
_UNCLOSED = select(_rollout.c.id).where(
    _rollout.c.id.in_(bindparam("rollouts", expanding=True)), _rollout.c.carried_out_at.is_(None)
)
_LEFT = (
    select(
        *_line.c,
        _introduction.c.slug,
        _introduction.c.version,
        _pathway.c.slug.label("pathway_slug"),
    )
    .join(_rollout, _rollout.c.id == _line.c.rollout_id)
    .join(_introduction, _introduction.c.id == _line.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(
        _line.c.region_id == bindparam("region"),
        _line.c.rollout_id.in_(bindparam("rollouts", expanding=True)),
        _line.c.outcome.is_(None),
    )
    .order_by(_line.c.rollout_id, _line.c.id)
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for one introduction, and the local reason where the choice needs one."""

    choice: RolloutChoice
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many introductions went which way."""

    done: int = 0
    waits: int = 0
    changed: int = 0
    refused: int = 0


def write_rollouts(
    office: Office, lines: Sequence[Line], choices: Mapping[str, Chosen], *, press: str, moving_reason: str
) -> tuple[int, ...]:
    """Write down a rollout per pathway with what the dry run said and what was chosen, and return their ids.

    An introduction without a choice takes over where nobody has to choose, and waits otherwise. A choice that the dry
    run does not offer, or one that needs a reason and has none, is refused. The same press gives the same rollouts.
    """
    office.permit(ACTION)
    found = []
    for pathway_id in dict.fromkeys(line.behind.pathway_id for line in lines):
        own = [line for line in lines if line.behind.pathway_id == pathway_id]
        found.append(_write(office, own, choices, press=press[:80], moving_reason=moving_reason))
    return tuple(found)


def carry_out_rollouts(
    app: Running, within: Within, rollouts: Sequence[int], *, progress: Progress | None = None
) -> Tally:
    """Move what is left of the rollouts, some introductions in each transaction, and return what came of them."""
    keys = {"region": within.region_id, "rollouts": list(rollouts)}
    with app.database.read(app.clock.now()) as work:
        left = work.rows(_LEFT, keys)
    found: list[RolloutOutcome] = []
    for first in range(0, len(left), TOGETHER):
        found += _move_together(app, within, left[first : first + TOGETHER])
        if progress is not None:
            progress(len(found), len(left))
    app.retry(lambda work: _close(work, rollouts))
    return Tally(
        done=found.count(RolloutOutcome.DONE),
        waits=found.count(RolloutOutcome.WAITS),
        changed=found.count(RolloutOutcome.CHANGED),
        refused=found.count(RolloutOutcome.REFUSED),
    )


def _write(
    office: Office, lines: Sequence[Line], choices: Mapping[str, Chosen], *, press: str, moving_reason: str
) -> int:
    first = lines[0].behind
    keys = {"region": office.region_id, "press": press, "pathway": first.pathway_id}
    if known := office.work.value(_PRESSED, keys):
        return int(known)
    rollout_id = office.work.insert_one(
        Rollout,
        {
            "region_id": office.region_id,
            "pathway_id": first.pathway_id,
            "to_version_id": first.newest_id,
            "press": press,
            "planned_at": office.work.now,
            "planned_by": office.actor_id,
        },
    )
    rows = []
    for line in lines:
        chosen = choices.get(line.behind.slug) or _unasked(line, moving_reason)
        _check(line, chosen)
        rows.append(
            {
                "region_id": office.region_id,
                "rollout_id": rollout_id,
                "introduction_id": line.behind.introduction_id,
                "verdict": line.verdict,
                "reasons": list(line.reasons),
                "choice": chosen.choice,
                "reason": chosen.reason or None,
                "from_seq": line.behind.version,
            }
        )
    office.work.insert(RolloutLine, rows)
    office.record(ACTION, first.pathway_slug, rollout=rollout_id, version=first.newest, introductions=len(rows))
    return rollout_id


def _unasked(line: Line, moving_reason: str) -> Chosen:
    if line.verdict is Verdict.MOVES:
        return Chosen(RolloutChoice.TAKE_OVER, moving_reason)
    return Chosen(RolloutChoice.WAIT)


def _check(line: Line, chosen: Chosen) -> None:
    if chosen.choice is RolloutChoice.WAIT:
        return
    if line.leads_to(chosen.choice) is None:
        raise Refused("error.rollout_no_such_way", slug=line.behind.slug)
    needs = any(act.needs_reason for act in acts_for(line.behind.stand, Way(chosen.choice)))
    if needs and not chosen.reason.strip():
        raise Refused("reason_missing")


def _move_together(app: Running, within: Within, lines: Sequence[Row]) -> list[RolloutOutcome]:
    """Move some introductions in one transaction; where one is refused, each moves by itself."""
    try:
        return app.retry(lambda work: [_move(app, work, within, line) for line in lines])
    except (*REFUSALS, IntroductionChanged, Unknown) as error:
        if len(lines) > 1:
            return [one for line in lines for one in _move_together(app, within, [line])]
        told = error
    outcome = RolloutOutcome.CHANGED if isinstance(told, IntroductionChanged) else RolloutOutcome.REFUSED
    reasons = reasons_of(told) if isinstance(told, REFUSALS) else _told(told)
    line_id = lines[0]["id"]
    app.retry(lambda work: _settle(work, line_id, outcome=outcome, reasons=list(reasons)))
    return [outcome]


def _told(error: IntroductionChanged | Unknown) -> tuple[Reason, ...]:
    return ({"sentence": error.sentence, "values": dict(error.values)},)


def _move(app: Running, work: UnitOfWork, within: Within, line: Row) -> RolloutOutcome:
    if line["choice"] in {None, RolloutChoice.WAIT}:
        _settle(work, line["id"], outcome=RolloutOutcome.WAITS)
        return RolloutOutcome.WAITS
    seq = _go_all(app, work, within, line)
    _settle(work, line["id"], outcome=RolloutOutcome.DONE, to_seq=seq)
    return RolloutOutcome.DONE


def _go_all(app: Running, work: UnitOfWork, within: Within, line: Row) -> int:
    """Give the commands of the chosen way; the first one names the version that the dry run saw."""
    seq, seen = int(line["from_seq"]), int(line["from_seq"])
    for number, act in enumerate(_acts(work, within, line)):
        key = f"rollout:{line['rollout_id']}:{line['introduction_id']}:{number}"
        version = None if number else seen
        reason = line["reason"] if act.needs_reason else None
        ask = Ask(actor=within.actor, reason=reason, version=version, command_id=key)
        seq = go(app, work, within, act, ask, slug=line["slug"]).seq
    return seq


def _acts(work: UnitOfWork, within: Within, line: Row) -> tuple[Act, ...]:
    """Return the commands of the chosen way, from where the introduction stands now."""
    behind = list_behind(work, region_id=within.region_id, pathways=[line["pathway_slug"]])
    one = next((one for one in behind if one.introduction_id == line["introduction_id"]), None)
    if one is None or one.version != line["from_seq"]:
        raise IntroductionChanged(
            slug=line["slug"], seen=line["from_seq"], version=line["version"], command="", by="", at=""
        )
    return acts_for(one.stand, Way(line["choice"]))


def _settle(work: UnitOfWork, line_id: int, **values: object) -> None:
    work.update(RolloutLine, {"id": line_id}, values)


def _close(work: UnitOfWork, rollouts: Sequence[int]) -> None:
    for rollout_id in work.values(_UNCLOSED, {"rollouts": list(rollouts)}):
        work.update(Rollout, {"id": rollout_id}, {"carried_out_at": work.now})
