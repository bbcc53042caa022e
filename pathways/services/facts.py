"""Says what the rows of one introduction mean to the guards: the facts. `evidence` reads the rows."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pathways.models.loop import LoopState
from pathways.profiles.schema import Profile
from pathways.services.evidence import GAP_LEVEL, Evidence, evidence_of
from pathways.services.versions import Versions, versions_of
from pathways.storage.unit_of_work import Row, UnitOfWork
from states.facts import Facts

__all__ = ["GAP_LEVEL", "Versions", "build_facts", "facts_of", "open_items", "versions_of"]

Named = dict[str, Any]  # Any: the fields' own types
NOTHING: Row = {}


def facts_of(work: UnitOfWork, introduction: Row, profile: Profile, *, now: datetime, today: date) -> Facts:
    """Return the facts of one introduction as its rows stand inside this transaction."""
    return build_facts(evidence_of(work, introduction, now=now), introduction, profile, today=today)


def build_facts(evidence: Evidence, introduction: Row, profile: Profile, *, today: date) -> Facts:
    """Return the facts that follow from the evidence and the introduction's own columns."""
    return Facts(
        today=today,
        open_items=open_items(evidence["tasks"]),
        **_people(evidence, introduction, profile),
        **_gap_analysis(evidence, introduction),
        **_plan(evidence),
        **_learning(evidence, introduction),
        **_end(evidence, profile),
    )


def _people(evidence: Evidence, introduction: Row, profile: Profile) -> Named:
    appointed = evidence["appointments"][0]
    return {
        "chair_appointed": appointed["chairs"] > 0,
        "members_appointed": appointed["members"],
        "members_required": profile.preparation.members_required,
        "development_resource_appointed": appointed["resources"] > 0,
        "patient_perspective_arranged": introduction["patient_perspective"] is not None,
        "management_group_informed": introduction["informed_on"] is not None,
    }


def _gap_analysis(evidence: Evidence, introduction: Row) -> Named:
    asked = {row["version_id"]: (row["invited"], row["waiting"]) for row in evidence["invitations"]}
    analysed, adopted = introduction["analysed_version_id"], introduction["adopted_version_id"]
    versions = Versions(evidence["versions"])
    final = versions.newest_final
    newest = final["id"] if final is not None else None
    invited, waiting = asked.get(analysed, (0, 0))
    asked_anew, waiting_anew = asked.get(newest, (0, 0))
    return {
        "units_invited": invited,
        "units_waiting": waiting,
        "gaps_found": evidence["gaps"][0]["found"],
        "gaps_without_measure": evidence["gaps"][0]["bare"],
        "analysed_version": versions.label_of(analysed),
        "version_in_force": versions.label_of(newest),
        "final_version_available": newest is not None,
        "version_adopted": versions.label_of(adopted),
        "newer_version_available": newest is not None and adopted is not None and newest != adopted,
        "gap_revised_for_newest": asked_anew > 0 and waiting_anew == 0,
        "response_decided": evidence["responses"][0]["decided"] > 0,
    }


def _plan(evidence: Evidence) -> Named:
    activities, meeting = evidence["activities"][0], _newest(evidence["meetings"], by="made_in")
    return {
        "activities": activities["standing"],
        "activities_without_gap": activities["without_gap"],
        "activities_without_responsible": activities["without_responsible"],
        "activities_without_deadline": activities["without_deadline"],
        "comment_round_settled": evidence["rounds"][0]["settled"] > 0,
        "measures_unranked": activities["unranked"],
        "decision_basis_made": meeting.get("basis_made_on") is not None,
        "meeting_chosen": meeting.get("hand_in_on") is not None,
        "hand_in_on": meeting.get("hand_in_on"),
        "new_activities_incomplete": activities["new_incomplete"],
    }


def _learning(evidence: Evidence, introduction: Row) -> Named:
    held = next((loop for loop in evidence["last_loop"] if loop["state"] == LoopState.HELD), NOTHING)
    is_skipped = any(loop["state"] == LoopState.SKIPPED for loop in evidence["last_loop"])
    followed_up = _last_recorded(evidence) if introduction["place"] == "finished" else NOTHING
    return {
        "loop_due": evidence["rung"][0]["loops"] > 0,
        "review_complete": bool(held) or is_skipped,
        "hold_check_done": bool((followed_up or held).get("hold_check_done")),
        "indicators_secured": bool(held.get("indicators_secured")),
        "plan_revised": introduction["plan_revised_on"] is not None,
    }


def _end(evidence: Evidence, profile: Profile) -> Named:
    celebration = _newest(evidence["celebrations"], by="made_in")
    last = _last_recorded(evidence)
    return {
        "evaluation_written": bool(celebration.get("evaluation")),
        "celebrated_on": celebration.get("held_on"),
        "receiver_named": celebration.get("receiver_id") is not None,
        "follow_ups_planned": len(_newest_round(evidence)) >= len(profile.follow_up_months),
        "follow_ups_recorded": len(_recorded(evidence)),
        "follow_ups_required": len(profile.follow_up_months),
        "change_slipped": bool(last) and not last["holds"],
    }


def _newest_round(evidence: Evidence) -> list[Row]:
    newest = max((row["round"] for row in evidence["follow_ups"]), default=None)
    return [row for row in evidence["follow_ups"] if row["round"] == newest]


def _recorded(evidence: Evidence) -> list[Row]:
    return [row for row in _newest_round(evidence) if row["recorded_on"] is not None]


def _last_recorded(evidence: Evidence) -> Row:
    return _newest(_recorded(evidence), by="months")


def _newest(rows: Iterable[Row], *, by: str) -> Row:
    return max(rows, key=lambda row: int(row[by]), default=NOTHING)


def open_items(tasks: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Return which checklist items each command still waits for."""
    found: dict[str, dict[str, None]] = {}
    for task in tasks:
        for command in task["required_for"] if task["item"] else ():
            found.setdefault(command, {})[task["item"]] = None
    return {command: tuple(items) for command, items in found.items()}
