"""Two people answer for one unit: both versions are shown side by side, and neither is lost."""

import pytest

from pathways.models.gap import GapAnswer
from tests.pathways.drive import Driver
from tests.pathways.web.conftest import Web
from tests.pathways.web.gap.conftest import BASE, Respondent, respondent, typed_in, words
from tests.pathways.web.gap.scene import case_rows

MINE, THEIRS = "Vi ringer samma dag", "Vi ringer inom en vecka"


@pytest.fixture
def crossed(web: Web, viktor: Respondent) -> Respondent:
    """Viktor has drafted all steps; meanwhile the process leader has handed in another answer to step 2."""
    viktor.every_step()
    viktor.step(2, level="1", current_state=MINE)
    rut = respondent(web, "res")
    rut.every_step()
    rut.step(2, level="3", current_state=THEIRS, measure="Anställ")
    assert rut.hand_in().status_code == 303
    return viktor


def kept(driver: Driver) -> object:
    return case_rows(driver, GapAnswer, step="2")[0]["current_state"]


def test_handing_in_is_refused_with_both_versions_side_by_side(driver: Driver, crossed: Respondent) -> None:
    answer = crossed.hand_in()
    assert answer.status_code == 409
    shown = words(answer.text)
    assert "Någon annan har lämnat in svar medan du skrev" in shown
    assert MINE in shown
    assert THEIRS in shown
    assert "Rut Ängström" in shown
    assert kept(driver) == THEIRS


def test_the_list_says_which_step_somebody_else_changed(crossed: Respondent) -> None:
    assert "Ändrat av någon annan" in crossed.read()


def settle_the_others(crossed: Respondent) -> None:
    """The other steps say the same in both; the own words are taken."""
    for number in (1, 3, 4, 5):
        assert crossed.client.post(f"{crossed.base}/steg/{number}/val", data={"val": "sparat"}).status_code == 303


def test_the_own_words_can_be_kept(driver: Driver, crossed: Respondent) -> None:
    settle_the_others(crossed)
    crossed.client.post(f"{crossed.base}/steg/2/val", data={"val": "mitt"})
    assert crossed.hand_in().headers["location"] == f"{BASE}/vc-falun/tack"
    assert kept(driver) == MINE


def test_the_saved_words_can_be_kept(driver: Driver, crossed: Respondent) -> None:
    settle_the_others(crossed)
    crossed.client.post(f"{crossed.base}/steg/2/val", data={"val": "sparat"})
    assert crossed.hand_in().status_code == 303
    assert kept(driver) == THEIRS


def test_both_can_be_put_together_in_the_steps_own_form(driver: Driver, crossed: Respondent) -> None:
    settle_the_others(crossed)
    page = crossed.client.get(f"{BASE}/vc-falun/steg/2").text
    assert THEIRS in page
    assert typed_in(page, "current_state") == MINE
    crossed.step(2, level="2", current_state=f"{MINE}. {THEIRS}", measure="Anställ")
    assert crossed.hand_in().status_code == 303
    assert kept(driver) == f"{MINE}. {THEIRS}"


def test_looking_at_the_other_version_does_not_choose_it(driver: Driver, crossed: Respondent) -> None:
    settle_the_others(crossed)
    crossed.read("/steg/2")
    assert crossed.hand_in().status_code == 409
    assert kept(driver) == THEIRS


def test_what_somebody_else_handed_in_is_shown_to_whoever_has_no_draft(web: Web, crossed: Respondent) -> None:
    page = respondent(web, "sam").client.get(f"{BASE}/vc-falun/steg/2").text
    assert typed_in(page, "current_state") == THEIRS
    assert "Inskickat av Rut Ängström" in words(page)


def test_a_pause_meanwhile_refuses_calmly_and_keeps_the_draft(driver: Driver, viktor: Respondent) -> None:
    viktor.every_step()
    viktor.step(2, level="1", current_state=MINE)
    driver.do("pause", reason="Pandemi", until_on="2021-12-01")
    assert viktor.hand_in().status_code == 404
    driver.do("resume")
    assert MINE in viktor.read("/granska")
    assert viktor.hand_in().status_code == 303
