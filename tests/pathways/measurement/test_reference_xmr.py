"""The XmR chart against published series, limits and flagged points; positions there count from one."""

import pytest

from pathways.measurement import XmrAnalysis, analyse_runs, analyse_xmr
from pathways.measurement.judgement import TargetStatus
from pathways.measurement.marks import Rule
from pathways.measurement.series import TwoOfThree
from pathways.measurement.status import against
from tests.pathways.measurement.reference import Case, cases, factor_of, name_of, values_of

XMR = cases("xmr_cases")
LINES = ("mean", "lower", "upper", "near_lower", "near_upper")
FLAGS = {
    "outside_limits": Rule.OUTSIDE,
    "shift_7": Rule.SHIFT,
    "trend_7": Rule.TREND,
    "two_of_three": Rule.TWO_OF_THREE,
}


def analyse(case: Case, two_of_three: TwoOfThree = "2023") -> XmrAnalysis:
    settings = case["settings"]
    return analyse_xmr(
        values_of(case),
        baseline=settings.get("baseline_points"),
        screen=settings.get("screen_moving_ranges", True),
        factor=factor_of(case),
        two_of_three=two_of_three,
    )


def tolerance(case: Case) -> float:
    return float(case.get("tolerance", 1e-6))


def marked(found: XmrAnalysis, rule: Rule) -> list[int]:
    return sorted({place + 1 for stretch in found.stretches if stretch.rule is rule for place in stretch.places})


WHOLE = [case for case in XMR if "recalculate_from" not in case["settings"]]


@pytest.mark.parametrize("case", WHOLE, ids=name_of)
def test_the_lines_are_the_published_ones(case: Case) -> None:
    found = analyse(case)
    expected = {key: case["expected"][key] for key in LINES if key in case["expected"]}
    assert {key: getattr(found, key) for key in expected} == pytest.approx(expected, abs=tolerance(case))


@pytest.mark.parametrize("case", [one for one in WHOLE if one.get("derived")], ids=name_of)
def test_the_lines_are_the_formulas_to_full_precision(case: Case) -> None:
    found = analyse(case)
    expected = {key: case["derived"][key] for key in LINES if key in case["derived"]}
    assert {key: getattr(found, key) for key in expected} == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("case", [one for one in WHOLE if "special_cause_points" in one["expected"]], ids=name_of)
def test_the_labelled_points_are_the_published_ones(case: Case) -> None:
    labelled = [n + 1 for n, one in enumerate(analyse(case).labels) if one]
    assert labelled == case["expected"]["special_cause_points"]


@pytest.mark.parametrize("case", [one for one in WHOLE if "outside_limits" in one["expected"]], ids=name_of)
def test_the_points_outside_are_the_published_ones(case: Case) -> None:
    assert marked(analyse(case), Rule.OUTSIDE) == case["expected"]["outside_limits"]


@pytest.mark.parametrize(
    ("case", "flags"),
    [
        pytest.param(case, flags, id=name_of(case))
        for case in [*WHOLE, *cases("rule_cases", "full_chart")]
        if (flags := (case.get("derived") or {}).get("flags") or (case.get("derived") or {}).get("mdc_flags"))
    ],
)
def test_each_rule_marks_its_own_points(case: Case, flags: dict[str, list[int]]) -> None:
    found = analyse(case, "older")  # the variant that these lists were recomputed with
    assert {name: marked(found, rule) for name, rule in FLAGS.items()} == {name: flags[name] for name in FLAGS}


@pytest.mark.parametrize("case", [one for one in WHOLE if "runs_signal" in one["expected"]], ids=name_of)
def test_the_run_rules_around_the_mean_agree(case: Case) -> None:
    found, expected = analyse_runs(values_of(case), centre=analyse(case).mean), case["expected"]
    assert (found.useful, found.longest_run, found.longest_run_limit) == (
        expected["useful"],
        expected["longest_run"],
        expected["longest_run_max"],
    )
    assert (found.crossings, found.crossings_limit, found.signal) == (
        expected["crossings"],
        expected["crossings_min"],
        expected["runs_signal"],
    )


@pytest.mark.parametrize("case", [one for one in XMR if "recalculate_from" in one["settings"]], ids=name_of)
def test_a_recalculated_chart_has_lines_of_its_own_on_either_side(case: Case) -> None:
    first = case["expected"]["first_point_of_second_segment"] - 1
    values = values_of(case)
    for part, expected in zip((values[:first], values[first:]), case["derived"]["segments"], strict=True):
        found = analyse_xmr(part, factor=factor_of(case))
        assert {key: getattr(found, key) for key in expected} == pytest.approx(expected, abs=1e-9)


ASSURED = {
    "consistent_pass": TargetStatus.MET,
    "consistent_fail": TargetStatus.MISSED,
    "inconsistent": TargetStatus.SOMETIMES,
}


@pytest.mark.parametrize("case", [one for one in XMR if "assurance" in one["expected"]], ids=name_of)
def test_the_target_stands_against_the_limits_as_published(case: Case) -> None:
    found, settings = analyse(case), case["settings"]
    assert found.lower is not None
    assert found.upper is not None
    higher = settings["improvement_direction"] == "increase"
    told = against(settings["target"], found.lower, found.upper, higher_is_better=higher)
    assert told is ASSURED[case["expected"]["assurance"]]


@pytest.mark.parametrize("case", cases("rule_cases", "assurance"), ids=name_of)
def test_a_target_is_judged_by_direction_and_never_without_one(case: Case) -> None:
    if case["direction"] == "neutral":
        assert case["expected"] is None  # `find_target_status` does not ask: see test_judged_series
        return
    higher = case["direction"] == "increase"
    assert against(case["target"], case["lower"], case["upper"], higher_is_better=higher) is ASSURED[case["expected"]]
