"""Several pathways at once: made once, asked once, answered in one form, and handed in whole or not at all."""

import pytest

from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.models.task import Task, TaskState
from pathways.services.verify import verify
from tests.pathways.drive import Driver
from tests.pathways.queries.watching import watched
from tests.pathways.services.judge import told
from tests.pathways.web.conftest import Web
from tests.pathways.web.gap.conftest import Respondent, error_links, respondent, words
from tests.pathways.web.gap.scene import FEET, WOUNDS, case_rows

HERE = "/gapanalyser/sar-och-fotter"
WAITING = "svara-pa-gapanalysen"


@pytest.fixture
def made(web: Web, driver: Driver, feet: Driver) -> Web:
    """The two pathways in one bundle."""
    answer = web.as_("sam").post("/gapanalyser/ny", data={"name": "Sår och fötter", "members": [WOUNDS, FEET]})
    assert answer.headers["location"] == HERE
    return web


def test_one_is_renamed_and_keeps_its_address(made: Web) -> None:
    client = made.as_("sam")
    assert f'href="{HERE}/byt-namn"' in client.get(HERE).text
    assert 'value="Sår och fötter"' in client.get(f"{HERE}/byt-namn").text
    answer = client.post(f"{HERE}/byt-namn", data={"name": "Fötter och sår"})
    assert answer.headers["location"] == HERE
    assert "Fötter och sår" in words(client.get(HERE).text)
    assert "Fötter och sår" in words(client.get("/gapanalyser").text)
    assert "Bytte namn på en samlad gapanalys" in words(made.as_("adm").get("/admin/logg").text)


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_name_that_cannot_be_is_refused_at_its_field(made: Web, name: str) -> None:
    answer = made.as_("sam").post(f"{HERE}/byt-namn", data={"name": name})
    assert answer.status_code == 422
    assert error_links(answer.text) == ["#f-name"]
    assert "Sår och fötter" in words(made.as_("sam").get(HERE).text)


def test_only_those_who_make_them_rename_them(made: Web) -> None:
    client = made.as_("ordf")
    assert "byt-namn" not in client.get(HERE).text
    assert client.get(f"{HERE}/byt-namn").status_code == 404
    assert client.post(f"{HERE}/byt-namn", data={"name": "Annat"}).status_code == 404
    assert made.as_("sam").get("/gapanalyser/finns-inte/byt-namn").status_code == 404


@pytest.fixture
def alva(made: Web) -> Respondent:
    """The municipality's representative, with the joint form before her."""
    data = {"units-municipality": "alvdalen", "due_on": "2021-07-01", "command_id": "en"}
    assert made.as_("sam").post(HERE, data=data).headers["location"] == HERE
    return respondent(made, "alv", "alvdalen", HERE)


def answer_both(alva: Respondent) -> None:
    alva.every_step(*(f"{slug}/{number}" for slug in (WOUNDS, FEET) for number in range(1, 6)))


def test_without_a_bundle_the_page_says_what_one_is_for(web: Web, driver: Driver) -> None:
    shown = words(web.as_("sam").get("/gapanalyser").text)
    assert "Inga samlade gapanalyser än" in shown
    assert "Ny samlad gapanalys" in shown


def test_only_coordinators_and_heads_make_one(web: Web, driver: Driver, feet: Driver) -> None:
    client = web.as_("ordf")
    assert "Ny samlad gapanalys" not in words(client.get("/gapanalyser").text)
    assert client.get("/gapanalyser/ny").status_code == 404
    assert client.post("/gapanalyser/ny", data={"name": "Sår", "members": [WOUNDS, FEET]}).status_code == 404


@pytest.mark.parametrize(
    ("data", "links"),
    [
        ({"name": "", "members": [WOUNDS, FEET]}, ["#f-name"]),
        ({"name": "Sår", "members": [WOUNDS]}, ["#f-members"]),
        ({}, ["#f-name", "#f-members"]),
        ({"name": "x" * 121, "members": [WOUNDS, FEET]}, ["#f-name"]),
    ],
)
def test_a_bundle_that_makes_no_sense_is_shown_again(
    web: Web, driver: Driver, feet: Driver, data: dict[str, object], links: list[str]
) -> None:
    answer = web.as_("sam").post("/gapanalyser/ny", data=data)
    assert answer.status_code == 422
    assert error_links(answer.text) == links


def test_making_it_twice_makes_it_once(made: Web) -> None:
    again = made.as_("sam").post("/gapanalyser/ny", data={"name": "Sår och fötter", "members": [FEET, WOUNDS]})
    assert again.headers["location"] == HERE


def test_one_round_asks_a_unit_once_for_all_pathways(made: Web, driver: Driver, feet: Driver, alva: Respondent) -> None:
    for one in (driver, feet):
        invited = case_rows(one, GapInvitation)[-1]
        assert invited["state"] == InvitationState.WAITING
        assert invited["bundle_id"] is not None
    handed = [(one.urgency, one.kind) for one in told(made.app) if one.to == "alv"]
    assert sorted(handed) == [("at_once", "task_handed"), ("digest", "task_handed")]


def test_units_asked_before_are_asked_about_the_rest_only(made: Web, driver: Driver, feet: Driver) -> None:
    data = {"units-hospital_clinic": "medicin", "due_on": "2021-07-01"}
    assert made.as_("sam").post(HERE, data=data).status_code == 303
    assert len(case_rows(driver, GapInvitation)) == 2
    assert len(case_rows(feet, GapInvitation)) == 1


def test_pressing_twice_invites_once(made: Web, feet: Driver, alva: Respondent) -> None:
    data = {"units-municipality": "alvdalen", "due_on": "2021-07-01", "command_id": "en"}
    assert made.as_("sam").post(HERE, data=data).headers["location"] == HERE
    assert len(case_rows(feet, GapInvitation)) == 1


def test_the_form_has_a_section_for_each_pathway(alva: Respondent) -> None:
    shown = alva.read()
    assert "0 av 10 steg besvarade" in shown
    assert "Svårläkta sår" in shown
    assert "Diabetes med hög risk för fotsår" in shown


def test_after_one_pathways_last_step_comes_the_nexts_first(alva: Respondent) -> None:
    assert alva.step(f"{WOUNDS}/5", level="0").headers["location"] == f"{HERE}/alvdalen/steg/{FEET}/1"


def test_everything_is_handed_in_at_once(made: Web, driver: Driver, feet: Driver, alva: Respondent) -> None:
    answer_both(alva)
    alva.client.post(f"{HERE}/alvdalen/om", data={"respondent_role": "Enhetschef"})
    assert alva.hand_in().headers["location"] == f"{HERE}/alvdalen/tack"
    for one in (driver, feet):
        assert len(case_rows(one, GapAnswer)) == 5
        invited = case_rows(one, GapInvitation)[-1]
        assert (invited["state"], invited["respondent_role"]) == (InvitationState.ANSWERED, "Enhetschef")
        done = [task["state"] for task in case_rows(one, Task, item=WAITING) if task["unit_id"] == invited["unit_id"]]
        assert done == [TaskState.DONE]
    assert verify(made.app) == ()


def test_what_one_pathway_lacks_holds_back_all(driver: Driver, feet: Driver, alva: Respondent) -> None:
    alva.every_step(*(f"{WOUNDS}/{number}" for number in range(1, 6)))
    alva.every_step(*(f"{FEET}/{number}" for number in range(1, 5)))
    answer = alva.hand_in()
    assert answer.status_code == 422
    assert error_links(answer.text) == [f"{HERE}/alvdalen/steg/{FEET}/5#f-level"]
    assert case_rows(driver, GapAnswer) == case_rows(feet, GapAnswer) == []


def test_a_change_meanwhile_in_one_holds_back_all(made: Web, driver: Driver, feet: Driver, alva: Respondent) -> None:
    answer_both(alva)
    feet.do("answer_gap", unit="alvdalen", answers=[{"step": "3", "level": 3, "measure": "Utbilda"}], by="res")
    assert alva.hand_in().status_code == 409
    assert case_rows(driver, GapAnswer) == []
    alva.client.post(f"{HERE}/alvdalen/steg/{FEET}/3/val", data={"val": "mitt"})
    assert alva.hand_in().status_code == 303
    assert len(case_rows(driver, GapAnswer)) == len(case_rows(feet, GapAnswer)) == 5


def test_pressing_twice_hands_in_once(made: Web, driver: Driver, alva: Respondent) -> None:
    answer_both(alva)
    answers = [alva.hand_in(key="form") for _ in range(2)]
    assert {answer.headers["location"] for answer in answers} == {f"{HERE}/alvdalen/tack"}
    assert {row["changed_in"] for row in case_rows(driver, GapAnswer)} == {
        max(row["made_in"] for row in case_rows(driver, GapAnswer))
    }


def test_a_part_that_is_closed_is_read_and_the_rest_goes_on(driver: Driver, feet: Driver, alva: Respondent) -> None:
    feet.do("pause", reason="Pandemi", until_on="2021-12-01")
    alva.every_step(*(f"{WOUNDS}/{number}" for number in range(1, 6)))
    assert alva.client.get(f"{HERE}/alvdalen/steg/{FEET}/1").status_code == 404
    assert alva.hand_in().status_code == 303
    assert len(case_rows(driver, GapAnswer)) == 5


def test_each_task_leads_to_the_joint_form(made: Web, feet: Driver, alva: Respondent) -> None:
    task = case_rows(feet, Task, item=WAITING)[-1]
    answer = alva.client.get(f"/forlopp/{FEET}/gapanalys/uppgift/{task['ref']}")
    assert answer.headers["location"] == f"{HERE}/alvdalen"


def test_the_bundles_page_tells_how_each_unit_stands_in_each_pathway(made: Web, alva: Respondent) -> None:
    answer_both(alva)
    alva.hand_in()
    shown = words(made.as_("sam").get(HERE).text)
    assert "Älvdalens kommun 1 juli 2021 Har svarat Har svarat" in shown


@pytest.mark.parametrize("who", ["vcf", "m1", "frammande"])
def test_a_form_that_is_somebody_elses_is_not_found(made: Web, alva: Respondent, who: str) -> None:
    assert made.as_(who).get(f"{HERE}/alvdalen").status_code == 404


@pytest.mark.parametrize("path", ["/gapanalyser/ingen", "/gapanalyser/ingen/alvdalen", f"{HERE}/alvdalen"])
def test_what_is_not_there_is_not_found(made: Web, path: str) -> None:
    assert made.as_("sam").get(path).status_code == 404


def test_whoever_leads_one_of_the_pathways_only_does_not_invite_to_both(made: Web, driver: Driver) -> None:
    driver.do("appoint", person="m2", role="development_resource")
    client = made.as_("m2")
    assert "Skicka inbjudan" not in words(client.get(HERE).text)
    assert client.post(HERE, data={"units-municipality": "alvdalen", "due_on": "2021-07-01"}).status_code == 404


@pytest.mark.parametrize(("path", "most"), [("/gapanalyser", 4), (HERE, 12), (f"{HERE}/alvdalen", 26)])
def test_a_page_takes_few_statements(made: Web, alva: Respondent, path: str, most: int) -> None:
    client = made.as_("sam")
    with watched(made.app) as sent:
        assert client.get(path).status_code == 200
    assert len(sent) <= most, "\n".join(sent)
