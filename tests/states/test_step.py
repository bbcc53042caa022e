"""The step as its users see it: one case from beginning to end, and what each kind of refusal says."""

from dataclasses import FrozenInstanceError, replace

import pytest

from states.commands import Command
from states.errors import IllegalSnapshot, TransitionRefused, UnknownCommand
from states.facts import Asked, Facts
from states.reasons import Place, Reason, Role
from states.snapshot import Snapshot, place_of
from states.step import Effect, begin, offers, parse_command, step
from states.versions import get_outline
from tests.states.worlds import EMPTY, FOLLOWED, READY, SLIPPED, ask

OUTDATED = replace(READY, version_in_force="2.0")


def at(*states: str) -> Snapshot:
    """The active snapshot with these innermost states; regions not named stand in their initial state."""
    outline = get_outline("introduction_v1")
    return Snapshot("introduction_v1", outline.complete(states or ("active",)))


def refusal(snapshot: Snapshot, command: str, facts: Facts, asked: Asked | None = None) -> list[str]:
    with pytest.raises(TransitionRefused) as refused:
        step(snapshot, command, facts, asked or ask())
    return [reason.sentence for reason in refused.value.reasons]


JOURNEY = [
    ("request_response", None, READY, "preparation"),
    ("start_gap_analysis", None, READY, "mapping"),
    ("communicate_gap_analysis", None, READY, "communicated"),
    ("submit_response", None, READY, "communicated"),
    ("approve_nationally", None, READY, "communicated"),
    ("reopen_gap_analysis", None, OUTDATED, "revising"),
    ("communicate_gap_analysis", None, READY, "communicated"),
    ("propose_plan", None, READY, "ranking"),
    ("submit_for_decision", None, READY, "awaiting_decision"),
    ("decide", "return", READY, "ranking"),
    ("submit_for_decision", None, READY, "awaiting_decision"),
    ("decide", "adopt", READY, "executing"),
    ("report", None, READY, "executing"),
    ("open_loop", None, READY, "reviewing"),
    ("hold_loop", "continue", READY, "executing"),
    ("open_loop", None, READY, "reviewing"),
    ("hold_loop", "adjust", READY, "adjusting"),
    ("pause", None, READY, "paused"),
    ("resume", None, READY, "adjusting"),
    ("adopt_adjusted_plan", None, READY, "executing"),
    ("revise_nationally", None, READY, "executing"),
    ("adopt_revision", "no_local_effect", READY, "executing"),
    ("open_loop", None, READY, "reviewing"),
    ("hold_loop", "finish", READY, "evaluating"),
    ("record_celebration", None, READY, "celebrated"),
    ("finish", None, READY, "finished"),
    ("record_follow_up", "slipped", SLIPPED, "finished"),
    ("reopen", None, SLIPPED, "reviewing"),
    ("hold_loop", "finish", READY, "evaluating"),
    ("record_celebration", None, READY, "celebrated"),
    ("finish", None, READY, "finished"),
    ("record_follow_up", "holds", READY, "finished"),
    ("record_follow_up", "holds", FOLLOWED, "closed"),
]


def test_an_introduction_runs_from_preparation_to_closed() -> None:
    snapshot = begin()
    places = []
    for command, choice, facts, _ in JOURNEY:
        snapshot = step(snapshot, command, facts, ask(choice)).after
        places.append(place_of(snapshot))
    assert places == [place for *_, place in JOURNEY]


GATES = [
    (
        ("preparation",),
        "start_gap_analysis",
        None,
        [
            "chair_missing",
            "members_missing",
            "development_resource_missing",
            "patient_perspective_missing",
            "management_group_uninformed",
        ],
    ),
    (("mapping",), "communicate_gap_analysis", None, ["units_uninvited"]),
    (("revising",), "communicate_gap_analysis", None, ["units_uninvited"]),
    (("drafting",), "submit_response", None, ["gap_analysis_not_communicated", "response_undecided"]),
    (("consultation",), "approve_nationally", None, ["final_version_missing"]),
    (("communicated",), "reopen_gap_analysis", None, ["no_version_in_force"]),
    (
        ("communicated",),
        "propose_plan",
        None,
        ["no_version_in_force", "no_version_analysed", "comment_round_unsettled"],
    ),
    (("ranking",), "submit_for_decision", None, ["decision_basis_missing", "meeting_missing"]),
    (("reviewing",), "hold_loop", "continue", ["review_incomplete"]),
    (("reviewing",), "hold_loop", "adjust", ["review_incomplete"]),
    (("reviewing",), "hold_loop", "finish", ["review_incomplete", "hold_check_missing", "indicators_unsecured"]),
    (("adjusting",), "adopt_adjusted_plan", None, ["plan_not_revised"]),
    (("evaluating",), "record_celebration", None, ["evaluation_missing", "celebration_missing", "receiver_missing"]),
    (("celebrated",), "finish", None, ["follow_ups_unplanned"]),
    (("finished",), "record_follow_up", "holds", ["hold_check_missing"]),
    (("finished",), "record_follow_up", "slipped", ["hold_check_missing"]),
    (("finished",), "reopen", None, ["change_holds"]),
    (("current",), "revise_nationally", None, ["newer_version_missing"]),
    (("superseded",), "adopt_revision", "revised", ["gap_not_revised_for_newest"]),
    (("withdrawn",), "reinstate", None, ["final_version_missing"]),
]


@pytest.mark.parametrize(("states", "command", "choice", "sentences"), GATES)
def test_a_refusal_carries_every_reason(
    states: tuple[str, ...], command: str, choice: str | None, sentences: list[str]
) -> None:
    assert refusal(at(*states), command, EMPTY, ask(choice)) == sentences


REASONS_NEEDED = [
    (at("mapping"), "pause", None),
    (at("mapping"), "stop", None),
    (step(at("mapping"), "pause", READY, ask()).after, "stop", None),
    (at("executing"), "open_loop", None),
    (at("drafting"), "waive_response", None),
    (at("consultation"), "withdraw_nationally", None),
    (at("current"), "withdraw_nationally", None),
    (at("superseded"), "withdraw_nationally", None),
    (at("superseded"), "adopt_revision", "no_local_effect"),
]


@pytest.mark.parametrize(("snapshot", "command", "choice"), REASONS_NEEDED)
def test_a_command_that_needs_a_reason_is_refused_without_one(
    snapshot: Snapshot, command: str, choice: str | None
) -> None:
    assert refusal(snapshot, command, EMPTY, Asked(choice=choice)) == ["reason_missing"]
    assert step(snapshot, command, EMPTY, ask(choice)).command == command


def test_the_head_may_reopen_without_a_slip_but_not_without_a_reason() -> None:
    assert refusal(at("finished"), "reopen", EMPTY, Asked(by_head=True)) == ["reason_missing"]
    assert place_of(step(at("finished"), "reopen", EMPTY, Asked(by_head=True, has_reason=True)).after) == "reviewing"


def test_whoever_reopens_after_a_slip_needs_no_reason() -> None:
    assert place_of(step(at("finished"), "reopen", SLIPPED).after) == "reviewing"


def test_a_loop_that_is_due_opens_without_a_reason() -> None:
    assert place_of(step(at("executing"), "open_loop", READY).after) == "reviewing"


def test_each_open_checklist_item_is_a_reason_of_its_own() -> None:
    facts = replace(READY, open_items={"propose_plan": ("risk_analysis", "union_talk"), "pause": ("other",)})
    with pytest.raises(TransitionRefused) as refused:
        step(at("communicated"), "propose_plan", facts)
    assert refused.value.reasons == tuple(
        Reason("checklist_item_open", {"item": item}, (Role.COORDINATOR,), Place.TASKS)
        for item in ("risk_analysis", "union_talk")
    )


def test_a_command_that_leads_nowhere_from_here_says_where_here_is() -> None:
    with pytest.raises(TransitionRefused) as refused:
        step(at("mapping"), "finish", READY)
    assert refused.value.reasons == (Reason("not_possible_here", {"place": "mapping"}),)


@pytest.mark.parametrize("end", ["stopped", "closed"])
@pytest.mark.parametrize("command", list(Command))
def test_nothing_leads_on_from_an_end(end: str, command: Command) -> None:
    assert refusal(Snapshot("introduction_v1", (end,)), command, READY) == ["not_possible_here"]


def test_a_choice_not_made_is_refused_with_the_choices() -> None:
    with pytest.raises(TransitionRefused) as refused:
        step(at("awaiting_decision"), "decide", READY, ask())
    assert refused.value.reasons == (Reason("choice_missing", {"choices": "adopt, return, decline"}),)


@pytest.mark.parametrize(("command", "choice"), [("decide", "maybe"), ("decide", "finish"), ("pause", "adopt")])
def test_a_choice_that_does_not_exist_is_refused(command: str, choice: str) -> None:
    assert refusal(at("awaiting_decision"), command, READY, ask(choice)) == ["choice_unknown"]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("propose", "propose_plan"), ("pausa", "pause"), ("hold-loop", "hold_loop"), ("FINISH", "finish")],
)
def test_an_unknown_command_names_the_nearest(name: str, nearest: str) -> None:
    with pytest.raises(UnknownCommand) as unknown:
        step(begin(), name, READY)
    assert nearest in unknown.value.nearest


@pytest.mark.parametrize(
    "name", ["done.state.track", "done_state_track", "error.execution", "done.invoke.x", "__initial__", "*", ""]
)
def test_an_event_of_the_machine_itself_is_no_command(name: str) -> None:
    with pytest.raises(UnknownCommand):
        parse_command(name)


def test_a_decline_stops_the_introduction_from_inside_the_track() -> None:
    declined = step(at("awaiting_decision", "current"), "decide", READY, ask("decline"))
    assert declined.after == Snapshot("introduction_v1", ("stopped",))
    assert declined.entered == ("stopped",)


def test_a_report_moves_nothing() -> None:
    reported = step(at("executing", "drafting"), "report", READY)
    assert (reported.after, reported.effects) == (reported.before, ())


def test_the_effects_name_what_is_left_and_entered_in_document_order() -> None:
    proposed = step(at("communicated"), "propose_plan", READY)
    assert proposed.left == ("gap_analysis", "communicated")
    assert proposed.entered == ("prioritisation", "ranking")
    assert proposed.effects == (
        Effect("left", "gap_analysis"),
        Effect("left", "communicated"),
        Effect("entered", "prioritisation"),
        Effect("entered", "ranking"),
    )


def test_a_state_only_passed_through_is_among_the_effects() -> None:
    approved = step(at("finished", "consultation"), "approve_nationally", FOLLOWED)
    assert approved.after.configuration == ("closed",)
    assert approved.entered == ("current", "closed")
    assert approved.left[0] == "consultation"
    assert "current" in approved.left


def test_what_a_pause_put_to_rest_is_resumed_and_not_entered() -> None:
    before = at("adjusting", "superseded", "submitted")
    resumed = step(step(before, "pause", READY, ask()).after, "resume", READY)
    assert resumed.after == before
    assert (resumed.left, resumed.entered) == (("paused",), ())
    assert [e.state for e in resumed.effects if e.kind == "resumed"] == list(before.configuration)


def test_a_case_paused_when_finished_closes_when_it_is_resumed_and_all_is_done() -> None:
    paused = step(at("finished", "current"), "pause", READY, ask()).after
    resumed = step(paused, "resume", FOLLOWED)
    assert resumed.after.configuration == ("closed",)
    assert resumed.entered == ("closed",)
    assert Effect("resumed", "finished") in resumed.effects


@pytest.mark.parametrize(
    ("command", "place"), [("pause", "paused"), ("reopen", "reviewing"), ("revise_nationally", "finished")]
)
def test_a_command_comes_before_the_close_that_the_facts_already_allow(command: str, place: str) -> None:
    asked = Asked(has_reason=True, by_head=True)
    assert place_of(step(at("finished", "current"), command, FOLLOWED, asked).after) == place


@pytest.mark.parametrize("national", ["consultation", "superseded", "withdrawn"])
def test_a_case_does_not_close_while_the_national_text_is_not_current(national: str) -> None:
    assert place_of(step(at("finished", national), "report", FOLLOWED).after) == "finished"


def test_history_is_kept_only_while_paused() -> None:
    paused = step(at("ranking"), "pause", READY, ask()).after
    assert set(paused.history) == {"left_off"}
    assert step(paused, "resume", READY).after.history == {}
    assert step(paused, "stop", READY, ask()).after.history == {}
    assert step(at("ranking"), "stop", READY, ask()).after.history == {}


def test_the_same_question_has_the_same_answer_and_the_snapshot_is_untouched() -> None:
    snapshot = at("ranking")
    stored = snapshot.to_json()
    assert step(snapshot, "submit_for_decision", READY) == step(snapshot, "submit_for_decision", READY)
    assert snapshot.to_json() == stored
    with pytest.raises(FrozenInstanceError):
        snapshot.chart = "other"  # type: ignore[misc]  # that it cannot be done is the point


def test_offers_follow_the_order_of_the_commands_and_choices() -> None:
    here = [(offer.command.value, offer.choice) for offer in offers(at("awaiting_decision", "superseded"), READY)]
    assert here == [
        ("decide", "adopt"),
        ("decide", "return"),
        ("decide", "decline"),
        ("adopt_revision", "revised"),
        ("adopt_revision", "no_local_effect"),
        ("withdraw_nationally", None),
        ("request_response", None),
        ("report", None),
        ("pause", None),
        ("stop", None),
    ]


def test_offers_to_the_head_include_reopening() -> None:
    def may_reopen(*, by_head: bool) -> bool:
        here = offers(at("finished"), READY, by_head=by_head)
        return next(offer.allowed for offer in here if offer.command is Command.REOPEN)

    assert (may_reopen(by_head=True), may_reopen(by_head=False)) == (True, False)


def test_offers_and_steps_refuse_a_snapshot_the_chart_does_not_allow() -> None:
    lost = Snapshot("introduction_v1", ("active", "track"))
    with pytest.raises(IllegalSnapshot):
        offers(lost, READY)
    with pytest.raises(IllegalSnapshot):
        step(lost, "report", READY)
