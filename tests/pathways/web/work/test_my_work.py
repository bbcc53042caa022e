"""The start page: what waits for whoever is logged in, soonest first, and what waits for others."""

import pytest

from tests.pathways.drive import drive_to
from tests.pathways.queries.watching import watched
from tests.pathways.web.conftest import Web
from tests.pathways.web.work.conftest import Desk
from tests.pathways.web.work.looking import follow, form, forms, notices, words


def start(desk: Desk, person: str) -> str:
    answer = desk.as_(person).get("/")
    assert answer.status_code == 200
    return words(answer)


def test_nobodys_tasks_are_said_calmly(web: Web) -> None:
    said = words(web.as_("frammande").get("/"))
    assert said.endswith("Inget väntar på dig När du får en uppgift ser du den här, och du får ett mejl om den.")


def test_somebody_unknown_is_sent_to_the_login_and_comes_back(web: Web) -> None:
    answer = web.anonymous().get("/forlopp/kol/uppgift/3.1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/logga-in?till=/forlopp/kol/uppgift/3.1")


def test_tasks_stand_in_groups_by_when_they_are_due(desk: Desk) -> None:
    for due_on, title in (("2021-06-09", "Först"), ("2021-06-13", "Sedan"), ("2021-06-14", "Sist")):
        desk.task("m1", due_on=due_on, title=title)
    desk.days_pass(1)
    said = start(desk, "m1")
    assert said.startswith("Mitt arbete Du har 3 uppgifter, 1 är försenad.")
    order = [
        said.index(word) for word in ("Försenat (1)", "Först", "Den här veckan (1)", "Sedan", "Senare (1)", "Sist")
    ]
    assert order == sorted(order)


def test_a_task_says_why_it_came_where_it_belongs_and_what_waits_for_it(desk: Desk) -> None:
    said = start(desk, "res")
    assert "Samla in patientens röst KOL · Gapanalys Senast torsdag 1 juli 2021, om 22 dagar" in said
    assert "Du är utvecklingsresurs i arbetsgruppen för KOL." in said
    assert "Det här väntar på uppgiften: ”Kommunicera gapanalysen”." in said


def test_a_task_that_came_without_a_role_says_that_it_was_handed_over(desk: Desk) -> None:
    desk.task("frammande")
    assert "Uppgiften har lämnats till dig. Den hör till införandet av KOL." in start(desk, "frammande")


def test_a_substitute_sees_the_tasks_of_whoever_is_away_and_for_how_long(desk: Desk) -> None:
    desk.task("m1")
    desk.send_away("m1", "m2")
    said = start(desk, "m2")
    assert "I stället för Maja Zetterlund" in said
    assert "Du gör det här i stället för Maja Zetterlund, som är borta till och med 25 juni 2021." in said
    assert "Ring Mora" in start(desk, "m1")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Senast fredag 18 juni 2021, om 9 dagar"),
        (8, "Ska vara klar i morgon, fredag 18 juni 2021"),
        (9, "Ska vara klar i dag, fredag 18 juni 2021"),
        (10, "1 dag försenad Skulle ha varit klar fredag 18 juni 2021"),
    ],
)
def test_the_last_day_is_said_in_words(desk: Desk, days: int, said: str) -> None:
    desk.task("m1")
    desk.days_pass(days)
    assert said in start(desk, "m1")


def test_the_page_speaks_english_to_whoever_chose_it(desk: Desk) -> None:
    desk.task("m1")
    client = desk.as_("m1")
    client.post("/sprak", data={"language": "en", "till": "/"})
    said = words(client.get("/"))
    assert said.startswith("My work You have 1 task.")
    assert "No later than Friday 18 June 2021, in 9 days" in said


def test_the_tasks_of_an_introduction_that_rests_wait(desk: Desk) -> None:
    desk.task("m1")
    desk.kol.do("pause", until_on="2021-12-01", reason="Pandemi")
    assert "Inget väntar på dig" in start(desk, "m1")


def test_what_was_done_last_can_be_found_again(desk: Desk) -> None:
    ref = desk.task("m1")
    desk.kol.do("complete_task", by="m1", task=ref, outcome="Ringt")
    answer = desk.as_("m1").get("/")
    assert "Det du gjorde senast Ring Mora KOL. Klar 9 juni 2021 kl. 10.00" in words(answer)
    assert f'href="/forlopp/kol/uppgift/{ref}"' in answer.text


# -- those who steer, and those who decide


@pytest.mark.parametrize("person", ["sam", "chef"])
def test_those_who_steer_see_what_is_late_and_for_whom_it_waits(desk: Desk, person: str) -> None:
    desk.task("m1", due_on="2021-06-10")
    desk.task("m1", due_on="2021-06-11")
    desk.days_pass(3)
    assert "Väntar på andra" in start(desk, person)
    assert "Maja Zetterlund: 2 försenade, den äldsta sedan 10 juni 2021" in start(desk, person)


def test_a_late_task_that_nobody_has_is_told_by_its_role(desk: Desk) -> None:
    desk.days_pass(30)
    assert "ingen är utsedd (utvecklingsresurs): 2 försenade" in start(desk, "sam")


def test_those_who_steer_see_what_can_go_on_now(desk: Desk) -> None:
    assert "Kan gå vidare nu" not in start(desk, "sam")
    driver = drive_to(desk.app, desk.web.clock, "kol", "communicated")
    driver.do(
        "plan_activity", title="Utbilda", kind="training", responsible="res", due_on="2022-01-01", gaps=[gap(driver)]
    )
    driver.do("close_comment_round", outcome="waived", reason="Enheterna satt med")
    assert "KOL Gapanalys: gapanalysen är kommunicerad Nästa steg: Föreslå handlingsplanen." in start(desk, "chef")


def gap(driver: object) -> str:
    refs: list[str] = [row["ref"] for row in driver._own(of_table="gap_answer")]  # type: ignore[attr-defined]  # a Driver
    return refs[0]


@pytest.mark.parametrize("person", ["m1", "res", "ordf", "lg", "reg", "ana", "frammande"])
def test_others_are_not_shown_what_waits_for_others(desk: Desk, person: str) -> None:
    desk.days_pass(30)
    said = start(desk, person)
    assert "Väntar på andra" not in said
    assert "Kan gå vidare nu" not in said


def test_those_who_decide_see_what_is_to_be_decided_and_when(desk: Desk) -> None:
    drive_to(desk.app, desk.web.clock, "kol", "ranking")
    assert "Väntar på beslut KOL Åtgärderna ska prioriteras." in start(desk, "lg")
    drive_to(desk.app, desk.web.clock, "kol", "awaiting_decision")
    for person in ("lg", "reg"):
        said = start(desk, person)
        assert "KOL Handlingsplanen ska beslutas. Hälso- och sjukvårdsnämnden, tisdag" in said
    assert "Väntar på beslut" not in start(desk, "m1")


# -- several at once


def chosen(*refs: str) -> dict[str, list[str]]:
    return {"uppgift": [f"kol/{ref}" for ref in refs]}


def test_one_task_alone_has_no_boxes_to_tick(desk: Desk) -> None:
    desk.task("m1")
    assert 'type="checkbox"' not in desk.as_("m1").get("/").text


def test_several_tasks_are_completed_at_once_after_a_preview(desk: Desk) -> None:
    first, second = desk.task("m1"), desk.task("m1", title="Skriv till Orsa")
    client = desk.as_("m1")
    shown = form(client.get("/"), "/uppgifter").send(client, uppgift=[f"kol/{first}", f"kol/{second}"], gor="klar")
    assert words(shown).startswith("2 uppgifter i 1 förlopp ändras")
    assert desk.row(first)["state"] == "open"
    answer = form(shown, "/uppgifter/klar").send(client, outcome="Allt är gjort")
    assert "2 uppgifter är klara." in notices(follow(client, answer))
    assert {desk.row(ref)["outcome"] for ref in (first, second)} == {"Allt är gjort"}


def test_several_tasks_get_more_time_at_once(desk: Desk) -> None:
    first, second = desk.task("m1"), desk.task("m1")
    client = desk.as_("m1")
    shown = client.get("/uppgifter", params={"gor": "mer-tid", **chosen(first, second)})
    answer = form(shown, "/mer-tid").send(client, due_on="2021-09-01", snooze_reason="Semester")
    assert "2 uppgifter har fått en ny dag." in notices(follow(client, answer))
    assert {str(desk.row(ref)["due_on"]) for ref in (first, second)} == {"2021-09-01"}


def test_pressing_twice_completes_several_once(desk: Desk) -> None:
    first, second = desk.task("m1"), desk.task("m1")
    client = desk.as_("m1")
    shown = form(client.get("/uppgifter", params={"gor": "klar", **chosen(first, second)}), "/klar")
    shown.send(client, outcome="Gjort")
    version = desk.kol.row()
    again = follow(client, shown.send(client, outcome="Gjort"))
    assert "De är redan ändrade." in notices(again)
    assert desk.kol.row() == version


def test_what_could_not_be_changed_is_told_with_its_reason(desk: Desk) -> None:
    soon, late = desk.task("m1", due_on="2021-06-18"), desk.task("m1", due_on="2021-12-24", title="Skriv till Orsa")
    client = desk.as_("m1")
    shown = form(client.get("/uppgifter", params={"gor": "mer-tid", **chosen(soon, late)}), "/mer-tid")
    answer = shown.send(client, due_on="2021-09-01", snooze_reason="Semester")
    assert "1 uppgift ändrades, 1 gick inte." in words(answer)
    told = "Skriv till Orsa , KOL Det nya datumet 1 september 2021 är inte senare än det gamla (24 december 2021)"
    assert told in words(answer)


def test_nothing_chosen_is_said_at_the_top(desk: Desk) -> None:
    desk.task("m1")
    answer = desk.as_("m1").get("/uppgifter", params={"gor": "klar"})
    assert answer.status_code == 422
    assert words(answer).startswith("Det finns en sak att rätta Välj minst en uppgift att ändra.")


def test_a_task_of_somebody_else_is_not_changed_among_ones_own(desk: Desk) -> None:
    mine, theirs = desk.task("m1"), desk.task("m2")
    client = desk.as_("m1")
    shown = client.get("/uppgifter", params={"gor": "klar", **chosen(mine, theirs)})
    assert words(shown).startswith("1 uppgift i 1 förlopp ändras")
    form(shown, "/klar").send(client, outcome="Gjort", uppgift=[f"kol/{mine}", f"kol/{theirs}"])
    assert (desk.row(mine)["state"], desk.row(theirs)["state"]) == ("done", "open")


@pytest.mark.parametrize("typed", [{"outcome": ""}, {"outcome": "x" * 2001}, {"outcome": "x" * 5000}])
def test_a_faulty_answer_for_several_is_shown_again(desk: Desk, typed: dict[str, str]) -> None:
    first, second = desk.task("m1"), desk.task("m1")
    client = desk.as_("m1")
    shown = form(client.get("/uppgifter", params={"gor": "klar", **chosen(first, second)}), "/klar")
    answer = shown.send(client, **typed)
    assert answer.status_code == 422
    assert form(answer, "/klar").fields["outcome"] == [typed["outcome"]]
    assert sorted(form(answer, "/klar").fields["uppgift"]) == [f"kol/{ref}" for ref in sorted((first, second))]


@pytest.mark.parametrize("way", ["lamna-over", "allt", ""])
def test_other_ways_are_no_pages(desk: Desk, way: str) -> None:
    client = desk.as_("m1")
    assert client.get("/uppgifter", params={"gor": way}).status_code == 404
    assert client.post(f"/uppgifter/{way or 'x'}", data={}).status_code == 404


# -- tenants and speed


def test_the_page_costs_few_statements_however_many_tasks_there_are(desk: Desk) -> None:
    desk.task("m1")
    client = desk.as_("m1")
    client.get("/")
    with watched(desk.app) as few:
        client.get("/")
    for _ in range(5):
        desk.task("m1")
    with watched(desk.app) as many:
        client.get("/")
    assert len(few) == len(many) <= 6


def test_the_page_of_those_who_steer_costs_few_statements_too(desk: Desk) -> None:
    desk.days_pass(30)
    client = desk.as_("sam")
    client.get("/")
    with watched(desk.app) as sent:
        client.get("/")
    assert len(sent) <= 9


def test_every_form_of_the_page_works_by_get_alone(desk: Desk) -> None:
    desk.task("m1")
    desk.task("m1")
    assert forms(desk.as_("m1").get("/"))["/uppgifter"].method == "get"
