"""Facts: all that a guard may look at, as frozen values. Whoever asks builds them; nothing here is looked up.

Every default means "nothing is there yet". Facts include what the command itself brings: when a follow-up is
recorded, it is already counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is true of one introduction today."""

    today: date

    # preparation
    chair_appointed: bool = False
    members_appointed: int = 0
    members_required: int = 1
    development_resource_appointed: bool = False
    patient_perspective_arranged: bool = False
    management_group_informed: bool = False

    # gap analysis
    units_invited: int = 0
    units_waiting: int = 0  # neither answered nor excused
    gaps_found: int = 0  # level 2-3
    gaps_without_measure: int = 0
    analysed_version: str | None = None
    version_in_force: str | None = None  # the newest final one in the catalogue
    final_version_available: bool = False
    version_adopted: str | None = None  # the final version the region has made its current one
    newer_version_available: bool = False
    gap_revised_for_newest: bool = False

    # response
    response_decided: bool = False

    # plan
    activities: int = 0
    activities_without_gap: int = 0
    activities_without_responsible: int = 0
    activities_without_deadline: int = 0
    comment_round_settled: bool = False

    # prioritisation
    measures_unranked: int = 0  # neither ranked nor declined with motive
    decision_basis_made: bool = False
    meeting_chosen: bool = False
    hand_in_on: date | None = None

    # learning
    loop_due: bool = False
    review_complete: bool = False
    hold_check_done: bool = False
    indicators_secured: bool = False
    plan_revised: bool = False
    new_activities_incomplete: int = 0

    # celebration and after
    evaluation_written: bool = False
    celebrated_on: date | None = None
    receiver_named: bool = False
    follow_ups_planned: bool = False
    follow_ups_recorded: int = 0
    follow_ups_required: int = 2
    change_slipped: bool = False

    # the profile's own gates: command -> slugs of the checklist items it requires that are still open
    open_items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came with the command."""

    choice: str | None = None
    has_reason: bool = False
    by_head: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What a guard is given: the facts, what came with the command, and the states the introduction is in."""

    facts: Facts
    asked: Asked
    inside: frozenset[str]
