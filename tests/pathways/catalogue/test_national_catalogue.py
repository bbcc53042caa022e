"""The shipped catalogue holds what the sources say and nothing more."""

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from pathways.catalogue.read import read_catalogue, read_dalarna_2021, read_national_catalogue
from pathways.catalogue.schema import UNDATED, CataloguePathway, NationalStatus

NATIONAL = read_national_catalogue()
BY_SLUG = {pathway.slug: pathway for pathway in NATIONAL}
DALARNA = read_dalarna_2021()


def labels(slug: str) -> list[tuple[str, str, date | None]]:
    return [(version.label, version.kind, version.published_on) for version in BY_SLUG[slug].versions]


def read_text(folder: Path, text: str, name: str = "catalogue.yaml") -> tuple[CataloguePathway, ...]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return read_catalogue(file)


def test_there_are_twenty_seven_pathways() -> None:
    assert len(NATIONAL) == 27


@pytest.mark.parametrize(
    ("slug", "label", "published_on"),
    [
        ("hjartsvikt-nydebuterad", "2021-02", date(2021, 2, 24)),
        ("sepsis", "2021-05", None),  # the month is known, the day is not
        ("kol", "2020", None),
        ("epilepsi", UNDATED, None),
    ],
)
def test_an_approval_gives_one_final_version_with_only_what_is_known(
    slug: str, label: str, published_on: date | None
) -> None:
    assert labels(slug) == [(label, "final", published_on)]


def test_a_pathway_in_development_has_no_version() -> None:
    assert labels("svarlakta-sar") == []


def test_a_version_has_a_date_only_where_the_file_gives_the_day() -> None:
    dated = {p.slug for p in NATIONAL for version in p.versions if version.published_on}
    assert dated == {p.slug for p in NATIONAL if p.date_approved}


def test_the_only_numeric_target_is_that_of_sepsis() -> None:
    targets = [(p.slug, goal.target, goal.unit) for p in NATIONAL for goal in p.goal_indicators if goal.target]
    assert targets == [("sepsis", 100.0, "procent")]


def test_every_pathway_names_its_sources() -> None:
    assert [pathway.slug for pathway in NATIONAL if not pathway.sources] == []


def test_dalarnas_ten_rows_are_pathways_of_the_catalogue_under_the_same_label() -> None:
    rows = {row.pathway: row.label for row in DALARNA.status_table.rows}
    assert rows == {p.slug: p.dalarna_2021_row for p in NATIONAL if p.dalarna_2021_row}
    assert len(rows) == 10


def test_dalarnas_events_concern_known_pathways() -> None:
    assert {event.pathway for event in DALARNA.known_events} <= set(BY_SLUG)


def test_the_events_of_a_pathway_are_told_with_body_and_day() -> None:
    (event,) = DALARNA.events_of("kol")
    assert (event.on, event.body, event.event) == (date(2020, 12, 1), "hsn", "decision_to_introduce")


def test_the_marks_of_the_status_table_stay_unknown() -> None:
    assert DALARNA.status_table.cell_marks is None


def test_versions_in_the_file_are_taken_as_they_are(tmp_path: Path) -> None:
    text = """
schema_version: 1
pathways:
  - slug: kol
    name: KOL
    national_status: published
    versions:
      - {label: remiss 2020, kind: consultation, published_on: 2020-01-27}
      - {label: "1.0", kind: final, published_on: null}
"""
    (pathway,) = read_text(tmp_path, text)
    assert [version.label for version in pathway.versions] == ["remiss 2020", "1.0"]
    assert [version.label for version in pathway.final_versions] == ["1.0"]


def test_an_empty_list_of_versions_means_none(tmp_path: Path) -> None:
    text = "schema_version: 1\npathways:\n  - {slug: kol, name: KOL, national_status: approved, versions: []}\n"
    assert read_text(tmp_path, text)[0].versions == ()


def test_steps_may_have_one_title_or_one_per_language(tmp_path: Path) -> None:
    steps = "[{ref: A, title: Spirometri}, {ref: B, title: {sv: Rökstopp, en: Quit smoking}}]"
    text = f"schema_version: 1\npathways:\n  - {{slug: kol, name: KOL, national_status: approved, steps: {steps}}}\n"
    found = read_text(tmp_path, text)[0].steps
    assert [(step.ref, step.title.sv, step.title.en) for step in found] == [
        ("A", "Spirometri", "Spirometri"),
        ("B", "Rökstopp", "Quit smoking"),
    ]


def test_the_same_catalogue_as_json_gives_the_same_pathways(tmp_path: Path) -> None:
    content = {"schema_version": 1, "pathways": [p.model_dump(mode="json", exclude={"versions"}) for p in NATIONAL]}
    assert read_text(tmp_path, json.dumps(content, indent="\t"), "catalogue.json") == NATIONAL


def test_nothing_of_the_file_is_left_out() -> None:
    text = files("pathways.catalogue").joinpath("national.yaml").read_text("utf-8")
    assert text.count("basis: ") - text.count("basis: stated_indicator (") == sum(
        len(p.goal_indicators) for p in NATIONAL
    )
    assert text.count("      - https://") == sum(len(p.sources) for p in NATIONAL)


def test_statuses_are_those_the_sources_prove() -> None:
    counts = {status: sum(p.national_status is status for p in NATIONAL) for status in NationalStatus}
    assert counts == {NationalStatus.APPROVED: 16, NationalStatus.PUBLISHED: 10, NationalStatus.IN_DEVELOPMENT: 1}
