"""One introduction's page: where it stands, what is needed to go on, and the same page as of an earlier day."""

import re
from datetime import timedelta
from itertools import product

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.watching import watched
from tests.pathways.web.conftest import Web, over
from tests.pathways.web.introduction.conftest import At, version_of, walk
from tests.pathways.web.introduction.sheet import Sheet, give, look

SECTIONS = ("", "/gor", "/manniskor", "/beslut", "/loop", "/historik")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_can_be_read_at_every_place(web: Web, app: App, clock: SetClock, language: str) -> None:
    for driver in walk(app, clock):
        client = web.as_("sam")
        client.post("/sprak", data={"language": language, "till": "/"})
        for path in SECTIONS:
            answer = client.get(f"/forlopp/kol{path}")
            assert answer.status_code == 200, (driver.place(), path)
            assert f'<html lang="{language}"' in answer.text


def test_every_page_is_answered_from_postgresql_too(postgres_app: App, clock: SetClock) -> None:
    driver = drive_to(postgres_app, clock, "kol", "executing")
    driver.do("correct", undo_to=version_of(postgres_app) - 1, reason="Fel protokoll")
    client, day = over(postgres_app, clock).as_("sam"), clock.now().date().isoformat()
    commands = ("decide", "correct", "dismiss", "invite_units", "excuse_unit", "reopen_task", "remove_attachment")
    paths = (
        *(f"/forlopp/kol{path}" for path in SECTIONS),
        *(f"/forlopp/kol/gor/{name}" for name in commands),
        *("/katalog", "/katalog/kol", f"/forlopp/kol?datum={day}", "/forlopp/kol/historik.csv"),
        *("/forlopp/kol/historik?slag=plan", "/forlopp/kol/historik?fore=9"),
    )
    assert {path: status for path in paths if (status := client.get(path).status_code) != 200} == {}


def test_every_unmet_reason_leads_to_the_place_where_it_is_met(web: Web, at: At) -> None:
    at("preparation")
    sheet = look(web.as_("sam"), "/forlopp/kol")
    assert "Arbetsgruppen har ingen ordförande." in sheet.words
    assert "Kan ordnas av avdelningschef, samordnare" in sheet.words
    assert {"/forlopp/kol/manniskor", "/forlopp/kol#uppgifter"} <= set(sheet.links)


def test_a_command_that_can_be_given_is_a_button_for_those_who_may_and_a_sentence_for_others(web: Web, at: At) -> None:
    at("executing")
    assert "/forlopp/kol/gor/open_loop" in look(web.as_("sam"), "/forlopp/kol").links
    reader = look(web.as_("lg"), "/forlopp/kol")
    assert not [link for link in reader.links if "/gor/" in link]
    assert "Det kan göras av: " in reader.words


def test_the_chart_marks_the_live_position_and_is_told_in_words_too(web: Web, at: At) -> None:
    at("ranking")
    answer = web.as_("sam").get("/forlopp/kol")
    assert "Linjen har 12 lägen. Införandet är nu i: Åtgärderna prioriteras." in answer.text
    assert "Prioritering: åtgärderna prioriteras (här nu)" in look(web.as_("sam"), "/forlopp/kol").words


def test_while_it_rests_the_chart_says_where_and_nothing_is_late(web: Web, at: At) -> None:
    driver = at("mapping")
    driver.do("pause", reason="Sommar", until_on=(driver.today + timedelta(days=60)).isoformat())
    sheet = look(web.as_("sam"), "/forlopp/kol")
    assert "(vilar här)" in sheet.words
    assert "Pausat" in sheet.words
    assert "/forlopp/kol/gor/resume" in sheet.links


def test_the_page_of_a_day_shows_what_the_page_showed_that_day(web: Web, at: At, app: App, clock: SetClock) -> None:
    driver = at("mapping")
    clock.set(clock.now() + timedelta(days=20))
    client = web.as_("sam")
    then, day = look(client, "/forlopp/kol").words, driver.today
    clock.set(clock.now() + timedelta(days=3))
    driver.analyse()
    past = look(web.as_("sam"), f"/forlopp/kol?datum={day.isoformat()}").words
    for part in ("position", "tasks"):
        assert _part(past, part) == _part(then, part)
    assert _part(look(web.as_("sam"), "/forlopp/kol").words, "position") != _part(then, "position")


def _part(words: str, part: str) -> str:
    starts, ends = {
        "position": ("Var införandet står", ("Vad som behövs", "Öppna uppgifter")),
        "tasks": ("Öppna uppgifter", ("Skapa en uppgift", "Gapanalysen Gäller")),
    }[part]
    rest = words[words.index(starts) :]
    return rest[: min(rest.index(end) for end in ends if end in rest)].strip()


def test_nothing_can_be_done_from_an_earlier_day(web: Web, at: At, clock: SetClock) -> None:
    driver = at("mapping")
    day = driver.today
    clock.set(clock.now() + timedelta(days=5))
    client = web.as_("sam")
    for path in ("", "/manniskor", "/beslut", "/loop"):
        sheet = look(client, f"/forlopp/kol{path}?datum={day.isoformat()}")
        assert "Så här såg det ut när" in sheet.words
        assert not [link for link in sheet.links if "/gor/" in link], path


BAD_DAYS = {
    "igår": "”igår” är inget datum",
    "2031-01-01": "ligger framåt i tiden",
    "2021-06-01": "hade inte börjat då",
    "1999-12-31": "år 2000",
}


def test_a_day_that_cannot_be_shown_is_said_at_its_field(web: Web, at: At) -> None:
    at("mapping")
    client = web.as_("sam")
    for path, (day, told) in product(("", "/manniskor", "/beslut", "/loop"), BAD_DAYS.items()):
        sheet = look(client, f"/forlopp/kol{path}?datum={day}")
        assert sheet.status == 422
        assert told in sheet.words
        assert "#f-datum" in sheet.links


def test_today_is_how_things_stand_now(web: Web, at: At) -> None:
    driver = at("mapping")
    sheet = look(web.as_("sam"), f"/forlopp/kol?datum={driver.today.isoformat()}")
    assert sheet.status == 200
    assert "Så här såg det ut när" not in sheet.words


def test_empty_parts_say_what_is_missing(web: Web, at: At) -> None:
    at("preparation")
    words = look(web.as_("sam"), "/forlopp/kol").words
    for told in ("Ingen är utsedd än.", "Gapanalysen har inte börjat.", "Planen har inga aktiviteter än."):
        assert told in words


def test_who_holds_no_role_anywhere_and_who_is_not_logged_in_see_nothing(web: Web, at: At) -> None:
    at("preparation")
    assert web.as_("frammande").get("/forlopp/kol").status_code == 404
    assert web.anonymous().get("/forlopp/kol").headers["location"] == "/logga-in?till=/forlopp/kol"


def test_the_same_pathway_in_another_region_is_another_page(web: Web, at: At, app: App, clock: SetClock) -> None:
    at("mapping")
    other = furnished_app(str(app.database.engine.url), clock, code="SE-X", name="Region Gävleborg")
    app.profiles = {**app.profiles, **other.profiles}
    other.database.dispose()
    assert web.as_("sam", code="SE-X").get("/forlopp/kol").status_code == 404
    assert web.as_("sam").get("/forlopp/kol").status_code == 200


def test_people_are_appointed_and_dismissed_from_their_page(web: Web, at: At) -> None:
    at("mapping")
    client = web.as_("sam")
    sheet = look(client, "/forlopp/kol/manniskor")
    assert "Åsa Öberg" in sheet.words
    leave = next(link for link in sheet.links if "dismiss" in link and "m1" in link)
    assert give(client, leave).headers["location"] == "/forlopp/kol/manniskor"
    left = look(client, "/forlopp/kol/manniskor").words
    assert "Har varit med tidigare" in left
    assert "Minst 3 ledamöter behövs." in left


def test_a_loop_is_held_from_its_own_page(web: Web, at: At) -> None:
    at("reviewing")
    client = web.as_("sam")
    form = look(client, "/forlopp/kol/loop/1").form
    form.put(attendees=["lag_chair"], decision="continue", summary="Vi ser en förbättring")
    reviewed = client.post(form.action, data={**form.values, "steg": "granska"})
    assert reviewed.status_code == 200
    assert Sheet(reviewed).form.send(client, "bekrafta").headers["location"] == "/forlopp/kol/loop/1"
    assert "Vi ser en förbättring" in look(client, "/forlopp/kol/loop/1").words


def test_a_loop_that_there_is_not_is_not_found(web: Web, at: At) -> None:
    at("reviewing")
    assert {web.as_("sam").get(f"/forlopp/kol/loop/{n}").status_code for n in (0, 2, "x")} == {404}


def test_the_way_to_the_meeting_is_told_step_by_step(web: Web, at: At) -> None:
    at("awaiting_decision")
    words = look(web.as_("sam"), "/forlopp/kol/beslut").words
    assert "Vägen till sammanträdet" in words
    assert "Sista dag att lämna in handlingar" in words


def test_the_catalogue_lists_every_pathway_and_finds_by_name_and_field(web: Web, at: At) -> None:
    at("preparation")
    client = web.as_("sam")
    everything = look(client, "/katalog")
    assert "/katalog/sepsis/starta" in everything.links
    assert "/katalog/kol/starta" not in everything.links
    assert "Förberedelse: arbetsgruppen sätts ihop" in everything.words
    found = look(client, "/katalog?sok=HJÄRTSVIKT kronisk")
    assert [link for link in found.links if link.startswith("/katalog/") and not link.endswith("/starta")] == [
        "/katalog/hjartsvikt-kronisk"
    ]
    assert "Inget vårdförlopp matchar" in look(client, "/katalog?sok=xyzzy").words


def test_only_those_who_may_start_are_offered_a_start(web: Web) -> None:
    assert not [link for link in look(web.as_("lg"), "/katalog").links if link.endswith("/starta")]
    assert web.as_("lg").get("/katalog/sepsis/starta").status_code == 404
    assert web.as_("sam").get("/katalog/finns-inte").status_code == 404


@pytest.mark.parametrize(
    ("path", "most"),
    [("", 30), ("/manniskor", 27), ("/beslut", 24), ("/loop", 24), ("/historik", 9), ("/gor/pause", 9)],
)
def test_a_page_asks_the_database_a_fixed_number_of_questions(web: Web, at: At, app: App, path: str, most: int) -> None:
    driver = at("executing")
    client = web.as_("sam")
    client.get(f"/forlopp/kol{path}")
    with watched(app) as few:
        client.get(f"/forlopp/kol{path}")
    for number in range(30):
        driver.do("create_task", title=f"Uppgift {number}", due_on=(driver.today + timedelta(days=9)).isoformat())
    with watched(app) as many:
        client.get(f"/forlopp/kol{path}")
    assert max(len(few), len(many)) <= most
    assert abs(len(few) - len(many)) <= 2  # the newest events may tell of other kinds of rows


def test_the_catalogue_asks_four_questions_whatever_its_length(web: Web, app: App) -> None:
    client = web.as_("sam")
    with watched(app) as sent:
        client.get("/katalog")
    assert len([one for one in sent if "session" not in one]) <= 6


def test_the_daily_pages_stand_in_a_row_and_the_others_behind_a_word_that_tells_where_one_is(web: Web, at: At) -> None:
    at("executing")
    client = web.as_("sam")

    def ways(path: str) -> tuple[str, str]:
        page = client.get(f"/forlopp/kol{path}").text
        daily, _, more = page[page.index('<nav class="subnav"') :].partition("</nav>")[0].partition("<details")
        return daily, more

    daily, more = ways("")
    words = ["Översikt", "Människor", "Gapanalys", "Handlingsplan", "Beslut", "Lärandeloopar"]
    assert re.findall(r">([^<>\s]+)</a>", daily) == words
    assert daily.count("aria-current") == 1
    assert "<summary>Mer<" in more
    assert more.count("<li>") == 8
    daily, more = ways("/historik")
    assert "aria-current" not in daily
    assert '<summary aria-current="true">Mer: Historik<' in more
    assert 'href="/forlopp/kol/historik" aria-current="page">' in more
