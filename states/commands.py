"""The commands a person or a timer may give, and the choices some of them must carry.

Which command leads where is the chart's matter; events of the machine itself (done.*, error.*) are no commands.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Command(StrEnum):
    """An order to an introduction, in the order in which a case usually meets them."""

    START_GAP_ANALYSIS = "start_gap_analysis"  # preparation is complete, the units begin to answer
    COMMUNICATE_GAP_ANALYSIS = "communicate_gap_analysis"  # the gap picture is done and told to those concerned
    REOPEN_GAP_ANALYSIS = "reopen_gap_analysis"  # the national text changed after the analysis
    PROPOSE_PLAN = "propose_plan"  # the action plan goes to prioritisation
    SUBMIT_FOR_DECISION = "submit_for_decision"  # the decision basis is handed in to a meeting
    DECIDE = "decide"  # the deciding body has spoken: adopt, return or decline
    OPEN_LOOP = "open_loop"  # a learning loop begins
    HOLD_LOOP = "hold_loop"  # the review is held: continue, adjust or finish
    ADOPT_ADJUSTED_PLAN = "adopt_adjusted_plan"  # the plan revised by a loop takes effect
    RECORD_CELEBRATION = "record_celebration"  # the result is evaluated, celebrated and handed over
    FINISH = "finish"  # only the follow-ups remain
    RECORD_FOLLOW_UP = "record_follow_up"  # a follow-up after 6 or 12 months: holds or slipped
    REOPEN = "reopen"  # the change did not hold, the loops start again
    APPROVE_NATIONALLY = "approve_nationally"  # the final national version is in force
    REVISE_NATIONALLY = "revise_nationally"  # a newer national version has come
    ADOPT_REVISION = "adopt_revision"  # the region follows the newer version: revised or no_local_effect
    WITHDRAW_NATIONALLY = "withdraw_nationally"  # the national pathway is withdrawn
    REINSTATE = "reinstate"  # the national pathway is in force again
    REQUEST_RESPONSE = "request_response"  # a consultation response is asked of the region
    WAIVE_RESPONSE = "waive_response"  # the region abstains from responding
    SUBMIT_RESPONSE = "submit_response"  # the consultation response is sent
    REPORT = "report"  # a voluntary status report; nothing moves
    PAUSE = "pause"  # the introduction rests and keeps its place
    RESUME = "resume"  # back to exactly where it rested
    STOP = "stop"  # the region ends the introduction


CHOICES: Mapping[Command, tuple[str, ...]] = MappingProxyType(
    dict.fromkeys(Command, ())
    | {
        Command.DECIDE: ("adopt", "return", "decline"),
        Command.HOLD_LOOP: ("continue", "adjust", "finish"),
        Command.RECORD_FOLLOW_UP: ("holds", "slipped"),
        Command.ADOPT_REVISION: ("revised", "no_local_effect"),
    }
)
"""What must be chosen with each command; empty where there is nothing to choose."""
