"""Commands that move an introduction: the national text, the response to the consultation, the voluntary report."""

import pytest
from sqlalchemy import select

from pathways.models.catalogue import PathwayVersion
from pathways.models.decision import Decision, DecisionKind
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, last_event, own, publish, refusal, row

version = table_of(PathwayVersion)
CONSULTATION = ("remiss 2021", "consultation")
FIRST, SECOND = ("2022", "final"), ("2023", "final")
MINUTES: Data = {
    "body": "rs",
    "meeting_on": "2021-06-08",
    "paragraph_no": "§ 101",
    "register_no": "RD21/77",
}


@pytest.fixture
def consulted(at: At) -> Driver:
    """An introduction of a pathway that is open for views; a response is being drafted."""
    return at("consulted")


def configuration(driver: Driver) -> set[str]:
    return set(own(driver)["configuration"])


def label(driver: Driver, column: str) -> str | None:
    """The label of the version that a column of the introduction names."""
    with driver.app.read() as work:
        found: str | None = work.value(select(version.c.label).where(version.c.id == own(driver)[column]))
    return found


def test_a_pathway_in_force_is_followed_from_the_start(at: At) -> None:
    driver = at("preparation")
    assert configuration(driver) >= {"current", "not_due"}
    assert label(driver, "adopted_version_id") is not None


def test_a_pathway_open_for_views_gets_a_response_drafted(consulted: Driver) -> None:
    assert configuration(consulted) >= {"consultation", "drafting"}


def test_a_region_may_start_without_answering(consulted: Driver) -> None:
    publish(consulted.app, CONSULTATION, slug="annat-forlopp")
    other = Driver(consulted.app, consulted.clock, "annat-forlopp")
    other.do("start", respond=False)
    assert configuration(other) >= {"consultation", "not_due"}


def test_a_response_may_be_asked_for_later(consulted: Driver) -> None:
    consulted.do("waive_response", reason="Hinner inte")
    assert "not_due" in configuration(consulted)
    consulted.do("request_response")
    assert "drafting" in configuration(consulted)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("waive_response", "reason_missing"),
        ("request_response", "not_possible_here"),
        ("submit_response", "gap_analysis_not_communicated response_undecided checklist_item_open"),
        ("approve_nationally", "final_version_missing"),
        ("revise_nationally", "not_possible_here"),
        ("withdraw_nationally", "reason_missing"),
        ("reinstate", "not_possible_here"),
        ("reopen_gap_analysis", "not_possible_here"),
        ("communicate_gap_analysis", "not_possible_here"),
    ],
)
def test_what_the_place_or_the_facts_do_not_allow_is_refused(consulted: Driver, command: str, sentence: str) -> None:
    assert refusal(consulted, command) == sentence


def test_the_response_is_sent_when_the_board_has_decided_it(consulted: Driver) -> None:
    consulted.prepare()
    consulted.analyse()
    assert refusal(consulted, "submit_response", by="reg") == "response_undecided"
    consulted.do("record_response", by="reg", **MINUTES)
    consulted.do("submit_response", by="reg")
    assert "submitted" in configuration(consulted)
    assert row(consulted, Decision)["kind"] == DecisionKind.RESPONSE


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"body": "hsn"}, "error.no_mandate"),
        ({"body": "rss"}, "error.unknown_body"),
        ({"meeting_on": "2021-06-10"}, "error.not_in_the_past"),
        ({"paragraph_no": ""}, "paragraph_no:order.too_short"),
    ],
)
def test_a_decided_response_that_makes_no_sense_is_refused(consulted: Driver, change: Data, sentence: str) -> None:
    assert refusal(consulted, "record_response", by="reg", **{**MINUTES, **change}) == sentence


def test_a_response_that_nobody_drafts_cannot_be_decided(at: At) -> None:
    assert refusal(at("preparation"), "record_response", by="reg", **MINUTES) == "error.no_response_drafted"


@pytest.fixture
def current(consulted: Driver) -> Driver:
    """The same pathway with its first final version in force."""
    publish(consulted.app, CONSULTATION, FIRST)
    consulted.do("approve_nationally")
    return consulted


def test_an_approved_version_is_the_one_the_region_follows(current: Driver) -> None:
    assert "current" in configuration(current)
    assert label(current, "adopted_version_id") == "2022"


def test_nothing_is_revised_before_a_newer_version_is_there(current: Driver) -> None:
    assert refusal(current, "revise_nationally") == "newer_version_missing"


@pytest.fixture
def superseded(current: Driver) -> Driver:
    """The same with a second final version that the region does not follow yet."""
    publish(current.app, CONSULTATION, FIRST, SECOND)
    current.do("revise_nationally")
    return current


def test_a_newer_version_supersedes_and_the_track_goes_on(superseded: Driver) -> None:
    assert configuration(superseded) >= {"superseded", "preparation"}
    assert label(superseded, "adopted_version_id") == "2022"


def test_a_revision_without_local_effect_is_followed_with_a_reason(superseded: Driver) -> None:
    assert refusal(superseded, "adopt_revision", outcome="no_local_effect") == "reason_missing"
    superseded.do("adopt_revision", outcome="no_local_effect", reason="Bara språkliga ändringar")
    assert label(superseded, "adopted_version_id") == label(superseded, "analysed_version_id") == "2023"


def test_a_revision_is_followed_when_the_gap_analysis_is_revised_for_it(superseded: Driver) -> None:
    assert refusal(superseded, "adopt_revision", outcome="revised") == "gap_not_revised_for_newest"
    superseded.do("invite_units", units=["medicin"], due_on="2021-09-01", version="2023")
    answers = [{"step": str(step), "level": 0} for step in range(1, 9)]
    superseded.do("answer_gap", unit="medicin", answers=answers)
    superseded.do("adopt_revision", outcome="revised")
    assert "current" in configuration(superseded)


def test_a_revision_is_followed_in_one_of_two_ways(superseded: Driver) -> None:
    assert refusal(superseded, "adopt_revision", outcome="later") == "outcome:order.one_of"


def test_a_withdrawn_text_may_come_back_into_force(current: Driver) -> None:
    current.do("withdraw_nationally", reason="Ny kunskap")
    assert configuration(current) >= {"withdrawn", "preparation"}
    current.do("reinstate")
    assert "current" in configuration(current)


def test_a_report_moves_nothing_and_is_kept(current: Driver) -> None:
    before = own(current)["configuration"]
    current.do("report", reason="Allt går bra")
    assert own(current)["configuration"] == before
    assert (last_event(current)["command"], last_event(current)["reason"] is None) == ("report", False)


def test_a_pathway_without_any_version_cannot_be_analysed(consulted: Driver) -> None:
    publish(consulted.app, slug="tomt-forlopp")
    empty = Driver(consulted.app, consulted.clock, "tomt-forlopp")
    empty.do("start")
    assert refusal(empty, "start_gap_analysis") == "error.no_version"
