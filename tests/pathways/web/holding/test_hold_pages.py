"""Whether a change holds, on its pages: who is asked, answering one by one, and what a closed check shows."""

from datetime import timedelta

import pytest

from pathways.models.holding import HoldCheck, HoldInvitation
from pathways.models.task import Task
from pathways.services.hold.lines import LINES
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import row, rows, traces
from tests.pathways.web.conftest import Web
from tests.pathways.web.holding.scene import answered, asked, link_of, mails, measured
from tests.pathways.web.plan.reading import changed, count_statements, fill, form_at

PAGE = "/forlopp/kol/hall-i"
ASK, CLOSE, ANSWER = f"{PAGE}/fraga", f"{PAGE}/stang", f"{PAGE}/svara"


def test_the_usual_people_are_chosen_beforehand_and_get_a_mail_with_a_link(web: Web, kol: Driver) -> None:
    client = web.as_("res")
    form = fill(client, ASK)
    assert sorted(form["people"]) == ["alv", "m1", "m2", "m3", "med", "ordf", "res", "vcf"]
    sent = client.post(ASK, data={**form, "people": ["ordf", "vcf"], "others": ["ana"]})
    assert sent.headers["location"] == PAGE
    assert "0 av 3 har svarat" in client.get(PAGE).text
    told = [text for _, subject, text in mails(web.app, web.clock) if "tio frågor" in subject + text]
    assert len(told) == 3
    assert all("/u/" in text for text in told)


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"people": [], "others": []}, "f-people"),
        ({"people": ["ordf", "res"]}, "f-people"),
        ({"due_on": "sommaren"}, "f-due_on"),
        ({"due_on": "2021-06-01"}, "f-due_on"),
    ],
)
def test_too_few_people_or_a_day_that_has_been_is_told_at_the_question(
    web: Web, kol: Driver, answers: dict[str, object], fault: str
) -> None:
    client = web.as_("res")
    answer = client.post(ASK, data=fill(client, ASK, **answers))
    assert answer.status_code == 422
    assert f'href="#{fault}"' in answer.text
    assert rows(kol, HoldCheck) == []


def test_somebody_who_is_asked_answers_question_by_question(web: Web, kol: Driver) -> None:
    asked(kol)
    client = web.as_("vcf")
    assert f'href="{ANSWER}"' in client.get(PAGE).text
    assert f'href="{ANSWER}/1"' in client.get(ANSWER).text
    for number, line in enumerate(LINES, 1):
        where = client.post(f"{ANSWER}/{number}", data={line: str(number % 4)}).headers["location"]
        assert where == f"{ANSWER}/{number + 1}" if number < 10 else f"{ANSWER}/alla"
    form = fill(client, f"{ANSWER}/alla")
    assert [form[line] for line in LINES][:3] == [["1"], ["2"], ["3"]]
    assert client.post(f"{ANSWER}/alla", data=form).headers["location"] == PAGE
    assert "Tack, dina svar är med." in client.get(PAGE).text
    assert [one["answered_on"] is not None for one in rows(kol, HoldInvitation)] == [False, False, True]


def test_a_question_without_an_answer_comes_back(web: Web, kol: Driver) -> None:
    asked(kol)
    answer = web.as_("vcf").post(f"{ANSWER}/1", data={})
    assert (answer.status_code, 'href="#f-visible_gain"' in answer.text) == (422, True)


def test_all_questions_on_one_page_say_which_are_missing_and_keep_the_rest(web: Web, kol: Driver) -> None:
    asked(kol)
    client = web.as_("vcf")
    form = fill(client, f"{ANSWER}/alla", told_effect="2")
    answer = client.post(f"{ANSWER}/alla", data=form)
    assert (answer.status_code, answer.text.count('href="#f-')) == (422, 9)
    assert form_at(answer.text, f"{ANSWER}/alla")["told_effect"] == ["2"]


def test_the_link_of_the_mail_answers_without_a_login_and_is_used_up(web: Web, kol: Driver) -> None:
    asked(kol)
    address, client = link_of(kol, 2), web.anonymous()
    before = traces(web.app)
    assert f'href="{address}/svara"' in client.get(address).text
    shown = client.get(f"{address}/svara")
    assert (shown.status_code, traces(web.app)) == (200, before)
    client.post(f"{address}/svara/1", data={"visible_gain": "0"})
    assert form_at(client.get(f"{address}/svara/1").text, f"{address}/svara/1")["visible_gain"] == ["0"]
    form = changed(fill(client, f"{address}/svara/alla"), dict.fromkeys(LINES[1:], "2"))
    assert client.post(f"{address}/svara/alla", data=form).headers["location"] == address
    assert "Tack! Dina svar är med" in client.get(address).text
    assert client.post(f"{address}/svara/alla", data=form).headers["location"] == address
    assert rows(kol, Task, item="svara-hall-i-kontroll")[2]["state"] == "done"


def test_a_link_of_another_task_leads_to_no_questions(web: Web, kol: Driver) -> None:
    asked(kol)
    kol.do("create_task", title="Ring Mora", due_on=kol.today.isoformat(), person="vcf")
    task = next(one["ref"] for one in rows(kol, Task) if one["own_title"] == "Ring Mora")
    client, mine = web.anonymous(), link_of(kol, 2)
    ways = (f"{link_of(kol, 2, task=task)}/svara", f"{mine}/svara/11", "/u/gissad/svara")
    assert [client.get(way).status_code for way in ways] == [404, 404, 404]


def test_nobody_who_was_not_asked_finds_the_questions(web: Web, kol: Driver) -> None:
    asked(kol)
    assert [web.as_(who).get(ANSWER).status_code for who in ("m1", "sam", "frammande", "vcf")] == [404, 404, 404, 200]


def test_while_it_is_open_only_how_many_have_answered_is_told(web: Web, kol: Driver) -> None:
    answered(kol)
    page = web.as_("sam").get(PAGE).text
    assert "3 av 3 har svarat" in page
    assert "Mittensvar</th>" not in page
    assert "Har svarat" not in web.as_("ana").get(PAGE).text  # who has answered is for those who lead


def test_a_closed_check_shows_middle_answer_and_spread_and_the_two_tasks(web: Web, kol: Driver) -> None:
    answered(kol)
    client = web.as_("res")
    form = fill(client, CLOSE, owner="vcf")
    assert client.post(CLOSE, data=form).headers["location"] == PAGE
    page = client.get(PAGE).text
    low = row(kol, HoldCheck)["lowest"]
    assert "från 0 till 3" in page
    assert "För få svar för att visas" in page  # two did not know whether the result is followed
    assert [f'/forlopp/kol/uppgift/{one["task"]}"' in page for one in low] == [True, True]
    assert "summa att klara" in page


def test_too_few_answers_can_only_be_closed_with_a_reason_and_no_result(web: Web, kol: Driver) -> None:
    asked(kol)
    client = web.as_("res")
    assert client.post(CLOSE, data=fill(client, CLOSE)).status_code == 422
    assert client.post(CLOSE, data=fill(client, CLOSE, reason="Semester")).status_code == 303
    assert "Stängdes utan resultat: 0 hade svarat." in client.get(PAGE).text


def test_the_check_is_repeated_at_the_follow_up_beside_the_first_one(web: Web, kol: Driver) -> None:
    answered(kol)
    kol.do("close_hold_check")
    drive_to(web.app, web.clock, "kol", "finished")
    kol.go_to(kol.today + timedelta(days=190))
    client = web.as_("sam")
    form = fill(client, ASK, people=["ordf", "res", "vcf"])
    assert form["months"] == ["6"]
    client.post(ASK, data=form)
    for person in ("ordf", "res", "vcf"):
        web.as_(person).post(f"{ANSWER}/alla", data=dict.fromkeys(LINES, "1"))
    client.post(CLOSE, data=fill(client, CLOSE))
    page = client.get(PAGE).text
    assert "6 månader efter firandet" in page
    assert "Förra gången" in page
    assert "/gor/record_follow_up?months=6" in page


def test_the_charts_stand_beside_the_follow_ups(web: Web, kol: Driver) -> None:
    drive_to(web.app, web.clock, "kol", "finished")
    assert "När ett mått har värden visas diagrammet här" in web.as_("ana").get(PAGE).text
    measured(kol)
    assert 'class="figure"' in web.as_("ana").get(PAGE).text


def test_a_loop_that_cannot_finish_without_the_check_leads_to_it(web: Web, kol: Driver) -> None:
    kol.open_due_loop()
    review = {"held_on": kol.today.isoformat(), "attendees": "lag_chair", "decision": "finish", "summary": "Klart"}
    form = {**review, "indicators_secured": "yes", "steg": "granska"}
    told = web.as_("ordf").post("/forlopp/kol/gor/hold_loop", data=form)
    assert 'reason__text"><a class="ds-link" href="/forlopp/kol/hall-i"' in told.text


def test_a_change_that_slipped_offers_to_reopen_learning(web: Web, kol: Driver) -> None:
    drive_to(web.app, web.clock, "kol", "finished")
    kol.go_to(kol.today + timedelta(days=200))
    kol.do("record_follow_up", by="ana", months=6, outcome="slipped", hold_check_done=True)
    assert 'href="/forlopp/kol/gor/reopen"' in web.as_("sam").get(PAGE).text
    assert 'href="/forlopp/kol/gor/reopen"' not in web.as_("ana").get(PAGE).text


def test_an_earlier_day_is_shown_as_it_was(web: Web, kol: Driver) -> None:
    day = kol.today
    kol.go_to(day + timedelta(days=3))
    answered(kol)
    kol.do("close_hold_check")
    kol.go_to(kol.today + timedelta(days=1))
    client = web.as_("sam")
    then, now = client.get(f"{PAGE}?datum={day}").text, client.get(PAGE).text
    assert ("Mittensvar" in then, "Mittensvar" in now) == (False, True)
    assert client.get(f"{PAGE}?datum=igar").status_code == 422


@pytest.mark.parametrize(("address", "most"), [(PAGE, 12), (ASK, 11), (CLOSE, 11), (f"{ANSWER}/alla", 8)])
def test_a_page_takes_few_statements(web: Web, kol: Driver, address: str, most: int) -> None:
    answered(kol)
    client = web.as_("res")
    assert count_statements(web.app, client, address) <= most


def test_both_languages_have_the_pages_without_words_of_the_other(web: Web, kol: Driver) -> None:
    asked(kol)
    client = web.as_("vcf")
    client.post("/sprak", data={"language": "en"})
    page = client.get(f"{ANSWER}/alla").text
    assert "No, not at all" in page
    assert "Nej, inte alls" not in page
