"""Where a region's introductions wait: what goes on counts, roles and bodies only, and few are listed one by one."""

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.measurement.survival import Span
from pathways.queries.bottlenecks import PHASES, Flow, PhaseTime, WaitTime, flow
from tests.pathways.drive import Driver, drive_to
from tests.pathways.furnished import CAST, furnished_app
from tests.pathways.queries.reading import later, today
from tests.pathways.queries.watching import watched

SLUGS = ("kol", "sepsis", "kritisk-benischemi", "hjartsvikt-nydebuterad", "osteoporos-sekundarprevention")


def read_flow(app: App) -> Flow:
    with app.read() as work:
        return flow(work, region_id=app.region_id(), zone=app.profile.region.zone, today=today(app))


def phase(app: App, name: str) -> PhaseTime:
    return next(one for one in read_flow(app).phases if one.phase == name)


def wait(app: App, phase: str, *, role: str = "", body: str = "") -> WaitTime:
    found = [one for one in read_flow(app).waits if (one.phase, one.role, one.body) == (phase, role, body)]
    assert len(found) == 1
    return found[0]


def five_prepare(app: App, clock: SetClock) -> Driver:
    """Four that prepared for 10 days each, and one that has been at it for 40."""
    slow = drive_to(app, clock, SLUGS[0], "preparation")
    for slug in SLUGS[1:]:
        later(drive_to(app, clock, slug, "preparation"), days=10)
        drive_to(app, clock, slug, "mapping")
    return slow


def test_an_empty_region_has_phases_without_days(either_app: App) -> None:
    found = read_flow(either_app)
    assert [one.phase for one in found.phases] == list(PHASES)
    assert all(one.known.subjects == 0 for one in found.phases)
    assert (found.waits, found.longest, found.warnings, found.introductions) == ((), (), (), 0)


def test_below_five_the_single_values_are_listed_with_what_goes_on(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    later(driver, days=12)
    drive_to(either_app, clock, "kol", "mapping")
    drive_to(either_app, clock, "sepsis", "preparation")
    later(driver, days=7)
    assert phase(either_app, "preparation").known.singles == (Span(7, is_over=False), Span(12, is_over=True))


def test_of_five_the_middle_is_told_and_the_slow_one_counts(either_app: App, clock: SetClock) -> None:
    five_prepare(either_app, clock)
    known = phase(either_app, "preparation").known
    assert (known.subjects, known.singles, known.curve.running) == (5, (), 1)
    assert (known.curve.median, known.curve.middle_half) == (10, (10, 10))


def test_one_that_was_stopped_is_known_not_to_have_gone_through(app: App, clock: SetClock) -> None:
    later(drive_to(app, clock, "kol", "preparation"), days=30)
    later(drive_to(app, clock, "kol", "stopped"), days=30)
    assert phase(app, "preparation").known.singles == (Span(30, is_over=False),)


def test_a_rest_is_no_part_of_a_phase_and_what_rests_waits_for_nobody(app: App, clock: SetClock) -> None:
    later(drive_to(app, clock, "kol", "preparation"), days=5)
    later(drive_to(app, clock, "kol", "paused"), days=50)
    found = read_flow(app)
    assert phase(app, "preparation").known.singles == (Span(5, is_over=False),)
    assert found.longest == ()
    assert {span.days for one in found.waits for span in one.known.singles} == {5}


def test_tasks_wait_for_roles_and_plans_for_bodies(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "executing")
    names = {(one.phase, one.role, one.body) for one in read_flow(either_app).waits}
    assert ("gap_analysis", "unit_representative", "") in names
    assert ("prioritisation", "", "HSN") in names
    assert all(bool(role) != bool(body) for _, role, body in names)


def test_a_plan_waits_from_its_basis_to_the_meeting(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "awaiting_decision")
    since = driver.today
    later(driver, days=4)
    assert wait(either_app, "prioritisation", body="HSN").known.singles == (Span(4, is_over=False),)
    drive_to(either_app, clock, "kol", "executing")
    meeting_on = driver.today
    (span,) = wait(either_app, "prioritisation", body="HSN").known.singles
    assert span == Span((meeting_on - since).days - 1, is_over=True)  # decided the day after the meeting, counted to it


def test_a_basis_that_was_not_handed_in_waits_for_no_body(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "ranking")
    meeting_on = driver._next_meeting().isoformat()
    driver.do("make_decision_basis", body="hsn", meeting_on=meeting_on, basis="Underlag")
    assert [one.body for one in read_flow(app).waits if one.body] == []


def test_the_three_longest_waits_are_told_with_role_and_never_with_a_name(either_app: App, clock: SetClock) -> None:
    slow = five_prepare(either_app, clock)
    longest = read_flow(either_app).longest
    assert [(one.slug, one.days) for one in longest] == [(slow.slug, 40), (slow.slug, 40), (SLUGS[1], 30)]
    assert len({(one.slug, one.role) for one in longest}) == 3
    assert not any(person.name in repr(read_flow(either_app)) for person in CAST)


def test_whoever_is_slower_than_half_is_warned_of_with_what_is_done(either_app: App, clock: SetClock) -> None:
    slow = five_prepare(either_app, clock)
    (warning,) = read_flow(either_app).warnings
    assert (warning.slug, warning.phase, warning.days, warning.median) == (slow.slug, "preparation", 40, 10)
    assert (warning.done.done, warning.done.counted > 0) == (0, True)
    slow.complete_required_tasks()
    (warning,) = read_flow(either_app).warnings
    assert 0 < warning.done.done <= warning.done.counted


def test_a_task_that_need_not_be_done_is_not_counted(app: App, clock: SetClock) -> None:
    slow = five_prepare(app, clock)
    before = read_flow(app).warnings[0].done
    task = read_flow(app).longest[0].ref
    slow.do("skip_task", task=task, reason="Behövs inte här")
    after = read_flow(app).warnings[0].done
    assert (after.planned, after.counted) == (before.planned, before.counted - 1)


def test_of_four_nobody_is_warned_of(app: App, clock: SetClock) -> None:
    for slug in SLUGS[1:4]:
        later(drive_to(app, clock, slug, "preparation"), days=10)
        drive_to(app, clock, slug, "mapping")
    later(drive_to(app, clock, SLUGS[0], "preparation"), days=400)
    assert [one.phase for one in read_flow(app).warnings if one.phase == "preparation"] == []


def test_another_regions_introductions_are_not_told_of(app: App, clock: SetClock) -> None:
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    try:
        later(drive_to(neighbour, clock, "kol", "awaiting_decision"), days=3)
        assert read_flow(app).introductions == 0
        assert (read_flow(app).waits, read_flow(app).longest) == ((), ())
    finally:
        neighbour.database.dispose()


def test_many_introductions_take_as_many_statements_as_one(either_app: App, clock: SetClock) -> None:
    either_app.region_id()
    drive_to(either_app, clock, SLUGS[0], "mapping")
    with watched(either_app) as few:
        read_flow(either_app)
    for slug, place in zip(SLUGS[1:], ("preparation", "awaiting_decision", "adjusting", "closed"), strict=True):
        drive_to(either_app, clock, slug, place)
    with watched(either_app) as many:
        read_flow(either_app)
    assert len(few) == len(many) == 7
    assert [statement for statement in many if "region_id = " not in statement] == []


@pytest.mark.parametrize("place", ["reviewing", "celebrated", "closed"])
def test_a_way_to_its_end_can_be_told(app: App, clock: SetClock, place: str) -> None:
    later(drive_to(app, clock, "kol", place), days=3)
    found = read_flow(app)
    assert [one.known.subjects for one in found.phases][:3] == [1, 1, 1]
    assert all(one.known.curve.running == 0 for one in found.phases[:3])
