"""The rules of deciding an item: each that stands in the way is told with what to do about it, all at once.

What a form lacks (`field` is set) is told among them, so that nobody meets one rule after the other.
"""

from collections.abc import Iterator, Sequence

from pathways.errors import Problem
from pathways.models.meeting import Outcome
from pathways.planning.mandate import missing_before, missing_for_quorum
from pathways.profiles.vocabulary import Matter
from pathways.services.case import snapshot_of
from pathways.services.deciding.situation import Part, Situation
from pathways.services.plan.conditions import Condition
from pathways.services.plan.endorse import OPEN_IN
from states.snapshot import place_of

DECIDED = (Outcome.ADOPT, Outcome.ADOPT_WITH_CONDITIONS, Outcome.RETURN, Outcome.DECLINE)
MOTIVATED = frozenset({Outcome.RETURN, Outcome.DECLINE})
"""What is not decided without saying why."""
PARAGRAPH_LENGTH, REGISTER_LENGTH = 20, 40
AWAITING = "awaiting_decision"


def outcomes_of(part: Part) -> tuple[Outcome, ...]:
    """Return what a body may do with an item: take note where nothing is decided, decide where something is."""
    match part:
        case Part.NOTES:
            return (Outcome.NOTE,)
        case Part.SETTLES:
            return (*DECIDED, Outcome.NOTE)
        case Part.OUTSIDE:
            return ()
        case _:
            return DECIDED


def hindrances(situation: Situation, *, actor_id: int) -> tuple[Problem, ...]:
    """Return every rule that stands in the way of the item being decided now, whatever the decision."""
    return (
        *_of_the_meeting(situation),
        *_of_the_mandate(situation),
        *_of_the_order(situation),
        *_of_the_introduction(situation),
        *_of_the_quorum(situation),
        *_of_conflicts(situation, actor_id),
    )


def faults(
    situation: Situation,
    *,
    outcome: Outcome,
    paragraph_no: str,
    register_no: str,
    conditions: Sequence[Condition],
    has_motive: bool,
) -> Iterator[Problem]:
    """Yield what is wrong with what was filled in."""
    if outcome not in outcomes_of(situation.part) and situation.part is not Part.OUTSIDE:
        yield Problem("outcome", "error.item.outcome", {})
    if not 0 < len(paragraph_no) <= PARAGRAPH_LENGTH:
        yield Problem("paragraph_no", "error.item.paragraph", {"n": PARAGRAPH_LENGTH})
    elif paragraph_no in situation.taken:
        year = situation.meeting["held_on"].year
        yield Problem(
            "paragraph_no",
            "error.item.paragraph_taken",
            {"number": paragraph_no, "year": year, "body": _name(situation)},
        )
    if len(register_no) > REGISTER_LENGTH or (situation.moves and not register_no):
        yield Problem("register_no", "error.item.register", {"n": REGISTER_LENGTH})
    if outcome in MOTIVATED and not has_motive:
        yield Problem("motive", "error.item.motive", {})
    if outcome is Outcome.ADOPT_WITH_CONDITIONS and not conditions:
        yield Problem("conditions", "error.item.no_condition", {})
    if conditions and outcome is not Outcome.ADOPT_WITH_CONDITIONS:
        yield Problem("conditions", "error.item.conditions_unwanted", {})
    if any(one.due_on < situation.today for one in conditions) and situation.introduction is not None:
        yield Problem("conditions", "error.item.condition_day", {"today": situation.today.isoformat()})


def _of_the_meeting(situation: Situation) -> Iterator[Problem]:
    held_on, today = situation.meeting["held_on"], situation.today
    if situation.meeting["cancelled"]:
        yield Problem("", "error.item.cancelled", {"held_on": held_on.isoformat()})
    if situation.item["withdrawn_on"] is not None:
        yield Problem("", "error.item.withdrawn", {"withdrawn_on": situation.item["withdrawn_on"].isoformat()})
    if held_on > today:
        yield Problem("", "error.item.ahead", {"held_on": held_on.isoformat()})
    if situation.is_approved:
        yield Problem("", "error.item.approved", {})


def _of_the_mandate(situation: Situation) -> Iterator[Problem]:
    if situation.part is Part.OUTSIDE and situation.matter is not None:
        deciding = ", ".join(one.short or one.name for one in situation.profile.bodies_deciding(situation.matter))
        yield Problem("", "error.item.no_mandate", {"body": _name(situation), "bodies": deciding})


def _of_the_order(situation: Situation) -> Iterator[Problem]:
    missing = missing_before(situation.chain, situation.spoken, body=situation.slug)
    if missing and situation.part not in {Part.NOTES, Part.OUTSIDE}:
        names = ", ".join(name_of_body(situation, one) for one in missing)
        yield Problem("", "error.item.out_of_order", {"body": _name(situation), "bodies": names})


def _of_the_introduction(situation: Situation) -> Iterator[Problem]:
    """The introduction must stand where the matter is open: awaiting the decision, or drafting the response."""
    if situation.introduction is None or not situation.moves or situation.matter is None:
        return
    snapshot = snapshot_of(situation.introduction)
    decides_plan = situation.matter is Matter.PLAN and situation.part is Part.DECIDES
    wanted = frozenset({AWAITING}) if decides_plan else OPEN_IN[situation.matter]
    if wanted.isdisjoint(snapshot.configuration):
        sentence = "error.item.not_awaiting" if situation.matter is Matter.PLAN else "error.item.not_drafting"
        yield Problem("", sentence, {"place": place_of(snapshot)})


def _of_the_quorum(situation: Situation) -> Iterator[Problem]:
    if not situation.quorum or situation.part in {Part.NOTES, Part.OUTSIDE}:
        return
    if not situation.attendance:
        yield Problem("", "error.item.no_attendance", {})
        return
    for role, short in situation.lacking.items():
        needed = situation.quorum[role]
        values: dict[str, str | int] = {"n": short, "role": str(role), "needed": needed, "present": needed - short}
        yield Problem("", "error.item.no_quorum", values)
    if situation.lacking and not missing_for_quorum(situation.roles_there(), situation.quorum):
        people = [situation.names[one] for one in sorted(situation.conflicted) if situation.attendance.get(one)]
        yield Problem("", "error.item.conflict_not_counted", {"people": ", ".join(people)})


def _of_conflicts(situation: Situation, actor_id: int) -> Iterator[Problem]:
    presenter = situation.item["presenter_id"]
    if presenter in situation.conflicted:
        yield Problem("", "error.item.presenter_conflicted", {"person": situation.names[presenter]})
    if actor_id in situation.conflicted:
        yield Problem("", "error.item.recorder_conflicted", {"person": situation.names[actor_id]})


def name_of_body(situation: Situation, slug: str) -> str:
    """Return the name by which people call a body of the profile."""
    body = situation.profile.find_body(slug)
    return (body.short or body.name) if body else slug


def _name(situation: Situation) -> str:
    return str(situation.body["short"] or situation.body["name"])
