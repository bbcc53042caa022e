"""The run rules against published series and results; positions there count from one."""

from collections.abc import Iterator

import pytest

from pathways.measurement import analyse_runs
from pathways.measurement.critical import crossings_limit, longest_run_limit
from pathways.measurement.values import middle
from tests.pathways.measurement.reference import Case, cases, critical_values, name_of, values_of

COUNTED = ("useful", "longest_run", "crossings", "signal")
RUNS = cases("run_cases")


def centre_of(case: Case, values: list[float | None]) -> float | None:
    """The line that the source used: its own median, the mean of the values, or a figure that it states."""
    stated = case["centre"]
    if stated == "median":
        return None
    if stated == "mean":
        return sum(value for value in values if value is not None) / len(values)
    if "numerators" in case:
        return float(sum(case["numerators"]) / sum(case["denominators"]))
    return float(stated) if isinstance(stated, int | float) else None


def told() -> Iterator[tuple[str, list[float | None], float | None, Case]]:
    """Every series with the line and the counts that are asserted of it, from the source and recomputed."""
    for case in RUNS:
        for part in case.get("parts", []):
            values = [None if n + 1 in part["excluded_points"] else v for n, v in enumerate(part["values"])]
            yield case["id"], values, part["centre"], part["expected"]
        if "parts" in case:
            continue
        values = values_of(case)
        centre = centre_of(case, values)
        if "useful" in case.get("expected", ()):
            yield case["id"], values, centre, case["expected"]
        derived = case.get("derived") or {}
        if "mean_runs" in derived:
            yield f"{case['id']} mean", values, centre, derived["mean_runs"]
        if "median_runs" in derived:
            yield f"{case['id']} median", values, None, derived["median_runs"]


TOLD = list(told())


@pytest.mark.parametrize(("name", "values", "centre", "expected"), TOLD, ids=[one[0] for one in TOLD])
def test_a_published_series_gives_the_published_counts(
    name: str, values: list[float | None], centre: float | None, expected: Case
) -> None:
    found = analyse_runs(values, centre=centre)
    assert {key: getattr(found, key) for key in COUNTED} == {key: expected[key] for key in COUNTED}
    assert (found.longest_run_limit, found.crossings_limit) == (expected["longest_run_max"], expected["crossings_min"])


@pytest.mark.parametrize("case", [one for one in RUNS if one["centre"] == "median" and "expected" in one], ids=name_of)
def test_the_line_is_the_median(case: Case) -> None:
    assert analyse_runs(values_of(case)).centre == case["expected"]["centre"]


@pytest.mark.parametrize("case", [one for one in RUNS if "on_centre" in one.get("expected", ())], ids=name_of)
def test_points_on_the_line_are_the_published_ones(case: Case) -> None:
    values = values_of(case)
    line = middle([value for value in values if value is not None])
    assert [n + 1 for n, value in enumerate(values) if value == line] == case["expected"]["on_centre"]


SPANS = [one for one in TOLD if "longest_run_span" in one[3]]


@pytest.mark.parametrize(("name", "values", "centre", "expected"), SPANS, ids=[one[0] for one in SPANS])
def test_the_longest_run_stands_where_it_was_found(
    name: str, values: list[float | None], centre: float | None, expected: Case
) -> None:
    longest = analyse_runs(values, centre=centre).longest
    assert longest is not None
    assert [longest.places[0] + 1, longest.places[-1] + 1] == expected["longest_run_span"]


@pytest.mark.parametrize(("useful", "longest", "crossings"), critical_values())
def test_a_tabulated_critical_value_is_the_formulas(useful: int, longest: int, crossings: int) -> None:
    assert (longest_run_limit(useful), crossings_limit(useful)) == (longest, crossings)
