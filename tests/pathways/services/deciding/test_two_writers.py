"""Two people decide the same item at the same moment, on each kind of database: one decides, the other is told who."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import MeetingRefused, PathwaysError
from pathways.models.decision import Decision
from pathways.models.meeting import ItemKind
from pathways.services.deciding.decide_item import Recorded
from pathways.services.meeting.minutes import MinutesForm, approve_minutes, keep_minutes
from pathways.services.verify import verify
from tests.pathways.drive import drive_to
from tests.pathways.services.deciding.table import Table, board_day, endorsed, fixing, office, open_table
from tests.pathways.services.judge import rows


@pytest.fixture
def table(either_app: App, clock: SetClock) -> Table:
    """The board's meeting on the plan for KOL."""
    driver = drive_to(either_app, clock, "kol", "awaiting_decision")
    endorsed(driver, "ksg", "lg_hs")
    return open_table(driver, "hsn", board_day(driver))


def together(table: Table, *orders: tuple[int, str, str, str]) -> list[Recorded | PathwaysError]:
    """Decides items at the same moment: item, outcome, by whom, paragraph."""

    def decide(order: tuple[int, str, str, str]) -> Recorded | PathwaysError:
        item, outcome, by, number = order
        try:
            return table.decide(item, outcome, by=by, paragraph_no=number)
        except PathwaysError as error:
            return error

    with ThreadPoolExecutor(len(orders)) as pool:
        return list(pool.map(decide, orders))


def test_one_of_two_decides_and_the_other_is_told_who(table: Table) -> None:
    item = table.item()
    answers = together(table, (item, "adopt", "reg", "7"), (item, "decline", "chef", "7"))
    refused = [one for one in answers if isinstance(one, PathwaysError)]
    assert [one.sentence for one in refused] == ["error.item_decided_by"]
    assert len([one for one in rows(table.driver, Decision) if one["kind"] == "plan"]) == 1
    assert verify(table.app) == ()


def test_two_items_never_get_the_same_paragraph(table: Table) -> None:
    told = [
        table.item(kind=ItemKind.INFORMATION, matter=None, introduction_id=None, position=position)
        for position in (1, 2)
    ]
    answers = together(table, (told[0], "note", "reg", "12"), (told[1], "note", "chef", "12"))
    refused = [one for one in answers if isinstance(one, MeetingRefused)]
    assert [[reason.sentence for reason in one.reasons] for one in refused] == [["error.item.paragraph_taken"]]


def test_a_decision_with_conditions_is_corrected_and_taken_anew_before_the_minutes_are_approved(table: Table) -> None:
    item = table.item()
    recorded = table.decide(item, "adopt_with_conditions", conditions=(table.condition(),))
    assert recorded.receipt is not None
    table.driver.do("correct", undo_to=recorded.receipt.seq - 1, reason="Fel utfall")
    table.decide(item)
    form = MinutesForm(chair="lg", secretary="reg", approvers=("m1",), opened_at="09:00")
    day = table.held_on
    table.driver.go_to(day + timedelta(days=5))
    table.app.retry(lambda work: keep_minutes(office(table.app, work), "hsn", day, form))
    given = fixing(table.app)
    digest = table.app.retry(
        lambda work: approve_minutes(office(table.app, work), "hsn", day, approved_on=day, fixing=given)
    )
    assert len(digest) == 64
    assert verify(table.app) == ()
