"""A snapshot survives its way through JSON, says where it stands, and is refused when it is none."""

import json

import pytest

from states.errors import IllegalSnapshot
from states.legality import find_illegal_configuration
from states.snapshot import Phase, Snapshot, Standing, phase_of, place_of, standing_of
from states.step import begin, step
from states.versions import check_snapshot, get_outline
from tests.states.worlds import READY, ask

V1 = "introduction_v1"
OUTLINE = get_outline(V1)
START = begin()
REST = START.configuration[1:]
PAUSED = step(START, "pause", READY, ask()).after


@pytest.mark.parametrize("snapshot", [START, PAUSED, Snapshot(V1, ("closed",))])
def test_a_snapshot_comes_back_from_json_as_it_was(snapshot: Snapshot) -> None:
    assert Snapshot.from_json(json.loads(json.dumps(snapshot.to_json()))) == snapshot


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"chart": V1, "configuration": ["closed"]},
        {"chart": 1, "configuration": ["closed"], "history": {}},
        {"chart": V1, "configuration": [], "history": {}},
        {"chart": V1, "configuration": "closed", "history": {}},
        {"chart": V1, "configuration": [1], "history": {}},
        {"chart": V1, "configuration": ["paused"], "history": {"left_off": "track"}},
        {"chart": V1, "configuration": ["paused"], "history": []},
    ],
)
def test_json_of_another_shape_is_refused(data: object) -> None:
    with pytest.raises(IllegalSnapshot):
        Snapshot.from_json(data)


@pytest.mark.parametrize(
    ("leaf", "phase"),
    [
        ("preparation", Phase.PREPARATION),
        ("mapping", Phase.GAP_ANALYSIS),
        ("communicated", Phase.GAP_ANALYSIS),
        ("revising", Phase.GAP_ANALYSIS),
        ("ranking", Phase.PRIORITISATION),
        ("awaiting_decision", Phase.PRIORITISATION),
        ("executing", Phase.IMPLEMENTATION),
        ("reviewing", Phase.LEARNING),
        ("adjusting", Phase.LEARNING),
        ("evaluating", Phase.CELEBRATION),
        ("celebrated", Phase.CELEBRATION),
        ("finished", Phase.FINISHED),
    ],
)
def test_the_phase_and_place_are_read_from_the_track_and_survive_a_pause(leaf: str, phase: Phase) -> None:
    active = Snapshot(V1, OUTLINE.complete([leaf, "superseded"]))
    paused = step(active, "pause", READY, ask()).after
    assert (standing_of(active), phase_of(active), place_of(active)) == (Standing.ACTIVE, phase, leaf)
    assert (standing_of(paused), phase_of(paused), place_of(paused)) == (Standing.PAUSED, phase, "paused")


@pytest.mark.parametrize("end", ["stopped", "closed"])
def test_an_ended_introduction_has_no_phase(end: str) -> None:
    ended = Snapshot(V1, (end,))
    assert (standing_of(ended).value, phase_of(ended), place_of(ended)) == (end, None, end)


def test_the_phases_are_the_children_of_the_track() -> None:
    assert tuple(Phase) == OUTLINE.children["track"]


def test_the_standings_are_the_states_at_the_top() -> None:
    assert tuple(Standing) == OUTLINE.children[None]


def test_the_track_is_followed_by_the_national_region() -> None:
    assert OUTLINE.children["active"] == ("track", "national", "response")


ILLEGAL = {
    "nothing active": Snapshot(V1, ()),
    "an unknown state": Snapshot(V1, ("active", *REST, "nowhere")),
    "two at the top": Snapshot(V1, (*START.configuration, "paused")),
    "a region missing": Snapshot(V1, START.configuration[:-2]),
    "a leaf missing": Snapshot(V1, START.configuration[:-1]),
    "two leaves in a region": Snapshot(V1, OUTLINE.sort({*START.configuration, "current"})),
    "a state without its parent": Snapshot(V1, OUTLINE.sort({*START.configuration, "mapping"})),
    "another order": Snapshot(V1, tuple(reversed(START.configuration))),
    "a state twice": Snapshot(V1, ("closed", "closed")),
    "paused without history": Snapshot(V1, ("paused",)),
    "a history that lacks a region": Snapshot(V1, ("paused",), {"left_off": REST[:-2]}),
    "a history that lacks a leaf": Snapshot(V1, ("paused",), {"left_off": REST[:-1]}),
    "a history of an unknown state": Snapshot(V1, ("paused",), {"left_off": (*REST, "nowhere")}),
    "an empty history": Snapshot(V1, ("paused",), {"left_off": ()}),
    "an unknown history": Snapshot(V1, ("paused",), {"elsewhere": REST}),
    "a history while active": Snapshot(V1, START.configuration, {"left_off": REST}),
    "a history when stopped": Snapshot(V1, ("stopped",), {"left_off": REST}),
    "an unknown chart": Snapshot("introduction_v0", START.configuration),
}


@pytest.mark.parametrize("snapshot", ILLEGAL.values(), ids=ILLEGAL.keys())
def test_a_place_the_chart_does_not_allow_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(IllegalSnapshot):
        check_snapshot(snapshot)


@pytest.mark.parametrize("snapshot", [START, PAUSED, Snapshot(V1, ("stopped",)), Snapshot(V1, ("closed",))])
def test_a_place_the_chart_allows_is_accepted(snapshot: Snapshot) -> None:
    check_snapshot(snapshot)
    assert find_illegal_configuration(OUTLINE, snapshot.configuration) is None
