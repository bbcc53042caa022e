"""A new national version on its way through the region: what is foretold comes, and all of it can be taken back."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import NotAllowed, Refused
from pathways.models.case_rows import CASE_TABLES
from pathways.models.introduction import Event, Introduction
from pathways.models.national import Rollout, RolloutChoice, RolloutLine, RolloutOutcome, Verdict
from pathways.models.organisation import Person
from pathways.planning.instants import local_date
from pathways.profiles.vocabulary import Role
from pathways.services.administration.office import Office
from pathways.services.national import carry_out_rollout
from pathways.services.national.carry_out_rollout import Chosen, Tally, carry_out_rollouts, write_rollouts
from pathways.services.national.plan_rollout import Line, Within, plan_rollout
from pathways.services.national.undo_rollout import undo_rollout
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from tests.invariants import assert_promise_kept
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import publish
from tests.pathways.services.orders import add_version

MOVING = "Inget var analyserat"
NO_EFFECT = Chosen(RolloutChoice.NO_LOCAL_EFFECT, "Bara språkliga ändringar")
REVISE = Chosen(RolloutChoice.REVISE)
STEERS = frozenset({Role.COORDINATOR})
_introduction, _person, _event = table_of(Introduction), table_of(Person), table_of(Event)
_line, _rollout = table_of(RolloutLine), table_of(Rollout)
LOGGED = frozenset({"version", "head_hash", "last_event_at", "phase_since_at", "changed_in", "made_in"})


def within(app: App, actor: str | None = "sam") -> Within:
    return Within(region_id=app.region_id(), profile=app.profile, actor=actor)


def office(app: App, work: UnitOfWork, roles: frozenset[Role] = STEERS) -> Office:
    actor = int(work.value(select(_person.c.id).where(_person.c.slug == "sam")))
    today = local_date(app.clock.now(), app.profile.region.zone)
    return Office(work=work, region_id=app.region_id(), actor_id=actor, roles=roles, today=today)


def plan(app: App, *pathways: str) -> tuple[Line, ...]:
    return plan_rollout(app, within(app), pathways=pathways)


def write(app: App, lines: tuple[Line, ...], choices: Mapping[str, Chosen], key: str = "a") -> tuple[int, ...]:
    return app.retry(lambda work: write_rollouts(office(app, work), lines, choices, press=key, moving_reason=MOVING))


def roll_out(app: App, lines: tuple[Line, ...], key: str = "a", **choices: Chosen) -> Tally:
    return carry_out_rollouts(app, within(app), write(app, lines, choices, key))


def undo(app: App, rollout_id: int, reason: str = "Fel version") -> int:
    return app.retry(
        lambda work: undo_rollout(app, office(app, work), within(app), rollout_id=rollout_id, reason=reason)
    )


def state_of(app: App, slug: str) -> dict[str, Any]:
    """All that stands of an introduction, but for what only the log and its numbers say."""
    with app.read() as work:
        own = work.find(select(_introduction).where(_introduction.c.slug == slug))
        assert own is not None
        tables = {
            name: [
                plain(row)
                for row in work.rows(
                    select(table_of(kind)).where(
                        table_of(kind).c.introduction_id == own["id"], table_of(kind).c.voided_by.is_(None)
                    )
                )
                if name not in {"timer", "task"} or row["state"] != "cancelled"
            ]
            for name, kind in CASE_TABLES.items()
        }
    return {"own": plain(own), **{name: sorted(rows, key=str) for name, rows in tables.items()}}


def plain(row: Row) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in LOGGED}


def lines_of(app: App) -> list[Row]:
    with app.read() as work:
        return work.rows(select(_line).order_by(_line.c.id))


def own(app: App, slug: str) -> Row:
    with app.read() as work:
        found = work.find(select(_introduction).where(_introduction.c.slug == slug))
    assert found is not None
    return found


@pytest.fixture
def analysed(app: App, clock: SetClock) -> Driver:
    """KOL with its gap analysis communicated, and a newer version in the catalogue."""
    driver = drive_to(app, clock, "kol", "communicated")
    add_version(app, "kol", final=True)
    return driver


@pytest.fixture
def untouched(app: App, clock: SetClock) -> Driver:
    """KOL that waits for its people, and a newer version in the catalogue."""
    driver = drive_to(app, clock, "kol", "preparation")
    add_version(app, "kol", final=True)
    return driver


def test_where_nothing_was_analysed_the_new_version_takes_over_cleanly(untouched: Driver) -> None:
    app = untouched.app
    (line,) = plan(app, "kol")
    assert (line.verdict, [one.choice for one in line.tried]) == (Verdict.MOVES, [RolloutChoice.TAKE_OVER])
    assert roll_out(app, (line,)) == Tally(done=1)
    assert own(app, "kol")["adopted_version_id"] == line.behind.newest_id
    assert "current" in own(app, "kol")["configuration"]
    assert plan(app, "kol") == ()
    assert_promise_kept(app, {})


def test_where_units_have_answered_somebody_must_choose(analysed: Driver) -> None:
    (line,) = plan(analysed.app, "kol")
    assert line.verdict is Verdict.DECIDE
    assert [one.choice for one in line.open_choices] == [RolloutChoice.REVISE, RolloutChoice.NO_LOCAL_EFFECT]
    revised = line.leads_to(RolloutChoice.REVISE)
    assert revised is not None
    assert revised.place == "revising"
    assert revised.tasks
    assert revised.messages


@pytest.mark.parametrize(("way", "choice"), [("revise", REVISE), ("no_local_effect", NO_EFFECT)])
def test_what_the_dry_run_foretells_is_what_comes(analysed: Driver, way: str, choice: Chosen) -> None:
    app = analysed.app
    (line,) = plan(app, "kol")
    foretold = line.leads_to(RolloutChoice(way))
    assert foretold is not None
    before = own(app, "kol")["version"]
    assert roll_out(app, (line,), kol=choice) == Tally(done=1)
    stands = own(app, "kol")
    assert (stands["phase"], stands["place"], stands["standing"]) == (foretold.phase, foretold.place, foretold.standing)
    with app.read() as work:
        made = work.rows(select(_event).where(_event.c.seq > before))
    assert len(made) == 2
    open_now = [row["item"] for row in state_of(app, "kol")["task"] if row["state"] == "open"]
    assert {task.item for task in foretold.tasks} <= {*open_now}
    (done,) = lines_of(app)
    assert (done["outcome"], done["from_seq"], done["to_seq"]) == (RolloutOutcome.DONE, before, before + 2)


def test_a_dry_run_leaves_nothing_behind(analysed: Driver) -> None:
    before = state_of(analysed.app, "kol"), own(analysed.app, "kol")["version"]
    plan(analysed.app, "kol")
    assert (state_of(analysed.app, "kol"), own(analysed.app, "kol")["version"]) == before


def test_a_resting_introduction_cannot_take_over_and_the_engine_says_why(untouched: Driver) -> None:
    drive_to(untouched.app, untouched.clock, "kol", "paused")
    (line,) = plan(untouched.app, "kol")
    assert line.verdict is Verdict.CANNOT
    assert [reason["sentence"] for reason in line.reasons] == ["not_possible_here"]
    assert roll_out(untouched.app, (line,)) == Tally(waits=1)


def test_a_withdrawn_text_is_not_taken_over(untouched: Driver) -> None:
    untouched.do("withdraw_nationally", reason="Ny kunskap")
    (line,) = plan(untouched.app, "kol")
    assert line.verdict is Verdict.CANNOT


def test_a_text_that_was_out_for_views_is_approved(app: App, clock: SetClock) -> None:
    publish(app, ("remiss 2021", "consultation"))
    Driver(app, clock, "provforlopp").do("start")
    assert plan(app, "provforlopp") == ()
    publish(app, ("remiss 2021", "consultation"), ("2022", "final"))
    (line,) = plan(app, "provforlopp")
    assert line.verdict is Verdict.MOVES
    roll_out(app, (line,))
    assert "current" in own(app, "provforlopp")["configuration"]


def test_a_draft_that_was_analysed_must_be_revised_against_the_final_text(app: App, clock: SetClock) -> None:
    publish(app, ("remiss 2021", "consultation"))
    driver = Driver(app, clock, "provforlopp")
    driver.do("start")
    driver.prepare()
    driver.analyse()
    publish(app, ("remiss 2021", "consultation"), ("2022", "final"))
    (line,) = plan(app, "provforlopp")
    assert [one.choice for one in line.tried] == [RolloutChoice.REVISE]
    roll_out(app, (line,), provforlopp=REVISE)
    assert own(app, "provforlopp")["place"] == "revising"


def test_once_the_units_have_answered_the_newest_it_takes_over_as_revised(analysed: Driver) -> None:
    app = analysed.app
    label = plan(app, "kol")[0].behind.newest
    due_on = analysed.today.replace(year=analysed.today.year + 1).isoformat()
    analysed.do("invite_units", units=["alvdalen"], due_on=due_on, version=label)
    answers = [{"step": step.ref, "level": 0} for step in app.profile.default_steps]
    analysed.do("answer_gap", unit="alvdalen", answers=answers, version=label)
    (line,) = plan(app, "kol")
    assert line.verdict is Verdict.MOVES
    roll_out(app, (line,))
    assert own(app, "kol")["analysed_version_id"] == line.behind.newest_id


def test_a_choice_without_a_reason_where_one_is_needed_is_refused(analysed: Driver) -> None:
    with pytest.raises(Refused, match="reason_missing"):
        roll_out(analysed.app, plan(analysed.app, "kol"), kol=Chosen(RolloutChoice.NO_LOCAL_EFFECT, " "))
    assert lines_of(analysed.app) == []


def test_a_choice_that_the_dry_run_does_not_offer_is_refused(analysed: Driver) -> None:
    with pytest.raises(Refused, match=r"error\.rollout_no_such_way"):
        roll_out(analysed.app, plan(analysed.app, "kol"), kol=Chosen(RolloutChoice.TAKE_OVER, MOVING))


def test_whoever_does_not_steer_rolls_nothing_out(untouched: Driver) -> None:
    app, lines = untouched.app, plan(untouched.app, "kol")
    with pytest.raises(NotAllowed), app.write() as work:
        write_rollouts(office(app, work, frozenset({Role.ANALYST})), lines, {}, press="a", moving_reason=MOVING)


def test_an_introduction_that_changed_after_the_dry_run_is_left_alone(untouched: Driver) -> None:
    app, lines = untouched.app, plan(untouched.app, "kol")
    untouched.do("report", reason="Något hände")
    before = own(app, "kol")["version"]
    assert roll_out(app, lines) == Tally(changed=1)
    assert own(app, "kol")["version"] == before
    assert roll_out(app, plan(app, "kol"), key="b") == Tally(done=1)


def test_one_that_changed_does_not_hold_the_others_up(app: App, clock: SetClock) -> None:
    for slug in ("kol", "epilepsi", "sepsis"):
        drive_to(app, clock, slug, "preparation")
        add_version(app, slug, final=True)
    lines = plan(app)
    Driver(app, clock, "epilepsi").do("report", reason="Något hände")
    assert roll_out(app, lines) == Tally(done=2, changed=1)


def test_pressed_twice_it_is_carried_out_once(untouched: Driver) -> None:
    app, lines = untouched.app, plan(untouched.app, "kol")
    assert write(app, lines, {}) == write(app, lines, {})
    assert roll_out(app, lines) == Tally(done=1)
    assert roll_out(app, lines) == Tally()
    assert_promise_kept(app, {})


def test_broken_off_it_goes_on_where_it_stopped(app: App, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    for slug in ("kol", "epilepsi", "sepsis"):
        drive_to(app, clock, slug, "preparation")
        add_version(app, slug, final=True)
    rollouts = write(app, plan(app), {})
    moved: list[int] = []
    move_one = carry_out_rollout._move

    def break_off(*given: Any) -> RolloutOutcome:  # Any: what the real one takes
        if len(moved) == 1:
            raise RuntimeError("the power went")
        moved.append(1)
        return move_one(*given)

    with monkeypatch.context() as patched:
        patched.setattr(carry_out_rollout, "TOGETHER", 1)
        patched.setattr(carry_out_rollout, "_move", break_off)
        with pytest.raises(RuntimeError):
            carry_out_rollouts(app, within(app), rollouts)
    assert len(plan(app)) == 2
    assert carry_out_rollouts(app, within(app), rollouts) == Tally(done=2)
    assert plan(app) == ()
    assert_promise_kept(app, {})


@pytest.mark.parametrize("place", ["preparation", "mapping", "communicated", "ranking", "executing", "finished"])
@pytest.mark.parametrize("way", [RolloutChoice.REVISE, RolloutChoice.NO_LOCAL_EFFECT])
def test_taken_back_everything_is_as_it_was(app: App, clock: SetClock, place: str, way: RolloutChoice) -> None:
    drive_to(app, clock, "kol", place)
    add_version(app, "kol", final=True)
    before = state_of(app, "kol")
    (line,) = plan(app, "kol")
    choices = {"kol": Chosen(way, "Lokalt skäl")} if line.verdict is Verdict.DECIDE else {}
    (rollout_id,) = write(app, (line,), choices)
    assert carry_out_rollouts(app, within(app), [rollout_id]) == Tally(done=1)
    assert state_of(app, "kol") != before
    assert undo(app, rollout_id) == 1
    assert state_of(app, "kol") == before
    assert undo(app, rollout_id) == 0
    assert_promise_kept(app, {})


def test_it_goes_the_same_way_on_each_kind_of_database(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "communicated")
    add_version(either_app, "kol", final=True)
    drive_to(either_app, clock, "epilepsi", "preparation")
    add_version(either_app, "epilepsi", final=True)
    before = state_of(either_app, "kol")
    lines = plan(either_app)
    Driver(either_app, clock, "epilepsi").do("report", reason="Något hände")
    rollouts = write(either_app, lines, {"kol": REVISE})
    assert carry_out_rollouts(either_app, within(either_app), rollouts) == Tally(done=1, changed=1)
    (done,) = [row["rollout_id"] for row in lines_of(either_app) if row["outcome"] == RolloutOutcome.DONE]
    assert undo(either_app, done) == 1
    assert state_of(either_app, "kol") == before


def test_what_moved_on_since_is_named_and_nothing_is_taken_back(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "preparation")
    add_version(app, "kol", final=True)
    (rollout_id,) = write(app, plan(app, "kol"), {})
    carry_out_rollouts(app, within(app), [rollout_id])
    Driver(app, clock, "kol").do("report", reason="Något hände")
    before = own(app, "kol")["version"]
    with pytest.raises(Refused, match=r"error\.rollout_moved_on.*kol"):
        undo(app, rollout_id)
    assert own(app, "kol")["version"] == before


def test_taking_back_needs_a_reason(untouched: Driver) -> None:
    (rollout_id,) = write(untouched.app, plan(untouched.app, "kol"), {})
    carry_out_rollouts(untouched.app, within(untouched.app), [rollout_id])
    with pytest.raises(Refused, match="reason_missing"):
        undo(untouched.app, rollout_id, reason="")
