"""A plan that waits for a decision and stands on no agenda, as before there were any, is put on one by the sweep."""

from datetime import date, timedelta

from sqlalchemy import delete, select, update

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.decision import BoardCase
from pathways.models.introduction import Event
from pathways.models.meeting import AgendaItem, ItemKind
from pathways.models.organisation import Meeting
from pathways.profiles.vocabulary import Matter
from pathways.services.clockwork.agendas import put_waiting_plans
from pathways.services.clockwork.sweep import sweep
from pathways.services.verify.run import verify
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.meeting.stage import items_at, meetings_of

_case, _event, _meeting, _item = (table_of(row) for row in (BoardCase, Event, Meeting, AgendaItem))


def waiting_without_item(app: App, clock: SetClock) -> tuple[Driver, date]:
    """A plan that was handed in when there were no agendas."""
    driver = drive_to(app, clock, "kol", "awaiting_decision")
    with app.write() as work:
        work.connection.execute(delete(_item))
        work.commit()
    return driver, case_day(app)


def case_day(app: App) -> date:
    with app.read() as work:
        day: date = work.value(select(_case.c.meeting_on).where(_case.c.closed.is_(False)))
    return day


def commands(app: App) -> list[str]:
    with app.read() as work:
        return [
            str(one) for one in work.values(select(_event.c.command).order_by(_event.c.introduction_id, _event.c.seq))
        ]


def test_the_meeting_it_waits_for_gets_it_once_and_the_history_tells(either_app: App, clock: SetClock) -> None:
    app = either_app
    driver, day = waiting_without_item(app, clock)
    before = driver.row()
    sweep(app, now=clock.now())
    sweep(app, now=clock.now())
    (item,) = items_at(app, day, "hsn")
    assert (item["kind"], item["matter"]) == (ItemKind.DECISION, Matter.PLAN)
    assert commands(app).count("put_on_agenda") == 1
    after = driver.row()
    assert before is not None
    assert after is not None
    assert after["version"] == before["version"] + 1
    assert verify(app) == ()


def test_a_meeting_that_has_been_gives_way_to_the_next_one_that_can_take_papers(app: App, clock: SetClock) -> None:
    _driver, day = waiting_without_item(app, clock)
    clock.set(clock.now() + (day - clock.now().date()) + timedelta(days=1))
    today = day + timedelta(days=1)
    ahead = [row["held_on"] for row in meetings_of(app, "hsn") if row["hand_in_on"] >= today]
    assert put_waiting_plans(app, now=clock.now()) == 1
    assert case_day(app) == ahead[0]
    assert len(items_at(app, ahead[0], "hsn")) == 1
    assert items_at(app, day, "hsn") == []
    assert verify(app) == ()


def test_a_cancelled_meeting_gives_way_too(app: App, clock: SetClock) -> None:
    _driver, day = waiting_without_item(app, clock)
    with app.write() as work:
        work.connection.execute(update(_meeting).where(_meeting.c.held_on == day).values(cancelled=True))
        work.commit()
    assert put_waiting_plans(app, now=clock.now()) == 1
    assert case_day(app) > day


def test_what_stands_on_an_agenda_is_left_there_also_after_the_meeting(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "awaiting_decision")
    assert put_waiting_plans(app, now=clock.now()) == 0
    clock.set(clock.now() + (case_day(app) - clock.now().date()) + timedelta(days=3))
    assert put_waiting_plans(app, now=clock.now()) == 0


def test_undoing_the_submission_takes_the_item_away_again(app: App, clock: SetClock) -> None:
    driver, day = waiting_without_item(app, clock)
    put_waiting_plans(app, now=clock.now())
    with app.read() as work:
        submitted = work.value(select(_event.c.seq).where(_event.c.command == "submit_for_decision"))
    driver.do("correct", reason="Underlaget var fel", undo_to=submitted - 1)
    assert items_at(app, day, "hsn") == []
    assert put_waiting_plans(app, now=clock.now()) == 0


def test_a_decision_taken_at_another_meeting_leaves_no_open_item_behind(app: App, clock: SetClock) -> None:
    driver, day = waiting_without_item(app, clock)
    clock.set(clock.now() + (day - clock.now().date()) + timedelta(days=1))
    put_waiting_plans(app, now=clock.now())
    later = case_day(app)
    minutes = {"paragraph_no": "§ 7", "register_no": "HSN 2021/7"}
    driver.do("decide", by="reg", outcome="adopt", body="hsn", meeting_on=day.isoformat(), **minutes)
    assert items_at(app, later, "hsn") == []
    assert len(items_at(app, later, "hsn", withdrawn=True)) == 1
