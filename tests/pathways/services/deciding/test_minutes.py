"""Minutes: kept while a draft, approved once with everything frozen, and the notice that follows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from pathways.errors import InvalidOrder, MeetingRefused, NotAllowed, PathwaysError
from pathways.models.meeting import AgendaItem, ItemKind, Minutes
from pathways.models.organisation import Person
from pathways.services.administration.calendar import cancel_meeting, move_meeting
from pathways.services.administration.office import Office
from pathways.services.deciding.conflicts import declare_conflict, withdraw_conflict
from pathways.services.deciding.paragraphs import next_paragraph, paragraph_of
from pathways.services.deciding.take_back_item import take_back_item
from pathways.services.meeting.minutes import MinutesForm, approve_minutes, keep_minutes, put_up_notice
from pathways.services.meeting.record import MeetingRecord, freeze_record, read_record, thaw_record
from pathways.services.meeting.sitting import sitting_of
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.services.conftest import At
from tests.pathways.services.deciding.table import Table, board_day, endorsed, fixing, office, open_table
from tests.pathways.services.judge import traces

WHOLE = MinutesForm(
    chair="lg",
    secretary="reg",
    approvers=("m1",),
    opened_at="9:00",
    closed_at="11.30",
    kept_at="Regionens arkiv, Falun",
)


@pytest.fixture
def board(at: At) -> Table:
    """The board's meeting with the plan decided and one thing to be told, both recorded."""
    driver = at("awaiting_decision")
    endorsed(driver, "ksg", "lg_hs")
    table = open_table(driver, "hsn", board_day(driver))
    table.seat("lg", "m1", absent=("m2",))
    table.decide(table.item(presenter_id=table.id_of("chef"), proposal="Planen antas"))
    return table


def do(table: Table, act: Callable[[Office], object], *, by: str = "reg") -> object:
    """Carries something out as somebody of the cast."""
    return table.app.retry(lambda work: act(office(table.app, work, by)))


def keep(table: Table, form: MinutesForm = WHOLE, *, by: str = "reg") -> None:
    do(table, lambda desk: keep_minutes(desk, table.body, table.held_on, form), by=by)


def approve(table: Table, *, days: int = 0, by: str = "reg") -> object:
    on = table.held_on + timedelta(days=days)
    given = fixing(table.app)
    return do(table, lambda desk: approve_minutes(desk, table.body, table.held_on, approved_on=on, fixing=given), by=by)


def minutes(table: Table) -> Row:
    with table.app.read() as work:
        found = work.find(select(table_of(Minutes)))
    assert found is not None
    return found


def record(table: Table) -> MeetingRecord:
    with table.app.read() as work:
        sitting = sitting_of(office(table.app, work), table.body, table.held_on)
        return read_record(work, sitting, region_id=table.app.region_id())


def refused(table: Table, act: Callable[[], object]) -> set[str]:
    """The sentences of a refusal, which leaves nothing behind."""
    before = traces(table.app)
    with pytest.raises(PathwaysError) as error:
        act()
    assert traces(table.app) == before
    match error.value:
        case MeetingRefused():
            return {one.sentence for one in error.value.reasons}
        case InvalidOrder():
            return {one.sentence for one in error.value.problems}
    return {error.value.sentence}


def test_minutes_are_kept_bit_by_bit(board: Table) -> None:
    keep(board, MinutesForm(chair="lg"))
    keep(board)
    row = minutes(board)
    assert (row["state"], row["opened_at"], row["closed_at"]) == ("draft", "09:00", "11:30")
    assert (row["chair_id"], row["approver_ids"]) == (board.id_of("lg"), [board.id_of("m1")])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"opened_at": "25:00"}, "error.minutes.time"),
        ({"closed_at": "nio"}, "error.minutes.time"),
        ({"opened_at": "12:00", "closed_at": "11:00"}, "error.minutes.closed_before"),
        ({"kept_at": "x" * 201}, "order.too_long"),
        ({"chair": "ingen"}, "error.unknown_person"),
        ({"approvers": ("m1", "ingen")}, "error.unknown_person"),
    ],
)
def test_what_cannot_stand_in_minutes_is_refused(board: Table, change: dict[str, str], sentence: str) -> None:
    form = MinutesForm(**change)  # type: ignore[arg-type]  # each has the type of its field
    assert refused(board, lambda: keep(board, form)) == {sentence}


def test_all_that_is_lacking_is_told_at_once(board: Table) -> None:
    board.item(position=2, title="Mötesdagar")
    assert refused(board, lambda: approve(board, days=-1)) == {
        "error.minutes.undecided",
        "error.minutes.no_chair",
        "error.minutes.no_secretary",
        "error.minutes.no_approver",
        "error.minutes.approved_on",
    }


def test_a_meeting_without_items_has_nothing_to_approve(board: Table) -> None:
    empty = board.at_body("rs")
    keep(empty)
    assert refused(board, lambda: approve(empty)) == {"error.minutes.no_items"}


@pytest.mark.parametrize("twice", ["lg", "reg"])
def test_who_led_or_wrote_does_not_approve(board: Table, twice: str) -> None:
    keep(board, MinutesForm(chair="lg", secretary="reg", approvers=("m1", twice)))
    assert refused(board, lambda: approve(board)) == {"error.minutes.approver_twice"}


def test_a_withdrawn_item_does_not_stand_in_the_way(board: Table) -> None:
    board.item(position=2, withdrawn_on=board.held_on)
    keep(board)
    assert approve(board) == minutes(board)["sha256"]


def test_approval_freezes_what_the_minutes_say(board: Table) -> None:
    keep(board)
    before = record(board)
    approve(board)
    row = minutes(board)
    frozen = thaw_record(row["frozen"])
    assert freeze_record(frozen) == (row["frozen"], row["sha256"])
    assert frozen.approved_on == board.held_on.isoformat()
    assert (frozen.items, frozen.present) == (before.items, before.present)
    with board.app.write() as work:
        work.update(Person, {"id": board.id_of("lg")}, {"name": "Helt annan"})
        work.commit()
    assert record(board) == frozen


def test_after_approval_nothing_of_the_meeting_changes(board: Table) -> None:
    noted = board.item(kind=ItemKind.INFORMATION, matter=None, position=2)
    board.decide(noted, "note", paragraph_no="8")
    keep(board)
    approve(board)
    profile = board.app.profile
    decided = board.row(noted)["id"]
    acts: list[Callable[[], object]] = [
        lambda: keep(board),
        lambda: approve(board),
        lambda: do(board, lambda desk: take_back_item(desk, decided, profile=profile)),
        lambda: do(board, lambda desk: declare_conflict(desk, decided, "m1", profile=profile)),
        lambda: board.driver.do("correct", undo_to=1, reason="Allt var fel"),
    ]
    said = [refused(board, act) for act in acts]
    assert said == [
        {"error.minutes_approved"},
        {"error.minutes_approved"},
        {"error.item.approved"},
        {"error.item.approved"},
        {"error.decision_in_minutes"},
    ]


def test_a_meeting_that_has_decided_is_neither_moved_nor_cancelled(board: Table) -> None:
    day, later, workdays = board.held_on, board.held_on + timedelta(days=7), board.app.profile.workdays
    acts: list[Callable[[], object]] = [
        lambda: do(board, lambda desk: cancel_meeting(desk, "hsn", held_on=day), by="sam"),
        lambda: do(
            board,
            lambda desk: move_meeting(desk, "hsn", was_on=day, held_on=later, hand_in_on=day, workdays=workdays),
            by="sam",
        ),
    ]
    assert [refused(board, act) for act in acts] == [{"error.meeting_has_decisions"}] * 2


def test_an_item_written_past_the_rules_is_not_decided_in_approved_minutes(board: Table) -> None:
    keep(board)
    approve(board)
    late = board.item(position=9, kind=ItemKind.INFORMATION, matter=None)
    assert refused(board, lambda: board.decide(late, "note", paragraph_no="9")) == {"error.item.approved"}


def test_the_notice_stays_up_for_three_weeks(board: Table) -> None:
    assert refused(board, lambda: notice(board, 0)) == {"error.minutes.not_approved"}
    keep(board)
    approve(board)
    notice(board, 1)
    row = minutes(board)
    assert row["notice_up_on"] == board.held_on + timedelta(days=1)
    assert row["notice_down_on"] == board.held_on + timedelta(days=22)


@pytest.mark.parametrize(
    ("up", "down", "said"),
    [
        (-1, None, {"error.minutes.notice_early"}),
        (1, 21, {"error.minutes.notice_short"}),
        (-2, 3, {"error.minutes.notice_early", "error.minutes.notice_short"}),
    ],
)
def test_a_notice_out_of_time_is_refused(board: Table, up: int, down: int | None, said: set[str]) -> None:
    keep(board)
    approve(board)
    assert refused(board, lambda: notice(board, up, down)) == said


def notice(table: Table, up: int, down: int | None = None) -> None:
    up_on = table.held_on + timedelta(days=up)
    down_on = table.held_on + timedelta(days=down) if down is not None else None
    do(table, lambda desk: put_up_notice(desk, table.body, table.held_on, up_on=up_on, down_on=down_on))


@pytest.mark.parametrize("by", ["lg", "ordf", "ana", "frammande"])
def test_minutes_are_kept_by_the_registrar_and_those_who_steer(board: Table, by: str) -> None:
    with pytest.raises(NotAllowed):
        keep(board, by=by)
    keep(board, by="sam")


def test_a_member_declares_a_conflict_of_their_own_and_takes_it_back(board: Table) -> None:
    board.join("m1")
    item, profile = board.item(position=2), board.app.profile
    do(board, lambda desk: declare_conflict(desk, item, "m1", profile=profile), by="m1")
    assert [one.name for one in record(board).items[1].conflicted] == ["Maja Zetterlund"]
    do(board, lambda desk: withdraw_conflict(desk, item, "m1", profile=profile), by="m1")
    assert record(board).items[1].conflicted == ()


@pytest.mark.parametrize(("by", "who"), [("m1", "lg"), ("ordf", "m1")])
def test_nobody_but_the_recorder_declares_it_of_others(board: Table, by: str, who: str) -> None:
    item, profile = board.item(position=2), board.app.profile
    with pytest.raises(NotAllowed):
        do(board, lambda desk: declare_conflict(desk, item, who, profile=profile), by=by)


def test_a_conflict_is_of_somebody_at_the_table_and_before_the_decision(board: Table) -> None:
    item, profile = board.item(position=2), board.app.profile
    strange = refused(board, lambda: do(board, lambda desk: declare_conflict(desk, item, "alv", profile=profile)))
    assert strange == {"error.item.not_concerned"}


def test_a_conflict_comes_too_late_when_the_item_is_decided(board: Table) -> None:
    noted, profile = board.item(kind=ItemKind.INFORMATION, matter=None, position=2), board.app.profile
    board.decide(noted, "note", paragraph_no="8")
    assert refused(board, lambda: do(board, lambda desk: declare_conflict(desk, noted, "lg", profile=profile))) == {
        "error.item.conflict_late"
    }


def test_what_moved_nothing_is_taken_back_at_the_meeting(board: Table) -> None:
    noted, profile = board.item(kind=ItemKind.INFORMATION, matter=None, position=2), board.app.profile

    def take(item: int) -> object:
        return do(board, lambda desk: take_back_item(desk, item, profile=profile))

    assert refused(board, lambda: take(noted)) == {"error.item.not_decided"}
    board.decide(noted, "note", paragraph_no="8")
    take(noted)
    assert board.row(noted)["outcome"] is None
    with board.app.read() as work:
        plan = work.value(select(table_of(AgendaItem).c.id).where(table_of(AgendaItem).c.decision_ref.is_not(None)))
    assert refused(board, lambda: take(plan)) == {"error.item.not_taken_back"}


@pytest.mark.parametrize(
    ("typed", "written"),
    [("7", "§ 7"), ("§7", "§ 7"), (" §  07 ", "§ 7"), ("7 a", "7 a"), ("HSN § 7", "HSN § 7"), ("", "")],
)
def test_a_paragraph_is_written_as_in_minutes(typed: str, written: str) -> None:
    assert paragraph_of(typed) == written


@pytest.mark.parametrize(
    ("taken", "offered"), [((), "§ 1"), (("§ 1", "§ 2"), "§ 3"), (("§ 9", "§ 10"), "§ 11"), (("7 a",), "§ 1")]
)
def test_the_next_free_paragraph_is_offered(taken: tuple[str, ...], offered: str) -> None:
    assert next_paragraph(frozenset(taken)) == offered
