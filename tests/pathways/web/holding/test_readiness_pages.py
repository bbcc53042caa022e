"""Readiness and complexity on their pages, and what the introduction's own page and the ranking tell of them."""

from datetime import timedelta

import pytest

from pathways.models.holding import ComplexityAnswer, ReadinessLine
from tests.pathways.drive import Driver
from tests.pathways.services.judge import rows
from tests.pathways.web.conftest import Web
from tests.pathways.web.plan.reading import count_statements, fill, form_at
from tests.pathways.web.plan.scene import at_ranking

READY, HARD, RANKING = "/forlopp/kol/beredskap", "/forlopp/kol/rangordning/svarighet", "/forlopp/kol/rangordning"


def test_what_was_answered_is_saved_and_shown_where_the_introduction_is(web: Web, kol: Driver) -> None:
    client = web.as_("res")
    answers = {"svar-baseline": "yes", "svar-stop_rule": "no", "vem-stop_rule": "ordf", "dag-stop_rule": "2021-12-01"}
    sent = client.post(READY, data=fill(client, READY, **answers))
    assert sent.headers["location"] == READY
    assert {row["line"]: str(row["answer"]) for row in rows(kol, ReadinessLine)} == {
        "baseline": "yes",
        "stop_rule": "no",
    }
    page = client.get("/forlopp/kol").text
    assert "1 av 10 är på plats eller behövs inte." in page
    assert "Åsa Öberg, 1 dec. 2021" in page
    assert form_at(client.get(READY).text, READY)["vem-stop_rule"] == ["ordf"]


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({}, "f-svar-baseline"),
        ({"svar-lead_with_hours": "no"}, "f-vem-lead_with_hours"),
        ({"svar-baseline": "yes", "om-baseline": "x" * 2001}, "f-om-baseline"),
        ({"svar-baseline": "yes", "svar-stop_rule": "yes", "dag-stop_rule": "våren"}, "f-dag-stop_rule"),
    ],
)
def test_what_is_wrong_is_told_at_the_question(web: Web, kol: Driver, answers: dict[str, object], fault: str) -> None:
    client = web.as_("res")
    answer = client.post(READY, data=fill(client, READY, **answers))
    assert (answer.status_code, f'href="#{fault}"' in answer.text) == (422, True)
    assert rows(kol, ReadinessLine) == []


def test_others_read_the_list_as_a_table(web: Web, kol: Driver) -> None:
    page = web.as_("ana").get(READY).text
    assert ("Inte besvarad" in page, f'action="{READY}" novalidate' in page) == (True, False)


def test_an_earlier_day_is_shown_as_it_was(web: Web, kol: Driver) -> None:
    day = kol.today
    kol.go_to(day + timedelta(days=2))
    kol.do("set_readiness", lines=[{"line": "baseline", "answer": "yes"}])
    client = web.as_("sam")
    assert "0 av 10" in client.get(f"{READY}?datum={day}").text
    assert "1 av 10" in client.get(READY).text
    assert client.get(f"{READY}?datum=2019-01-01").status_code == 422


def test_two_complex_domains_suggest_a_smaller_first_step_where_the_ranking_is(web: Web) -> None:
    driver = at_ranking(web.app, web.clock)
    client = web.as_("lg")
    assert f'href="{HARD}"' in client.get(RANKING).text
    form = fill(client, HARD, **{"svar-staff": "complex", "om-staff": "Nya roller"})
    assert client.post(HARD, data=form).headers["location"] == HARD
    assert "Börja mindre" not in client.get(RANKING).text
    client.post(HARD, data=fill(client, HARD, **{"svar-time": "complex"}))
    assert "2 områden är komplexa. Börja mindre" in client.get(RANKING).text
    assert len(rows(driver, ComplexityAnswer)) == 2


def test_an_empty_assessment_comes_back_and_one_out_of_time_is_only_read(web: Web, kol: Driver) -> None:
    assert 'action="' + HARD not in web.as_("lg").get(HARD).text
    answer = web.as_("lg").post(HARD, data={})
    assert answer.status_code == 422
    late = web.as_("lg").post(HARD, data={"svar-staff": "complex"})
    assert (late.status_code, rows(kol, ComplexityAnswer)) == (422, [])


@pytest.mark.parametrize(("address", "most"), [(READY, 9), (HARD, 7)])
def test_a_page_takes_few_statements(web: Web, kol: Driver, address: str, most: int) -> None:
    assert count_statements(web.app, web.as_("sam"), address) <= most
