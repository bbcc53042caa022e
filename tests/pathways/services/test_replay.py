"""Sent twice is done once, an old picture is refused with who changed it, and a busy database is tried again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from pathways.bootstrap import App
from pathways.errors import Busy, IntroductionChanged
from pathways.services.ask import Ask, Receipt
from pathways.storage.unit_of_work import UnitOfWork
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, last_event, own, refusal, spoken, traces

TASK = {"title": "Ring Mora", "due_on": "2022-01-10"}


def send(driver: Driver, command: str, ask: Ask, data: Data | None = None) -> Receipt:
    return driver.app.run(driver.slug, command, data or {}, ask)


@pytest.mark.parametrize(
    ("place", "command", "data"),
    [("mapping", "create_task", TASK), ("mapping", "report", {}), ("finished", "pause", {"until_on": "2030-01-01"})],
)
def test_a_command_sent_twice_is_done_once_and_answered_as_the_first_time(
    at: At, place: str, command: str, data: Data
) -> None:
    driver, ask = at(place), Ask(actor="sam", reason="Därför", command_id="abc")
    first = send(driver, command, ask, data)
    before = traces(driver.app)
    assert send(driver, command, ask, data) == replace(first, repeated=True)
    assert traces(driver.app) == before


def test_a_start_sent_twice_starts_once(app: App, at: At) -> None:
    driver, ask = Driver(app, at("closed").clock, "kol"), Ask(actor="sam", command_id="abc")
    first = send(driver, "start", ask)
    assert send(driver, "start", ask) == replace(first, repeated=True)


def test_a_repeat_is_answered_even_after_others_have_moved_on(at: At) -> None:
    driver, ask = at("mapping"), Ask(actor="sam", command_id="abc", version=own(at("mapping"))["version"])
    first = send(driver, "report", ask)
    driver.do("report")
    assert send(driver, "report", ask).seq == first.seq


def test_an_id_used_for_something_else_is_refused(at: At) -> None:
    driver = at("mapping")
    send(driver, "report", Ask(actor="sam", command_id="abc"))
    with pytest.raises(Exception, match="command_id_used") as refused:
        send(driver, "pause", Ask(actor="sam", reason="Nu", command_id="abc"), {"until_on": "2030-01-01"})
    assert spoken(refused.value) == "error.command_id_used"


def test_a_refused_command_may_be_sent_again_under_its_id(at: At) -> None:
    driver, ask = at("mapping"), Ask(actor="sam", command_id="abc")
    with pytest.raises(Exception, match="reason_missing"):
        send(driver, "stop", ask)
    assert send(driver, "stop", replace(ask, reason="Drogs tillbaka")).place == "stopped"


def test_every_ask_has_an_id_of_its_own() -> None:
    assert Ask().command_id != Ask().command_id


def test_an_old_picture_is_refused_with_who_changed_it_how_and_when(at: At) -> None:
    driver = at("mapping")
    seen = own(driver)["version"]
    driver.clock.set(driver.clock.now() + timedelta(minutes=5))
    driver.do("report", by="ordf")
    with pytest.raises(IntroductionChanged) as refused:
        send(driver, "report", Ask(actor="sam", version=seen))
    assert refused.value.values == {
        "slug": "kol",
        "seen": seen,
        "version": seen + 1,
        "command": "report",
        "by": "Åsa Öberg",
        "at": driver.clock.now().isoformat(),
    }


def test_a_change_by_the_system_has_no_name(at: At) -> None:
    driver = at("mapping")
    seen = own(driver)["version"]
    driver.do("report", by=None)
    with pytest.raises(IntroductionChanged) as refused:
        send(driver, "report", Ask(actor="sam", version=seen))
    assert refused.value.values["by"] == ""


def test_an_old_picture_leaves_nothing_behind(at: At) -> None:
    driver = at("mapping")
    before = traces(driver.app)
    with pytest.raises(IntroductionChanged):
        send(driver, "report", Ask(actor="sam", version=1))
    assert traces(driver.app) == before


def test_the_picture_that_stands_is_accepted(at: At) -> None:
    driver = at("mapping")
    seen = own(driver)["version"]
    assert send(driver, "report", Ask(actor="sam", version=seen)).seq == seen + 1


def test_the_log_says_on_whose_behalf(at: At) -> None:
    driver = at("mapping")
    send(driver, "report", Ask(actor="sam", on_behalf="chef"))
    event = last_event(driver)
    assert event["on_behalf_id"] not in {None, event["actor_id"]}


def test_nobody_acts_on_behalf_of_somebody_unknown(at: At) -> None:
    driver = at("mapping")
    with pytest.raises(Exception, match="unknown_person"):
        send(driver, "report", Ask(actor="sam", on_behalf="ingen"))


def failing(times: int, error: Exception) -> Callable[[UnitOfWork], int]:
    """Gives an act that fails so many times and then succeeds."""
    calls: list[UnitOfWork] = []

    def act(work: UnitOfWork) -> int:
        calls.append(work)
        if len(calls) <= times:
            raise error
        return len(calls)

    return act


COLLISION = IntegrityError("insert", {}, Exception("unique"))


@pytest.mark.parametrize("error", [Busy(), COLLISION], ids=["busy", "collision"])
@pytest.mark.parametrize("times", [0, 1, 3])
def test_a_race_is_tried_again_after_longer_and_longer_pauses(app: App, error: Exception, times: int) -> None:
    pauses: list[float] = []
    app.pause = pauses.append
    assert app.retry(failing(times, error)) == times + 1
    assert pauses == [0.1, 0.2, 0.4][:times]


def test_after_four_tries_the_person_is_told_that_it_is_busy(app: App) -> None:
    app.pause = lambda _: None
    with pytest.raises(Busy):
        app.retry(failing(4, Busy()))


def test_what_is_no_race_is_not_tried_again(app: App) -> None:
    app.pause = lambda _: pytest.fail("it paused")
    with pytest.raises(LookupError):
        app.retry(failing(1, LookupError()))


def test_the_sentence_of_a_refusal_is_the_same_by_any_way_in(at: At) -> None:
    assert refusal(at("mapping"), "stop") == "reason_missing"
