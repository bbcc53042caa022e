"""The jury of årets implementation is asked to choose when the last day to nominate has gone by, each juror once."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.services.clockwork.jury import ask_juries
from pathways.services.clockwork.sweep import sweep
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Told, told
from tests.pathways.services.test_celebrate import WHY, do

JURY = ["lg", "ana", "chef"]


def asked(app: App) -> list[Told]:
    return [one for one in told(app) if one.kind == "jury_asked"]


def swept(driver: Driver, days: int = 0) -> list[str]:
    driver.go_to(driver.today + timedelta(days=days))
    sweep(driver.app, now=driver.app.clock.now())
    return [one.to for one in asked(driver.app)]


def opened(driver: Driver, *, days: int = 7, jurors: list[str] = JURY) -> None:
    until = driver.today + timedelta(days=days)
    assert do(driver, "open_award", "sam", nominate_until=until, jurors=jurors) == ""


@pytest.fixture
def nominated(at: At) -> Driver:
    """A year with a week left to nominate, and one nomination."""
    driver = at("celebrated")
    opened(driver)
    assert do(driver, "nominate", "ordf", introduction="kol", unit=None, motive=WHY) == ""
    return driver


def test_each_juror_is_asked_once_the_day_after_the_last_day_to_nominate(nominated: Driver) -> None:
    year, last = nominated.today.year, nominated.today + timedelta(days=7)
    assert swept(nominated, days=7) == []  # the last day itself is still open
    assert sorted(swept(nominated, days=1)) == sorted(JURY)
    assert sorted(swept(nominated, days=5)) == sorted(JURY)
    assert {(one.urgency, one.why, one.values["count"], one.values["link"]) for one in asked(nominated.app)} == {
        ("at_once", "juror", 1, f"/arets-implementation/{year}")
    }
    assert {one.values["nominate_until"] for one in asked(nominated.app)} == {last.isoformat()}


def test_who_has_voted_is_not_asked_and_who_joins_the_jury_later_is(nominated: Driver) -> None:
    year = nominated.today.year
    assert do(nominated, "vote", "lg", nomination=1, motive=WHY) == ""
    assert sorted(swept(nominated, days=8)) == ["ana", "chef"]
    opened(nominated, days=0, jurors=["lg", "ana", "m1"])
    assert sorted(swept(nominated, days=1)) == ["ana", "ana", "chef", "m1"]  # a new last day: who has not voted, again
    assert nominated.today.year == year


@pytest.mark.parametrize("published", [False, True])
def test_nobody_is_asked_where_nothing_is_left_to_choose(at: At, published: bool) -> None:
    driver = at("celebrated")
    opened(driver)
    if published:
        assert do(driver, "nominate", "ordf", introduction="kol", unit=None, motive=WHY) == ""
        for juror in JURY:
            assert do(driver, "vote", juror, nomination=1, motive=WHY) == ""
        assert do(driver, "publish", "sam", nomination=1, motive=WHY) == ""
    assert swept(driver, days=8) == []


def test_a_second_look_on_the_same_day_tells_nobody(nominated: Driver) -> None:
    nominated.go_to(nominated.today + timedelta(days=8))
    now = nominated.app.clock.now()
    assert ask_juries(nominated.app, now=now) == 3
    assert ask_juries(nominated.app, now=now) == 0
