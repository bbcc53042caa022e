"""Deciding at a meeting: one transaction with the introduction, every rule at once, and mended where it was wrong."""

from datetime import date, timedelta
from typing import Any

import pytest

from pathways.errors import IntroductionChanged, MeetingRefused, NotAllowed, Refused
from pathways.models.decision import Decision
from pathways.models.meeting import ItemKind
from pathways.models.organisation import Meeting
from pathways.models.task import Task
from pathways.profiles.vocabulary import Matter, Role
from pathways.services.ask import Ask
from pathways.services.verify import verify
from tests.pathways.services.conftest import At
from tests.pathways.services.deciding.table import CHAIN, Table, board_day, endorsed, open_table, with_profile
from tests.pathways.services.judge import CONSULTED, Data, refusal, rows, traces


@pytest.fixture
def board(at: At) -> Table:
    """The board's meeting on the plan, which KSG and LG-HS have endorsed."""
    driver = at("awaiting_decision")
    endorsed(driver, "ksg", "lg_hs")
    return open_table(driver, "hsn", board_day(driver))


def refused(table: Table, item: int, outcome: str = "adopt", **change: Any) -> set[str]:  # Any: fields of many types
    """The sentences of a refusal, which leaves nothing behind."""
    before = traces(table.app)
    with pytest.raises(MeetingRefused) as error:
        table.decide(item, outcome, **change)
    assert traces(table.app) == before
    return {one.sentence for one in error.value.reasons}


@pytest.mark.parametrize(("outcome", "place"), [("adopt", "executing"), ("return", "ranking"), ("decline", "stopped")])
def test_the_decision_moves_the_introduction_and_the_item_leads_to_it(board: Table, outcome: str, place: str) -> None:
    item = board.item()
    recorded = board.decide(item, outcome)
    assert recorded.receipt is not None
    assert recorded.receipt.place == place
    row = board.row(item)
    decision = next(one for one in rows(board.driver, Decision) if one["ref"] == row["decision_ref"])
    assert (row["outcome"], row["paragraph_no"], decision["outcome"]) == (outcome, "§ 7", outcome)
    assert (decision["meeting_on"], decision["paragraph_no"]) == (board.held_on, "§ 7")
    assert board.records()[-1] == "decide_item"


def test_each_condition_becomes_a_task_in_the_same_event(board: Table) -> None:
    conditions = (board.condition(), board.condition("Räkna om kostnaden", days=20, role=Role.HEAD))
    recorded = board.decide(board.item(), "adopt_with_conditions", conditions=conditions)
    assert recorded.receipt is not None
    asked = [one for one in rows(board.driver, Task) if one["own_title"] in {"Redovisa i juni", "Räkna om kostnaden"}]
    assert {(one["role"], one["made_in"]) for one in asked} == {
        ("coordinator", recorded.receipt.seq),
        ("head", recorded.receipt.seq),
    }
    assert all(one["assignee_id"] is not None for one in asked)
    assert rows(board.driver, Decision)[-1]["conditions"] == "Redovisa i juni\nRäkna om kostnaden"


def test_what_the_engine_refuses_leaves_the_item_open(board: Table) -> None:
    item = board.item()
    board.driver.do("pause", reason="Semester", until_on=(board.held_on + timedelta(days=60)).isoformat())
    assert refused(board, item) == {"error.item.not_awaiting"}
    assert board.row(item)["outcome"] is None


@pytest.mark.parametrize("missing", [(), ("ksg",)])
def test_deciding_before_the_bodies_that_come_first_is_refused_by_name(at: At, missing: tuple[str, ...]) -> None:
    driver = at("awaiting_decision")
    endorsed(driver, *missing)
    table = open_table(driver, "hsn", board_day(driver))
    with pytest.raises(MeetingRefused) as error:
        table.decide(table.item())
    told = error.value.reasons[0]
    assert (told.sentence, told.values["bodies"]) == (
        "error.item.out_of_order",
        "LG-HS" if missing else "KSG, LG-HS",
    )


def test_bodies_before_the_deciding_one_have_their_say_at_their_own_meetings(at: At) -> None:
    driver = at("ranking")
    with_profile(driver.app)
    ksg = open_table(driver, "ksg", driver.today)
    first = ksg.item()
    recorded = ksg.decide(first)
    assert recorded.receipt is not None
    assert recorded.receipt.place == "ranking"
    said = rows(driver, Decision)[-1]
    assert (said["kind"], said["about"], said["outcome"]) == ("endorsement", "plan", "adopt")
    lg = ksg.at_body("lg_hs", days=1)
    lg.decide(lg.item())
    assert [one["kind"] for one in rows(driver, Decision)] == ["endorsement", "endorsement"]
    assert verify(driver.app) == ()


def test_lg_hs_does_not_come_before_ksg(at: At) -> None:
    driver = at("ranking")
    with_profile(driver.app)
    table = open_table(driver, "lg_hs", driver.today)
    assert refused(table, table.item()) == {"error.item.out_of_order"}


def test_one_who_wants_it_back_has_not_had_its_say(at: At) -> None:
    driver = at("ranking")
    with_profile(driver.app)
    ksg = open_table(driver, "ksg", driver.today)
    ksg.decide(ksg.item(), "return")
    lg = ksg.at_body("lg_hs", days=1)
    assert refused(lg, lg.item()) == {"error.item.out_of_order"}


def test_after_a_return_everybody_has_their_say_anew(board: Table) -> None:
    board.decide(board.item(), "return")
    lg = board.at_body("lg_hs", days=1)
    assert "error.item.out_of_order" in refused(lg, lg.item(), paragraph_no="8")


@pytest.mark.parametrize(
    ("body", "matter", "sentence"),
    [
        ("rs", Matter.PLAN, "error.item.no_mandate"),
        ("forskningsberedningen", Matter.PLAN, "error.item.no_mandate"),
        ("ksg", Matter.RANKING, "error.item.no_mandate"),
        ("hsn", Matter.RESPONSE, "error.item.no_mandate"),
    ],
)
def test_a_body_decides_nothing_outside_its_mandate(board: Table, body: str, matter: Matter, sentence: str) -> None:
    table = board.at_body(body)
    assert sentence in refused(table, table.item(matter=matter))


@pytest.mark.parametrize(
    ("needed", "here", "away", "refusal_of"),
    [
        (2, ("lg", "m1"), (), set()),
        (2, ("lg",), (), {"error.item.no_quorum"}),
        (2, (), (), {"error.item.no_attendance"}),
        (2, ("lg", "m1"), ("m1",), {"error.item.no_quorum", "error.item.conflict_not_counted"}),
        (1, ("lg", "m1"), ("m1",), set()),
        (1, ("frammande",), (), {"error.item.no_quorum"}),
    ],
)
def test_a_quorum_is_counted_by_role_without_those_in_conflict(
    board: Table, needed: int, here: tuple[str, ...], away: tuple[str, ...], refusal_of: set[str]
) -> None:
    with_profile(board.app, quorum={"hsn": {Role.MANAGEMENT_GROUP_MEMBER: needed}})
    board.join("lg", "m1")
    board.seat(*here)
    item = board.item()
    for slug in away:
        board.conflict(item, slug)
    if refusal_of:
        assert refused(board, item) == refusal_of
    else:
        assert board.decide(item).receipt is not None


@pytest.mark.parametrize(
    ("who", "sentence"), [("m1", "error.item.presenter_conflicted"), ("reg", "error.item.recorder_conflicted")]
)
def test_who_has_a_conflict_neither_presents_nor_records(board: Table, who: str, sentence: str) -> None:
    item = board.item(presenter_id=board.id_of("m1"))
    board.conflict(item, who)
    assert refused(board, item) == {sentence}
    if who == "reg":
        assert board.decide(item, by="chef").receipt is not None


def test_every_rule_is_told_at_once(at: At) -> None:
    driver = at("ranking")
    with_profile(driver.app, quorum={"hsn": {Role.MANAGEMENT_GROUP_MEMBER: 1}})
    table = open_table(driver, "hsn", driver.today)
    item = table.item(presenter_id=table.id_of("m1"))
    table.conflict(item, "m1")
    assert refused(table, item, "adopt_with_conditions", paragraph_no="", register_no="") == {
        "error.item.out_of_order",
        "error.item.not_awaiting",
        "error.item.no_attendance",
        "error.item.presenter_conflicted",
        "error.item.paragraph",
        "error.item.register",
        "error.item.no_condition",
    }


@pytest.mark.parametrize(
    ("outcome", "change", "sentence"),
    [
        ("note", {}, "error.item.outcome"),
        ("adopt", {"paragraph_no": "§ 123456789 012345678"}, "error.item.paragraph"),
        ("adopt", {"paragraph_no": "§ 1"}, ""),
        ("return", {"conditions": "one"}, "error.item.conditions_unwanted"),
        ("adopt_with_conditions", {"conditions": "past"}, "error.item.condition_day"),
        ("adopt_with_conditions", {"conditions": "long"}, "error.item.condition_long"),
        ("adopt", {"motive": "x" * 8001}, "order.too_long"),
    ],
)
def test_what_was_filled_in_is_judged(board: Table, outcome: str, change: Data, sentence: str) -> None:
    known = {
        "one": (board.condition(),),
        "past": (board.condition(days=-1),),
        "long": (board.condition("x" * 301),),
    }
    if "conditions" in change:
        change = {**change, "conditions": known[str(change["conditions"])]}
    if sentence:
        assert refused(board, board.item(), outcome, **change) == {sentence}
    else:
        assert board.decide(board.item(), outcome, **change).receipt is not None


def test_a_paragraph_is_used_once_a_year_by_each_body(board: Table) -> None:
    board.decide(board.item(kind=ItemKind.INFORMATION, matter=None), "note", paragraph_no="12")
    assert refused(board, board.item(position=2), paragraph_no="§12") == {"error.item.paragraph_taken"}
    other = board.at_body("rs")
    other.decide(other.item(kind=ItemKind.INFORMATION, matter=None), "note", paragraph_no="12")


def test_an_item_to_be_noted_moves_nothing(board: Table) -> None:
    item = board.item(kind=ItemKind.INFORMATION, matter=Matter.PROGRESS)
    version = board.driver.row()
    assert board.decide(item, "note", register_no="").receipt is None
    assert board.driver.row() == version
    assert board.row(item)["outcome"] == "note"


def test_a_decision_without_an_introduction_stands_on_the_item_alone(board: Table) -> None:
    item = board.item(introduction_id=None, matter=None, title="Mötesdagar 2022")
    recorded = board.decide(item, "adopt_with_conditions", register_no="", conditions=(board.condition(),))
    assert recorded.receipt is None
    assert board.row(item)["conditions"] == ["Redovisa i juni"]
    assert board.row(item)["decision_ref"] is None


def test_the_board_decides_on_the_response_in_the_same_way(at: At) -> None:
    driver = at("consulted")
    table = open_table(driver, "rs", driver.today)
    item = table.item(matter=Matter.RESPONSE, title=f"Remissvar {CONSULTED}")
    table.decide(item)
    decided = rows(driver, Decision)[-1]
    assert (decided["kind"], decided["outcome"]) == ("response", "adopt")
    assert table.row(item)["decision_ref"] == decided["ref"]


def test_a_response_that_is_sent_back_is_recorded_on_the_item(at: At) -> None:
    driver = at("consulted")
    table = open_table(driver, "rs", driver.today)
    item = table.item(matter=Matter.RESPONSE)
    assert table.decide(item, "return").receipt is None
    assert rows(driver, Decision) == []


def test_a_withdrawn_item_is_not_decided(board: Table) -> None:
    assert refused(board, board.item(withdrawn_on=board.held_on)) == {"error.item.withdrawn"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"held_on": date(2090, 1, 10)}, "error.item.ahead"), ({"cancelled": True}, "error.item.cancelled")],
)
def test_a_meeting_that_is_not_held_decides_nothing(board: Table, change: dict[str, object], sentence: str) -> None:
    item = board.item()
    with board.app.write() as work:
        work.update(Meeting, {"id": board.meeting_id(work)}, change)
        work.commit()
    assert refused(board, item) == {sentence}


def test_the_second_of_two_browsers_is_told_who_decided(board: Table) -> None:
    item = board.item()
    board.decide(item)
    with pytest.raises(Refused) as error:
        board.decide(item, "decline", by="chef")
    assert error.value.sentence == "error.item_decided_by"
    assert error.value.values["by"] == "Regina Strand"
    assert error.value.values["decided"] == "adopt"


def test_the_same_button_pressed_twice_decides_once(board: Table) -> None:
    item, ask = board.item(), Ask(actor="reg")
    board.decide(item, ask=ask)
    before = traces(board.app)
    assert board.decide(item, ask=ask).repeated
    assert traces(board.app) == before


def test_a_page_that_was_opened_before_something_changed_decides_nothing(board: Table) -> None:
    item, row = board.item(), board.driver.row()
    assert row is not None
    board.driver.do("create_task", title="Något annat", due_on=(board.held_on + timedelta(days=9)).isoformat())
    before = traces(board.app)
    with pytest.raises(IntroductionChanged):
        board.decide(item, ask=Ask(actor="reg", version=row["version"]))
    assert traces(board.app) == before


@pytest.mark.parametrize("by", ["lg", "ordf", "ana", "frammande"])
def test_members_read_and_do_not_record(board: Table, by: str) -> None:
    with pytest.raises(NotAllowed):
        board.decide(board.item(), by=by)


def test_a_corrected_decision_reopens_its_item_and_takes_its_conditions_along(board: Table) -> None:
    item = board.item()
    recorded = board.decide(item, "adopt_with_conditions", conditions=(board.condition(),))
    assert recorded.receipt is not None
    board.driver.do("correct", undo_to=recorded.receipt.seq - 1, reason="Fel utfall antecknades")
    row = board.row(item)
    assert (row["outcome"], row["decision_ref"], row["conditions"], row["paragraph_no"]) == (None, None, [], "§ 7")
    assert board.driver.place() == "awaiting_decision"
    assert [one["state"] for one in rows(board.driver, Task) if one["own_title"]] == ["cancelled"]
    assert "reopen_item" in board.records()
    assert verify(board.app) == ()
    again = board.decide(item, "return")
    assert again.receipt is not None
    assert again.receipt.place == "ranking"


def test_what_a_body_said_is_taken_back_and_said_anew(at: At) -> None:
    driver = at("ranking")
    with_profile(driver.app)
    ksg = open_table(driver, "ksg", driver.today)
    item = ksg.item()
    ksg.decide(item, "adopt_with_conditions", conditions=(ksg.condition(),))
    ref = ksg.row(item)["decision_ref"]
    driver.do("take_back_decision", by="reg", decision=ref, reason="Fel mening")
    assert ksg.row(item)["outcome"] is None
    assert [one["state"] for one in rows(driver, Task) if one["own_title"]] == ["cancelled"]
    ksg.decide(item, "decline")
    assert verify(driver.app) == ()


def test_taking_back_asks_for_a_reason_and_for_something_that_did_not_move(board: Table) -> None:
    board.decide(board.item())
    decision = rows(board.driver, Decision)[-1]["ref"]
    assert refusal(board.driver, "take_back_decision", decision=decision) == "reason_missing"
    assert refusal(board.driver, "take_back_decision", decision=decision, reason="Fel") == "error.decision_moved"


@pytest.mark.parametrize(
    ("place", "change", "sentence"),
    [
        ("mapping", {}, "error.nothing_to_endorse"),
        ("ranking", {"body": "hsn"}, "error.not_before_decision"),
        ("ranking", {"body": "lg_hs"}, "error.out_of_order"),
        ("ranking", {"body": "ingen"}, "error.unknown_body"),
        ("ranking", {"meeting_on": "2090-01-01"}, "error.not_in_the_past"),
        ("ranking", {"matter": "response"}, "error.nothing_to_endorse"),
    ],
)
def test_a_statement_out_of_place_is_refused(at: At, place: str, change: dict[str, str], sentence: str) -> None:
    driver = at(place)
    data = {"body": "ksg", "meeting_on": driver.today.isoformat(), "paragraph_no": "§ 1", "register_no": "1"}
    assert refusal(driver, "endorse", outcome="adopt", **{**data, **change}) == sentence


def test_a_decision_recorded_at_the_introduction_settles_the_item_of_its_meeting(board: Table) -> None:
    item = board.item()
    minutes = {"meeting_on": board.held_on.isoformat(), "paragraph_no": "§ 7", "register_no": "HSN 2021/7"}
    asked = "Redovisa i juni\nRäkna om"
    board.driver.do("decide", by="reg", outcome="adopt", body="hsn", conditions=asked, reason="Störst gap", **minutes)
    row = board.row(item)
    assert (row["outcome"], row["conditions"]) == ("adopt_with_conditions", asked.splitlines())
    assert (row["motive"], row["decision_ref"]) == ("Störst gap", rows(board.driver, Decision)[-1]["ref"])


def test_of_two_items_about_the_same_matter_none_is_settled_by_itself(board: Table) -> None:
    first, second = board.item(), board.item(position=2)
    minutes = {"meeting_on": board.held_on.isoformat(), "paragraph_no": "§ 7", "register_no": "HSN 2021/7"}
    board.driver.do("decide", by="reg", outcome="adopt", body="hsn", **minutes)
    assert (board.row(first)["outcome"], board.row(second)["outcome"]) == (None, None)


def test_the_chain_of_the_profile_is_the_one_these_tests_speak_of(at: At) -> None:
    assert at("preparation").app.profile.chain_of(Matter.PLAN) == CHAIN
