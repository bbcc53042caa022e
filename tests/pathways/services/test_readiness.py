"""Readiness before the start and the complexity of the change: what is written, and what is refused."""

import pytest

from pathways.models.holding import ComplexityAnswer, ReadinessLine
from pathways.services.hold.assess_complexity import suggests_smaller_step
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import person_id, refusal, rows

BASE = {"line": "baseline", "answer": "yes"}
NO = {"line": "stop_rule", "answer": "no", "owner": "res", "due_on": "2021-12-01", "note": "Tas upp i april"}


def test_lines_are_written_one_by_one_and_the_others_stay(at: At) -> None:
    driver = at("ranking")
    driver.do("set_readiness", by="res", lines=[BASE, NO])
    driver.do("set_readiness", by="ordf", lines=[{"line": "stop_rule", "answer": "yes"}])
    found = {row["line"]: row for row in rows(driver, ReadinessLine)}
    assert {line: str(row["answer"]) for line, row in found.items()} == {"baseline": "yes", "stop_rule": "yes"}
    assert (found["stop_rule"]["owner_id"], found["stop_rule"]["note"]) == (None, None)


def test_a_no_keeps_name_day_and_words(at: At) -> None:
    driver = at("executing")
    driver.do("set_readiness", lines=[NO])
    row = rows(driver, ReadinessLine)[0]
    assert (row["owner_id"], row["due_on"].isoformat()) == (person_id(driver.app, "res"), "2021-12-01")
    assert row["note"] == "Tas upp i april"


@pytest.mark.parametrize(
    ("by", "lines", "sentence"),
    [
        ("sam", [{"line": "baseline", "answer": "no"}], "baseline.owner:order.no_without_owner"),
        ("sam", [{"line": "baseline", "answer": "no", "owner": "ingen"}], "error.unknown_person"),
        ("sam", [{"line": "baseline", "answer": "kanske"}], "lines.0.answer:order.one_of"),
        ("sam", [{"line": "vädret", "answer": "yes"}], "lines.0.line:order.one_of"),
        ("sam", [BASE, BASE], "order.rule"),
        ("sam", [], "lines:order.empty_list"),
        ("m1", [BASE], "error.not_allowed"),
        ("ana", [BASE], "error.not_allowed"),
    ],
)
def test_readiness_that_is_refused(at: At, by: str, lines: list[dict[str, object]], sentence: str) -> None:
    assert refusal(at("executing"), "set_readiness", by=by, lines=lines) == sentence


def test_complexity_is_answered_domain_by_domain(at: At) -> None:
    driver = at("ranking")
    driver.do("assess_complexity", by="lg", domains=[{"domain": "staff", "level": "complex", "note": "Nya roller"}])
    driver.do("assess_complexity", by="res", domains=[{"domain": "staff", "level": "simple"}])
    assert [(row["domain"], str(row["level"]), row["note"]) for row in rows(driver, ComplexityAnswer)] == [
        ("staff", "simple", None)
    ]


@pytest.mark.parametrize(
    ("place", "by", "domains", "sentence"),
    [
        ("executing", "sam", [{"domain": "staff", "level": "complex"}], "error.complexity_not_now"),
        ("mapping", "sam", [{"domain": "staff", "level": "complex"}], "error.complexity_not_now"),
        ("ranking", "m1", [{"domain": "staff", "level": "complex"}], "error.not_allowed"),
        ("ranking", "lg", [{"domain": "staff", "level": "svårt"}], "domains.0.level:order.one_of"),
        ("ranking", "lg", [{"domain": "staff", "level": "simple"}] * 2, "order.rule"),
    ],
)
def test_complexity_that_is_refused(
    at: At, place: str, by: str, domains: list[dict[str, object]], sentence: str
) -> None:
    assert refusal(at(place), "assess_complexity", by=by, domains=domains) == sentence


@pytest.mark.parametrize(
    ("levels", "smaller"),
    [((), False), (("complex",), False), (("complex", "complicated", "simple"), False), (("complex", "complex"), True)],
)
def test_two_complex_domains_call_for_a_smaller_step(levels: tuple[str, ...], *, smaller: bool) -> None:
    assert suggests_smaller_step(levels) is smaller
