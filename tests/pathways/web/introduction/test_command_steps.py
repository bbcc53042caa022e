"""A command is given in steps: nothing typed is lost, what is foretold is what happens, and it happens once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from notifications.tables import outbox_message
from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.locale import texts
from pathways.models.introduction import Timer, TimerState
from pathways.models.organisation import Person
from pathways.models.task import Task, TaskState
from pathways.storage.unit_of_work import Row, table_of
from pathways.web.formatting import Formatting
from tests.pathways.web.conftest import Web
from tests.pathways.web.introduction.conftest import At, events_of, version_of
from tests.pathways.web.introduction.sheet import Sheet, give, look

_task, _timer, _person = table_of(Task), table_of(Timer), table_of(Person)


def rows(app: App, table: str) -> list[Row]:
    """All rows of a table."""
    with app.read() as work:
        return work.rows(select(outbox_message.metadata.tables[table]))


def test_choices_are_names_and_what_is_sent_is_what_was_chosen(web: Web, at: At, app: App) -> None:
    at("preparation")
    client = web.as_("sam")
    form = look(client, "/forlopp/kol/gor/appoint?role=lag_chair").form
    assert form.values["role"] == ["lag_chair"]
    reviewed = Sheet(form.choose("person", "Åsa Öberg").send(client, "granska"))
    assert "Åsa Öberg" in reviewed.words
    assert "Ordförande i arbetsgruppen" in reviewed.words
    assert reviewed.form.send(client, "bekrafta").headers["location"] == "/forlopp/kol/manniskor"
    assert "Åsa Öberg" in look(client, "/forlopp/kol/manniskor").words


def test_the_review_changes_nothing_and_can_be_left_to_change_an_answer(web: Web, at: At, app: App) -> None:
    driver = at("executing")
    client, before = web.as_("sam"), version_of(app)
    until = (driver.today + timedelta(days=40)).isoformat()
    form = look(client, "/forlopp/kol/gor/pause").form
    reviewed = Sheet(form.put(until_on=until, reason="Sommar <i>nu</i>").send(client, "granska"))
    assert version_of(app) == before
    again = Sheet(reviewed.form.send(client, "andra"))
    assert again.form.values["until_on"] == [until]
    assert again.form.values["reason"] == ["Sommar <i>nu</i>"]
    assert version_of(app) == before


def test_what_is_wrong_is_said_at_the_question_and_nothing_typed_is_lost(web: Web, at: At, app: App) -> None:
    at("executing")
    client = web.as_("sam")
    form = look(client, "/forlopp/kol/gor/create_task").form
    answer = form.put(title="Ja", due_on="i morgon", person="res").send(client, "granska")
    sheet = Sheet(answer)
    assert answer.status_code == 422
    assert "#f-title" in sheet.links
    assert "”i morgon” är inget datum" in sheet.words
    assert (sheet.form.values["title"], sheet.form.values["due_on"]) == (["Ja"], ["i morgon"])
    assert sheet.form.values["person"] == ["res"]


def test_a_day_on_the_wrong_side_of_today_is_an_error_at_its_question(web: Web, at: At) -> None:
    driver = at("executing")
    client = web.as_("sam")
    form = look(client, "/forlopp/kol/gor/pause").form
    answer = form.put(until_on=driver.today.isoformat(), reason="Sommar").send(client, "granska")
    assert answer.status_code == 422
    assert "”Tidigaste dag att återuppta” måste ligga framåt i tiden" in Sheet(answer).words


def test_a_reason_that_is_missing_is_asked_for_at_its_question(web: Web, at: At, app: App) -> None:
    driver = at("executing")
    client = web.as_("sam")
    form = look(client, "/forlopp/kol/gor/pause").form
    answer = form.put(until_on=(driver.today + timedelta(days=9)).isoformat()).send(client, "granska")
    assert answer.status_code == 422
    assert "#f-reason" in Sheet(answer).links


def test_somebody_who_has_left_since_the_form_was_shown_must_be_chosen_anew(web: Web, at: At, app: App) -> None:
    at("preparation")
    client = web.as_("sam")
    form = look(client, "/forlopp/kol/gor/appoint?role=lag_chair").form.put(person="ordf")
    with app.write() as work:
        work.update(Person, {"slug": "ordf"}, {"active": False})
        work.commit()
    answer = form.send(client, "granska")
    assert answer.status_code == 422
    assert "#f-person" in Sheet(answer).links


def test_a_decision_is_recorded_from_the_meeting_that_the_plan_was_on_its_way_to(web: Web, at: At, app: App) -> None:
    driver = at("awaiting_decision")
    meeting_on = rows(app, "board_case")[-1]["meeting_on"]
    driver.go_to(meeting_on + timedelta(days=1))
    form = look(web.as_("reg"), "/forlopp/kol/gor/decide").form
    assert form.values["meeting"] == [f"hsn|{meeting_on.isoformat()}"]
    form.put(outcome="adopt", paragraph_no="§ 7", register_no="HSN 7")
    reviewed = Sheet(form.send(web.as_("reg"), "granska"))
    assert Sheet(reviewed.form.send(web.as_("reg"), "bekrafta")).status == 303
    assert "HSN 7" in look(web.as_("reg"), "/forlopp/kol/beslut").words


def test_a_meeting_that_no_list_has_is_named_by_body_and_day(web: Web, at: At, app: App) -> None:
    driver = at("awaiting_decision")
    driver.go_to(rows(app, "board_case")[-1]["meeting_on"] + timedelta(days=3))
    extra = (driver.today - timedelta(days=2)).isoformat()
    minutes = {"outcome": "return", "paragraph_no": "§ 7", "register_no": "HSN 7"}
    answer = give(web.as_("reg"), "/forlopp/kol/gor/decide", meeting="", body="hsn", meeting_on=extra, **minutes)
    assert answer.status_code == 303
    assert rows(app, "decision")[-1]["meeting_on"].isoformat() == extra


def test_a_decision_without_a_meeting_is_asked_for_it(web: Web, at: At, app: App) -> None:
    at("awaiting_decision").go_to(rows(app, "board_case")[-1]["meeting_on"])
    minutes = {"outcome": "adopt", "paragraph_no": "§ 7", "register_no": "HSN 7", "body": "", "meeting": ""}
    form = look(web.as_("reg"), "/forlopp/kol/gor/decide").form.put(**minutes)
    answer = form.send(web.as_("reg"), "granska")
    assert answer.status_code == 422
    assert "#f-meeting" in Sheet(answer).links


@pytest.mark.parametrize(
    ("place", "path", "answers"),
    [
        ("preparation", "pause", {"until_on": 30, "reason": "Sommar"}),
        ("executing", "stop", {"reason": "Tillbakadraget"}),
        ("executing", "open_loop", {"reason": "Tidigarelagd"}),
        ("mapping", "create_task", {"title": "Boka lokal", "due_on": 20, "person": "m1"}),
        ("awaiting_decision", "decide", {"outcome": "return", "paragraph_no": "§ 1", "register_no": "HSN 1"}),
    ],
)
def test_what_is_foretold_is_what_happens(
    web: Web, at: At, app: App, place: str, path: str, answers: dict[str, str | int]
) -> None:
    driver = at(place)
    if path == "decide":
        driver.go_to(rows(app, "board_case")[-1]["meeting_on"])
    typed = {
        name: (driver.today + timedelta(days=one)).isoformat() if isinstance(one, int) else one
        for name, one in answers.items()
    }
    client = web.as_("sam")
    before = {table: rows(app, table) for table in ("task", "timer", "outbox_message")}
    reviewed = Sheet(look(client, f"/forlopp/kol/gor/{path}").form.put(**typed).send(client, "granska"))
    assert {table: rows(app, table) for table in before} == before
    assert Sheet(reviewed.form.send(client, "bekrafta")).status == 303
    for told in _happened(app, before):
        assert told in reviewed.words, (told, reviewed.words)


def _happened(app: App, before: dict[str, list[Row]]) -> list[str]:
    """What came of a command, in the words the review must have used."""
    formats = Formatting(texts("sv"), app.profile.region.zone)
    people = {row["id"]: row["name"] for row in rows(app, "person")}
    states = {row["ref"]: row["state"] for row in before["task"]}
    timers = {row["ref"] for row in before["timer"]}
    messages = {row["id"] for row in before["outbox_message"]}
    told: list[str] = []
    for row in rows(app, "task"):
        title, was = str(row["own_title"] or row["title_sv"]), states.get(row["ref"])
        if was is None and row["state"] == TaskState.OPEN:
            who = people.get(row["assignee_id"]) or texts("sv").word("role", row["role"])
            told.append(f"{title}: {who}, senast {formats.day(row['due_on'])}")
        elif was != row["state"] == TaskState.CANCELLED:
            told.append(title)
    new = [row for row in rows(app, "timer") if row["ref"] not in timers and row["state"] == TimerState.LIVE]
    told += [formats.moment(row["due_at"]) for row in new]
    return told + [people[int(row["recipient"])] for row in rows(app, "outbox_message") if row["id"] not in messages]


def test_mails_at_once_and_those_of_the_weekly_letter_are_told_apart(web: Web, at: At, clock: SetClock) -> None:
    driver = at("executing")
    client = web.as_("sam")
    form = look(client, "/forlopp/kol/gor/pause").form
    form.put(until_on=(driver.today + timedelta(days=30)).isoformat(), reason="Sommar")
    assert "i veckobrevet måndag" in Sheet(form.send(client, "granska")).words
    task = look(client, "/forlopp/kol/gor/create_task").form
    task.put(title="Boka lokal", due_on=(driver.today + timedelta(days=30)).isoformat(), person="m1")
    assert "till Maja Zetterlund, direkt" in Sheet(task.send(client, "granska")).words
    clock.set(clock.now() + timedelta(hours=10))
    assert "efter de tysta timmarna" in Sheet(task.send(web.as_("sam"), "granska")).words


def test_pressing_twice_does_it_once(web: Web, at: At, app: App) -> None:
    driver = at("preparation")
    client = web.as_("sam")
    form = look(client, "/forlopp/kol/gor/create_task").form
    form.put(title="Boka lokal", due_on=(driver.today + timedelta(days=9)).isoformat())
    confirm = Sheet(form.send(client, "granska")).form
    before = version_of(app)
    assert [confirm.send(client, "bekrafta").status_code for _ in range(3)] == [303, 303, 303]
    assert version_of(app) == before + 1
    assert "Det hände en gång, inte två" in look(client, "/forlopp/kol").words


def test_when_somebody_was_first_the_page_says_who_what_and_when_and_keeps_the_form(web: Web, at: At, app: App) -> None:
    driver = at("executing")
    client = web.as_("sam")
    until = (driver.today + timedelta(days=9)).isoformat()
    form = look(client, "/forlopp/kol/gor/pause").form.put(until_on=until, reason="Mitt skäl")
    driver.do("create_task", by="chef", title="Hann före", due_on=until)
    answer = form.send(client, "granska")
    sheet = Sheet(answer)
    assert answer.status_code == 409
    assert "Skapa en uppgift : Hann före" in sheet.words or "Skapa en uppgift: Hann före" in sheet.words
    assert "Örjan Ek" in sheet.words
    assert sheet.form.values["reason"] == ["Mitt skäl"]
    reviewed = Sheet(sheet.form.send(client, "granska"))
    assert reviewed.status == 200
    assert reviewed.form.send(client, "bekrafta").status_code == 303
    assert driver.place() == "paused"


def test_both_versions_of_an_answer_that_two_people_changed_stand_side_by_side(web: Web, at: At, app: App) -> None:
    driver = at("mapping")
    task = next(row for row in rows(app, "task") if row["state"] == TaskState.OPEN)
    mine, theirs = (task["due_on"] + timedelta(days=days) for days in (20, 30))
    client = web.as_("sam")
    form = look(client, f"/forlopp/kol/gor/snooze_task?task={task['ref']}").form
    form.put(due_on=mine.isoformat(), reason="Semester")
    driver.do("snooze_task", by="chef", task=task["ref"], due_on=theirs.isoformat(), reason="Sjukdom")
    sheet = Sheet(form.send(client, "granska"))
    formats = Formatting(texts("sv"), app.profile.region.zone)
    assert sheet.status == 409
    assert formats.long_day(mine) in sheet.words
    assert formats.long_day(theirs) in sheet.words
    assert sheet.form.values["due_on"] == [mine.isoformat()]


def test_an_answer_that_was_not_touched_takes_over_what_somebody_else_wrote(web: Web, at: At, app: App) -> None:
    driver = at("preparation")
    driver.do("arrange_patient_perspective", how="survey")
    client = web.as_("sam")
    form = look(client, "/forlopp/kol/gor/arrange_patient_perspective").form
    assert form.values["how"] == ["survey"]
    driver.do("arrange_patient_perspective", by="chef", how="interviews")
    sheet = Sheet(form.put(reason="Samma som förut").send(client, "granska"))
    assert sheet.status == 409
    assert sheet.form.values["how"] == ["interviews"]
    assert sheet.form.values["reason"] == ["Samma som förut"]


def test_a_draft_is_there_again_and_goes_when_the_form_is_sent(web: Web, at: At) -> None:
    at("executing")
    client, path = web.as_("sam"), "/forlopp/kol/gor/report"
    form = look(client, path).form.put(reason="Halva rapporten")
    assert client.post("/utkast/gor/kol/report", data=form.values).status_code == 303
    again = look(client, path)
    assert again.form.values["reason"] == ["Halva rapporten"]
    assert "Här är ditt utkast från" in again.words
    assert give(client, path, reason="Hela rapporten").status_code == 303
    assert look(client, path).form.values["reason"] == [""]


def test_a_command_leads_back_to_the_page_it_was_given_from_but_never_to_another_site(web: Web, at: At) -> None:
    at("preparation")
    client = web.as_("sam")
    home = give(client, "/forlopp/kol/gor/report?till=/uppgifter", reason="Allt går bra")
    assert home.headers["location"] == "/uppgifter"
    for elsewhere in ("//ond.example/", "https://ond.example/", "/%5Cond.example", "/%09/ond.example"):
        away = give(client, f"/forlopp/kol/gor/report?till={elsewhere}", reason="Allt går bra")
        assert away.headers["location"] == "/forlopp/kol", elsewhere


def test_a_start_is_reviewed_and_begins_an_introduction(web: Web, app: App) -> None:
    client = web.as_("sam")
    sheet = look(client, "/katalog/sepsis/starta")
    assert "Förberedelse: arbetsgruppen sätts ihop" in sheet.words
    answer = sheet.form.send(client, "bekrafta")
    assert answer.headers["location"] == "/forlopp/sepsis"
    assert "Förberedelse: arbetsgruppen sätts ihop" in look(client, "/forlopp/sepsis").words
    again = look(client, "/katalog/sepsis/starta")
    assert "/forlopp/sepsis" in again.links
    assert sheet.form.send(client, "bekrafta").status_code == 303
    assert len(events_of(app)) == 1


def test_a_second_start_from_another_window_is_refused_with_the_way_to_the_first(web: Web, app: App) -> None:
    client = web.as_("sam")
    form = look(client, "/katalog/sepsis/starta").form
    app_form = look(web.as_("chef"), "/katalog/sepsis/starta").form
    assert form.send(client, "bekrafta").status_code == 303
    answer = app_form.send(web.as_("chef"), "bekrafta")
    assert answer.status_code == 409
    assert "/forlopp/sepsis" in Sheet(answer).links
