"""Several introductions analysed together: one round asks a unit once, and all its answers land or none."""

import pytest
from sqlalchemy import func, select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import InvalidOrder, PathwaysError, Refused, Unknown
from pathways.models.gap import GapAnswer, GapBundle, GapBundleMember, GapInvitation
from pathways.services.ask import Ask
from pathways.services.gap.bundle import make_bundle
from pathways.services.verify import verify
from pathways.storage.unit_of_work import table_of
from tests.invariants import assert_promise_kept, fingerprint
from tests.pathways.drive import Driver
from tests.pathways.furnished import furnished_app
from tests.pathways.services.judge import refusal, told
from tests.pathways.web.gap.scene import FEET, LATER, WOUNDS, answer_all, asked, case_rows


@pytest.fixture
def wounds(app: App, clock: SetClock) -> Driver:
    return asked(app, clock)


@pytest.fixture
def feet(app: App, clock: SetClock) -> Driver:
    return asked(app, clock, slug=FEET, name="Diabetes med hög risk för fotsår")


def bundle(app: App, name: str = "Sår och fötter", members: tuple[str, ...] = (WOUNDS, FEET)) -> str:
    return app.retry(
        lambda work: make_bundle(work, region_id=app.region_id(), name=name, members=members, made_by=None)
    )


def test_a_bundle_has_an_address_made_of_its_name(app: App, wounds: Driver, feet: Driver) -> None:
    assert bundle(app) == "sar-och-fotter"


def test_its_introductions_stand_in_the_order_they_were_chosen(app: App, wounds: Driver, feet: Driver) -> None:
    bundle(app, members=(FEET, WOUNDS, FEET))
    with app.read() as work:
        found = work.rows(select(table_of(GapBundleMember)).order_by(table_of(GapBundleMember).c.ordinal))
    first, second = feet.row(), wounds.row()
    assert first is not None
    assert second is not None
    assert [row["introduction_id"] for row in found] == [first["id"], second["id"]]


@pytest.mark.parametrize(
    ("name", "members", "refused"),
    [
        ("", (WOUNDS, FEET), InvalidOrder),
        ("x" * 121, (WOUNDS, FEET), InvalidOrder),
        ("Sår", (WOUNDS,), InvalidOrder),
        ("Sår", (WOUNDS, "kol"), Unknown),
    ],
)
def test_a_bundle_that_makes_no_sense_is_refused_and_leaves_nothing(
    app: App, wounds: Driver, feet: Driver, name: str, members: tuple[str, ...], refused: type[PathwaysError]
) -> None:
    with pytest.raises(refused):
        bundle(app, name, members)
    with app.read() as work:
        assert work.value(select(func.count()).select_from(table_of(GapBundle))) == 0


def test_an_introduction_is_in_one_bundle_at_most(app: App, wounds: Driver, feet: Driver) -> None:
    bundle(app)
    with pytest.raises(Refused, match="in_a_bundle"):
        bundle(app, "En till")


def test_another_regions_introduction_is_unknown(app: App, clock: SetClock, wounds: Driver, feet: Driver) -> None:
    other = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    Driver(other, clock, "kol").do("start")
    with pytest.raises(Unknown):
        bundle(app, members=(WOUNDS, "kol"))
    other.database.dispose()


def test_two_bundles_of_one_name_have_two_addresses(app: App, clock: SetClock, wounds: Driver, feet: Driver) -> None:
    bundle(app)
    for slug in ("kol", "sepsis"):
        Driver(app, clock, slug).do("start")
    assert bundle(app, members=("kol", "sepsis")) == "sar-och-fotter-2"


def test_an_invitation_tells_which_bundle_it_is_part_of(app: App, wounds: Driver, feet: Driver) -> None:
    slug = bundle(app)
    wounds.do("invite_units", units=["medicin"], due_on=LATER, bundle=slug)
    assert case_rows(wounds, GapInvitation)[0]["bundle_id"] is not None
    assert verify(app) == ()


def test_a_bundle_that_the_introduction_is_not_in_is_refused(app: App, clock: SetClock, wounds: Driver) -> None:
    feet = asked(app, clock, slug=FEET, name="Diabetes med hög risk för fotsår")
    slug = bundle(app)
    other = asked(app, clock, slug="bensar", name="Bensår")
    said = refusal(other, "invite_units", units=["medicin"], due_on=LATER, bundle=slug)
    assert said == "error.unknown_gap_bundle"
    assert feet.slug == FEET


def test_a_quiet_invitation_waits_for_the_digest(app: App, wounds: Driver) -> None:
    wounds.do("invite_units", units=["medicin"], due_on=LATER)
    wounds.do("invite_units", units=["vc-falun"], due_on=LATER, quietly=True)
    handed = [(one.to, one.urgency) for one in told(app) if one.kind == "task_handed" and one.to in {"med", "vcf"}]
    assert handed == [("med", "at_once"), ("vcf", "digest")]


def orders(
    *wanted: tuple[Driver, str, dict[str, object]], by: str = "med"
) -> list[tuple[str, str, dict[str, object], Ask]]:
    return [
        (driver.slug, command, data, Ask(actor=by, command_id=f"joint.{number}"))
        for number, (driver, command, data) in enumerate(wanted)
    ]


def whole(level: int = 0) -> dict[str, object]:
    answers = [{"step": str(number), "level": level} for number in range(1, 6)]
    return {"unit": "medicin", "answers": answers, "complete": True}


def test_answers_to_all_land_together(app: App, wounds: Driver, feet: Driver) -> None:
    for driver in (wounds, feet):
        driver.do("invite_units", units=["medicin"], due_on=LATER)
    receipts = app.run_together(orders((wounds, "answer_gap", whole()), (feet, "answer_gap", whole())))
    assert {receipt.slug for receipt in receipts} == {WOUNDS, FEET}
    assert len(case_rows(wounds, GapAnswer)) == len(case_rows(feet, GapAnswer)) == 5
    assert_promise_kept(app, {f"joint.{n}": r for n, r in zip((1, 0), receipts, strict=True)})


def test_where_one_is_refused_none_lands(app: App, wounds: Driver, feet: Driver) -> None:
    for driver in (wounds, feet):
        driver.do("invite_units", units=["medicin"], due_on=LATER)
    before = fingerprint(app)
    with pytest.raises(InvalidOrder):
        app.run_together(orders((feet, "answer_gap", whole()), (wounds, "answer_gap", whole(level=3))))
    assert fingerprint(app) == before


def test_the_same_round_sent_twice_is_answered_as_the_first_time(app: App, wounds: Driver, feet: Driver) -> None:
    for driver in (wounds, feet):
        driver.do("invite_units", units=["medicin"], due_on=LATER)
    asked_for = orders((wounds, "answer_gap", whole()), (feet, "answer_gap", whole()))
    first, again = app.run_together(asked_for), app.run_together(asked_for)
    assert all(receipt.repeated for receipt in again)
    assert [one.seq for one in again] == [one.seq for one in first]


def test_an_answer_in_one_says_nothing_in_the_other(app: App, wounds: Driver, feet: Driver) -> None:
    for driver in (wounds, feet):
        driver.do("invite_units", units=["medicin"], due_on=LATER)
    answer_all(wounds, "medicin")
    assert case_rows(feet, GapAnswer) == []
