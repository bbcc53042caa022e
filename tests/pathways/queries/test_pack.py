"""The pack of a meeting: as of its moment it is told again word for word, and what came later stands beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import Refused, Unknown
from pathways.exports.pack.build_parts import build_parts, chart_of
from pathways.exports.pack.parts import Curve, Grid
from pathways.exports.pack.saying import Saying
from pathways.locale import texts
from pathways.models.meeting import AgendaItem, ItemKind, Outcome
from pathways.profiles.vocabulary import BodyKind
from pathways.queries.board import board
from pathways.queries.longest_waits import longest_waits
from pathways.queries.pack.build import build_pack, build_text
from pathways.queries.pack.content import freeze_content, status_line, thaw_content
from pathways.queries.pack.since import since_then
from pathways.queries.series import Eyes, read_series
from pathways.wording import Wording
from states.snapshot import ENDED
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.packing import COUNTS, SMALL, Scene, meeting_of, next_case, set_scene
from tests.pathways.queries.watching import watched
from tests.pathways.services.deciding.table import endorsed
from tests.pathways.services.measuring import PLANNED, define_share, record, shares


@pytest.fixture
def scene(app: App, clock: SetClock) -> Scene:
    """A region with a meeting ahead."""
    return set_scene(app, clock)


def test_the_live_board_as_of_the_freezing_is_the_frozen_board_whatever_happened_later(
    either_app: App, clock: SetClock
) -> None:
    scene = set_scene(either_app, clock)
    scene.freeze()
    frozen = thaw_content(scene.rows()[0]["content"])
    scene.change()
    with either_app.read() as work:
        then = board(
            work,
            region_id=either_app.region_id(),
            profile=either_app.profile,
            today=frozen.today,
            as_of=scene.rows()[0]["frozen_at"],
        )
    assert tuple(status_line(row) for row in then if row.standing not in ENDED) == frozen.board
    assert len(frozen.board) == 3


def test_the_whole_pack_asked_for_again_as_of_its_moment_is_the_same_text(either_app: App, clock: SetClock) -> None:
    scene = set_scene(either_app, clock)
    scene.freeze()
    row = scene.rows()[0]
    scene.change()
    with either_app.read() as work:
        again = build_pack(work, scene.meeting, profile=either_app.profile, as_of=row["frozen_at"])
    assert freeze_content(again) == row["content"]


def test_a_frozen_text_is_read_back_as_what_was_frozen(scene: Scene) -> None:
    content = scene.build()
    assert thaw_content(freeze_content(content)) == content


def test_a_pack_holds_something_of_every_part(scene: Scene) -> None:
    content = scene.build()
    filled = ("board", "changes", "asked", "waits", "open_matters", "curves")
    assert {name: bool(getattr(content, name)) for name in filled} == dict.fromkeys(filled, True)


def test_the_plan_that_waits_comes_with_its_basis_its_ranking_and_the_ways_to_decide(scene: Scene) -> None:
    asked = next(one for one in scene.build().asked if one.slug == "knaledsartros")
    assert asked.submitted
    assert asked.basis is not None
    assert (asked.basis.number, asked.basis.summary) == (1, "Underlag")
    assert [one.rank for one in asked.measures] == [1, 2]
    assert asked.options == ("adopt", "adopt_with_conditions", "return", "decline")


def test_what_bodies_said_of_a_plan_before_the_board_is_told_among_the_changes(scene: Scene) -> None:
    scene.freeze()
    frozen = thaw_content(scene.rows()[0]["content"])
    endorsed(scene.waiting, "ksg", "lg_hs")
    live = scene.build()
    told = [(one.body, one.outcome) for one in live.changes if one.kind == "endorsed_plan"]
    assert sorted(told) == [("KSG", "adopt"), ("LG-HS", "adopt")]
    since = [str(one.values["body"]) for one in since_then(frozen, live) if one.kind == "change"]
    assert sorted(since) == ["KSG", "LG-HS"]


def test_the_longest_waits_are_those_of_the_board_page(scene: Scene) -> None:
    with scene.app.read() as work:
        zone, today = scene.app.profile.region.zone, scene.waiting.today
        live = longest_waits(work, region_id=scene.app.region_id(), zone=zone, today=today)
    told = scene.build().waits
    assert [one.days for one in told[: len(live)]] == [one.days for one in live]
    assert {(one.slug, one.role, one.body) for one in live} <= {(one.slug, one.role, one.body) for one in told}


def test_a_count_with_few_persons_behind_it_is_left_out_before_anything_is_judged(scene: Scene) -> None:
    curve = scene.build().curves[0]
    judgement = curve.snapshot["judgement"]
    assert isinstance(judgement, dict)
    told = [one["point"]["numerator"] for one in judgement["points"] if one["point"]["value"] is not None]
    assert (curve.hidden, 3 in told, len(told)) == (1, False, 12)


@pytest.mark.parametrize("frozen", [False, True])
def test_a_frozen_curve_is_drawn_as_it_was_judged(scene: Scene, *, frozen: bool) -> None:
    if frozen:
        scene.learning.do("freeze_baseline", indicator=PLANNED, through="2020-10", reason="Allt före utbildningen")
    content = thaw_content(freeze_content(scene.build()))
    with scene.app.read() as work:
        series = read_series(
            work,
            PLANNED,
            None,
            region_id=scene.app.region_id(),
            slug="sepsis",
            now=scene.clock.now(),
            eyes=Eyes(),
        )
    assert chart_of(content.curves[0]).judgement == series.judge(content.today)


def test_no_other_names_stand_in_a_pack_than_those_who_have_the_ball(scene: Scene) -> None:
    scene.waiting.do("create_task", title="Ring Mona Edin", role="coordinator", due_on=scene.day.isoformat())
    content = scene.build()
    text = freeze_content(content)
    holders = {holder.person for line in content.board for holder in line.waits_for} - {None}
    people = ("Sara Åkesson", "Örjan Ek", "Åsa Öberg", "Rut Ängström", "Maja Zetterlund", "Lars Grahn", "Regina Strand")
    assert {name for name in people if name in text} <= holders
    assert "Mona Edin" not in freeze_content(replace(content, board=()))


def test_what_another_region_does_is_in_no_pack_of_ours(scene: Scene, clock: SetClock) -> None:
    before = freeze_content(scene.build())
    neighbour = furnished_app(str(scene.app.database.url), clock, code="SE-X", name="Region Gävleborg")
    drive_to(neighbour, clock, "schizofreni-fortsatt-vard", "mapping")
    neighbour.database.dispose()
    assert freeze_content(scene.build()) == before


def test_questions_of_reviews_go_to_the_management_group_and_plans_to_the_body_that_decides(scene: Scene) -> None:
    assert scene.meeting.kind == BodyKind.POLITICAL_BOARD
    assert {one.kind for one in scene.build().open_matters} == {"plan"}


@pytest.mark.parametrize("ahead", [timedelta(seconds=1), timedelta(days=400)])
def test_a_pack_of_a_moment_that_has_not_come_is_refused(scene: Scene, ahead: timedelta) -> None:
    with scene.app.read() as work, pytest.raises(Refused) as refused:
        build_pack(work, scene.meeting, profile=scene.app.profile, as_of=scene.clock.now() + ahead)
    assert refused.value.sentence == "error.as_of_in_future"


def test_an_unknown_body_or_day_is_refused_with_the_nearest(scene: Scene) -> None:
    with pytest.raises(Unknown) as refused:
        meeting_of(scene.app, "hns", scene.day)
    assert "hsn" in refused.value.nearest
    with pytest.raises(Unknown) as refused:
        meeting_of(scene.app, "hsn", scene.day + timedelta(days=2))
    assert refused.value.nearest[0] == scene.day.isoformat()


def test_nothing_has_changed_in_the_same_moment_nor_because_days_go_by(scene: Scene) -> None:
    content = scene.build()
    with scene.app.read() as work:
        live = build_pack(work, scene.meeting, profile=scene.app.profile, held_against=content)
    assert since_then(content, live) == ()


def test_what_has_changed_is_told_part_by_part_about_the_lines_it_is_about(scene: Scene) -> None:
    frozen = scene.build()
    scene.change()
    with scene.app.read() as work:
        live = build_pack(work, scene.meeting, profile=scene.app.profile, held_against=frozen)
    told = {(one.part, one.key, one.kind) for one in since_then(frozen, live)}
    assert {
        ("asked", "knaledsartros.1", "decided"),
        ("board", "knaledsartros.1", "moved"),
        ("board", "kol.1", "moved"),
        ("board", "", "begun"),
        ("loops", "", "loop_held"),
        ("open_matters", "plan.knaledsartros.1.0", "matter_answered"),
        ("changes", "", "change"),
    } <= told


def on_agenda(scene: Scene, title: str, kind: ItemKind, **other: object) -> int:
    """Puts an item on the agenda of the scene's meeting."""
    fixed = {"region_id": scene.app.region_id(), "meeting_id": scene.meeting.meeting_id, "position": 9}
    with scene.app.write() as work:
        item = work.insert_one(AgendaItem, {**fixed, "title": title, "kind": kind, "added_at": work.now, **other})
        work.commit()
    return item


def test_a_decision_that_is_about_no_introduction_is_asked_for_too_and_information_is_not(scene: Scene) -> None:
    on_agenda(scene, "Fördela medel", ItemKind.DECISION, proposal="Fördela enligt bilaga")
    on_agenda(scene, "Läget i länet", ItemKind.INFORMATION)
    content = scene.build()
    asked = {one.title: one.proposal for one in content.asked}
    assert asked["Fördela medel"] == "Fördela enligt bilaga"
    assert "Läget i länet" not in asked
    assert {"Fördela medel", "Läget i länet"} <= {one.title for one in content.agenda}


def test_items_that_come_go_and_are_dealt_with_later_are_told_beside_the_agenda(scene: Scene) -> None:
    dealt_with = on_agenda(scene, "Fördela medel", ItemKind.DECISION)
    withdrawn = on_agenda(scene, "Läget i länet", ItemKind.INFORMATION)
    frozen = scene.build()
    scene.clock.set(scene.clock.now() + timedelta(days=1))
    with scene.app.write() as work:
        work.update(AgendaItem, {"id": dealt_with}, {"outcome": Outcome.ADOPT, "decided_at": work.now})
        work.update(AgendaItem, {"id": withdrawn}, {"withdrawn_on": scene.waiting.today})
        work.commit()
    on_agenda(scene, "Övrigt", ItemKind.DISCUSSION)
    with scene.app.read() as work:
        live = build_pack(work, scene.meeting, profile=scene.app.profile, held_against=frozen)
    told = {(one.about, one.kind) for one in since_then(frozen, live) if one.part == "agenda"}
    assert told == {("Fördela medel", "item_decided"), ("Läget i länet", "item_gone"), ("Övrigt", "item_added")}


@pytest.mark.parametrize("more", [False, True])
def test_the_number_of_statements_does_not_follow_the_number_of_introductions(scene: Scene, more: bool) -> None:
    if more:
        for slug in ("schizofreni-fortsatt-vard", "stroke-tia-fortsatt-vard"):
            drive_to(scene.app, scene.clock, slug, "mapping")
    with scene.app.read() as work, watched(scene.app) as sent:
        build_text(work, scene.meeting, scene.app.profile)
    assert len(sent) == 11


def test_what_only_units_measure_is_told_unit_by_unit_with_small_counts_left_out(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "sepsis", "executing")
    indicator = define_share(driver)
    record(driver, indicator, shares([*COUNTS, SMALL], year=2020, unit="vc-falun"))
    record(driver, indicator, shares(COUNTS, year=2020, unit="medicin"))
    waiting = drive_to(app, clock, "knaledsartros", "awaiting_decision")
    clock.set(clock.now() + timedelta(days=1))
    scene = Scene(app, clock, waiting, driver, meeting_of(app, "hsn", next_case(waiting)))
    content = scene.build()
    curves = [one for one in content.curves if one.slug == "sepsis"]
    assert [(one.place, one.hidden) for one in curves] == [("Medicinkliniken", 0), ("Vårdcentralen Falun", 1)]
    assert len({one.key for one in curves}) == 2
    assert thaw_content(freeze_content(content)) == content
    saying = Saying(Wording(texts("sv")), app.profile.region.zone)
    part = next(one for one in build_parts(content, saying) if one.name == "curves")
    (grid,) = [piece for piece in part.pieces if isinstance(piece, Grid)]
    assert [line.cells[1].partition(", ")[2] for line in grid.lines] == ["Medicinkliniken", "Vårdcentralen Falun"]
    assert not [piece for piece in part.pieces if isinstance(piece, Curve)]
    assert any("1 period hos enheterna visas inte" in str(piece) for piece in part.pieces)


def test_where_the_whole_region_is_measured_its_units_are_not_told_beside_it(scene: Scene) -> None:
    record(scene.learning, PLANNED, shares(COUNTS, year=2020, unit="vc-falun"))
    assert {one.place for one in scene.build().curves if one.slug == "sepsis"} == {""}
