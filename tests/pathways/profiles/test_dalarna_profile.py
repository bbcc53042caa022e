"""The shipped profile says what Dalarna's process says, in both languages, in the chart's own words."""

import json
import re
from importlib import import_module
from importlib.resources import files

import pytest

from pathways.catalogue.read import read_dalarna_2021
from pathways.profiles.load import load_shipped_profile
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import CHECKLIST_STATES, DECIDED_MATTERS, Matter, Role
from pathways.reading.fields import LocalText
from states.commands import Command

DALARNA = load_shipped_profile()
TEXT = files("pathways.profiles").joinpath("dalarna.yaml").read_text("utf-8")
ITEMS = [item for items in DALARNA.checklists.values() for item in items]


def test_every_state_with_a_checklist_has_two_to_five_tasks() -> None:
    assert {
        state: len(DALARNA.checklist(state))
        for state in CHECKLIST_STATES
        if not 2 <= len(DALARNA.checklist(state)) <= 5
    } == {}


def test_a_state_without_a_checklist_brings_no_tasks() -> None:
    assert DALARNA.checklist("paused") == ()


def test_every_checklist_state_is_a_state_of_the_chart() -> None:
    chart = import_module("states.charts.introduction_v1").IntroductionV1
    assert set(CHECKLIST_STATES) <= {state.id for state in chart.states_map.values()}


def test_roles_are_the_ones_that_people_can_hold() -> None:
    held = import_module("pathways.models.organisation").Role
    assert {role.value for role in Role} == {role.value for role in held}


@pytest.mark.parametrize(
    ("matter", "bodies"),
    [
        (Matter.APPOINTMENT, ["ksg", "lg_hs"]),
        (Matter.RESPONSE, ["rs"]),
        (Matter.RANKING, ["lg_hs"]),
        (Matter.PLAN, ["hsn"]),
        (Matter.INTRODUCTION, ["hsn"]),
    ],
)
def test_each_matter_is_decided_by_the_body_of_dalarnas_process(matter: Matter, bodies: list[str]) -> None:
    assert [body.slug for body in DALARNA.bodies_deciding(matter)] == bodies


def test_every_matter_that_must_be_decided_is() -> None:
    assert all(DALARNA.bodies_deciding(matter) for matter in DECIDED_MATTERS)


def test_the_management_group_is_told_of_a_new_pathway() -> None:
    assert [body.slug for body in DALARNA.bodies_informed_of(Matter.NEW_PATHWAY)] == ["lg_hs"]


def test_bodies_and_known_meetings_are_those_of_the_public_record() -> None:
    known = {(b.slug, b.name, b.short, b.kind, b.known_meetings) for b in read_dalarna_2021().bodies}
    assert known == {(b.slug, b.name, b.short, b.kind.value, b.known_meetings) for b in DALARNA.bodies}


def test_loops_are_three_months_apart_and_follow_ups_at_six_and_twelve() -> None:
    assert (DALARNA.loops.interval_months, DALARNA.follow_up_months) == (3, (6, 12))


def test_few_commands_wait_for_a_checklist_item_and_each_wait_is_meant() -> None:
    waiting = {c.value: [i.slug for i in DALARNA.required_items(c)] for c in Command if DALARNA.required_items(c)}
    assert waiting == {
        "start_gap_analysis": ["lista-berorda-enheter"],
        "communicate_gap_analysis": ["samla-patientens-rost", "jamfor-versionerna"],
        "submit_response": ["skriv-remissvar"],
        "finish": ["lamna-over-till-linjen"],
    }


def test_reminders_climb_from_the_assignee_over_the_coordinator_to_the_head() -> None:
    assert [(rung.workdays, rung.to) for rung in DALARNA.ladder] == [
        (-5, "assignee"),
        (0, "assignee"),
        (3, "assignee"),
        (8, "coordinator"),
        (15, "head"),
    ]


def test_an_item_is_found_by_its_slug_with_its_state() -> None:
    item = DALARNA.find_item("boka-firandet")
    assert item is not None
    assert (item.title.sv, DALARNA.find_item_state("boka-firandet")) == ("Boka firandet", "evaluating")


def test_an_unknown_item_is_not_found() -> None:
    assert (DALARNA.find_item("boka-tårta"), DALARNA.find_item_state("boka-tårta")) == (None, None)


def test_no_text_is_the_same_in_both_languages() -> None:
    texts: list[LocalText] = [text for item in ITEMS for text in (item.title, item.help)]
    assert [text.sv for text in texts if text.sv == text.en] == []


def test_texts_answer_in_the_language_asked_for() -> None:
    text = LocalText(sv="Fira", en="Celebrate")
    assert [text.in_language(language) for language in ("sv", "en", "fi")] == ["Fira", "Celebrate", "Fira"]


def test_every_series_and_lead_of_a_body_is_marked_as_an_assumption() -> None:
    guesses = [line for line in TEXT.splitlines() if re.match(r"\s+(series: \{|lead: \{)", line)]
    assert [line for line in guesses if "antagande, ändra per region" not in line] == []


def test_a_profile_can_be_rebuilt_from_its_own_content() -> None:
    content = DALARNA.model_dump(by_alias=True)
    assert Profile.model_validate(content) == DALARNA
    assert json.dumps(DALARNA.model_dump(mode="json", by_alias=True))
