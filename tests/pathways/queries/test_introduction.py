"""One introduction's page: what may be done and what stands in the way, who does what, and everything that happened."""

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import Unknown
from pathways.queries.board import COLUMNS, CONDITIONS
from pathways.queries.introduction import introduction
from pathways.queries.material import Material
from pathways.queries.onward import ONWARD, onward_offers
from pathways.queries.open_rows import load_open_rows
from pathways.queries.present import load_head
from pathways.queries.versions import load_shelf
from pathways.queries.views import IntroductionView, OfferView
from states.errors import TransitionRefused
from tests.pathways.drive import PLACES, Driver, drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.reading import later, read_row, show, today
from tests.pathways.queries.watching import watched


def offer(view: IntroductionView, command: str, choice: str | None = None) -> OfferView:
    """The offer of one command."""
    return next(one for one in view.offers if (one.command, one.choice) == (command, choice))


def test_an_offer_that_may_not_be_taken_gives_every_reason_of_the_refusal(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    offered = offer(show(either_app, "kol"), "start_gap_analysis")
    with pytest.raises(TransitionRefused) as refusal:
        driver.do("start_gap_analysis")
    assert (offered.allowed, offered.reasons) == (False, refusal.value.reasons)


def test_what_the_order_itself_brings_stands_in_nobodys_way(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "reviewing")
    assert offer(show(app, "kol"), "hold_loop", "continue").allowed
    drive_to(app, clock, "kol", "evaluating")
    assert offer(show(app, "kol"), "record_celebration").allowed
    drive_to(app, clock, "kol", "celebrated").complete_required_tasks()
    assert offer(show(app, "kol"), "finish").allowed


@pytest.mark.parametrize("place", ["stopped", "closed"])
def test_what_has_ended_offers_nothing(app: App, clock: SetClock, place: str) -> None:
    drive_to(app, clock, "kol", place)
    assert show(app, "kol").offers == ()


def test_the_board_counts_the_same_facts_as_the_gates(either_app: App, clock: SetClock) -> None:
    for place in PLACES:
        if place in ONWARD:
            driver = drive_to(either_app, clock, "kol", place)
            assert onward_from_board(driver) == onward_from_page(driver), place
            if place in {"preparation", "mapping"}:
                half_way(driver)
                assert onward_from_board(driver) == onward_from_page(driver), place


def half_way(driver: Driver) -> None:
    """Does a part of what the place asks for, so that some facts are other than nothing."""
    if driver.place() == "preparation":
        driver.do("appoint", person="ordf", role="lag_chair")
        driver.do("appoint", person="m1", role="lag_member")
        driver.do("dismiss", person="ordf", role="lag_chair")
        driver.do("dismiss", person="m1", role="lag_member")
    else:
        driver.do("invite_units", units=["alvdalen"], due_on=driver.today.isoformat())
        driver.do("answer_gap", by="alv", unit="alvdalen", answers=[{"step": "1", "level": 3}])
        driver.do("excuse_unit", unit="alvdalen", reason="Inga patienter")
        driver.do("answer_gap", unit="alvdalen", answers=[{"step": "1", "level": 1}])


def onward_from_board(driver: Driver) -> list[OfferView]:
    app, region_id = driver.app, driver.app.region_id()
    with app.read() as work:
        head = load_head(work, region_id=region_id, slug=driver.slug)
        rows = load_open_rows(work, COLUMNS, CONDITIONS, region_id=region_id)
        versions = load_shelf(work, region_id=region_id).now(head.pathway_id)
    material = Material(head, rows[head.introduction_id])
    return onward_offers(material, versions, app.profile, today=today(app))


def onward_from_page(driver: Driver) -> list[OfferView]:
    place = driver.place()
    assert place is not None
    return [one for one in show(driver.app, driver.slug).offers if one.command == ONWARD[place]]


def test_the_page_begins_with_the_row_of_the_board(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "executing")
    assert show(either_app, "kol").position == read_row(either_app, "kol")


def test_the_history_tells_who_did_what_and_why(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    driver.do("report", by="chef", reason="Vi väntar på KSG")
    last = show(either_app, "kol").history[-1]
    assert (last.seq, last.command, last.actor, last.reason) == (2, "report", "Örjan Ek", "Vi väntar på KSG")


def test_what_the_system_did_names_no_person(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "reviewing")
    last = show(app, "kol").history[-1]
    assert (last.command, last.actor_id, last.actor) == ("open_loop", None, None)


def test_the_gap_picture_is_a_distribution_by_step(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "communicated")
    gap = show(either_app, "kol").gap
    assert (gap.invited, gap.answered, gap.excused) == (2, 2, 0)
    assert [step.levels for step in gap.steps[:4]] == [(2, 0, 0, 0), (0, 2, 0, 0), (0, 0, 2, 0), (0, 0, 0, 2)]


def test_ranked_activities_stand_in_their_order(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "ranking")
    refs = [activity.ref for activity in show(app, "kol").activities]
    driver.do("rank", by="lg", order=list(reversed(refs)), motive="Störst gap först")
    assert [activity.ref for activity in show(app, "kol").activities] == list(reversed(refs))


def test_people_stand_with_their_roles(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    people = [(one.role, one.person) for one in show(app, "kol").people]
    assert people[0] == ("development_resource", "Rut Ängström")
    assert [name for role, name in people if role == "lag_member"] == ["Ali Haddad", "Eva Lind", "Maja Zetterlund"]


def test_decisions_and_loops_are_told(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "evaluating")
    view = show(app, "kol")
    assert [(one.kind, one.body, one.outcome) for one in view.decisions] == [("plan", "HSN", "adopt")]
    assert [(loop.number, loop.state, loop.decision) for loop in view.loops] == [(1, "held", "finish")]


def test_the_same_name_in_another_region_stays_unknown_here(app: App, clock: SetClock) -> None:
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    try:
        drive_to(neighbour, clock, "kol", "mapping")
        with pytest.raises(Unknown), app.read() as work:
            introduction(work, region_id=app.region_id(), slug="kol", profile=app.profile, now=clock.now())
    finally:
        neighbour.database.dispose()


def test_a_long_history_takes_as_many_statements_as_a_short_one(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    with watched(app) as short:
        show(app, "kol")
    drive_to(app, clock, "kol", "executing")
    later(driver)
    with watched(app) as long:
        assert len(show(app, "kol").history) > 20
    assert len(long) == len(short)
