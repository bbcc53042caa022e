"""Two versions of the text side by side, and the units' way through what changed."""

import pytest

from pathways.models.gap import GapInvitation
from tests.pathways.drive import Driver
from tests.pathways.queries.watching import watched
from tests.pathways.web.conftest import Web
from tests.pathways.web.gap.conftest import BASE, error_links, respondent, words
from tests.pathways.web.gap.scene import FINAL, answer_all, case_rows, finalise, publish_steps

HERE = f"{BASE}/jamfor"


@pytest.fixture
def final(driver: Driver) -> Driver:
    """Both units have answered the consultation version; the final one is in force."""
    for unit in ("vc-falun", "medicin"):
        answer_all(driver, unit, {2: 2, 4: 1}, current_state=f"Så gör {unit}")
    finalise(driver)
    return driver


@pytest.fixture
def revising(final: Driver) -> Driver:
    """The gap analysis has been opened again."""
    final.do("reopen_gap_analysis")
    return final


def read(web: Web, who: str = "sam", query: str = "") -> str:
    answer = web.as_(who).get(f"{HERE}{query}")
    assert answer.status_code == 200
    return answer.text


def test_with_one_version_there_is_nothing_to_compare(web: Web, driver: Driver) -> None:
    assert "Det finns bara en version" in words(read(web))


def test_each_step_is_told_as_unchanged_changed_added_or_removed(web: Web, final: Driver) -> None:
    shown = words(read(web))
    assert "Oförändrade 3 Ändrade 1 Tillagda 1 Borttagna 1" in shown
    assert "Var steg 4, är nu steg 5" in shown


def test_changed_words_are_marked_and_said(web: Web, final: Driver) -> None:
    html = read(web)
    assert '<del><span class="visually-hidden">Borttaget: </span>fyra</del>' in html
    assert '<ins><span class="visually-hidden">Tillagt: </span>två</ins>' in html


def test_before_it_is_opened_again_the_way_there_is_shown(web: Web, final: Driver) -> None:
    assert f'href="{BASE.removesuffix("/gapanalys")}/gor/reopen_gap_analysis"' in read(web)
    assert "gor/reopen_gap_analysis" not in read(web, "m1")


def test_what_each_unit_must_look_at_again_is_listed_with_how_far_it_has_come(web: Web, revising: Driver) -> None:
    shown = words(read(web))
    assert "Ändrade och nya steg: 2, 4." in shown
    assert "Vårdcentralen Falun Väntar på svar 0 av 2 2, 4" in shown
    revising.do("answer_gap", unit="vc-falun", answers=[{"step": "2", "level": 0}])
    assert "Vårdcentralen Falun Väntar på svar 1 av 2 4" in words(read(web))


def test_the_overview_says_that_units_have_something_to_see(web: Web, revising: Driver) -> None:
    assert "2 steg att se över" in words(web.as_("sam").get(BASE).text)


def test_the_overview_points_at_a_newer_version(web: Web, final: Driver) -> None:
    assert "Det finns en nyare slutlig version, 2021." in words(web.as_("sam").get(BASE).text)


def test_the_form_shows_the_earlier_answer_and_asks_how_large_the_gap_is_now(web: Web, revising: Driver) -> None:
    viktor = respondent(web)
    shown = viktor.read()
    assert "3 av 5 steg besvarade" in shown
    assert shown.count("Måste ses över") == 2
    step = viktor.client.get(f"{viktor.base}/steg/2").text
    assert "Texten har ändrats sedan ni svarade" in words(step)
    assert "Ställ diagnos inom fyra veckor från första besök" in words(step)
    assert "Så gör vc-falun" in step
    assert "checked" not in step.partition('name="level"')[2].partition("</fieldset>")[0]
    assert "Steget är nytt" in viktor.read("/steg/4")


def test_when_the_unit_has_looked_its_answer_is_whole(web: Web, revising: Driver) -> None:
    viktor = respondent(web)
    viktor.every_step(2, 4, level="1")
    assert viktor.hand_in().headers["location"].endswith("/tack")
    assert "Vårdcentralen Falun Har svarat 2 av 2" in words(read(web))


def test_answers_are_carried_over_ahead_by_a_button(web: Web, driver: Driver) -> None:
    answer_all(driver, "vc-falun", {2: 2})
    publish_steps(web.app, driver.slug, "2021", "final", FINAL)
    assert "För över svaren" in words(read(web))
    data = {"fran": "remiss 2021", "till": "2021", "due_on": "2021-07-01", "command_id": "en"}
    client = web.as_("res")
    answers = [client.post(HERE, data=data) for _ in range(2)]
    assert {answer.headers["location"] for answer in answers} == {HERE}
    assert len(case_rows(driver, GapInvitation)) == 4
    assert "För över svaren" not in words(read(web))


@pytest.mark.parametrize("typed", ["i höst", "2021-06-01"])
def test_a_last_day_that_cannot_be_used_is_told_at_its_field(web: Web, driver: Driver, typed: str) -> None:
    publish_steps(web.app, driver.slug, "2021", "final", FINAL)
    answer = web.as_("sam").post(HERE, data={"fran": "remiss 2021", "till": "2021", "due_on": typed})
    assert answer.status_code == 422
    assert error_links(answer.text) == ["#f-due_on"]
    assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize("query", ["?fran=2021&till=remiss+2021", "?fran=1812", "?till=1812"])
def test_versions_that_cannot_be_compared_are_told(web: Web, final: Driver, query: str) -> None:
    answer = web.as_("sam").get(f"{HERE}{query}")
    assert answer.status_code == 422
    assert "error-summary" in answer.text


def test_only_those_who_lead_carry_answers_over(web: Web, driver: Driver) -> None:
    publish_steps(web.app, driver.slug, "2021", "final", FINAL)
    assert "För över svaren" not in words(read(web, "m1"))
    data = {"till": "2021", "due_on": "2021-07-01"}
    assert web.as_("m1").post(HERE, data=data).status_code == 404


def test_the_comparison_takes_few_statements(web: Web, revising: Driver) -> None:
    client = web.as_("sam")
    with watched(web.app) as sent:
        client.get(HERE)
    assert len(sent) <= 14, "\n".join(sent)
