"""A catalogue with a fault gives nothing, and every fault with its line, its field and what was expected."""

from importlib.resources import files
from pathlib import Path

import pytest

from pathways.catalogue.crosscheck import SENTENCES as CATALOGUE_SENTENCES
from pathways.catalogue.read import InvalidCatalogue, read_catalogue, read_regional
from pathways.reading.problems import SENTENCES as INPUT_SENTENCES
from pathways.reading.problems import FileProblem

TEXT = files("pathways.catalogue").joinpath("national.yaml").read_text("utf-8")
REGIONAL = files("pathways.catalogue").joinpath("dalarna_2021.yaml").read_text("utf-8")


def problems_of(file: Path, text: str) -> tuple[FileProblem, ...]:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidCatalogue) as refusal:
        read_catalogue(file)
    assert {p.sentence for p in refusal.value.problems} <= {*CATALOGUE_SENTENCES, *INPUT_SENTENCES}
    return refusal.value.problems


def line_of(text: str, snippet: str) -> int:
    return text[: text.index(snippet)].count("\n") + 1


# old text, new text, words of the faulty line, field, sentence
BAD = [
    ("slug: knaledsartros", "slug: kol", "slug: kol\n    name: KOL\n", "pathways[kol].slug",
     "input.duplicate_value"),
    ("    npo: Rörelse", "    nop: Rörelse", "nop:", "pathways[hoftledsartros-primarvard].nop", "input.unknown_key"),
    ("    name: KOL\n", "", "- slug: kol\n", "pathways[kol].name", "input.missing_key"),
    ("kind: process, direction: lower, target: null, unit: dagar", "kind: proces, direction: lower", "kind: proces,",
     "pathways[reumatoid-artrit-del-1].goal_indicators[1].kind", "input.expected_one_of"),
    ("target: 100", "target: alla", "target: alla", "pathways[sepsis].goal_indicators[1].target",
     "input.expected_number"),
    ("https://skr.se/", "skr.se/", "- skr.se/", "pathways[hoftledsartros-proteskirurgi].sources[1]",
     "input.expected_address"),
    ('date_approved: "2021-02-24"', 'date_approved: "24 feb 2021"', "24 feb",
     "pathways[hjartsvikt-nydebuterad].date_approved", "input.expected_date"),
    ("approved_year: 2021\n    approved_month: 5", "approved_year: null\n    approved_month: 5",
     "approved_month: 5\n    date_note: \"Approval", "pathways[sepsis].approved_month",
     "catalogue.month_without_year"),
    ("    approved_month: 2\n    date_note: null", "    approved_month: 3\n    date_note: null",
     "approved_month: 3\n    date_note: null", "pathways[hjartsvikt-nydebuterad].approved_month",
     "catalogue.date_mismatch"),
    ("national_status: in_development", "national_status: in_developement", "in_developement",
     "pathways[svarlakta-sar].national_status", "input.expected_one_of"),
    ('{name: "Smärta", kind: outcome', '{name: "Hälsorelaterad livskvalitet", kind: outcome',
     'Hälsorelaterad livskvalitet", kind: outcome, direction: lower',
     "pathways[hoftledsartros-primarvard].goal_indicators[4].name", "input.duplicate_value"),
    ("    part: 1\n", "    part: ett\n", "part: ett", "pathways[hoftledsartros-primarvard].part",
     "input.expected_whole_number"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "faulty", "field", "sentence"), BAD)
def test_a_bad_catalogue_names_line_field_and_what_was_expected(
    tmp_path: Path, old: str, new: str, faulty: str, field: str, sentence: str
) -> None:
    assert old in TEXT
    bad = TEXT.replace(old, new, 1)
    found = problems_of(tmp_path / "catalogue.yaml", bad)
    assert (line_of(bad, faulty), field, sentence) in [(p.line, p.field, p.sentence) for p in found]


def test_all_faults_of_a_catalogue_are_told_at_once(tmp_path: Path) -> None:
    bad = (
        TEXT.replace("target: 100", "target: alla")
        .replace("in_development\n", "begun\n")
        .replace("part: 1\n", "part: ett\n")
    )
    found = problems_of(tmp_path / "catalogue.yaml", bad)
    assert len(found) == 2 + TEXT.count("part: 1\n")


def test_a_catalogue_without_pathways_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "catalogue.yaml", "schema_version: 1\npathways: []\n")
    assert (problem.line, problem.field, problem.sentence) == (2, "pathways", "input.too_few")


def test_broken_json_is_refused_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "catalogue.json", '{"schema_version": 1,\n "pathways": [}\n')
    assert (problem.line, problem.sentence) == (2, "input.not_json")


def test_a_table_with_commas_is_not_a_catalogue(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "catalogue.csv", "slug,name\nkol,KOL\n")
    assert problem.sentence == "input.expected_mapping"


def test_an_event_of_an_unknown_body_is_refused(tmp_path: Path) -> None:
    bad = REGIONAL.replace("body: rs, event", "body: sr, event")
    file = tmp_path / "region.yaml"
    file.write_text(bad, encoding="utf-8")
    with pytest.raises(InvalidCatalogue) as refusal:
        read_regional(file)
    (problem,) = refusal.value.problems
    expected = (line_of(bad, "body: sr"), "known_events[4].body", "catalogue.unknown_body")
    assert (problem.line, problem.field, problem.sentence) == expected
