"""The score behind a ranking: what it counts, how sturdy its order is, and which moves must be explained."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.planning.ranking import (
    FACTORS,
    TOP,
    Measure,
    affected_level,
    gap_level,
    list_in_need,
    list_moved,
    list_unexplained,
    middle,
    places_by_score,
    score_of,
    try_order,
)

EVEN = dict.fromkeys(FACTORS, 1.0)


def levels(gap: float, affected: float, severity: float, feasibility: float) -> dict[str, float]:
    return {"gap": gap, "affected": affected, "severity": severity, "feasibility": feasibility}


def measure(ref: str, *given: float) -> Measure:
    return Measure(ref, levels(*given) if given else None)


@pytest.mark.parametrize(
    ("given", "score"), [((4, 5, 4, 4), 100.0), ((2, 5, 4, 4), 84.09), ((1, 1, 1, 1), 23.64), ((3, 5, 4, 3), 86.60)]
)
def test_the_score_is_a_product_on_a_scale_up_to_a_hundred(given: tuple[int, ...], score: float) -> None:
    assert score_of(levels(*given), EVEN) == pytest.approx(score, abs=0.01)


def test_a_weight_of_more_makes_a_factor_count_more() -> None:
    one, two = measure("gap", 4, 2, 2, 2), measure("severity", 2, 2, 4, 2)
    assert places_by_score([one, two], EVEN) == {"gap": 1, "severity": 1}
    assert places_by_score([one, two], {**EVEN, "severity": 2.0}) == {"severity": 1, "gap": 2}


def test_what_lacks_a_level_has_no_place_and_equal_scores_share_one() -> None:
    found = places_by_score(
        [measure("a", 2, 2, 2, 2), measure("none"), measure("b", 2, 2, 2, 2), measure("c", 1, 1, 1, 1)], EVEN
    )
    assert found == {"a": 1, "b": 1, "c": 3}


@pytest.mark.parametrize(
    ("given", "level"), [([], None), ([0], 1), ([3], 4), ([2, 3], 4), ([1, 2], 3), ([0, 0, 3], 1), ([2, 2, 3], 3)]
)
def test_the_gap_is_the_middle_of_the_linked_answers(given: list[int], level: int | None) -> None:
    assert gap_level(given) == level


@pytest.mark.parametrize(
    ("units", "asked", "level"),
    [(0, 0, None), (0, 8, 1), (1, 8, 2), (2, 8, 2), (3, 8, 3), (4, 8, 3), (6, 8, 4), (7, 8, 5), (9, 8, 5)],
)
def test_the_concerned_are_a_share_of_the_units_asked(units: int, asked: int, level: int | None) -> None:
    assert affected_level(units, asked) == level


def test_several_members_are_told_by_their_middle() -> None:
    assert (middle([]), middle([3]), middle([1, 4]), middle([1, 1, 4])) == (None, 3.0, 2.5, 1.0)


def test_an_order_that_one_factor_decides_narrowly_is_shaky() -> None:
    found = try_order(
        [measure("a", 4, 5, 2, 3), measure("b", 4, 5, 3, 2), measure("c", 1, 1, 1, 1)], {**EVEN, "feasibility": 1.1}
    )
    assert (found.holds, found.swaps) == (False, (("a", "b"),))


def test_an_order_in_which_one_is_ahead_in_everything_is_sturdy() -> None:
    assert try_order([measure("a", 4, 5, 4, 4), measure("b", 3, 4, 3, 3)], EVEN).holds


@pytest.mark.parametrize(
    ("order", "moved"), [("abcd", ""), ("bacd", "a"), ("dabc", "d"), ("bcda", "a"), ("dcba", "bcd"), ("acbd", "b")]
)
def test_the_fewest_measures_that_were_moved_are_told(order: str, moved: str) -> None:
    found = list_moved(order, {"a": 1, "b": 2, "c": 3, "d": 4})
    assert len(found) == len(moved)


def test_measures_of_equal_score_may_change_places_without_a_word() -> None:
    assert list_moved("bac", {"a": 1, "b": 1, "c": 3}) == ()


def test_a_measure_without_a_score_may_stand_anywhere() -> None:
    assert list_moved("xab", {"a": 1, "b": 2}) == ()


def test_a_motive_for_the_one_that_was_moved_is_enough() -> None:
    places = {"a": 1, "b": 2, "c": 3}
    assert list_unexplained("cab", places, {"c"}) == ()
    assert list_unexplained("cba", places, {"c"}) != ()


def test_the_one_that_a_person_moved_is_asked_for_its_motive_and_not_its_neighbour() -> None:
    places = {"a": 1, "b": 2}
    assert list_in_need("ba", places, ["a"]) == ("a",)
    assert list_in_need("ba", places, ["b"]) == ("b",)


def test_one_that_was_moved_away_and_back_needs_no_motive() -> None:
    assert list_in_need("ab", {"a": 1, "b": 2}, ["a", "b"]) == ()


LEVELS = st.builds(levels, *(st.integers(1, TOP[factor]) for factor in FACTORS))
WEIGHTS = st.fixed_dictionaries({factor: st.floats(0.1, 10) for factor in FACTORS})


@given(st.lists(LEVELS, max_size=5), WEIGHTS, st.floats(0.2, 5))
def test_only_how_weights_stand_to_each_other_matters(
    found: list[dict[str, float]], weights: dict[str, float], times: float
) -> None:
    measures = [Measure(str(number), one) for number, one in enumerate(found)]
    larger = {name: weight * times for name, weight in weights.items()}
    scores = [(score_of(one, weights), score_of(one, larger)) for one in found]
    assert all(one == pytest.approx(other) and 0 < one <= 100.0000001 for one, other in scores)
    assert len(places_by_score(measures, weights)) == len(found)


@given(LEVELS, WEIGHTS, st.sampled_from(FACTORS))
def test_a_higher_level_never_lowers_the_score(found: dict[str, float], weights: dict[str, float], factor: str) -> None:
    higher = {**found, factor: min(found[factor] + 1, TOP[factor])}
    assert score_of(higher, weights) >= score_of(found, weights)


@given(LEVELS, LEVELS, WEIGHTS)
def test_what_is_ahead_in_everything_never_changes_places(
    one: dict[str, float], two: dict[str, float], weights: dict[str, float]
) -> None:
    ahead = {factor: max(one[factor], two[factor]) for factor in FACTORS}
    assert try_order([Measure("ahead", ahead), Measure("two", two)], weights).holds


@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdef")))
def test_those_in_need_explain_any_order(order: list[str], moved: set[str]) -> None:
    places = {ref: place for place, ref in enumerate("abcdef")}
    need = list_in_need(order, places, sorted(moved))
    assert list_unexplained(order, places, need) == ()
    assert all(list_unexplained(order, places, {*need} - {ref}) for ref in need)


def test_the_fewest_are_the_fewest_for_every_order_of_five() -> None:
    places = {ref: place for place, ref in enumerate("abcde")}
    for order in permutations("abcde"):
        moved = list_moved(order, places)
        rest = [ref for ref in order if ref not in moved]
        assert rest == sorted(rest)
