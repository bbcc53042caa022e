"""The review's pages through their doors: with and without script, two at once, sign-off, notes, report, plan."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from pathways.models.plan import Activity
from pathways.models.review import Review, ReviewNote
from tests.pathways.drive import Driver
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.watching import watched
from tests.pathways.services.judge import row, rows
from tests.pathways.services.reviewing import about, fill, refs, whole, write
from tests.pathways.web.conftest import Web, over
from tests.pathways.web.review.conftest import BASE

REVIEW = f"{BASE}/avstamning"
HTMX = {"hx-request": "true"}


def said(page: str) -> str:
    """What a reader sees."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def read(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return said(answer.text)


def signable(driver: Driver, **change: str) -> str:
    ref = refs(driver)[0]
    fill(driver, {**whole(driver, **change), **about(driver, ref)})
    return ref


def test_the_review_is_made_ready_by_the_system(web: Web, reviewing: Driver) -> None:
    page = read(web.as_("ordf"), REVIEW)
    for words in (
        "A. Ramen",
        "Det här är den första avstämningen.",
        "0 av 2 planerade aktiviteter är klara.",
        "Längst väntan",
        "Vår förutsägelse",
        "från 40 till 60 procent",
        "Andel med samordnad plan",
        "Signera avstämningen",
    ):
        assert words in page


def test_without_indicators_the_page_says_so_calmly(web: Web, foretold: Driver) -> None:
    foretold.do("retire_indicator", indicator="andel-med-samordnad-plan", reason="Mäts inte längre")
    foretold.open_due_loop()
    assert "Inga mått än" in read(web.as_("ordf"), REVIEW)


def test_what_is_missing_leads_to_its_question(web: Web, reviewing: Driver) -> None:
    page = web.as_("ordf").get(REVIEW).text
    ref = refs(reviewing)[0]
    for key in ("w-held_on", "w-decision", f"a-{ref}-learned"):
        assert f'href="#f-{key}"' in page
        assert f'id="f-{key}"' in page


def unfolded(page: str) -> list[bool]:
    """Says of each activity in its order whether its questions are in sight."""
    return [
        bool(opened)
        for opened in re.findall(r'<details class="more"( open)?>\s*<summary>(?:(?!</summary>).)*Frågor om', page)
    ]


def test_the_activity_that_is_next_is_unfolded_and_each_tells_what_is_left(web: Web, reviewing: Driver) -> None:
    first, second = refs(reviewing)[:2]
    reviewing.do("update_activity", activity=second, state="under_way")
    page = web.as_("ordf").get(REVIEW).text
    assert unfolded(page) == [True, False]
    assert "frågor kvar" in said(page)
    fill(reviewing, about(reviewing, first))
    page = web.as_("ordf").get(REVIEW).text
    assert unfolded(page) == [False, True]
    assert "Besvarad" in said(page)


def test_an_activity_with_something_amiss_is_unfolded_too(web: Web, reviewing: Driver) -> None:
    second = refs(reviewing)[1]
    reviewing.do("update_activity", activity=second, state="under_way")
    key = f"a-{second}-learned"
    write(reviewing, key, "Att börja smått", by="res")
    form = {key: "Att vänta", f"v-{key}": "0", f"was-{key}": "", "hand": "min", "gor": "spara"}
    answer = web.as_("ordf").post(REVIEW, data=form)
    assert (answer.status_code, unfolded(answer.text)) == (409, [True, True])


def test_what_is_left_of_each_activity_is_told_while_others_write(web: Web, reviewing: Driver) -> None:
    ref = refs(reviewing)[0]
    fill(reviewing, about(reviewing, ref))
    page = web.as_("ordf").post(f"{REVIEW}/nytt", data={"hand": "min"}, headers=HTMX).text
    assert f'<p id="lacking-{ref}" hx-swap-oob="true">' in page


def test_one_answer_is_saved_as_it_is_typed(web: Web, reviewing: Driver) -> None:
    form = {"w-risks": "Ont om tid", "v-w-risks": "0", "hand": "min"}
    answer = web.as_("ordf").post(f"{REVIEW}/svar/w-risks", data=form, headers=HTMX)
    assert answer.status_code == 200
    assert 'name="v-w-risks" value="1"' in answer.text
    assert "Sparat" in answer.text


def test_both_versions_are_shown_where_two_wrote_at_once(web: Web, reviewing: Driver) -> None:
    write(reviewing, "w-risks", "Ont om folk", by="res")
    form = {"w-risks": "Ont om tid", "v-w-risks": "0", "hand": "min"}
    page = said(web.as_("ordf").post(f"{REVIEW}/svar/w-risks", data=form, headers=HTMX).text)
    for words in ("Rut Ängström skrev här samtidigt", "Ont om tid", "Ont om folk", "Behåll min"):
        assert words in page


def test_whoever_keeps_their_own_writes_over_what_they_have_seen(web: Web, reviewing: Driver) -> None:
    write(reviewing, "w-risks", "Ont om folk", by="res")
    form = {"w-risks": "Ont om tid", "v-w-risks": "0", "over-w-risks": "1"}
    assert web.as_("ordf").post(f"{REVIEW}/svar/w-risks", data=form, headers=HTMX).status_code == 200
    assert "Ont om tid" in web.as_("m1").get(f"{REVIEW}/svar/w-risks", headers=HTMX).text


def test_an_answer_that_cannot_be_is_told_below_it(web: Web, reviewing: Driver) -> None:
    form = {"w-minutes": "en stund", "v-w-minutes": "0"}
    answer = web.as_("ordf").post(f"{REVIEW}/svar/w-minutes", data=form, headers=HTMX)
    assert (answer.status_code, "field__error" in answer.text) == (200, True)


def test_what_others_wrote_meanwhile_is_told(web: Web, reviewing: Driver) -> None:
    write(reviewing, "w-risks", "Ont om folk", by="res")
    answer = web.as_("ordf").post(f"{REVIEW}/nytt", data={"v-w-risks": "0", "hand": "min"}, headers=HTMX)
    assert re.search(r"Risker : Ändrat av Rut Ängström .* Hämta", said(answer.text))


def test_ones_own_answers_are_no_news(web: Web, reviewing: Driver) -> None:
    write(reviewing, "w-risks", "Ont om folk", by="ordf", hand="min")
    answer = web.as_("ordf").post(f"{REVIEW}/nytt", data={"v-w-risks": "0", "hand": "min"}, headers=HTMX)
    assert "Hämta" not in answer.text


def test_the_whole_form_is_saved_without_script(web: Web, reviewing: Driver) -> None:
    form = {"w-risks": "Ont om tid", "v-w-risks": "0", "was-w-risks": "", "v-w-closing": "0", "w-closing": "yes"}
    client = web.as_("ordf")
    assert client.post(REVIEW, data={**form, "gor": "spara"}).headers["location"] == REVIEW
    assert "Ont om tid" in client.get(REVIEW).text


def test_what_nobody_touched_is_not_written_over(web: Web, reviewing: Driver) -> None:
    write(reviewing, "w-risks", "Ont om folk", by="res")
    form = {"w-risks": "", "was-w-risks": "", "v-w-risks": "0", "gor": "spara"}
    client = web.as_("ordf")
    assert client.post(REVIEW, data=form).status_code == 303
    assert "Ont om folk" in client.get(REVIEW).text


def test_without_script_a_clash_comes_back_with_nothing_lost(web: Web, reviewing: Driver) -> None:
    write(reviewing, "w-risks", "Ont om folk", by="res")
    form = {"w-risks": "Ont om tid", "was-w-risks": "", "v-w-risks": "0", "gor": "spara"}
    client = web.as_("ordf")
    answer = client.post(REVIEW, data=form)
    assert answer.status_code == 409
    assert 'name="v-w-risks" value="0"' in answer.text  # pressing again without choosing writes over nothing
    assert "Ett svar har ändrats av någon annan" in said(answer.text)
    assert client.post(REVIEW, data={**form, "over-w-risks": "1"}).status_code == 303
    assert "Ont om tid" in client.get(REVIEW).text


def test_a_wrong_answer_comes_back_with_its_fault(web: Web, reviewing: Driver) -> None:
    answer = web.as_("ordf").post(REVIEW, data={"w-minutes": "länge", "v-w-minutes": "0", "gor": "spara"})
    assert (answer.status_code, "error-summary" in answer.text, 'value="länge"' in answer.text) == (422, True, True)


def test_a_review_that_lacks_something_comes_back_with_every_reason(web: Web, reviewing: Driver) -> None:
    answer = web.as_("ordf").post(REVIEW, data={"gor": "signera"})
    assert answer.status_code == 409
    page = said(answer.text)
    for words in ("Avstämningen är inte signerad", "Loopens beslut saknas", "vad vi lärde oss saknas"):
        assert words in page


def test_nobody_signs_what_others_changed_unseen(web: Web, reviewing: Driver) -> None:
    signable(reviewing)
    write(reviewing, "w-risks", "Ont om folk", by="res")
    answer = web.as_("ordf").post(REVIEW, data={"gor": "signera", "v-w-risks": "0", "w-risks": "", "was-w-risks": ""})
    assert answer.status_code == 409
    assert "Andra har ändrat sedan du öppnade sidan" in said(answer.text)
    assert rows(reviewing, Review) == []


def test_a_signed_review_is_locked_and_shows_what_was_seen(web: Web, reviewing: Driver) -> None:
    signable(reviewing)
    client = web.as_("ordf")
    assert client.post(REVIEW, data={"gor": "signera"}).headers["location"] == REVIEW
    page = read(client, REVIEW)
    for words in (
        "Beslutet",
        "av Åsa Öberg",
        "Att börja smått fungerar",
        "Andel med samordnad plan",
        "Inga anteckningar",
    ):
        assert words in page
    assert "Signera avstämningen" not in page
    assert client.post(REVIEW, data={"gor": "spara", "w-risks": "Nej", "v-w-risks": "0"}).status_code == 303


def test_corrected_values_leave_the_signed_curve_as_it_was(web: Web, reviewing: Driver) -> None:
    signable(reviewing)
    reviewing.do("sign_review", number=1)
    before = re.findall(r"<svg.*?</svg>", web.as_("ordf").get(REVIEW).text, re.DOTALL)
    values = [{"period": "2021-11-15", "value": 3}]
    reviewing.do("record_values", indicator="andel-med-samordnad-plan", values=values)
    assert re.findall(r"<svg.*?</svg>", web.as_("ordf").get(REVIEW).text, re.DOTALL) == before


def test_a_signed_review_is_seen_as_of_a_day(web: Web, reviewing: Driver) -> None:
    signable(reviewing)
    reviewing.do("sign_review", number=1)
    day = reviewing.today
    reviewing.go_to(day.replace(year=day.year + 1))
    reviewing.do("add_review_note", number=1, body="Siffran var fel")
    client = web.as_("ordf")
    assert "Siffran var fel" in read(client, REVIEW)
    then = read(client, f"{REVIEW}?datum={day.isoformat()}")
    assert ("Siffran var fel" in then, "Att börja smått fungerar" in then) == (False, True)


def test_notes_and_answers_come_after_the_sign_off(web: Web, reviewing: Driver) -> None:
    signable(reviewing, asked_for="decision", question="Får vi en tjänst till?")
    reviewing.do("sign_review", number=1)
    manager = web.as_("lg")
    assert manager.post(f"{REVIEW}/anteckning", data={"body": "Ja", "kind": "answer"}).status_code == 422
    assert manager.post(f"{REVIEW}/anteckning", data={"body": "Ja, gärna", "kind": "answer"}).status_code == 303
    assert row(reviewing, ReviewNote)["kind"] == "answer"
    assert "Ledningsgruppens svar" in read(manager, REVIEW)


def test_who_takes_no_part_reads_that_it_is_going_on_and_nothing_of_the_paper(web: Web, reviewing: Driver) -> None:
    write(reviewing, "w-risks", "Hemligt än så länge")
    page = read(web.as_("vcf"), REVIEW)
    assert ("Avstämningen pågår" in page, "Hemligt" in page) == (True, False)


def test_a_member_writes_but_does_not_sign(web: Web, reviewing: Driver) -> None:
    signable(reviewing)
    client = web.as_("m1")
    assert "Ordföranden, processledaren, samordnaren eller chefen signerar." in read(client, REVIEW)
    assert client.post(REVIEW, data={"gor": "signera"}).status_code == 404


def test_the_report_is_one_page_of_the_signed_review(web: Web, reviewing: Driver) -> None:
    client = web.as_("lg")
    assert client.get(f"{BASE}/rapport").status_code == 404
    signable(reviewing, asked_for="decision", question="Får vi en tjänst till?")
    reviewing.do("sign_review", number=1)
    page = read(web.as_("lg"), f"{BASE}/rapport")
    for words in ("Får vi en tjänst till?", "Våra beslut", "Behåll", "Rut Ängström", "Andel med samordnad plan"):
        assert words in page


def test_adjusted_plans_go_back_into_the_engine(web: Web, reviewing: Driver) -> None:
    ref = signable(reviewing, decision="adjust")
    fill(reviewing, about(reviewing, ref, decision="adjust", change="Kortare pass, tre gånger"))
    client = web.as_("ordf")
    assert client.post(REVIEW, data={"gor": "signera"}).headers["location"] == f"{BASE}/justera"
    assert "Kortare pass, tre gånger" in client.get(f"{BASE}/justera").text
    form = {f"way-{ref}": "new", f"title-{ref}": "Kortare pass", f"owner-{ref}": "res", f"due-{ref}": "2022-11-30"}
    assert client.post(f"{BASE}/justera", data={**form, "gor": "bruk"}).headers["location"] == "/forlopp/kol/plan"
    made = rows(reviewing, Activity)[-1]
    assert (made["title"], made["from_loop"], reviewing.place()) == ("Kortare pass", 1, "executing")


def test_a_plan_that_may_not_be_used_yet_changes_nothing(web: Web, reviewing: Driver) -> None:
    ref = signable(reviewing, decision="adjust")
    fill(reviewing, about(reviewing, ref, decision="adjust", change="Kortare pass"))
    reviewing.do("sign_review", number=1)
    form = {f"way-{ref}": "new", f"title-{ref}": "Kortare pass", f"due-{ref}": "2022-11-30", f"owner-{ref}": ""}
    answer = web.as_("ordf").post(f"{BASE}/justera", data={**form, "gor": "bruk"})
    assert (answer.status_code, len(rows(reviewing, Activity))) == (409, 2)


def test_a_stopped_activity_is_stopped_with_what_was_learned(web: Web, reviewing: Driver) -> None:
    ref = signable(reviewing)
    fill(reviewing, about(reviewing, ref, decision="stop", learned="Det når inte fram"))
    client = web.as_("ordf")
    client.post(REVIEW, data={"gor": "signera"})
    client.post(f"{BASE}/justera", data={f"way-{ref}": "stop", "gor": "spara"})
    stopped = row(reviewing, Activity, ref=ref)
    assert (stopped["state"], stopped["report"]) == ("stopped", "Det når inte fram")


def test_a_loop_is_skipped_with_a_reason(web: Web, reviewing: Driver) -> None:
    client = web.as_("ordf")
    way = f"{BASE}/hoppa-over"
    assert client.post(way, data={"how": "skip"}).status_code == 422
    assert client.post(way, data={"how": "skip", "reason": "Flytt"}).headers["location"] == "/forlopp/kol/loop"
    assert "Flytt" in read(client, BASE)
    assert "Ingen avstämning är skriven" in read(client, REVIEW)


def test_predictions_are_written_and_locked(web: Web, foretold: Driver) -> None:
    _, second = refs(foretold)
    client, way = web.as_("ordf"), f"{BASE}/forutsagelse"
    assert "Skriv en förutsägelse" in read(client, way)
    form = {"activity": second, "theory": "Om vi skriver rutinen så följs den", "measure": "Andel", "size": "till 80 %"}
    assert client.post(way, data=form).status_code == 422
    assert client.post(way, data={**form, "direction": "higher"}).headers["location"] == way
    assert "till 80 %" in read(client, way)
    foretold.open_due_loop()
    assert web.as_("ordf").post(way, data={**form, "direction": "lower"}).status_code == 409


def test_only_the_next_loop_is_foretold(web: Web, foretold: Driver) -> None:
    client = web.as_("ordf")
    for number in ("2", "0", "x", "9999"):
        assert client.get(f"/forlopp/kol/loop/{number}/forutsagelse").status_code == 404


def test_the_portfolio_tells_loops_decisions_and_open_questions(web: Web, reviewing: Driver) -> None:
    signable(reviewing, asked_for="decision", question="Får vi en tjänst till?")
    reviewing.do("sign_review", number=1)
    page = read(web.as_("lg"), "/larande")
    for words in ("KOL", "Får vi en tjänst till?", "ungefär 40 av 100 avstämningar", "Väntar på nästa"):
        assert words in page


def test_an_empty_portfolio_is_calm(web: Web) -> None:
    assert "Inget förlopp har kommit till lärandet än" in read(web.as_("lg"), "/larande")


def test_a_late_loop_is_counted(web: Web, reviewing: Driver) -> None:
    due = reviewing.app.profile.workdays.add(reviewing.today, 12)
    reviewing.go_to(due)
    assert "1 loop är sen." in read(web.as_("lg"), "/larande")


@pytest.mark.parametrize(
    ("way", "limit"), [(REVIEW, 28), (f"{BASE}/forutsagelse", 28), (f"{BASE}/hoppa-over", 28), ("/larande", 12)]
)
def test_a_page_asks_the_database_few_questions(web: Web, reviewing: Driver, way: str, limit: int) -> None:
    client = web.as_("ordf")
    client.get(way)
    with watched(web.app) as sent:
        client.get(way)
    assert len(sent) <= limit


def test_the_number_of_questions_does_not_grow_with_what_is_written(web: Web, reviewing: Driver) -> None:
    client, ref = web.as_("ordf"), refs(reviewing)[0]
    client.get(REVIEW)
    with watched(web.app) as before:
        client.get(REVIEW)
    fill(reviewing, {**whole(reviewing), **about(reviewing, ref)})
    reviewing.do("update_activity", activity=refs(reviewing)[1], state="under_way")
    with watched(web.app) as after:
        client.get(REVIEW)
    assert len(after) == len(before)


def test_nothing_of_a_review_is_reached_from_another_region(web: Web, reviewing: Driver) -> None:
    other = furnished_app(str(web.app.database.url), web.clock, code="SE-X", name="Region Exempel")
    client = over(other, web.clock).as_("sam", code="SE-X")
    for way in (REVIEW, f"{BASE}/forutsagelse", f"{BASE}/hoppa-over", f"{REVIEW}/svar/w-risks"):
        assert client.get(way).status_code == 404
    form = {"w-risks": "Hej", "v-w-risks": "0"}
    assert client.post(f"{REVIEW}/svar/w-risks", data=form).status_code == 404
    assert client.post(REVIEW, data={**form, "gor": "signera"}).status_code == 404
    assert "KOL" not in client.get("/larande").text
    other.database.dispose()


@pytest.mark.parametrize("key", ["a-99.1-learned", "i-99.1-0-quality", "w-nothing", "x"])
def test_a_question_that_the_review_does_not_ask_is_not_there(web: Web, reviewing: Driver, key: str) -> None:
    client = web.as_("ordf")
    assert client.post(f"{REVIEW}/svar/{key}", data={key: "Hej", f"v-{key}": "0"}, headers=HTMX).status_code == 404
    assert client.get(f"{REVIEW}/svar/{key}", headers=HTMX).status_code == 404


def test_the_introduction_leads_to_the_review_of_its_open_loop(web: Web, reviewing: Driver) -> None:
    for way in ("/forlopp/kol", "/forlopp/kol/loop", BASE):
        assert f'href="{REVIEW}"' in web.as_("ordf").get(way).text


def test_a_loop_can_still_be_held_in_short_without_a_record(web: Web, reviewing: Driver) -> None:
    reviewing.hold_loop("continue")
    page = read(web.as_("ordf"), REVIEW)
    assert "Ingen avstämning är skriven" in page
