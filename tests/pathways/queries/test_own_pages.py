"""What a person's own pages read, on both databases: work, one task with its files, and what was sent."""

from datetime import timedelta

import pytest

from notifications.channels.memory import MemoryChannel
from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.errors import Unknown
from pathways.queries.cover import load_cover
from pathways.queries.my_work import (
    LATE_SHOWN,
    Late,
    list_advancing,
    list_asked,
    list_done,
    list_late_of_others,
    list_my_tasks,
)
from pathways.queries.own_messages import list_own_messages
from pathways.queries.task_page import TaskPage, find_file, find_meanwhile, task_page
from pathways.services.absence import NewAbsence, count_open_tasks, end_absence, list_absences, record_absence
from pathways.services.clockwork.delivery import deliver_due
from tests.pathways.drive import Driver, drive_to
from tests.pathways.queries.reading import today
from tests.pathways.services.judge import person_id


@pytest.fixture
def driver(either_app: App, clock: SetClock) -> Driver:
    """KOL in its gap analysis."""
    return drive_to(either_app, clock, "kol", "mapping")


def make(driver: Driver, person: str | None = "m1", due_on: str = "2021-06-18") -> str:
    made = driver.do("create_task", title="Ring Mora", due_on=due_on, person=person).made
    return next(ref for table, ref in made if table == "task")


def page(driver: Driver, ref: str, person: str = "m1") -> TaskPage:
    app = driver.app
    with app.read() as work:
        return task_page(
            work,
            region_id=app.region_id(),
            slug="kol",
            ref=ref,
            person_id=person_id(app, person),
            today=today(app),
        )


def late_of_others(driver: Driver, person: str = "sam") -> Late:
    app = driver.app
    with app.read() as work:
        cover = load_cover(work, region_id=app.region_id(), today=today(app))
        return list_late_of_others(
            work, cover, region_id=app.region_id(), person_id=person_id(app, person), today=today(app)
        )


def test_own_tasks_are_grouped_and_what_was_done_comes_newest_first(driver: Driver) -> None:
    first, second = make(driver), make(driver, due_on="2021-06-10")
    app, me = driver.app, person_id(driver.app, "m1")
    with app.read() as work:
        cover = load_cover(work, region_id=app.region_id(), today=today(app))
        groups = list_my_tasks(work, cover, region_id=app.region_id(), person_id=me, today=today(app))
    assert [[task.ref for task in group] for group in (groups.late, groups.this_week, groups.later)] == [
        [],
        [second],
        [first],
    ]
    driver.do("complete_task", by="m1", task=first, outcome="Ringt")
    driver.clock.set(driver.clock.now() + timedelta(hours=1))
    driver.do("skip_task", by="m1", task=second, reason="Behövs inte")
    with app.read() as work:
        done = list_done(work, region_id=app.region_id(), person_id=me)
    assert [(task.ref, task.state, task.is_there) for task in done] == [
        (second, "not_applicable", True),
        (first, "done", True),
    ]


def test_what_was_done_in_an_introduction_that_has_ended_is_no_longer_there(driver: Driver) -> None:
    driver.do("complete_task", by="m1", task=make(driver), outcome="Ringt")
    driver.do("stop", reason="Tillbakadraget")
    with driver.app.read() as work:
        done = list_done(work, region_id=driver.app.region_id(), person_id=person_id(driver.app, "m1"))
    assert [task.is_there for task in done] == [False]


def test_late_tasks_are_told_by_whom_they_wait_for_the_oldest_first(driver: Driver) -> None:
    make(driver, "m2", "2021-06-11")
    make(driver, "m1", "2021-06-10")
    make(driver, "m1", "2021-06-12")
    make(driver, "sam", "2021-06-09")
    driver.clock.set(driver.clock.now() + timedelta(days=4))
    late = late_of_others(driver)
    assert [(one.person, [str(task.due_on) for task in one.tasks]) for one in late.people] == [
        ("Maja Zetterlund", ["2021-06-10", "2021-06-12"]),
        ("Ali Haddad", ["2021-06-11"]),
    ]
    assert not late.more


def test_more_late_tasks_than_are_shown_is_told(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "mapping")
    for _ in range(LATE_SHOWN + 1):
        make(driver)
    clock.set(clock.now() + timedelta(days=11))
    late = late_of_others(driver)
    assert (sum(len(one.tasks) for one in late.people), late.more) == (LATE_SHOWN, True)


def test_what_is_to_be_decided_comes_with_its_meeting(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "ranking")
    with either_app.read() as work:
        assert [one.is_ranking for one in list_asked(work, region_id=either_app.region_id())] == [True]
    drive_to(either_app, clock, "kol", "awaiting_decision")
    with either_app.read() as work:
        (asked,) = list_asked(work, region_id=either_app.region_id())
    assert (asked.is_ranking, asked.body) == (False, "Hälso- och sjukvårdsnämnden")
    assert asked.meeting_on is not None
    assert asked.meeting_on > today(either_app)


@pytest.mark.parametrize(
    ("place", "command"), [("preparation", None), ("executing", None), ("reviewing", "hold_loop"), ("paused", None)]
)
def test_an_introduction_can_go_on_where_nothing_stands_in_its_way(
    app: App, clock: SetClock, place: str, command: str | None
) -> None:
    drive_to(app, clock, "kol", place)
    with app.read() as work:
        found = list_advancing(work, region_id=app.region_id(), profile=app.profile, today=today(app))
    assert [one.command for one in found] == ([command] if command else [])


def test_a_tasks_page_has_its_comments_files_and_links_in_the_order_they_came(driver: Driver) -> None:
    ref = make(driver)
    for n in range(3):
        driver.do("comment_task", by="m1", task=ref, text=f"Rad {n}")
    file = driver.do("attach_file", by="m1", task=ref, name="a.pdf", content=b"%PDF-1").made[0][1]
    driver.do("attach_link", by="m1", task=ref, link="https://region.example", title="Länk")
    removed = driver.do("attach_file", by="m1", task=ref, name="b.pdf", content=b"%PDF-2").made[0][1]
    driver.do("remove_attachment", by="m1", attachment=removed)
    seen = page(driver, ref)
    assert [one.body for one in seen.comments] == ["Rad 0", "Rad 1", "Rad 2"]
    assert [(one.kind, one.name) for one in seen.attachments] == [("file", "a.pdf"), ("link", "Länk")]
    with driver.app.read() as work:
        region = driver.app.region_id()
        found = find_file(work, region_id=region, slug="kol", ref=ref, attachment=file)
        gone = find_file(work, region_id=region, slug="kol", ref=ref, attachment=removed)
        next_door = find_file(work, region_id=region + 1, slug="kol", ref=ref, attachment=file)
    assert found is not None
    assert (found.name, found.content, gone, next_door) == ("a.pdf", b"%PDF-1", None, None)


def test_only_what_happened_to_the_task_itself_counts_as_a_change_of_it(driver: Driver) -> None:
    ref = make(driver)
    seen = page(driver, ref).seen
    driver.do("report")
    driver.do("comment_task", by="m1", task=ref, text="Hej")
    case = page(driver, ref).introduction_id
    with driver.app.read() as work:
        assert find_meanwhile(work, case, ref, seen=seen) is None
    driver.do("snooze_task", by="ordf", task=ref, due_on="2021-09-01", reason="Sommar")
    with driver.app.read() as work:
        found = find_meanwhile(work, case, ref, seen=seen)
    assert found is not None
    assert (found.command, found.by) == ("snooze_task", "Åsa Öberg")


def test_a_task_that_is_not_there_is_unknown(driver: Driver) -> None:
    with pytest.raises(Unknown):
        page(driver, "99.9")


def test_what_was_sent_is_told_with_the_ways_it_left_by(driver: Driver) -> None:
    make(driver)
    app = driver.app
    deliver_due(app, build_post(app, MemoryChannel(name="address")), now=app.clock.now())
    with app.read() as work:
        newest = list_own_messages(work, person_id=person_id(app, "m1"), region_code="SE-W")[0]
    assert (newest.kind, newest.pathway, newest.why, newest.state) == ("task_handed", "KOL", "why.lag_member", "sent")
    assert newest.channels == ("address", "inbox")
    with app.read() as work:
        assert list_own_messages(work, person_id=person_id(app, "m1"), region_code="SE-X") == ()


def test_a_chain_of_substitutes_ends_with_whoever_is_there(driver: Driver) -> None:
    ref, app = make(driver), driver.app
    days = {"from_on": today(app), "until_on": today(app) + timedelta(days=3)}
    region = app.region_id()
    with app.write() as work:
        for person, substitute in (("m1", "m2"), ("m2", "m3")):
            new = NewAbsence(**days, substitute=substitute)
            record_absence(work, region_id=region, person_id=person_id(app, person), new=new, today=today(app))
        work.commit()
    assert (page(driver, ref, "m3").is_mine, page(driver, ref, "m2").is_mine, page(driver, ref).is_mine) == (
        True,
        False,
        True,
    )
    with app.write() as work:
        me = person_id(app, "m1")
        assert count_open_tasks(work, person_id=me) == 1
        (absence,) = list_absences(work, person_id=me, today=today(app))
        end_absence(work, person_id=me, absence_id=absence.absence_id, today=today(app))
        assert list_absences(work, person_id=me, today=today(app)) == []
        with pytest.raises(Unknown):
            end_absence(work, person_id=me, absence_id=absence.absence_id, today=today(app))
