"""Record what a body did with an item of its meeting.

Where the decision belongs to an introduction, its own command and the item are one transaction: the log tells what
was decided and at which meeting, the item leads to it, and each condition becomes a task in the same event.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pathways.errors import MeetingRefused, Problem, Refused
from pathways.models.decision import Decision
from pathways.models.meeting import AgendaItem, Outcome
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Matter
from pathways.services.administration.office import Office
from pathways.services.ask import Ask, Order, Receipt
from pathways.services.case import Case, Salter
from pathways.services.deciding.paragraphs import paragraph_of
from pathways.services.deciding.rules import faults, hindrances
from pathways.services.deciding.situation import Part, Situation, names_of, read_situation
from pathways.services.frame import UseCase, carry_out
from pathways.services.plan.conditions import Condition, make_conditions
from pathways.services.plan.decide import USE_CASE as DECIDE
from pathways.services.plan.endorse import USE_CASE as ENDORSE
from pathways.services.track.record_response import USE_CASE as RECORD_RESPONSE

LONGEST_TEXT = 8000
LONGEST_CONDITION = 300
_OF_THE_ENGINE = {Outcome.ADOPT_WITH_CONDITIONS: "adopt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is to be recorded of an item, as minuted."""

    outcome: Outcome
    paragraph_no: str
    register_no: str = ""
    motive: str = ""
    dissent: str = ""
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What came of it: the item, and the introduction's receipt where the log took part."""

    item_id: int
    receipt: Receipt | None
    repeated: bool = False


def decide_item(office: Office, item_id: int, given: Given, *, ask: Ask, profile: Profile, salter: Salter) -> Recorded:
    """Record the decision. Refused with every rule that stands in the way, and where somebody has decided already.

    The same record sent again by the same person is answered as the first time.
    """
    office.permit("keep_minutes")
    situation = read_situation(
        office.work, item_id, region_id=office.region_id, profile=profile, today=office.today, lock=True
    )
    given = _tidied(given)
    if situation.item["outcome"] is not None:
        return _again(office, situation, given)
    reasons = (
        *hindrances(situation, actor_id=office.actor_id),
        *faults(
            situation,
            outcome=given.outcome,
            paragraph_no=given.paragraph_no,
            register_no=given.register_no,
            conditions=given.conditions,
            has_motive=bool(given.motive),
        ),
        *_too_long(given),
    )
    if reasons:
        raise MeetingRefused(reasons)
    receipt = (
        _move(office, situation, given, ask=ask, profile=profile, salter=salter)
        if is_logged(situation, given)
        else None
    )
    _write(office, situation, given, receipt)
    return Recorded(item_id=item_id, receipt=receipt)


def is_logged(situation: Situation, given: Given) -> bool:
    """Say whether the introduction's log takes part: a response that is sent back or declined moves nothing there."""
    adopts = given.outcome in {Outcome.ADOPT, Outcome.ADOPT_WITH_CONDITIONS}
    return situation.moves and (situation.matter is Matter.PLAN or situation.part is Part.ENDORSES or adopts)


def _again(office: Office, situation: Situation, given: Given) -> Recorded:
    item = situation.item
    same = (item["outcome"], item["paragraph_no"], item["motive"] or "", item["decided_by"])
    if same == (given.outcome, given.paragraph_no, given.motive, office.actor_id):
        return Recorded(item_id=item["id"], receipt=None, repeated=True)
    by = names_of(office.work, {item["decided_by"] or 0}).get(item["decided_by"] or 0, "")
    raise Refused(
        "error.item_decided_by",
        by=by,
        at=item["decided_at"].isoformat(),
        decided=str(item["outcome"]),
        number=str(item["paragraph_no"]),
    )


def _move(office: Office, situation: Situation, given: Given, *, ask: Ask, profile: Profile, salter: Salter) -> Receipt:
    """Give the introduction's own command, with the tasks that the conditions bring."""
    assert situation.introduction is not None
    assert situation.matter is not None
    data: dict[str, object] = {
        "body": situation.slug,
        "meeting_on": situation.meeting["held_on"],
        "paragraph_no": given.paragraph_no,
        "register_no": given.register_no,
        "conditions": "\n".join(one.text for one in given.conditions) or None,
    }
    use_case: UseCase[Any] = RECORD_RESPONSE  # Any: each has an order of its own
    if situation.part is Part.ENDORSES:
        use_case = ENDORSE
        data |= {"outcome": _outcome(given), "matter": str(situation.matter)}
    elif situation.matter is Matter.PLAN:
        use_case = DECIDE
        data |= {"outcome": _outcome(given)}
    return carry_out(
        office.work,
        replace(use_case, act=_with_tasks(use_case.act, given.conditions)),
        use_case.order.model_validate(data),
        replace(ask, reason=given.motive or None),
        region_id=office.region_id,
        slug=str(situation.introduction["slug"]),
        profile=profile,
        salter=salter,
    )


def _outcome(given: Given) -> str:
    return _OF_THE_ENGINE.get(given.outcome, str(given.outcome))


def _with_tasks(act: Callable[[Case, Any], None], conditions: tuple[Condition, ...]) -> Callable[[Case, Order], None]:
    """Return the use case's function with the conditions' tasks made in the same event."""

    def act_and_ask(case: Case, order: Order) -> None:
        act(case, order)
        make_conditions(case, conditions)

    return act_and_ask


def _write(office: Office, situation: Situation, given: Given, receipt: Receipt | None) -> None:
    made = receipt.made if receipt else ()
    ref = next((ref for table, ref in made if table == Decision.__tablename__), None)
    values = {
        "outcome": given.outcome,
        "motive": given.motive or None,
        "conditions": [one.text for one in given.conditions],
        "dissent": given.dissent or None,
        "paragraph_no": given.paragraph_no,
        "register_no": given.register_no or None,
        "decided_at": office.work.now,
        "decided_by": office.actor_id,
        "decision_ref": ref,
    }
    office.work.update(AgendaItem, {"id": situation.item["id"]}, values)
    told = {"outcome": str(given.outcome), "paragraph_no": given.paragraph_no, "decision_ref": ref}
    office.record("decide_item", str(situation.item["id"]), **told)


def _tidied(given: Given) -> Given:
    return replace(
        given,
        paragraph_no=paragraph_of(given.paragraph_no),
        register_no=" ".join(given.register_no.split()),
        motive=given.motive.strip(),
        dissent=given.dissent.strip(),
        conditions=tuple(replace(one, text=one.text.strip()) for one in given.conditions if one.text.strip()),
    )


def _too_long(given: Given) -> list[Problem]:
    texts = (("motive", given.motive), ("dissent", given.dissent))
    found = [
        Problem(name, "order.too_long", {"given": text[:20], "expected": LONGEST_TEXT})
        for name, text in texts
        if len(text) > LONGEST_TEXT
    ]
    long = [one.text for one in given.conditions if len(one.text) > LONGEST_CONDITION]
    return [*found, *(Problem("conditions", "error.item.condition_long", {"n": LONGEST_CONDITION}) for _ in long[:1])]
