"""A plan that is handed in stands on its meeting's agenda, and leaves it when the submission is undone."""

from datetime import date

import pytest
from sqlalchemy import select, update

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import Refused
from pathways.models.decision import BoardCase
from pathways.models.introduction import Event
from pathways.models.meeting import ItemKind
from pathways.models.organisation import Meeting
from pathways.profiles.vocabulary import Matter
from pathways.services.meeting.withdraw_item import withdraw_item
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.meeting.stage import act, add, items_at, meetings_of, order

_case, _event, _meeting = table_of(BoardCase), table_of(Event), table_of(Meeting)


def submitted(app: App, clock: SetClock) -> tuple[Driver, date]:
    driver = drive_to(app, clock, "kol", "awaiting_decision")
    with app.read() as work:
        day: date = work.value(select(_case.c.meeting_on))
    return driver, day


def undo_submission(app: App, driver: Driver) -> None:
    with app.read() as work:
        numbers = work.values(select(_event.c.seq).where(_event.c.command == "submit_for_decision"))
    driver.do("correct", reason="Underlaget var fel", undo_to=numbers[-1] - 1)


def test_handing_in_puts_the_plan_on_the_agenda_for_decision(app: App, clock: SetClock) -> None:
    _driver, day = submitted(app, clock)
    (row,) = items_at(app, day, "hsn")
    assert (row["kind"], row["matter"], row["position"]) == (ItemKind.DECISION, Matter.PLAN, 1)
    assert row["introduction_id"] is not None


def test_an_item_put_by_hand_is_taken_and_not_doubled(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "ranking")
    day = driver._next_meeting()
    item = order("KOL till nämnden", kind=ItemKind.DECISION, matter=Matter.PLAN, introduction="kol")
    add(app, item, held_on=day, body="hsn")
    drive_to(app, clock, "kol", "awaiting_decision")
    assert [row["title"] for row in items_at(app, day, "hsn")] == ["KOL till nämnden"]


def test_undoing_the_submission_withdraws_the_item(either_app: App, clock: SetClock) -> None:
    app = either_app
    driver, day = submitted(app, clock)
    undo_submission(app, driver)
    assert driver.place() == "ranking"
    assert items_at(app, day, "hsn") == []
    assert len(items_at(app, day, "hsn", withdrawn=True)) == 1


def test_handing_in_again_after_the_undoing_makes_a_new_item(app: App, clock: SetClock) -> None:
    driver, day = submitted(app, clock)
    undo_submission(app, driver)
    driver.do("submit_for_decision")
    assert len(items_at(app, day, "hsn")) == 1


def test_choosing_another_meeting_moves_the_item_there(app: App, clock: SetClock) -> None:
    driver, day = submitted(app, clock)
    other = next(row["held_on"] for row in meetings_of(app, "hsn") if row["held_on"] > day)
    driver.do("make_decision_basis", body="hsn", meeting_on=other.isoformat(), basis="Nytt underlag")
    assert items_at(app, day, "hsn") == []
    assert len(items_at(app, other, "hsn")) == 1
    undo_submission(app, driver)
    assert items_at(app, other, "hsn") == []


def test_a_meeting_that_the_region_has_not_written_is_written_with_the_item(app: App, clock: SetClock) -> None:
    driver, day = submitted(app, clock)
    extra = app.profile.workdays.add(day, 1)
    driver.do("make_decision_basis", body="hsn", meeting_on=extra.isoformat(), basis="Till ett extra möte")
    assert [row["matter"] for row in items_at(app, extra, "hsn")] == [Matter.PLAN]


def test_a_cancelled_meeting_takes_no_plan(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "ranking")
    day = driver._next_meeting()
    with app.write() as work:
        work.connection.execute(update(_meeting).where(_meeting.c.held_on == day).values(cancelled=True))
        work.commit()
    with pytest.raises(Refused, match="meeting_cancelled"):
        driver.submit()


def test_the_item_of_a_plan_on_its_way_is_not_withdrawn_by_hand(app: App, clock: SetClock) -> None:
    _driver, day = submitted(app, clock)
    (row,) = items_at(app, day, "hsn")
    with pytest.raises(Refused, match="item_awaited"):
        act(app, lambda office: withdraw_item(office, "hsn", held_on=day, item_id=row["id"]))
