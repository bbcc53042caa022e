"""A unit answers: step by step, in its own time, and nothing that was typed is lost."""

import pytest
from sqlalchemy import func, select

from pathways.models.draft import Draft
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.models.introduction import Event
from pathways.models.task import Task, TaskState
from pathways.services.verify import verify
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver
from tests.pathways.queries.watching import watched
from tests.pathways.services.judge import told
from tests.pathways.web.conftest import Web
from tests.pathways.web.gap.conftest import (
    BASE,
    Respondent,
    error_links,
    is_chosen,
    respondent,
    typed_in,
    words,
)
from tests.pathways.web.gap.scene import CONSULTATION, WOUNDS, answer_all, case_rows


def count_of(web: Web, row: type[Draft] | type[Event]) -> int:
    with web.app.read() as work:
        found: int = work.value(select(func.count()).select_from(table_of(row)))
    return found


def test_the_form_lists_the_steps_of_the_pathway_and_how_many_are_answered(viktor: Respondent) -> None:
    shown = viktor.read()
    assert "0 av 5 steg besvarade" in shown
    for title in CONSULTATION:
        assert title in shown
    assert "Skriv inga uppgifter om enskilda patienter" in shown


def test_a_step_is_kept_and_leads_to_the_next(viktor: Respondent) -> None:
    answer = viktor.step(1, level="1", current_state="Vi mäter ibland")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{BASE}/vc-falun/steg/2")
    assert "1 av 5 steg besvarade" in viktor.read()


def test_after_the_last_step_comes_the_list(viktor: Respondent) -> None:
    assert viktor.step(5, level="0").headers["location"] == f"{BASE}/vc-falun"


def test_a_moderate_gap_without_a_measure_is_shown_again_with_a_link_to_the_field(viktor: Respondent) -> None:
    answer = viktor.step(1, level="2", current_state="Vi gör så gott vi kan", causes=["routine", "it"])
    assert answer.status_code == 422
    assert error_links(answer.text) == ["#f-measure"]
    assert 'id="f-measure"' in answer.text
    assert "Skriv vilken åtgärd ni föreslår" in words(answer.text)
    assert typed_in(answer.text, "current_state") == "Vi gör så gott vi kan"
    assert is_chosen(answer.text, "level", "2")
    assert is_chosen(answer.text, "causes", "it")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"current_state": "Bara text"}, "level"),
        ({"level": "7"}, "level"),
        ({"level": "1", "cost_estimate": "mycket"}, "cost_estimate"),
        ({"level": "1", "cost_estimate": "-5"}, "cost_estimate"),
        ({"level": "1", "evidence": "x" * 4001}, "evidence"),
        ({"level": "1", "indicator": "x" * 201}, "indicator"),
        ({"level": "1", "causes": ["weather"]}, "causes"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_question(viktor: Respondent, typed: dict[str, object], field: str) -> None:
    answer = viktor.step(1, **typed)
    assert answer.status_code == 422
    assert error_links(answer.text) == [f"#f-{field}"]


def test_what_was_wrong_is_still_there_the_next_day(web: Web, viktor: Respondent) -> None:
    viktor.step(1, level="3", current_state="Halvfärdigt")
    page = web.as_("vcf").get(f"{BASE}/vc-falun/steg/1").text
    assert typed_in(page, "current_state") == "Halvfärdigt"
    assert "Påbörjat" in viktor.read()


def test_a_draft_survives_logging_out_and_another_device(web: Web, viktor: Respondent) -> None:
    viktor.step(2, do="utkast", current_state="Mitt utkast")
    viktor.client.post("/logga-ut")
    assert viktor.client.get(f"{BASE}/vc-falun/steg/2").status_code == 303
    other = respondent(web)
    assert typed_in(other.client.get(f"{BASE}/vc-falun/steg/2").text, "current_state") == "Mitt utkast"


def test_saving_a_draft_asks_nothing_and_says_that_it_is_kept(viktor: Respondent) -> None:
    answer = viktor.step(2, do="utkast", current_state="Mitt utkast")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{BASE}/vc-falun")
    page = viktor.client.get(f"{BASE}/vc-falun")
    assert "Utkastet är sparat" in page.text
    assert "ett utkast som inte är inskickat" in words(page.text)


def test_the_autosave_address_of_a_step_keeps_what_the_step_then_shows(web: Web, viktor: Respondent) -> None:
    page = viktor.client.get(f"{BASE}/vc-falun/steg/3").text
    address = page.partition('hx-post="')[2].partition('"')[0]
    kept = viktor.client.post(
        address, data={"seen": "0", "level": "1", "current_state": "Medan jag skriver"}, headers={"hx-request": "true"}
    )
    assert kept.status_code == 200
    assert typed_in(respondent(web).client.get(f"{BASE}/vc-falun/steg/3").text, "current_state") == "Medan jag skriver"


def test_one_persons_draft_is_not_shown_to_another(web: Web, viktor: Respondent) -> None:
    viktor.step(1, do="utkast", current_state="Bara mitt")
    sara = respondent(web, "sam")
    assert typed_in(sara.client.get(f"{BASE}/vc-falun/steg/1").text, "current_state") == ""


def test_the_whole_is_read_out_before_it_is_handed_in(viktor: Respondent) -> None:
    viktor.every_step()
    viktor.step(
        2,
        level="3",
        current_state="Ingen gör det",
        causes=["staffing", "it"],
        measure="Anställ",
        stop_doing="Dubbla anteckningar",
        patient_perspective="De väntar för länge",
        patient_source="interviews",
        evidence="Granskning",
        indicator="Väntetid",
        indicator_value="40 dagar",
        indicator_period="2020",
        equity_note="Längre i glesbygd",
        cost_estimate="120 000",
        needs_regional_decision="yes",
        confidence="medium",
    )
    shown = viktor.read("/granska")
    for text in (
        *("Stort", "Ingen gör det", "Bemanning, IT eller journal", "Anställ", "Dubbla anteckningar"),
        *("De väntar för länge", "Intervjuer", "Väntetid", "40 dagar", "Längre i glesbygd", "120\xa0000 kr"),
        "Ganska säkra, flera är överens",
    ):
        assert " ".join(text.split()) in shown


def test_handing_in_writes_every_field_and_ends_the_task(driver: Driver, viktor: Respondent) -> None:
    viktor.every_step(1, 3, 4, 5)
    viktor.step(
        2,
        level="3",
        current_state="Ingen gör det",
        causes=["staffing", "it"],
        measure="Anställ",
        patient_source="survey",
        cost_estimate="120 000",
        needs_regional_decision="yes",
        confidence="low",
    )
    viktor.client.post(f"{BASE}/vc-falun/om", data={"respondent_role": "Chef", "participants": "Två sköterskor"})
    answer = viktor.hand_in()
    assert (answer.status_code, answer.headers["location"]) == (303, f"{BASE}/vc-falun/tack")
    (row,) = case_rows(driver, GapAnswer, step="2")
    assert (row["level"], row["causes"], row["cause"]) == (3, ["staffing", "it"], "staffing")
    assert (row["measure"], row["cost_estimate"], row["needs_regional_decision"]) == ("Anställ", 120_000, True)
    assert (str(row["patient_source"]), str(row["confidence"])) == ("survey", "low")
    (invitation,) = case_rows(driver, GapInvitation, state=InvitationState.ANSWERED)
    assert (invitation["respondent_role"], invitation["participants"]) == ("Chef", "Två sköterskor")
    states = {task["state"] for task in case_rows(driver, Task, item="svara-pa-gapanalysen", unit_id=row["unit_id"])}
    assert states == {TaskState.DONE}
    assert verify(driver.app) == ()


def test_who_answered_can_be_changed_and_emptied_afterwards(driver: Driver, viktor: Respondent) -> None:
    viktor.every_step()
    viktor.client.post(f"{BASE}/vc-falun/om", data={"filled": "yes", "respondent_role": "Chef", "sources": "Register"})
    viktor.hand_in()
    viktor.client.post(f"{BASE}/vc-falun/om", data={"filled": "yes", "respondent_role": "", "sources": ""})
    assert "ett utkast som inte är inskickat" in viktor.read()
    viktor.hand_in()
    (invitation,) = case_rows(driver, GapInvitation, state=InvitationState.ANSWERED)
    assert (invitation["respondent_role"], invitation["sources"]) == (None, None)


def test_the_receipt_thanks_and_says_what_happens_now(viktor: Respondent) -> None:
    viktor.every_step()
    viktor.hand_in()
    shown = viktor.read("/tack")
    assert "Tack!" in shown
    assert "Arbetsgruppen lägger ihop svaren" in shown


def test_nobody_is_thanked_for_an_answer_that_is_not_there(viktor: Respondent) -> None:
    assert viktor.client.get(f"{BASE}/vc-falun/tack").headers["location"] == f"{BASE}/vc-falun"


def test_what_is_missing_is_listed_with_the_way_to_each_question(viktor: Respondent) -> None:
    viktor.every_step(1, 3)
    viktor.step(2, do="utkast", level="2", current_state="Kvar")
    answer = viktor.hand_in()
    assert answer.status_code == 422
    assert error_links(answer.text) == [
        f"{BASE}/vc-falun/steg/2#f-measure",
        f"{BASE}/vc-falun/steg/4#f-level",
        f"{BASE}/vc-falun/steg/5#f-level",
    ]
    assert "Kvar" in words(answer.text)


def test_handing_in_leaves_no_draft_behind(web: Web, viktor: Respondent) -> None:
    viktor.every_step()
    viktor.hand_in()
    assert count_of(web, Draft) == 0


def test_pressing_twice_hands_in_once(web: Web, viktor: Respondent) -> None:
    viktor.every_step()
    viktor.hand_in(key="en")
    before = count_of(web, Event)
    again = viktor.hand_in(key="en")
    assert again.status_code == 303
    assert count_of(web, Event) == before


def test_an_answer_can_be_changed_until_the_gap_analysis_is_communicated(driver: Driver, viktor: Respondent) -> None:
    viktor.every_step()
    viktor.hand_in()
    viktor.step(1, level="1", current_state="Ändrat")
    assert viktor.hand_in().status_code == 303
    assert case_rows(driver, GapAnswer, step="1")[0]["current_state"] == "Ändrat"
    answer_all(driver, "medicin")
    driver.complete_required_tasks()
    driver.do("communicate_gap_analysis", by="ordf")
    assert viktor.client.get(f"{BASE}/vc-falun/steg/1").status_code == 404
    assert viktor.hand_in().status_code == 404
    assert "går att läsa men inte att ändra" in viktor.read()
    assert "Ändrat" in viktor.read("/granska")


def test_a_sent_step_that_is_saved_unchanged_makes_no_draft(web: Web, viktor: Respondent) -> None:
    viktor.every_step()
    viktor.hand_in()
    viktor.step(1, level="0")
    assert count_of(web, Draft) == 0


def test_a_unit_that_is_excused_is_told_so_and_asked_nothing(driver: Driver, viktor: Respondent) -> None:
    driver.do("excuse_unit", unit="vc-falun", reason="Inga patienter")
    assert "behöver inte svara" in viktor.read()
    assert viktor.client.get(f"{BASE}/vc-falun/steg/1").status_code == 404


def test_who_answers_may_be_left_out_but_not_be_endless(viktor: Respondent) -> None:
    answer = viktor.client.post(f"{BASE}/vc-falun/om", data={"respondent_role": "x" * 300, "gor": "nasta"})
    assert answer.status_code == 422
    assert error_links(answer.text) == ["#f-respondent_role"]
    assert "x" * 300 in answer.text


@pytest.mark.parametrize("who", ["med", "m1", "lg", "frammande", "ana"])
def test_only_the_units_own_representative_and_the_leads_find_the_form(web: Web, driver: Driver, who: str) -> None:
    client = web.as_(who)
    pages = ("", "/om", "/steg/1", "/granska", "/tack")
    assert {client.get(f"{BASE}/vc-falun{page}").status_code for page in pages} == {404}
    posts = ("/om", "/steg/1", "/steg/1/val", "/granska")
    assert {client.post(f"{BASE}/vc-falun{page}", data={"level": "0"}).status_code for page in posts} == {404}


@pytest.mark.parametrize("who", ["vcf", "sam", "chef", "ordf", "res"])
def test_the_representative_and_the_leads_find_the_form(web: Web, driver: Driver, who: str) -> None:
    assert web.as_(who).get(f"{BASE}/vc-falun").status_code == 200


@pytest.mark.parametrize("path", ["/alvdalen", "/ingen", "/vc-falun/steg/6", "/vc-falun/steg/ett", "/vc-falun/steg/0"])
def test_a_unit_that_is_not_asked_and_a_step_that_is_not_there_are_not_found(
    web: Web, driver: Driver, path: str
) -> None:
    assert web.as_("sam").get(f"{BASE}{path}").status_code == 404


def test_without_a_login_the_form_asks_for_one_and_leads_back(web: Web, driver: Driver) -> None:
    answer = web.anonymous().get(f"{BASE}/vc-falun")
    assert answer.headers["location"] == f"/logga-in?till=/forlopp/{WOUNDS}/gapanalys/vc-falun"


def test_the_units_task_leads_to_the_form(web: Web, driver: Driver) -> None:
    task = case_rows(driver, Task, item="svara-pa-gapanalysen")[0]
    answer = web.as_("vcf").get(f"{BASE}/uppgift/{task['ref']}")
    assert answer.headers["location"] == f"{BASE}/vc-falun"
    other = case_rows(driver, Task, item="bjud-in-enheterna")[0]
    assert web.as_("sam").get(f"{BASE}/uppgift/{other['ref']}").status_code == 404


def test_the_form_is_whole_in_english(web: Web, viktor: Respondent) -> None:
    viktor.client.post("/sprak", data={"language": "en", "till": "/"})
    shown = viktor.read("/steg/1")
    assert "How large is the gap at your unit?" in shown
    assert "Hur stort" not in shown


@pytest.mark.parametrize(("page", "most"), [("", 14), ("/steg/3", 14), ("/granska", 14)])
def test_a_page_of_the_form_takes_few_statements(web: Web, viktor: Respondent, page: str, most: int) -> None:
    viktor.every_step(1, 2)
    with watched(web.app) as sent:
        viktor.read(page)
    assert len(sent) <= most, "\n".join(sent)


def test_the_units_task_is_done_by_answering_and_shows_the_way(web: Web, driver: Driver) -> None:
    task = case_rows(driver, Task, item="svara-pa-gapanalysen")[0]
    page = web.as_("vcf").get(f"/forlopp/{WOUNDS}/uppgift/{task['ref']}").text
    assert f'href="{BASE}/uppgift/{task["ref"]}"' in page
    assert f'action="/forlopp/{WOUNDS}/uppgift/{task["ref"]}/klar"' not in page


def test_the_mail_of_the_invitation_leads_to_that_task(web: Web, driver: Driver) -> None:
    task = case_rows(driver, Task, item="svara-pa-gapanalysen")[0]
    mailed = [one for one in told(web.app) if one.kind == "task_handed" and one.to == "vcf"]
    assert [one.values["link"] for one in mailed] == [f"/forlopp/{WOUNDS}/uppgift/{task['ref']}"]
