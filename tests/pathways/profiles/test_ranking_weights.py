"""How much each factor counts in a ranking: the same for all where a profile says nothing, and never an unknown one."""

from importlib.resources import files
from pathlib import Path

import pytest

from pathways.profiles.load import InvalidProfile, load_profile, load_shipped_profile

TEXT = files("pathways.profiles").joinpath("dalarna.yaml").read_text("utf-8")


def weights_of(path: Path, section: str) -> dict[str, float]:
    file = path / "profile.yaml"
    file.write_text(f"{TEXT}\n{section}\n", encoding="utf-8")
    return load_profile(file).ranking.weights.by_factor


def test_every_factor_counts_the_same_where_the_profile_says_nothing() -> None:
    assert set(load_shipped_profile().ranking.weights.by_factor.values()) == {1.0}


def test_a_profile_may_weigh_some_factors_otherwise(tmp_path: Path) -> None:
    found = weights_of(tmp_path, "ranking: {weights: {severity: 2, feasibility: 0.5}}")
    assert found == {"gap": 1.0, "affected": 1.0, "severity": 2.0, "feasibility": 0.5}


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("ranking: {weights: {cost: 1}}", "input.unknown_key"),
        ("ranking: {weight: {gap: 1}}", "input.unknown_key"),
        ("ranking: {weights: {gap: 0}}", "input.too_small"),
        ("ranking: {weights: {gap: 11}}", "input.too_large"),
        ("ranking: {weights: {gap: mycket}}", "input.expected_number"),
    ],
)
def test_weights_that_make_no_sense_are_refused_with_their_line(tmp_path: Path, section: str, sentence: str) -> None:
    with pytest.raises(InvalidProfile) as refusal:
        weights_of(tmp_path, section)
    assert [problem.sentence for problem in refusal.value.problems] == [sentence]
