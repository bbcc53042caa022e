"""A snapshot moves to the next chart version by a mapping, or is refused; the versions here are made up."""

# ruff: noqa: N801  a class name here is a state's id

import pytest
from statemachine import HistoryState, State

from states.chart import StrictChart
from states.errors import IllegalSnapshot, NoMigration
from states.migrate import CHARTS, LATEST, MAPPINGS, ChartMapping, migrate
from states.snapshot import Phase, Snapshot, phase_of
from states.step import begin, step
from states.versions import check_snapshot, get_outline
from tests.states.worlds import READY, ask


class MadeUpV2(StrictChart):
    """The gap analysis has no inner states any more, the work afterwards is one phase, and money has a region."""

    class active(State.Parallel):
        class track(State.Compound):
            preparation = State(initial=True)
            gap_analysis = State()

            class implementation(State.Compound):
                carrying_out = State(initial=True)

            start_gap_analysis = preparation.to(gap_analysis)
            propose_plan = gap_analysis.to(implementation)

        class national(State.Compound):
            consultation = State(initial=True)
            current = State()
            approve_nationally = consultation.to(current)

        class funding(State.Compound):
            unfunded = State(initial=True)
            funded = State()
            request_response = unfunded.to(funded)

        left_off = HistoryState(type="deep")

    paused = State()
    stopped = State(final=True)
    closed = State(final=True)

    pause = active.to(paused)
    resume = paused.to(active.left_off)
    stop = stopped.from_(active, paused)
    finish = active.to(closed)
    active.left_off.to(active.track.preparation)


class MadeUpV3(MadeUpV2):
    """The same chart under the next name."""


V1_TO_V2 = ChartMapping(
    to="made_up_v2",
    states={
        **dict.fromkeys(("mapping", "communicated", "revising"), "gap_analysis"),
        "executing": "carrying_out",
        "superseded": "current",
        **dict.fromkeys(("not_due", "drafting", "submitted"), "unfunded"),
    },
)


@pytest.fixture(autouse=True)
def made_up_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHARTS, "made_up_v2", MadeUpV2)
    monkeypatch.setitem(CHARTS, "made_up_v3", MadeUpV3)
    monkeypatch.setitem(MAPPINGS, LATEST, V1_TO_V2)
    monkeypatch.setitem(MAPPINGS, "made_up_v2", ChartMapping(to="made_up_v3"))


def at(*states: str) -> Snapshot:
    return Snapshot(LATEST, get_outline(LATEST).complete(states))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("preparation",), ("active", "track", "preparation", "national", "consultation", "funding", "unfunded")),
        (
            ("revising", "superseded", "drafting"),
            ("active", "track", "gap_analysis", "national", "current", "funding", "unfunded"),
        ),
        (
            ("executing", "current"),
            ("active", "track", "implementation", "carrying_out", "national", "current", "funding", "unfunded"),
        ),
        (("stopped",), ("stopped",)),
        (("closed",), ("closed",)),
    ],
)
def test_a_place_is_found_again_in_the_next_version(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert migrate(at(*before), "made_up_v2") == Snapshot("made_up_v2", after)


def test_a_paused_case_resumes_in_the_next_version_where_it_rested() -> None:
    paused = step(at("revising", "superseded"), "pause", READY, ask()).after
    moved = migrate(paused, "made_up_v2")
    assert phase_of(moved) is Phase.GAP_ANALYSIS
    assert step(moved, "resume", READY).after == migrate(at("revising", "superseded"), "made_up_v2")


def test_a_moved_snapshot_is_legal_and_goes_on_by_the_new_chart() -> None:
    moved = migrate(at("mapping"), "made_up_v2")
    check_snapshot(moved)
    assert step(moved, "propose_plan", READY).entered == ("implementation", "carrying_out")


def test_a_snapshot_passes_through_the_versions_between() -> None:
    moved = migrate(at("executing"), "made_up_v3")
    assert moved.chart == "made_up_v3"
    assert "carrying_out" in moved.configuration


def test_a_snapshot_already_there_is_returned_as_it_is() -> None:
    assert migrate(begin(), LATEST) == begin()


def test_a_place_the_mapping_forgets_is_refused_by_name() -> None:
    with pytest.raises(NoMigration, match="ranking"):
        migrate(at("ranking"), "made_up_v2")


def test_a_rest_the_mapping_forgets_is_refused_by_name() -> None:
    with pytest.raises(NoMigration, match="ranking"):
        migrate(step(at("ranking"), "pause", READY, ask()).after, "made_up_v2")


def test_two_places_in_one_region_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    crooked = ChartMapping(to="made_up_v2", states={"not_due": "gap_analysis"})
    monkeypatch.setitem(MAPPINGS, LATEST, crooked)
    with pytest.raises(NoMigration, match="track has 2 active children"):
        migrate(at("preparation"), "made_up_v2")


@pytest.mark.parametrize("to", ["made_up_v4", "introduction_v0", ""])
def test_a_version_no_mapping_leads_to_is_refused(to: str) -> None:
    with pytest.raises(NoMigration):
        migrate(begin(), to)


def test_mappings_in_a_circle_end_in_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MAPPINGS, "made_up_v3", ChartMapping(to="made_up_v2"))
    with pytest.raises(NoMigration):
        migrate(at("executing"), "made_up_v4")


def test_a_snapshot_its_own_chart_does_not_allow_is_not_moved() -> None:
    with pytest.raises(IllegalSnapshot):
        migrate(Snapshot(LATEST, ("paused",)), "made_up_v2")
