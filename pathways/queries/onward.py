"""What stands in the way of the command that leads an introduction's track onward from where it is (pure).

The board asks this of every introduction, and also of an earlier moment, so the facts are counted here from rows
already read; `services.facts` counts the same ones in SQL where a command is about to be given.
"""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from pathways.models.base import CaseRow
from pathways.models.decision import BoardCase
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.models.introduction import Appointment
from pathways.models.loop import LearningLoop, LoopState
from pathways.models.plan import Activity, ActivityGap, ActivityState, CommentRound, RoundState
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.queries.material import Material
from pathways.queries.views import OfferView
from pathways.services.facts import GAP_LEVEL, Versions
from pathways.storage.unit_of_work import Row
from states.commands import Command
from states.facts import Facts
from states.snapshot import Snapshot
from states.step import offers

ONWARD = MappingProxyType(
    {
        "preparation": Command.START_GAP_ANALYSIS,
        "mapping": Command.COMMUNICATE_GAP_ANALYSIS,
        "revising": Command.COMMUNICATE_GAP_ANALYSIS,
        "communicated": Command.PROPOSE_PLAN,
        "ranking": Command.SUBMIT_FOR_DECISION,
        "awaiting_decision": Command.DECIDE,
        "executing": Command.OPEN_LOOP,
        "reviewing": Command.HOLD_LOOP,
        "adjusting": Command.ADOPT_ADJUSTED_PLAN,
        "evaluating": Command.RECORD_CELEBRATION,
        "celebrated": Command.FINISH,
        "finished": Command.RECORD_FOLLOW_UP,
    }
)
"""The command that leads the track onward from each place."""

ANALYSING = ("mapping", "revising", "communicated")
PLANNING = ("communicated", "ranking", "adjusting")
COLUMNS: dict[type[CaseRow], tuple[str, ...]] = {
    Appointment: ("role", "person_id", "unit_id", "until_on"),
    GapInvitation: ("version_id", "state"),
    GapAnswer: ("version_id", "level", "measure"),
    Activity: ("state", "responsible_id", "due_on", "standpoint", "from_loop"),
    ActivityGap: ("activity_ref",),
    CommentRound: ("state",),
    BoardCase: ("hand_in_on", "basis_made_on", "closed"),
    LearningLoop: ("number", "state", "hold_check_done", "indicators_secured"),
}
"""The columns that the facts are counted from."""
PLACES: dict[type[CaseRow], tuple[str, ...]] = {
    GapInvitation: ANALYSING,
    GapAnswer: ANALYSING,
    Activity: PLANNING,
    ActivityGap: PLANNING,
    CommentRound: ("communicated",),
    BoardCase: ("ranking",),
    LearningLoop: ("adjusting", "finished"),
}
"""Where an introduction must stand for a table to matter to its onward command."""


def offers_from(snapshot: Snapshot, facts: Facts, *, place: str, by_head: bool = False) -> tuple[OfferView, ...]:
    """Return every command that leads on from here, and what stands in its way; `by_head` where the head asks.

    What a command's own order must bring (a review, an evaluation, the follow-ups it plans) stands in nobody's way.
    """
    return tuple(
        OfferView(str(offer.command), offer.choice, offer.allowed, offer.reasons)
        for offer in offers(snapshot, _with_what_the_order_brings(facts, place), by_head=by_head)
    )


def onward_offers(material: Material, versions: Versions, profile: Profile, *, today: date) -> list[OfferView]:
    """Return the offers that lead the track onward: one, or one for each choice; none where nothing does."""
    head = material.head
    command = ONWARD.get(head.place)
    if command is None:
        return []
    facts = onward_facts(material, versions, profile, today=today)
    return [offer for offer in offers_from(head.snapshot, facts, place=head.place) if offer.command == command]


def onward_facts(material: Material, versions: Versions, profile: Profile, *, today: date) -> Facts:
    """Return the facts that the gates of the onward commands look at; the others keep their defaults."""
    own, newest = material.head.own, versions.newest_final
    roles = [row["role"] for row in material.of(Appointment) if row["until_on"] is None]
    invited = [row for row in material.of(GapInvitation) if row["version_id"] == own["analysed_version_id"]]
    waiting_case = next((row for row in reversed(material.of(BoardCase)) if not row["closed"]), None)
    facts = Facts(
        today=today,
        chair_appointed=Role.LAG_CHAIR in roles,
        members_appointed=roles.count(Role.LAG_MEMBER),
        members_required=profile.preparation.members_required,
        development_resource_appointed=Role.DEVELOPMENT_RESOURCE in roles,
        patient_perspective_arranged=own["patient_perspective"] is not None,
        management_group_informed=own["informed_on"] is not None,
        units_invited=len(invited),
        units_waiting=sum(row["state"] == InvitationState.WAITING for row in invited),
        analysed_version=versions.label_of(own["analysed_version_id"]),
        version_in_force=str(newest["label"]) if newest else None,
        comment_round_settled=any(row["state"] != RoundState.OPEN for row in material.of(CommentRound)),
        decision_basis_made=waiting_case is not None and waiting_case["basis_made_on"] is not None,
        meeting_chosen=waiting_case is not None,
        hand_in_on=waiting_case["hand_in_on"] if waiting_case else None,
        plan_revised=own["plan_revised_on"] is not None,
        open_items=_open_items(material),
    )
    return _with_the_loops(_with_the_plan(_with_the_gaps(facts, material), material), material)


def _with_the_gaps(facts: Facts, material: Material) -> Facts:
    analysed = material.head.own["analysed_version_id"]
    gaps = [
        row
        for row in material.of(GapAnswer)
        if row["version_id"] == analysed and row["level"] is not None and row["level"] >= GAP_LEVEL
    ]
    bare = sum(not row["measure"] for row in gaps)
    return replace(facts, gaps_found=len(gaps), gaps_without_measure=bare)


def _with_the_plan(facts: Facts, material: Material) -> Facts:
    live = [row for row in material.of(Activity) if row["state"] != ActivityState.STOPPED]
    linked = {row["activity_ref"] for row in material.of(ActivityGap)}
    last_loop = max((row["number"] for row in material.of(LearningLoop)), default=None)
    new = [row for row in live if last_loop is not None and row["from_loop"] == last_loop]
    return replace(
        facts,
        activities=len(live),
        activities_without_gap=sum(row["ref"] not in linked for row in live),
        activities_without_responsible=sum(row["responsible_id"] is None for row in live),
        activities_without_deadline=sum(row["due_on"] is None for row in live),
        measures_unranked=sum(row["standpoint"] is None for row in live),
        new_activities_incomplete=sum(_is_incomplete(row) for row in new),
    )


def _with_the_loops(facts: Facts, material: Material) -> Facts:
    last = max(material.of(LearningLoop), key=lambda row: int(row["number"]), default=None)
    if last is None or last["state"] != LoopState.HELD:
        return facts
    return replace(
        facts,
        review_complete=True,
        hold_check_done=last["hold_check_done"],
        indicators_secured=last["indicators_secured"],
    )


def _is_incomplete(activity: Row) -> bool:
    return activity["responsible_id"] is None or activity["due_on"] is None


def _open_items(material: Material) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for task in material.open_tasks():
        for command in task["required_for"] if task["item"] else ():
            found.setdefault(command, {})[task["item"]] = None
    return {command: tuple(items) for command, items in found.items()}


def _with_what_the_order_brings(facts: Facts, place: str) -> Facts:
    match place:
        case "reviewing":
            return replace(facts, review_complete=True)
        case "evaluating":
            return replace(facts, evaluation_written=True, celebrated_on=facts.today, receiver_named=True)
        case "celebrated":
            return replace(facts, follow_ups_planned=True)
    return facts
