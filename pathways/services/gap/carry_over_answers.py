"""Carry units and their answers over to a newer version of the national text.

What the new text leaves as it was needs no second answer. What it changed or added, each unit must look at again: those
steps are left unanswered, and the unit is asked anew.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from pathways.errors import Refused
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.gap.asking import version_id_of
from pathways.services.gap.step_diff import compare_steps
from pathways.services.gap.steps import list_steps
from pathways.services.gap.unit_tasks import answer_items, make_unit_tasks
from pathways.services.lookup import not_in_the_past, rows_of, versions_for
from pathways.storage.unit_of_work import Row

KEPT_OF_INVITATION = ("unit_id", "excuse", "respondent_role", "participants", "sources", "bundle_id")
NOT_KEPT_OF_ANSWER = frozenset({"introduction_id", "ref", "made_in", "voided_by", "version_id", "step"})
KEPT_OF_ANSWER = tuple(name for name in GapAnswer.model_fields if name not in NOT_KEPT_OF_ANSWER)
LEAD_WORKDAYS = 15


class CarryOverAnswers(Order):
    """By when the units look at what is new, and which version (its label) where it is not the newest final one."""

    due_on: date
    version: str | None = None


def carry_over_answers(case: Case, order: CarryOverAnswers) -> None:
    """Carry over from the version that was analysed; refused where there is no newer one, or nothing left to carry."""
    not_in_the_past(case, "due_on", order.due_on)
    before = version_id_of(case, None)
    now = _newer(case, order.version)
    if not carry(case, before=before, now=now, due_on=order.due_on):
        raise Refused("error.nothing_to_carry", version=versions_for(case).by_id[now]["label"])


def carry(case: Case, *, before: int, now: int, due_on: date) -> int:
    """Write invitations and answers anew for the later version, and return for how many units.

    Units that were asked about it already are left alone. Those with something to look at get a task, with `due_on`
    as their last day; the others keep the day and the standing they had.
    """
    steps = list_steps(case.work, case.profile, before, now)
    changes = compare_steps(steps[before], steps[now])
    same = {one.before.ref: one.after.ref for one in changes if one.kind == "unchanged" and one.before and one.after}
    asked = {row["unit_id"] for row in rows_of(case, GapInvitation, version_id=now)}
    invited = [row for row in rows_of(case, GapInvitation, version_id=before) if row["unit_id"] not in asked]
    answers = [
        row
        for row in rows_of(case, GapAnswer, version_id=before)
        if row["unit_id"] not in asked and row["step"] in same
    ]
    whole = _units_with(answers, len(steps[now]))
    case.insert_many(
        GapInvitation, [_invitation(row, before, now, due_on, whole=row["unit_id"] in whole) for row in invited]
    )
    case.insert_many(GapAnswer, [_answer(case, row, now, same) for row in answers])
    waiting = [
        row["unit_id"] for row in invited if row["unit_id"] not in whole and row["state"] != InvitationState.EXCUSED
    ]
    make_unit_tasks(case, waiting)
    return len(invited)


def usual_day(case: Case) -> date:
    """Return the last day that the profile's lead time gives a unit that is asked today."""
    leads = [item.lead_workdays for item in answer_items(case.profile).values()]
    return case.profile.workdays.add(case.today, max(leads, default=LEAD_WORKDAYS))


def _newer(case: Case, label: str | None) -> int:
    versions, analysed = versions_for(case), version_id_of(case, None)
    newest = versions.newest_final
    version_id = version_id_of(case, label) if label else int(newest["id"]) if newest else analysed
    if int(versions.by_id[version_id]["number"]) <= int(versions.by_id[analysed]["number"]):
        raise Refused("error.no_newer_version", version=versions.by_id[analysed]["label"])
    return version_id


def _units_with(answers: Iterable[Row], steps: int) -> set[int]:
    """Return the units that have an answer for every step."""
    counts: dict[int, int] = {}
    for row in answers:
        counts[row["unit_id"]] = counts.get(row["unit_id"], 0) + 1
    return {unit_id for unit_id, count in counts.items() if count == steps}


def _invitation(row: Row, before: int, now: int, due_on: date, *, whole: bool) -> dict[str, object]:
    state = row["state"]
    if state != InvitationState.EXCUSED:
        state = InvitationState.ANSWERED if whole else InvitationState.WAITING
    kept = {name: row[name] for name in KEPT_OF_INVITATION}
    day = due_on if state == InvitationState.WAITING else row["due_on"]
    return {**kept, "version_id": now, "state": state, "due_on": day, "carried_from": before}


def _answer(case: Case, row: Row, now: int, same: Mapping[str, str]) -> dict[str, object]:
    kept = {name: row[name] for name in KEPT_OF_ANSWER}
    own = {"version_id": now, "step": same[row["step"]], "changed_in": case.seq, "carried_from": row["ref"]}
    return {**kept, **own}


USE_CASE = UseCase("carry_over_answers", CarryOverAnswers, carry_over_answers)
