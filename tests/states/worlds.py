"""What may be true of an introduction, for the tests of `states`: nothing, everything, and three things between."""

from dataclasses import replace
from datetime import date, timedelta

from states.commands import CHOICES, Command
from states.facts import Asked, Facts

TODAY = date(2024, 2, 29)
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)

EMPTY = Facts(today=TODAY)
READY = Facts(
    today=TODAY,
    chair_appointed=True,
    members_appointed=4,
    members_required=3,
    development_resource_appointed=True,
    patient_perspective_arranged=True,
    management_group_informed=True,
    units_invited=7,
    gaps_found=5,
    analysed_version="1.0",
    version_in_force="1.0",
    final_version_available=True,
    version_adopted="1.0",
    newer_version_available=True,
    gap_revised_for_newest=True,
    response_decided=True,
    activities=6,
    comment_round_settled=True,
    decision_basis_made=True,
    meeting_chosen=True,
    hand_in_on=TODAY,
    loop_due=True,
    review_complete=True,
    hold_check_done=True,
    indicators_secured=True,
    plan_revised=True,
    evaluation_written=True,
    celebrated_on=TODAY,
    receiver_named=True,
    follow_ups_planned=True,
)
FOLLOWED = replace(READY, follow_ups_recorded=2)
SLIPPED = replace(FOLLOWED, change_slipped=True, version_in_force="2.0")

ORDERS = [(command, choice) for command in Command for choice in CHOICES[command] or (None,)]
"""Every command with every choice."""


def ask(choice: str | None = None) -> Asked:
    """What a person brings who gives a reason and is not the head."""
    return Asked(choice=choice, has_reason=True)
