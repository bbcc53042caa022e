"""Single rules against published cases; positions there count from one."""

from datetime import date

import pytest

from pathways.measurement import analyse_xmr
from pathways.measurement.classic import find_shifts as classic_shifts
from pathways.measurement.classic import find_trends as classic_trends
from pathways.measurement.marks import Mark, Rule, Side, mark_of
from pathways.measurement.reset import find_sustained
from pathways.measurement.series import Direction, TwoOfThree
from pathways.measurement.special import Stretch, find_outside, find_shifts, find_trends, find_two_of_three
from pathways.measurement.values import middle
from tests.pathways.measurement.reference import Case, cases, load, name_of

NAMES = {Side.ABOVE: "upper", Side.BELOW: "lower"}
DIRECTIONS = {"increase": Direction.HIGHER, "decrease": Direction.LOWER, "neutral": Direction.NEITHER}
MARKS = {
    Mark.IMPROVEMENT: "improvement",
    Mark.CONCERN: "deterioration",
    Mark.UP: "neutral_high",
    Mark.DOWN: "neutral_low",
}


def spelled(stretches: list[Stretch], count: int) -> list[str]:
    found = ["none"] * count
    for stretch in stretches:
        for place in stretch.places:
            found[place] = NAMES[stretch.side]
    return found


@pytest.mark.parametrize("case", cases("rule_cases", "outside_limits"), ids=name_of)
def test_outside_means_strictly_outside(case: Case) -> None:
    each = [
        spelled(find_outside([value], lower, upper), 1)[0]
        for value, lower, upper in zip(case["values"], case["lower"], case["upper"], strict=True)
    ]
    assert each == case["expected"]


@pytest.mark.parametrize("case", cases("rule_cases", "shift"), ids=name_of)
def test_a_shift_is_broken_by_a_point_on_the_line(case: Case) -> None:
    against_line = [value - centre for value, centre in zip(case["values"], case["centre"], strict=True)]
    assert spelled(find_shifts(against_line, 0, length=case["n"]), len(against_line)) == case["expected"]


@pytest.mark.parametrize("case", cases("rule_cases", "seven_on_one_side_completed_at"), ids=name_of)
def test_a_shift_is_complete_at_its_seventh_point(case: Case) -> None:
    complete = [place + 1 for one in find_shifts(case["side"], 0) for place in one.places[6:]]
    assert complete == case["expected"]


@pytest.mark.parametrize("case", cases("rule_cases", "trend"), ids=name_of)
def test_a_trend_is_broken_by_equal_neighbours(case: Case) -> None:
    assert spelled(find_trends(case["values"], length=case["n"]), len(case["values"])) == case["expected"]


@pytest.mark.parametrize("case", cases("rule_cases", "trend_of_seven_completed_at"), ids=name_of)
def test_a_trend_is_complete_at_its_seventh_point(case: Case) -> None:
    ways = {Side.ABOVE: 1, Side.BELOW: -1}
    found = {str(place + 1): ways[one.side] for one in find_trends(case["values"]) for place in one.places[6:]}
    assert found == case["expected"]


@pytest.mark.parametrize("case", cases("rule_cases", "two_of_three_same_side"), ids=name_of)
def test_two_of_three_wants_all_three_on_one_side(case: Case) -> None:
    values = [side * (2.5 if near else 1.0) for side, near in zip(case["side"], case["near_limit"], strict=True)]
    found = find_two_of_three(values, 0, near=(-2, 2), outer=(-3, 3))
    assert sorted({place + 1 for one in found for place in one.places}) == case["expected_points"]


@pytest.mark.parametrize("case", cases("rule_cases", "two_of_three_counts_points_beyond_3_sigma"), ids=name_of)
def test_the_two_variants_differ_in_points_outside_the_limit(case: Case) -> None:
    zones = {"beyond 3": 3.5, "between 2 and 3": 2.5, "within 2": 1.0, "between 1 and 2": 1.5, "within 1": 0.5}
    values = [zones[zone] for zone in case["zones"]]
    variants: dict[str, TwoOfThree] = {"expected_new": "2023", "expected_old": "older"}
    told = {
        name: sorted(
            {
                place + 1
                for one in find_two_of_three(values, 0, near=(-2, 2), outer=(-3, 3), variant=variant)
                for place in one.places
            }
        )
        for name, variant in variants.items()
    }
    assert told == {name: case[name]["two_of_three"] for name in told}


BEYOND = cases("rule_cases", "two_of_three_beyond_2_sigma")


@pytest.mark.parametrize("case", [one for one in BEYOND if not one["highlight_whole_window"]], ids=name_of)
def test_two_of_three_agrees_where_the_third_point_lies_on_the_same_side(case: Case) -> None:
    """The source lets the third point lie anywhere; moved to the same side the marked points must be the same."""
    middle_line = [(low + high) / 2 for low, high in zip(case["near_lower"], case["near_upper"], strict=True)]
    sides = {"upper": 2.5, "lower": -2.5}
    beyond = [
        "upper" if value > high else "lower" if value < low else "none"
        for value, low, high in zip(case["values"], case["near_lower"], case["near_upper"], strict=True)
    ]
    signs = [1.0 if "upper" in beyond else -1.0] * len(beyond)
    values = [sides.get(name, sign) for name, sign in zip(beyond, signs, strict=True)]
    assert middle_line
    assert spelled(find_two_of_three(values, 0, near=(-2, 2), outer=(-3, 3)), len(values)) == case["expected"]


@pytest.mark.parametrize("case", cases("rule_cases", "direction"), ids=name_of)
def test_the_word_follows_side_and_direction(case: Case) -> None:
    sides = {"upper": Side.ABOVE, "lower": Side.BELOW}
    if case["signal"] not in sides:
        assert case["expected"] == "none"
        return
    assert MARKS[mark_of(sides[case["signal"]], DIRECTIONS[case["direction"]])] == case["expected"]


@pytest.mark.parametrize("case", cases("rule_cases", "full_chart"), ids=name_of)
def test_a_whole_chart_labels_the_published_points(case: Case) -> None:
    labelled = [n + 1 for n, one in enumerate(analyse_xmr(case["values"]).labels) if one]
    if "special_cause_points" in case["expected"]:
        assert labelled == case["expected"]["special_cause_points"]
    if "points_15_16_special" in case["expected"]:
        assert ({15, 16} <= {*labelled}) is case["expected"]["points_15_16_special"]


CLASSIC = cases("ihi_rule_cases")


@pytest.mark.parametrize("case", [one for one in CLASSIC if "centre" in one], ids=name_of)
def test_the_classic_shift_marks_the_published_useful_points(case: Case) -> None:
    found = sorted(place + 1 for run in classic_shifts(case["values"], case["centre"]) for place in run.places)
    assert found == case["expected"]["useful_marked_points"]


@pytest.mark.parametrize("case", [one for one in CLASSIC if "centre" not in one], ids=name_of)
def test_the_classic_trend_counts_equal_values_once(case: Case) -> None:
    ways = {Side.ABOVE: "up", Side.BELOW: "down"}
    found = [
        {
            "different_values": one.different,
            "direction": ways[one.side],
            "from_value": case["values"][one.places[0]],
            "to_value": case["values"][one.places[-1]],
        }
        for one in classic_trends(case["values"])
    ]
    assert found == case["expected"]


REBASED = [one for one in cases("rebase_cases") if one.get("series") == "wards"]


@pytest.mark.parametrize("case", REBASED, ids=name_of)
def test_a_person_who_follows_every_suggestion_gets_the_published_medians(case: Case) -> None:
    allowed = {"both": {Side.ABOVE, Side.BELOW}, "above": {Side.ABOVE}, "below": {Side.BELOW}}[case["direction"]]
    found = [
        {"series": name, "median": median, "start": start, "end": end}
        for name, ward in load("rebase_cases")["wards"].items()
        for median, start, end in follow(ward, case, allowed)
    ]
    expected = [{key: one[key] for key in ("series", "median", "start", "end")} for one in case["expected"]]
    assert found == expected


def follow(ward: Case, case: Case, allowed: set[Side]) -> list[tuple[float, str, str]]:
    """The medians in turn: each from exactly the nine points of the first sustained run after the one before."""
    length, values, dates = case["run_length"], ward["values"], ward["dates"]
    start, end = 0, case["baseline_points"] - 1
    found: list[tuple[float, str, str]] = []
    basis = list(range(start, end + 1))
    while True:
        median = middle([values[place] for place in basis])
        found.append((median, dates[basis[0]], dates[basis[-1]]))
        after = basis[-1] + 1
        runs = [run for run in find_sustained(values[after:], median, length=length) if run.side in allowed]
        if not runs:
            return found
        basis = [after + place for place in runs[0].places[:length]]


def test_the_dates_of_the_wards_are_months() -> None:
    for ward in load("rebase_cases").get("wards", {}).values():
        assert all(date.fromisoformat(day).day == 1 for day in ward["dates"])


TRAPS = {case["id"]: case for case in cases("disagreements")}


@pytest.mark.parametrize("trap", [one for one in ("trap-01", "trap-02", "trap-03") if one in TRAPS])
def test_without_variation_there_are_no_limits_and_no_labels(trap: str) -> None:
    found = analyse_xmr(TRAPS[trap]["values"])
    assert (found.lower, found.upper, set(found.labels)) == (None, None, {None})


@pytest.mark.skipif("trap-04" not in TRAPS, reason="no reference cases here")
def test_each_chart_keeps_its_own_convention_for_points_on_the_line() -> None:
    case = TRAPS["trap-04"]
    assert find_shifts(case["values"], case["centre"]) == []
    assert [run.length for run in classic_shifts(case["values"], case["centre"])] == [7]


def test_rules_have_one_spelling() -> None:
    assert {str(rule) for rule in Rule} == {"run", "crossings", "outside", "trend", "two_of_three", "shift"}
