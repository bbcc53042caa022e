"""Which events tell whom of what, and how urgently; nobody is told what they just did, and nothing is told twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from notifications.tables import outbox_message
from pathways.models.introduction import Timer, TimerState
from pathways.services.clockwork.sweep import sweep
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Told, row, told
from tests.pathways.services.test_task import send_away

TEAM = {"ordf", "res", "m1", "m2", "m3"}
ABOUT_TASKS = {"task_handed", "task_reminder", "escalation"}
OVERSEERS = {"sam", "chef"}
ALL = TEAM | OVERSEERS


def pause(driver: Driver) -> None:
    driver.do("pause", reason="Pandemi", until_on=(driver.today + timedelta(days=30)).isoformat())


def resume(driver: Driver) -> None:
    pause(driver)
    driver.do("resume")


def ring(driver: Driver) -> None:
    driver.clock.set(row(driver, Timer, state=TimerState.LIVE)["due_at"])
    sweep(driver.app, now=driver.clock.now())


def new(driver: Driver, act: Callable[[Driver], object]) -> list[Told]:
    """What is told by an act, but for tasks handed over and reminders of them."""
    seen = len(told(driver.app))
    act(driver)
    return [one for one in told(driver.app)[seen:] if one.kind not in ABOUT_TASKS]


@pytest.mark.parametrize(
    ("place", "act", "expected"),
    [
        ("preparation", Driver.prepare, {"phase_reached": ("digest", ALL - {"sam"})}),
        ("mapping", Driver.analyse, {}),  # within the same phase
        ("communicated", Driver.plan, {"phase_reached": ("digest", ALL - {"sam"})}),
        ("ranking", Driver.submit, {"decision_needed": ("at_once", {"lg", "reg"})}),
        (
            "awaiting_decision",
            Driver.adopt,
            {"decision_taken": ("digest", ALL), "phase_reached": ("digest", ALL)},
        ),
        ("awaiting_decision", ring, {"decision_needed": ("at_once", {"lg", "reg"})}),
        ("executing", Driver.open_due_loop, {"loop_opens": ("at_once", TEAM)}),
        ("reviewing", ring, {"loop_overdue": ("digest", {"ordf", "res", "sam"})}),
        ("reviewing", Driver.hold_loop, {}),  # the pendulum between carrying out and learning
        ("reviewing", lambda driver: driver.hold_loop("finish"), {"phase_reached": ("digest", ALL - {"ordf"})}),
        ("evaluating", Driver.celebrate, {"celebration": ("digest", (ALL | {"vcf", "med", "alv"}) - {"sam"})}),
        ("celebrated", Driver.finish, {"phase_reached": ("digest", ALL - {"sam"})}),
        ("mapping", pause, {"paused": ("digest", ALL - {"sam"})}),
        ("mapping", resume, {"paused": ("digest", ALL - {"sam"}), "resumed": ("digest", ALL - {"sam"})}),
        ("mapping", lambda driver: driver.do("stop", reason="nej"), {"stopped": ("digest", ALL - {"sam"})}),
        ("mapping", lambda driver: driver.do("report"), {}),
    ],
)
def test_an_event_tells_these_people_of_these_things(
    at: At, place: str, act: Callable[[Driver], object], expected: dict[str, tuple[str, set[str]]]
) -> None:
    messages = new(at(place), act)
    found = {kind: {one.to for one in messages if one.kind == kind} for kind in {one.kind for one in messages}}
    urgency = {one.kind: one.urgency for one in messages}
    assert {kind: (urgency[kind], people) for kind, people in found.items()} == expected
    assert len(messages) == sum(len(people) for _, people in expected.values())


def test_a_task_is_told_to_whoever_has_it_even_if_they_made_it(at: At) -> None:
    driver = at("mapping")
    driver.do("create_task", title="Ring Mora", due_on="2021-06-18", person="sam")
    one = told(driver.app)[-1]
    assert (one.kind, one.to, one.urgency, one.values["task"]) == ("task_handed", "sam", "at_once", "Ring Mora")


def test_a_checklist_task_brings_its_help_in_both_languages(at: At) -> None:
    handed = next(one for one in told(at("preparation").app) if one.kind == "task_handed")
    assert set(handed.values["help"]) == set(handed.values["task"]) == {"sv", "en"}  # type: ignore[call-overload]  # JSON


def test_every_message_says_why_and_where(at: At) -> None:
    messages = told(at("closed").app)
    assert len(messages) > 30
    assert [one for one in messages if not one.why or not str(one.values["link"]).startswith("/forlopp/")] == []


@pytest.mark.parametrize(
    ("kind", "person", "why"),
    [
        ("loop_opens", "ordf", "lag_chair"),
        ("loop_opens", "m1", "lag_member"),
        ("decision_needed", "reg", "registrar"),
        ("celebration", "vcf", "unit_representative"),
        ("phase_reached", "chef", "head"),
    ],
)
def test_a_message_names_the_role_it_comes_for(at: At, kind: str, person: str, why: str) -> None:
    assert {one.why for one in told(at("closed").app) if one.kind == kind and one.to == person} == {why}


def test_a_loop_brings_a_suggested_time_on_a_working_day(at: At) -> None:
    opens = next(one for one in told(at("reviewing").app) if one.kind == "loop_opens")
    assert (opens.values["meeting_on"], opens.values["starts_at"], opens.values["hold_by"]) == (
        "2021-12-30",  # five working days from 22 December 2021, over Christmas
        "2021-12-30T12:00:00+00:00",
        "2022-01-10",  # ten, over New Year and Epiphany
    )


def test_no_two_messages_have_the_same_key(at: At) -> None:
    with at("closed").app.read() as work:
        keys = select(func.count(), func.count(func.distinct(outbox_message.c.dedup_key)))
        found = work.connection.execute(keys).one()
    assert found[0] == found[1] > 30


def test_a_key_names_the_introduction_the_event_and_the_person(at: At) -> None:
    with at("reviewing").app.read() as work:
        key: str = work.value(select(outbox_message.c.dedup_key).where(outbox_message.c.kind == "loop_opens").limit(1))
    assert key.split(":")[2] == "loop_opens"
    assert all(part.isdigit() for part in (*key.split(":")[:2], key.rsplit(":", maxsplit=1)[-1]))


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2021-06-09T09:00", "2021-06-09T09:00"),  # eleven in the morning in Falun
        ("2021-06-09T16:30", "2021-06-10T05:00"),  # half past six in the evening: seven next morning
        ("2021-06-11T17:00", "2021-06-14T05:00"),  # Friday evening: Monday
    ],
)
def test_what_is_urgent_keeps_to_the_regions_quiet_hours(at: At, now: str, leaves: str) -> None:
    driver = at("mapping")
    driver.clock.set(datetime.fromisoformat(now).replace(tzinfo=UTC))
    driver.do("create_task", title="Ring Mora", due_on="2021-07-01", person="m1")
    with driver.app.read() as work:
        due_at: datetime = work.value(select(outbox_message.c.due_at).order_by(outbox_message.c.id.desc()).limit(1))
    assert due_at == datetime.fromisoformat(leaves).replace(tzinfo=UTC)


def test_a_substitute_is_told_in_the_place_of_somebody_away(at: At) -> None:
    driver = at("mapping")
    send_away(driver, "chef", "ana")
    people = {one.to for one in new(driver, pause)}
    assert "ana" in people
    assert "chef" not in people


def endorse(driver: Driver, outcome: str = "adopt", body: str = "ksg", by: str = "reg") -> None:
    minutes = {"paragraph_no": "§ 1", "register_no": f"{body} 1", "meeting_on": driver.today.isoformat()}
    driver.do("endorse", by=by, outcome=outcome, body=body, reason="Bra underlag", **minutes)


@pytest.mark.parametrize(
    ("outcome", "people", "next_body"),
    [
        ("adopt", OVERSEERS | {"lg"}, "LG-HS"),
        ("return", OVERSEERS | {"ordf", "res"}, "LG-HS"),
        ("decline", OVERSEERS | {"ordf", "res"}, "LG-HS"),
    ],
)
def test_what_a_body_said_is_told_once_to_those_who_have_the_ball_next(
    at: At, outcome: str, people: set[str], next_body: str
) -> None:
    messages = new(at("awaiting_decision"), lambda driver: endorse(driver, outcome))
    assert {(one.kind, one.urgency) for one in messages} == {("endorsed", "digest")}
    assert sorted(one.to for one in messages) == sorted(people)
    assert {one.values["next_body"] for one in messages} == {next_body}


def test_a_member_of_the_next_body_is_told_why_and_a_registrar_who_did_not_write_it_is_told_too(at: At) -> None:
    messages = new(at("awaiting_decision"), lambda driver: endorse(driver, by="chef"))
    assert {one.to: one.why for one in messages} == {"sam": "coordinator", "reg": "registrar", "lg": "body_member"}
