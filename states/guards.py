"""The guards: named predicates, each with one sentence a coordinator understands when it stands in the way.

A guard is named after what is wrong and answers with the reason, or None when nothing stands in the way.
Which command asks which guards is the chart's matter.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Final

from states.facts import Given
from states.reasons import Place, Reason, Role

Values = dict[str, str | int]
Guard = Callable[[Given], Reason | None]

_GUARDS: Final[dict[str, Guard]] = {}
_SENTENCES: Final[dict[str, tuple[str, ...]]] = {}

_CHOSEN: Final[dict[str, str]] = {}

GUARDS: Mapping[str, Guard] = MappingProxyType(_GUARDS)
"""Every guard a chart may name."""

CHOSEN: Mapping[str, str] = MappingProxyType(_CHOSEN)
"""The predicates made by `chosen`, by name, and the choice each asks for."""

SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(_SENTENCES)
"""Every sentence a refusal can carry, with its placeholders; one named "n" chooses the plural form."""


def _declare(sentence: str, *placeholders: str) -> str:
    _SENTENCES[sentence] = placeholders
    return sentence


NOT_POSSIBLE_HERE = _declare("not_possible_here", "place")
CHOICE_MISSING = _declare("choice_missing", "choices")
CHOICE_UNKNOWN = _declare("choice_unknown", "choice")
CHECKLIST_ITEM_OPEN = _declare("checklist_item_open", "item")
REASON_MISSING = _declare("reason_missing")


def chosen(choice: str) -> Callable[[Given], bool]:
    """Return the predicate that picks a transition by what was chosen; it selects and never gives a reason."""

    def chose(given: Given) -> bool:
        return given.asked.choice == choice

    chose.__name__ = f"chose_{choice}"
    _CHOSEN[chose.__name__] = choice
    return chose


def _guard(
    *placeholders: str,
    met_by: tuple[Role, ...] = (),
    place: Place = Place.HERE,
    sentence: str = "",
) -> Callable[[Callable[[Given], Values | None]], Guard]:
    """Register a predicate under its own name; its sentence has the same name unless another is given."""

    def register(predicate: Callable[[Given], Values | None]) -> Guard:
        name = predicate.__name__
        spoken = sentence or _declare(name, *placeholders)

        @wraps(predicate)
        def guard(given: Given) -> Reason | None:
            values = predicate(given)
            return None if values is None else Reason(spoken, values, met_by, place)

        _GUARDS[name] = guard
        return guard

    return register


def _when(wrong: bool, /, **values: str | int) -> Values | None:  # noqa: FBT001  a test, not a flag
    return values if wrong else None


# -- preparation


@_guard(met_by=(Role.HEAD, Role.COORDINATOR), place=Place.PEOPLE)
def chair_missing(given: Given) -> Values | None:
    """The local working group has no chair."""
    return _when(not given.facts.chair_appointed)


@_guard("n", "appointed", "required", met_by=(Role.HEAD, Role.COORDINATOR), place=Place.PEOPLE)
def members_missing(given: Given) -> Values | None:
    """The local working group has too few members."""
    appointed, required = given.facts.members_appointed, given.facts.members_required
    return _when(appointed < required, n=required - appointed, appointed=appointed, required=required)


@_guard(met_by=(Role.HEAD, Role.COORDINATOR), place=Place.PEOPLE)
def development_resource_missing(given: Given) -> Values | None:
    """Nobody is appointed to lead the process of change."""
    return _when(not given.facts.development_resource_appointed)


@_guard(met_by=(Role.COORDINATOR, Role.LAG_CHAIR), place=Place.PEOPLE)
def patient_perspective_missing(given: Given) -> Values | None:
    """It is not arranged how patients and relatives are heard."""
    return _when(not given.facts.patient_perspective_arranged)


@_guard(met_by=(Role.COORDINATOR, Role.HEAD), place=Place.PEOPLE)
def management_group_uninformed(given: Given) -> Values | None:
    """The management group does not know that the introduction begins."""
    return _when(not given.facts.management_group_informed)


# -- gap analysis


@_guard(met_by=(Role.COORDINATOR, Role.DEVELOPMENT_RESOURCE), place=Place.GAP)
def units_uninvited(given: Given) -> Values | None:
    """No unit is invited to the gap analysis."""
    return _when(given.facts.units_invited == 0)


@_guard("n", "invited", met_by=(Role.UNIT_REPRESENTATIVE, Role.COORDINATOR), place=Place.GAP)
def units_waiting(given: Given) -> Values | None:
    """Some invited units have neither answered nor been excused."""
    return _when(given.facts.units_waiting > 0, n=given.facts.units_waiting, invited=given.facts.units_invited)


@_guard("n", "total", met_by=(Role.LAG_MEMBER, Role.DEVELOPMENT_RESOURCE), place=Place.GAP)
def gaps_without_measure(given: Given) -> Values | None:
    """Some gaps of level 2-3 have no proposed measure."""
    n, total = given.facts.gaps_without_measure, given.facts.gaps_found
    return _when(n > 0, n=n, total=total)


@_guard(met_by=(Role.COORDINATOR,), place=Place.CATALOGUE)
def no_version_in_force(given: Given) -> Values | None:
    """No final version of the national text is in the catalogue, so none can be compared with."""
    return _when(given.facts.version_in_force is None)


@_guard(met_by=(Role.COORDINATOR, Role.LAG_CHAIR), place=Place.GAP)
def no_version_analysed(given: Given) -> Values | None:
    """It is not stated which version the gap analysis is about."""
    return _when(given.facts.analysed_version is None)


@_guard("analysed", "in_force", met_by=(Role.LAG_CHAIR, Role.DEVELOPMENT_RESOURCE), place=Place.GAP)
def version_in_force_not_analysed(given: Given) -> Values | None:
    """The gap analysis is about another version than the one in force."""
    analysed, in_force = given.facts.analysed_version, given.facts.version_in_force
    if analysed is None or in_force is None:
        return None
    return _when(analysed != in_force, analysed=analysed, in_force=in_force)


@_guard("version", met_by=(Role.COORDINATOR,), place=Place.CATALOGUE)
def version_in_force_already_analysed(given: Given) -> Values | None:
    """The gap analysis is about the version in force, so there is nothing to reopen it for."""
    analysed, in_force = given.facts.analysed_version, given.facts.version_in_force
    return {"version": in_force} if in_force is not None and analysed == in_force else None


# -- consultation response


@_guard(met_by=(Role.COORDINATOR, Role.LAG_CHAIR), place=Place.GAP)
def gap_analysis_not_communicated(given: Given) -> Values | None:
    """The response builds on the gap analysis, which is still to be communicated."""
    return _when(not given.inside.isdisjoint({"preparation", "mapping"}))


@_guard(met_by=(Role.HEAD, Role.REGISTRAR), place=Place.RESPONSE)
def response_undecided(given: Given) -> Values | None:
    """The responding body has not decided on the response."""
    return _when(not given.facts.response_decided)


# -- national version


@_guard(met_by=(Role.COORDINATOR,), place=Place.CATALOGUE)
def final_version_missing(given: Given) -> Values | None:
    """The catalogue has no final version of the national text."""
    return _when(not given.facts.final_version_available)


@_guard(met_by=(Role.COORDINATOR,), place=Place.CATALOGUE)
def newer_version_missing(given: Given) -> Values | None:
    """The catalogue has no newer version than the one the region follows."""
    return _when(not given.facts.newer_version_available)


@_guard(met_by=(Role.LAG_CHAIR, Role.DEVELOPMENT_RESOURCE), place=Place.GAP)
def gap_not_revised_for_newest(given: Given) -> Values | None:
    """The gap analysis has not been revised against the newest version."""
    return _when(not given.facts.gap_revised_for_newest)


# -- plan and prioritisation


@_guard("n", met_by=(Role.LAG_CHAIR, Role.DEVELOPMENT_RESOURCE), place=Place.PLAN)
def plan_empty(given: Given) -> Values | None:
    """Gaps are found, but the plan has no activity."""
    return _when(given.facts.activities == 0 and given.facts.gaps_found > 0, n=given.facts.gaps_found)


@_guard("n", "total", met_by=(Role.DEVELOPMENT_RESOURCE, Role.LAG_CHAIR), place=Place.PLAN)
def activities_without_gap(given: Given) -> Values | None:
    """Some activities answer to no gap."""
    n, total = given.facts.activities_without_gap, given.facts.activities
    return _when(n > 0, n=n, total=total)


@_guard("n", "total", met_by=(Role.LAG_CHAIR, Role.HEAD), place=Place.PLAN)
def activities_without_responsible(given: Given) -> Values | None:
    """Nobody is responsible for some activities."""
    n, total = given.facts.activities_without_responsible, given.facts.activities
    return _when(n > 0, n=n, total=total)


@_guard("n", "total", met_by=(Role.DEVELOPMENT_RESOURCE, Role.LAG_CHAIR), place=Place.PLAN)
def activities_without_deadline(given: Given) -> Values | None:
    """Some activities have no deadline."""
    n, total = given.facts.activities_without_deadline, given.facts.activities
    return _when(n > 0, n=n, total=total)


@_guard(met_by=(Role.COORDINATOR, Role.HEAD), place=Place.PLAN)
def comment_round_unsettled(given: Given) -> Values | None:
    """The comment round is neither held nor waived with a reason."""
    return _when(not given.facts.comment_round_settled)


@_guard("n", met_by=(Role.MANAGEMENT_GROUP_MEMBER, Role.HEAD), place=Place.PLAN)
def measures_unranked(given: Given) -> Values | None:
    """Some measures are neither ranked nor declined with motive."""
    return _when(given.facts.measures_unranked > 0, n=given.facts.measures_unranked)


@_guard(met_by=(Role.COORDINATOR,), place=Place.DECISIONS)
def decision_basis_missing(given: Given) -> Values | None:
    """The decision basis is not made."""
    return _when(not given.facts.decision_basis_made)


@_guard(met_by=(Role.COORDINATOR, Role.REGISTRAR), place=Place.DECISIONS)
def meeting_missing(given: Given) -> Values | None:
    """No meeting is chosen for the decision."""
    return _when(not given.facts.meeting_chosen)


@_guard("hand_in_on", "today", met_by=(Role.COORDINATOR, Role.REGISTRAR), place=Place.DECISIONS)
def hand_in_passed(given: Given) -> Values | None:
    """The chosen meeting's hand-in date has passed."""
    hand_in_on, today = given.facts.hand_in_on, given.facts.today
    if hand_in_on is None or hand_in_on >= today:
        return None
    return {"hand_in_on": hand_in_on.isoformat(), "today": today.isoformat()}


# -- learning loops


@_guard(met_by=(Role.LAG_CHAIR, Role.DEVELOPMENT_RESOURCE), place=Place.LOOP)
def review_incomplete(given: Given) -> Values | None:
    """The review record lacks something."""
    return _when(not given.facts.review_complete)


@_guard(met_by=(Role.ANALYST, Role.LAG_CHAIR), place=Place.LOOP)
def hold_check_missing(given: Given) -> Values | None:
    """Nobody has looked at the chart and checked that the change holds."""
    return _when(not given.facts.hold_check_done)


@_guard(met_by=(Role.ANALYST, Role.HEAD), place=Place.LOOP)
def indicators_unsecured(given: Given) -> Values | None:
    """It is not secured that the indicators are followed after the introduction."""
    return _when(not given.facts.indicators_secured)


@_guard(met_by=(Role.DEVELOPMENT_RESOURCE, Role.LAG_CHAIR), place=Place.PLAN)
def plan_not_revised(given: Given) -> Values | None:
    """The plan is not revised after the loop."""
    return _when(not given.facts.plan_revised)


@_guard("n", met_by=(Role.DEVELOPMENT_RESOURCE, Role.LAG_CHAIR), place=Place.PLAN)
def new_activities_incomplete(given: Given) -> Values | None:
    """Some new activities have no owner or no deadline."""
    n = given.facts.new_activities_incomplete
    return _when(n > 0, n=n)


# -- celebration and after


@_guard(met_by=(Role.LAG_CHAIR, Role.ANALYST), place=Place.CELEBRATION)
def evaluation_missing(given: Given) -> Values | None:
    """The evaluation is not written."""
    return _when(not given.facts.evaluation_written)


@_guard(met_by=(Role.COORDINATOR, Role.LAG_CHAIR), place=Place.CELEBRATION)
def celebration_missing(given: Given) -> Values | None:
    """The celebration has no date."""
    return _when(given.facts.celebrated_on is None)


@_guard("celebrated_on", met_by=(Role.COORDINATOR, Role.LAG_CHAIR), place=Place.CELEBRATION)
def celebration_still_to_come(given: Given) -> Values | None:
    """The celebration is planned, not held."""
    celebrated_on, today = given.facts.celebrated_on, given.facts.today
    if celebrated_on is None or celebrated_on <= today:
        return None
    return {"celebrated_on": celebrated_on.isoformat()}


@_guard(met_by=(Role.HEAD,), place=Place.CELEBRATION)
def receiver_missing(given: Given) -> Values | None:
    """Nobody in the line is named who takes over."""
    return _when(not given.facts.receiver_named)


@_guard(met_by=(Role.COORDINATOR, Role.ANALYST), place=Place.FOLLOW_UP)
def follow_ups_unplanned(given: Given) -> Values | None:
    """The follow-ups after 6 and 12 months are not planned."""
    return _when(not given.facts.follow_ups_planned)


@_guard("n", met_by=(Role.COORDINATOR, Role.ANALYST), place=Place.FOLLOW_UP)
def follow_ups_remaining(given: Given) -> Values | None:
    """Some follow-ups are still to be recorded; the introduction stays open for them."""
    n = given.facts.follow_ups_required - given.facts.follow_ups_recorded
    return _when(n > 0, n=n)


@_guard(met_by=(Role.HEAD,), place=Place.FOLLOW_UP)
def change_slipped(given: Given) -> Values | None:
    """A follow-up says that the change did not hold; the introduction stays open."""
    return _when(given.facts.change_slipped or given.asked.choice == "slipped")


@_guard(met_by=(Role.HEAD,), place=Place.FOLLOW_UP)
def change_holds(given: Given) -> Values | None:
    """No follow-up says that the change slipped, and it is not the head who reopens."""
    return _when(not given.facts.change_slipped and not given.asked.by_head)


# -- commands that need a reason


@_guard(sentence=REASON_MISSING)
def reason_missing(given: Given) -> Values | None:
    """The command is given without a reason."""
    return _when(not given.asked.has_reason)


@_guard(sentence=REASON_MISSING)
def reason_missing_before_due(given: Given) -> Values | None:
    """The loop is not due, and no reason is given for opening it early."""
    return _when(not given.facts.loop_due and not given.asked.has_reason)


@_guard(sentence=REASON_MISSING)
def reason_missing_without_slip(given: Given) -> Values | None:
    """The change has not slipped, and no reason is given for reopening."""
    return _when(not given.facts.change_slipped and not given.asked.has_reason)
