"""The plan: activities that close gaps, a comment round, an order of rank, a meeting, and its decision."""

from datetime import timedelta

import pytest

from pathways.models.decision import BoardCase, Decision
from pathways.models.plan import Activity, ActivityGap, CommentRound, RoundState, Standpoint
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, own, person_id, refusal, row, rows

TITLE = {"title": "Utbilda alla", "kind": "training"}
MINUTES: Data = {"body": "hsn", "paragraph_no": "§ 7", "register_no": "HSN 2021/7"}


@pytest.fixture
def driver(at: At) -> Driver:
    """An introduction whose gap analysis is communicated."""
    return at("communicated")


@pytest.fixture
def ranking(at: At) -> Driver:
    """An introduction whose plan of two activities waits to be ranked."""
    return at("ranking")


def activities(driver: Driver) -> list[str]:
    return [str(one["ref"]) for one in rows(driver, Activity)]


def test_an_activity_is_planned_with_who_when_what_it_costs_and_which_gaps_it_closes(driver: Driver) -> None:
    gaps = [one["ref"] for one in driver._own(of_table="gap_answer")[:2]]
    driver.do(
        "plan_activity", **TITLE, responsible="res", start_on="2021-09-01", due_on="2021-12-01", cost_once=5, gaps=gaps
    )
    made = row(driver, Activity)
    assert (made["title"], made["responsible_id"], made["cost_once"], made["cost_yearly"], made["from_loop"]) == (
        "Utbilda alla",
        person_id(driver.app, "res"),
        5,
        None,
        None,
    )
    assert [link["answer_ref"] for link in rows(driver, ActivityGap, activity_ref=made["ref"])] == gaps


def test_a_gap_named_twice_is_linked_once(driver: Driver) -> None:
    gap = driver._own(of_table="gap_answer")[0]["ref"]
    driver.do("plan_activity", **TITLE, gaps=[gap, gap])
    assert len(rows(driver, ActivityGap)) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "ab"}, "title:order.too_short"),
        ({"title": "  a  "}, "title:order.too_short"),
        ({"title": "x" * 301}, "title:order.too_long"),
        ({"kind": "party"}, "kind:order.one_of"),
        ({"responsible": "rus"}, "error.unknown_person"),
        ({"gaps": ["99.9"]}, "error.unknown_gap_answer"),
        ({"start_on": "2021-12-01", "due_on": "2021-11-30"}, "error.due_before_start"),
        ({"due_on": "2021-02-30"}, "due_on:order.date"),
        ({"cost_once": -1}, "cost_once:order.too_small"),
        ({"cost_yearly": "gratis"}, "cost_yearly:order.integer"),
    ],
)
def test_an_activity_that_makes_no_sense_is_refused(driver: Driver, change: Data, sentence: str) -> None:
    assert refusal(driver, "plan_activity", **{**TITLE, **change}) == sentence


def test_an_activity_is_changed_where_something_new_is_given(driver: Driver) -> None:
    driver.do("plan_activity", **TITLE, responsible="res", cost_once=5)
    driver.do("update_activity", activity=activities(driver)[0], due_on="2022-01-10", state="under_way")
    changed = row(driver, Activity)
    assert (changed["cost_once"], changed["due_on"].isoformat(), changed["state"]) == (5, "2022-01-10", "under_way")


def test_a_changed_activity_gets_only_the_links_it_did_not_have(driver: Driver) -> None:
    first, second = (one["ref"] for one in driver._own(of_table="gap_answer")[:2])
    driver.do("plan_activity", **TITLE, gaps=[first])
    driver.do("update_activity", activity=activities(driver)[0], gaps=[first, second])
    assert [link["answer_ref"] for link in rows(driver, ActivityGap)] == [first, second]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"activity": "99.9"}, "error.unknown_activity"),
        ({"responsible": "rus"}, "error.unknown_person"),
        ({"state": "forgotten"}, "state:order.one_of"),
        ({"gaps": ["99.9"]}, "error.unknown_gap_answer"),
        ({"due_on": "2021-08-31"}, "error.due_before_start"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(driver: Driver, change: Data, sentence: str) -> None:
    driver.do("plan_activity", **TITLE, start_on="2021-09-01", due_on="2021-12-01")
    assert refusal(driver, "update_activity", **{"activity": activities(driver)[0], **change}) == sentence


def test_a_comment_round_is_opened_and_closed_with_what_came_in(driver: Driver) -> None:
    driver.do("open_comment_round", closes_on="2021-07-01")
    driver.do("close_comment_round", outcome="held", summary="Två synpunkter")
    held = row(driver, CommentRound)
    assert (held["state"], held["summary"]) == (RoundState.HELD, "Två synpunkter")


def test_a_comment_round_may_be_waived_with_a_reason(driver: Driver) -> None:
    driver.do("close_comment_round", outcome="waived", reason="Alla satt med")
    assert row(driver, CommentRound)["state"] == RoundState.WAIVED


@pytest.mark.parametrize(
    ("command", "data", "sentence"),
    [
        ("open_comment_round", {"closes_on": "2021-06-08"}, "error.not_in_the_future"),
        ("close_comment_round", {"outcome": "held"}, "error.comment_round_not_open"),
        ("close_comment_round", {"outcome": "waived"}, "reason_missing"),
        ("close_comment_round", {"outcome": "lost"}, "outcome:order.one_of"),
    ],
)
def test_a_comment_round_that_makes_no_sense_is_refused(
    driver: Driver, command: str, data: Data, sentence: str
) -> None:
    assert refusal(driver, command, **data) == sentence


def test_there_is_one_open_comment_round_at_a_time(driver: Driver) -> None:
    driver.do("open_comment_round", closes_on="2021-07-01")
    assert refusal(driver, "open_comment_round", closes_on="2021-07-02") == "error.comment_round_open"


def test_all_that_a_plan_lacks_is_told_at_once(driver: Driver) -> None:
    driver.do("plan_activity", **TITLE)
    assert refusal(driver, "propose_plan") == (
        "activities_without_gap activities_without_responsible activities_without_deadline comment_round_unsettled"
    )


def test_gaps_without_any_activity_are_no_plan(driver: Driver) -> None:
    driver.do("close_comment_round", outcome="waived", reason="Alla satt med")
    assert refusal(driver, "propose_plan") == "plan_empty"


def test_measures_are_ranked_in_order_or_declined_with_motive(ranking: Driver) -> None:
    first, second = activities(ranking)
    declined = [{"activity": first, "motive": "För dyr nu"}]
    ranking.do("rank", by="lg", order=[second], motive="Störst gap först", declined=declined)
    assert [(one["standpoint"], one["rank"], one["motive"]) for one in rows(ranking, Activity)] == [
        (Standpoint.DECLINED, None, "För dyr nu"),
        (Standpoint.RANKED, 1, "Störst gap först"),
    ]


def test_a_new_order_replaces_the_old_one(ranking: Driver) -> None:
    first, second = activities(ranking)
    ranking.do("rank", by="lg", order=[first, second], motive="Så här")
    ranking.do("rank", by="lg", order=[second], motive="Nej, så här")
    assert [one["rank"] for one in rows(ranking, Activity)] == [None, 1]
    assert "measures_unranked" in refusal(ranking, "submit_for_decision")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"order": ["99.9"], "motive": "Därför"}, "error.unknown_activity"),
        ({"order": [], "motive": "Därför"}, "order:order.empty_list"),
        ({"order": ["1.1", "1.1"], "motive": "Därför"}, "order.rule"),
        ({"order": ["1.1"], "motive": "Ja"}, "motive:order.too_short"),
        ({"order": ["1.1"], "motive": "Därför", "declined": [{"activity": "1.1", "motive": "Dyrt"}]}, "order.rule"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(ranking: Driver, data: Data, sentence: str) -> None:
    assert refusal(ranking, "rank", **data) == sentence


def test_a_stopped_activity_cannot_be_ranked(ranking: Driver) -> None:
    first, second = activities(ranking)
    ranking.do("update_activity", activity=first, state="stopped", report="Ingår i en annan plan")
    assert refusal(ranking, "rank", order=[first, second], motive="Så här") == "error.activity_stopped"


def test_measures_are_ranked_only_while_it_is_time_for_it(driver: Driver) -> None:
    driver.do("plan_activity", **TITLE)
    assert refusal(driver, "rank", order=activities(driver), motive="Så här") == "error.not_ranking"


def basis(driver: Driver, **change: object) -> Data:
    return {"body": "hsn", "meeting_on": driver._next_meeting().isoformat(), "basis": "Underlag", **change}


def test_a_decision_basis_names_the_meeting_and_its_last_day_to_hand_in(ranking: Driver) -> None:
    ranking.do("make_decision_basis", **basis(ranking))
    made = row(ranking, BoardCase)
    assert made["meeting_on"] - made["hand_in_on"] >= timedelta(days=28)


def test_a_later_basis_replaces_the_earlier_one(ranking: Driver) -> None:
    ranking.do("make_decision_basis", **basis(ranking))
    ranking.do("make_decision_basis", **basis(ranking, basis="Bättre underlag"))
    assert row(ranking, BoardCase)["basis"] == "Bättre underlag"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"body": "ksg"}, "error.no_mandate"),
        ({"body": "hns"}, "error.unknown_body"),
        ({"meeting_on": "2021-06-08"}, "error.not_in_the_future"),
        ({"basis": "  a"}, "basis:order.too_short"),
    ],
)
def test_a_basis_that_makes_no_sense_is_refused(ranking: Driver, change: Data, sentence: str) -> None:
    assert refusal(ranking, "make_decision_basis", **basis(ranking, **change)) == sentence


@pytest.mark.parametrize(("meeting_on", "hand_in_on"), [("2021-08-25", "2021-07-28"), ("2025-09-16", "2025-08-19")])
def test_an_extra_meeting_and_one_far_ahead_are_handed_in_to_by_the_bodys_lead(
    ranking: Driver, meeting_on: str, hand_in_on: str
) -> None:
    ranking.do("make_decision_basis", **basis(ranking, meeting_on=meeting_on))
    assert row(ranking, BoardCase)["hand_in_on"].isoformat() == hand_in_on


def test_all_that_a_submission_lacks_is_told_at_once(ranking: Driver) -> None:
    assert refusal(ranking, "submit_for_decision") == "measures_unranked decision_basis_missing meeting_missing"


def test_a_plan_is_not_handed_in_after_the_last_day(ranking: Driver) -> None:
    ranking.do("rank", by="lg", order=activities(ranking), motive="Så här")
    ranking.do("make_decision_basis", **basis(ranking))
    ranking.go_to(row(ranking, BoardCase)["hand_in_on"] + timedelta(days=1))
    assert refusal(ranking, "submit_for_decision") == "hand_in_passed"


@pytest.fixture
def waiting(at: At) -> Driver:
    """A plan that waits for the board, the day after its meeting."""
    driver = at("awaiting_decision")
    driver.go_to(row(driver, BoardCase)["meeting_on"] + timedelta(days=1))
    return driver


def decide(driver: Driver, decided: str, **change: object) -> Data:
    meeting_on = row(driver, BoardCase)["meeting_on"].isoformat()
    return {**MINUTES, "meeting_on": meeting_on, "outcome": decided, **change}


@pytest.mark.parametrize(("outcome", "place"), [("adopt", "executing"), ("return", "ranking"), ("decline", "stopped")])
def test_the_boards_decision_moves_the_introduction(waiting: Driver, outcome: str, place: str) -> None:
    assert waiting.do("decide", by="reg", **decide(waiting, outcome)).place == place
    assert row(waiting, Decision)["outcome"] == outcome


def test_the_loops_are_counted_from_the_day_the_plan_was_adopted(waiting: Driver) -> None:
    waiting.do("decide", by="reg", **decide(waiting, "adopt", conditions="Med redovisning i juni"))
    assert own(waiting)["anchor_on"] == waiting.today
    assert row(waiting, Decision)["conditions"] == "Med redovisning i juni"


def test_a_returned_plan_needs_a_new_basis(waiting: Driver) -> None:
    waiting.do("decide", by="reg", **decide(waiting, "return"))
    assert row(waiting, BoardCase)["closed"] is True
    assert "decision_basis_missing meeting_missing" in refusal(waiting, "submit_for_decision")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"body": "lg_hs"}, "error.no_mandate"),
        ({"body": "hns"}, "error.unknown_body"),
        ({"meeting_on": "2021-12-24"}, "error.not_in_the_past"),
        ({"outcome": "perhaps"}, "outcome:order.one_of"),
        ({"paragraph_no": ""}, "paragraph_no:order.too_short"),
        ({"register_no": "x" * 41}, "register_no:order.too_long"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(waiting: Driver, change: Data, sentence: str) -> None:
    assert refusal(waiting, "decide", by="reg", **decide(waiting, "adopt", **change)) == sentence


def test_nothing_is_decided_that_was_not_submitted(ranking: Driver) -> None:
    data = {**MINUTES, "meeting_on": ranking.today.isoformat(), "outcome": "adopt"}
    assert refusal(ranking, "decide", by="reg", **data) == "not_possible_here"
