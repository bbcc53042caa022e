"""The gap analysis as queries give it, on both databases: its picture, a comparison, a unit's form, a bundle."""

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.queries.gap import gap_overview
from pathways.queries.gap_bundle import bundle_page
from pathways.queries.gap_compare import gap_comparison
from pathways.queries.gap_form import FormSection, find_section, find_unit
from pathways.queries.gap_picture import largest_first
from pathways.services.drafts import keep_draft
from pathways.services.gap.bundle import make_bundle
from pathways.services.verify import verify
from tests.pathways.drive import Driver
from tests.pathways.queries.reading import today
from tests.pathways.services.judge import person_id
from tests.pathways.web.gap.scene import FEET, LATER, WOUNDS, answer_all, asked, finalise


@pytest.fixture
def driver(either_app: App, clock: SetClock) -> Driver:
    """Two units asked and answering, a third excused."""
    driver = asked(either_app, clock, "vc-falun", "medicin", "alvdalen")
    answer_all(driver, "vc-falun", {2: 3, 4: "dont_know"}, needs_regional_decision=True, cost_estimate=1000)
    answer_all(driver, "medicin", {1: 1, 2: 2, 5: "not_applicable"}, patient_source="survey", confidence="high")
    driver.do("excuse_unit", unit="alvdalen", reason="Inga patienter")
    return driver


def section(app: App, slug: str, unit: str, person: str) -> FormSection:
    with app.read() as work:
        found = find_section(
            work,
            find_unit(work, region_id=app.region_id(), slug=unit),
            region_id=app.region_id(),
            slug=slug,
            person_id=person_id(app, person),
            profile=app.profile,
            today=today(app),
        )
    assert found is not None
    return found


def test_the_picture_counts_answers_and_orders_steps_by_their_gaps(driver: Driver) -> None:
    app = driver.app
    with app.read() as work:
        gap = gap_overview(work, region_id=app.region_id(), slug=driver.slug, profile=app.profile, now=app.clock.now())
    assert [one.number for one in largest_first(gap.steps)] == [2, 1, 4, 3, 5]
    assert [(unit.slug, unit.state) for unit in gap.units] == [
        ("medicin", "answered"),
        ("vc-falun", "answered"),
        ("alvdalen", "excused"),
    ]
    assert [(one.cause, one.answers, one.units, one.steps) for one in gap.causes] == [("competence", 2, 2, (2,))]
    assert (gap.regional_decisions, gap.cost_estimate) == (5, 5000)
    assert verify(app) == ()


def test_at_an_earlier_moment_it_is_as_it_was(driver: Driver) -> None:
    app, before = driver.app, driver.app.clock.now()
    driver.go_to(driver.today.replace(day=20))
    driver.do("answer_gap", unit="medicin", answers=[{"step": "2", "level": 0}])
    with app.read() as work:
        told = [
            gap_overview(
                work,
                region_id=app.region_id(),
                slug=driver.slug,
                profile=app.profile,
                now=app.clock.now(),
                as_of=as_of,
            )
            .steps[1]
            .gaps
            for as_of in (before, None)
        ]
    assert told == [2, 1]


def test_a_comparison_tells_what_each_unit_has_left(driver: Driver) -> None:
    app = driver.app
    finalise(driver)
    driver.do("reopen_gap_analysis")
    driver.do("answer_gap", unit="medicin", answers=[{"step": "4", "level": 0}])
    with app.read() as work:
        found = gap_comparison(
            work, region_id=app.region_id(), slug=driver.slug, profile=app.profile, now=app.clock.now()
        )
    assert found is not None
    assert [(one.unit.slug, one.steps, one.seen) for one in found.reviews] == [
        ("medicin", (2, 4), (4,)),
        ("vc-falun", (2, 4), ()),
    ]
    assert verify(app) == ()


def test_a_form_holds_the_units_answers_and_the_persons_own_drafts(driver: Driver) -> None:
    app = driver.app
    key = section(app, WOUNDS, "medicin", "med").steps[2].key
    app.retry(lambda work: keep_draft(work, person_id(app, "med"), key, {"level": ["1"]}, app.clock.now()))
    own, other = (section(app, WOUNDS, "medicin", person) for person in ("med", "sam"))
    assert [step.draft is not None for step in own.steps] == [False, False, True, False, False]
    assert [step.draft for step in other.steps] == [None] * 5
    assert (own.owns, other.owns) == (True, False)
    assert [step.answer is not None for step in own.steps] == [True] * 5


def test_a_bundles_page_holds_how_each_unit_stands(driver: Driver, clock: SetClock) -> None:
    app = driver.app
    feet = asked(app, clock, slug=FEET, name="Diabetes med hög risk för fotsår")
    slug = app.retry(
        lambda work: make_bundle(
            work, region_id=app.region_id(), name="Sår", members=(WOUNDS, FEET), made_by=person_id(app, "sam")
        )
    )
    feet.do("invite_units", units=["medicin"], due_on=LATER, bundle=slug)
    with app.read() as work:
        page = bundle_page(work, region_id=app.region_id(), slug=slug, profile=app.profile, now=app.clock.now())
    assert [(unit.slug, dict(unit.parts)) for unit in page.units] == [("medicin", {FEET: ("waiting", 0, 5)})]
    assert {unit.slug: unit.missing for unit in page.free} == {"vc-falun": (FEET,), "alvdalen": (FEET,)}
