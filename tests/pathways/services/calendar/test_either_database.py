"""The same dates on SQLite and on PostgreSQL: refreshed, changed, and read by both kinds of feed."""

from datetime import timedelta

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.calendar import FeedScope
from pathways.models.organisation import Person
from pathways.queries.calendar_feed import Dated, feed_entries
from pathways.services.access.calendar_feed import find_feed, list_feeds, make_feed, revoke_feed
from pathways.services.calendar.refresh import Refreshed
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.services.calendar.conftest import Entries

_person = table_of(Person)


def read_feed(app: App, secret: str) -> list[Dated]:
    with app.read() as work:
        feed = find_feed(work, secret)
        assert feed is not None
        return list(feed_entries(work, feed, app.profile))


def make(app: App, slug: str, scope: FeedScope) -> str:
    with app.write() as work:
        person_id = work.value(_person.select().with_only_columns(_person.c.id).where(_person.c.slug == slug))
        secret = make_feed(work, region_id=app.region_id(), person_id=person_id, scope=scope)
        work.commit()
    return secret


def test_dates_follow_an_introduction_on_both_databases(either_app: App, clock: SetClock) -> None:
    entries = Entries(either_app)
    driver = drive_to(either_app, clock, "kol", "executing")
    assert entries.refresh().added > 100
    assert entries.refresh(whole=True) == Refreshed()
    own, region = make(either_app, "res", FeedScope.PERSONAL), make(either_app, "lg", FeedScope.REGION)
    titles = [one.title_in("sv") for one in read_feed(either_app, own) if one.kind == "task"]
    assert "Bestäm tid för lärandeloopen" in titles
    assert {one.kind for one in read_feed(either_app, region)} >= {"meeting", "hand_in", "loop_planned"}
    driver.go_to(driver.today + timedelta(days=1))
    driver.do("pause", reason="Pandemi", until_on=(driver.today + timedelta(days=30)).isoformat())
    assert entries.refresh().cancelled > 1
    assert {one.row["cancelled"] for one in read_feed(either_app, own) if one.kind == "task"} == {True}


def test_an_address_lives_until_it_is_revoked_on_both_databases(either_app: App) -> None:
    secret = make(either_app, "sam", FeedScope.REGION)
    with either_app.write() as work:
        feed = find_feed(work, secret)
        assert feed is not None
        mine = {"region_id": feed.region_id, "person_id": feed.person_id}
        assert set(list_feeds(work, **mine)) == {FeedScope.REGION}
        assert revoke_feed(work, **mine, scope=FeedScope.REGION)
        assert not revoke_feed(work, **mine, scope=FeedScope.REGION)
        assert find_feed(work, secret) is None
