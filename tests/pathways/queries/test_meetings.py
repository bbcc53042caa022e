"""What the pages of meetings read: the next of each body, what items wait for, and nothing of another region."""

from datetime import timedelta

import pytest
from sqlalchemy import make_url

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.meeting import AgendaItem, Outcome
from pathways.planning.instants import local_date
from pathways.queries.meeting_choices import list_meetings_ahead, list_open_introductions
from pathways.queries.meeting_page import MeetingPage, read_meeting
from pathways.queries.meetings import list_bodies, list_coming, read_body
from pathways.services.administration.calendar import cancel_meeting
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.watching import watched
from tests.pathways.services.meeting.stage import BODY, act, add, items_at, meetings_of, order, second_meeting


def meeting(app: App, body: str = BODY) -> MeetingPage:
    with app.read() as work:
        day = second_meeting(app, body)
        found = read_meeting(work, region_id=app.region_id(), profile=app.profile, body=body, held_on=day)
    assert found is not None
    return found


def test_each_body_has_its_next_meeting_and_cancelled_ones_are_passed_over(either_app: App) -> None:
    app = either_app
    today = local_date(app.clock.now(), app.profile.region.zone)
    first = next(row["held_on"] for row in meetings_of(app, BODY) if row["held_on"] >= today)
    act(app, lambda office: cancel_meeting(office, BODY, held_on=first))
    with app.read() as work:
        coming = list_coming(work, region_id=app.region_id(), today=today)
        bodies = list_bodies(work, region_id=app.region_id(), coming=coming)
    assert next(body.next for body in bodies if body.slug == BODY).held_on > first  # type: ignore[union-attr]
    assert [line.held_on for line in coming] == sorted(line.held_on for line in coming)
    assert all(not line.cancelled for line in coming)


def test_an_items_waits_are_told_until_it_is_ready(either_app: App) -> None:
    app = either_app
    day = second_meeting(app)
    add(app, order("Utan något", kind="decision"), held_on=day)
    add(app, order("Klart ärende", presenter="chef", proposal="Vi föreslår"), held_on=day)
    page = meeting(app)
    assert [[one.what for one in item.waits] for item in page.items] == [["proposal", "presenter"], []]


def test_a_submitted_plan_waits_for_the_bodies_before_the_board(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "awaiting_decision")
    day = next(row["held_on"] for row in meetings_of(app, "hsn") if items_at(app, row["held_on"], "hsn"))
    with app.read() as work:
        page = read_meeting(work, region_id=app.region_id(), profile=app.profile, body="hsn", held_on=day)
    assert page is not None
    (item,) = page.items
    assert [(one.what, dict(one.values)) for one in item.waits] == [
        ("chain", {"bodies": "KSG, LG-HS"}),
        ("presenter", {}),
    ]


def test_a_body_shows_the_orders_that_it_takes_part_in(app: App) -> None:
    today = local_date(app.clock.now(), app.profile.region.zone)
    with app.read() as work:
        page = read_body(work, region_id=app.region_id(), profile=app.profile, slug="ksg", today=today)
        none = read_body(work, region_id=app.region_id(), profile=app.profile, slug="finns-inte", today=today)
    assert none is None
    assert page is not None
    assert {str(matter): chain for matter, chain in page.chains.items()} == {
        "plan": ("ksg", "lg_hs", "hsn"),
        "introduction": ("ksg", "lg_hs", "hsn"),
    }


def test_nothing_is_shown_of_another_region(app: App, clock: SetClock) -> None:
    url = str(make_url(app.database.engine.url))
    other = furnished_app(url, clock, code="SE-X", name="Region Exempel")
    add(app, order("Bara vårt"), held_on=second_meeting(app))
    theirs = other.region_id("SE-X")
    today = local_date(clock.now(), app.profile.region.zone)
    with other.read() as work:
        page = read_meeting(work, region_id=theirs, profile=other.profile, body=BODY, held_on=second_meeting(app))
        coming = list_coming(work, region_id=theirs, today=today)
    other.database.dispose()
    assert page is not None
    assert page.items == ()
    assert sum(line.items for line in coming) == 0


@pytest.mark.parametrize("items", [1, 12])
def test_a_meeting_is_read_in_as_many_statements_however_long_its_agenda(app: App, items: int) -> None:
    for number in range(items):
        add(app, order(f"Ärende {number}"), held_on=second_meeting(app))
    with watched(app) as sent:
        meeting(app)
    assert len(sent) <= 14


def test_the_forms_offer_what_is_open_and_ahead(either_app: App, clock: SetClock) -> None:
    app = either_app
    drive_to(app, clock, "kol", "preparation")
    drive_to(app, clock, "sepsis", "stopped")
    today = local_date(clock.now(), app.profile.region.zone)
    with app.read() as work:
        cases = list_open_introductions(work, region_id=app.region_id())
        ahead = list_meetings_ahead(work, region_id=app.region_id(), today=today + timedelta(days=1))
    assert [row["slug"] for row in cases] == ["kol"]
    assert all(row["held_on"] > today for row in ahead)


def test_a_body_shows_what_became_of_the_items_of_its_meetings(either_app: App) -> None:
    app = either_app
    day = second_meeting(app)
    for title, outcome in (("Ett", Outcome.NOTE), ("Två", Outcome.RETURN), ("Tre", Outcome.NOTE), ("Fyra", None)):
        made = add(app, order(title), held_on=day)
        with app.write() as work:
            work.update(AgendaItem, {"id": made}, {"outcome": outcome})
            work.commit()
    with app.read() as work:
        after = day + timedelta(days=1)
        page = read_body(work, region_id=app.region_id(), profile=app.profile, slug=BODY, today=after)
    assert page is not None
    assert page.past[0].outcomes == ((Outcome.RETURN, False, 1), (Outcome.NOTE, False, 2))
