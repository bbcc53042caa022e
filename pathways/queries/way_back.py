"""Which steps of the way to a decision an introduction has behind it, told from where it stands and what is done."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import bindparam, select

from pathways.models.decision import BoardCase, Decision, DecisionKind
from pathways.models.organisation import Body
from pathways.models.plan import Activity, CommentRound, RoundState
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Matter
from pathways.queries.material import Head
from pathways.storage.gathering import Gathering
from pathways.storage.unit_of_work import UnitOfWork, table_of
from states.snapshot import Phase

ANALYSED = ("gap_analysis",)
PLANNED = (*ANALYSED, "plan_draft", "comment_round")
HANDED_IN = (*PLANNED, "ksg", "lg_hs", "hand_in")
BY_PLACE: Mapping[str, tuple[str, ...]] = {
    "communicated": ANALYSED,
    "ranking": PLANNED,
    "awaiting_decision": HANDED_IN,
}
DECIDED = frozenset({Phase.IMPLEMENTATION, Phase.LEARNING, Phase.CELEBRATION, Phase.FINISHED})

_round, _activity, _case, _body, _decision = (
    table_of(row) for row in (CommentRound, Activity, BoardCase, Body, Decision)
)
_ID = bindparam("case", type_=_round.c.introduction_id.type)
_DONE = Gathering(
    rounds=select(_round.c.ref, _round.c.state).where(_round.c.introduction_id == _ID, _round.c.voided_by.is_(None)),
    ranked=select(_activity.c.ref, _activity.c.standpoint).where(
        _activity.c.introduction_id == _ID, _activity.c.voided_by.is_(None), _activity.c.standpoint.is_not(None)
    ),
    meetings=select(_case.c.ref, _body.c.slug, _case.c.meeting_on)
    .join(_body, _body.c.id == _case.c.body_id)
    .where(_case.c.introduction_id == _ID, _case.c.voided_by.is_(None), _case.c.closed.is_(False)),
    responses=select(_decision.c.ref).where(
        _decision.c.introduction_id == _ID,
        _decision.c.voided_by.is_(None),
        _decision.c.kind == DecisionKind.RESPONSE,
    ),
)


class WayBack:
    """What one introduction has done on its way to a decision, and the meeting that it is on its way to."""

    def __init__(self, work: UnitOfWork, head: Head) -> None:
        self._head = head
        found = _DONE.read(work, {"case": head.introduction_id})
        self._rounds, self._ranked = found["rounds"], found["ranked"]
        self._answered = bool(found["responses"]) or "submitted" in head.snapshot.configuration
        newest = max(found["meetings"], key=lambda row: int(str(row["ref"]).partition(".")[0]), default=None)
        self.meeting: tuple[str, date] | None = (newest["slug"], newest["meeting_on"]) if newest else None

    @property
    def is_decided(self) -> bool:
        """Say whether the plan has been decided, so that nothing is left to plan back from."""
        return self._head.phase in DECIDED or not self._head.is_open

    @property
    def wants_response(self) -> bool:
        """Say whether a consultation response is being written."""
        return "drafting" in self._head.snapshot.configuration

    def done_towards(self, body: str, profile: Profile) -> frozenset[str]:
        """Return the steps that are over on the way to a body's decision."""
        rules = [rule for rule in profile.backward_plan if not rule.only_for or body in rule.only_for]
        responding = profile.responding_body
        answers = responding is not None and responding.slug == body
        found = profile.find_body(body)
        decides_plan = found is not None and Matter.PLAN in found.decides
        if self.is_decided or (answers and not decides_plan and self._answered):
            return frozenset(rule.step for rule in rules)
        place = self._place_before_a_rest
        done = set(BY_PLACE.get(place, ()))
        if not decides_plan:
            done -= {"ksg", "lg_hs", "hand_in"}
        if self._rounds:
            done |= {"plan_draft"}
        if self._ranked and place == "ranking":
            done |= {"lg_hs", "ksg"} if decides_plan else set()
        if any(row["state"] != RoundState.OPEN for row in self._rounds):
            done |= {"comment_round"}
        return frozenset(done & {rule.step for rule in rules})

    @property
    def _place_before_a_rest(self) -> str:
        """Return where it stands, or where it will stand again when its rest is over."""
        if self._head.standing != "paused":
            return self._head.place
        remembered = {leaf for leaves in self._head.snapshot.history.values() for leaf in leaves}
        return next((place for place in BY_PLACE if place in remembered), self._head.place)
