"""The evaluation filled from data, thanks, lessons that the next gap analysis meets, and årets implementation."""

from datetime import timedelta

import pytest

from pathways.models.holding import EvaluationLine, Lesson
from pathways.models.measure import Indicator
from pathways.models.organisation import Person
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import row, rows
from tests.pathways.web.conftest import Web
from tests.pathways.web.holding.scene import mails
from tests.pathways.web.plan.reading import count_statements, fill, form_at

EVALUATION, THANKS, LESSONS = "/forlopp/kol/utvardering", "/forlopp/kol/tack", "/forlopp/kol/lardomar"
AWARD = "/arets-implementation"
WHY = "Enheten bar förändringen hela vägen."


@pytest.fixture
def celebrated(web: Web) -> Driver:
    """KOL, which has been celebrated."""
    return drive_to(web.app, web.clock, "kol", "celebrated")


def test_the_five_lines_are_filled_from_data_and_take_words(web: Web, celebrated: Driver) -> None:
    client = web.as_("ordf")
    page = client.get(EVALUATION).text
    assert "2 enheter av 2 tillfrågade var med." in page
    assert "0 av 2 beslutade aktiviteter är genomförda." in page
    assert "Inget resultatmått har värden." in page
    assert "Inget diagram att visa ännu" in page
    sent = client.post(EVALUATION, data=fill(client, EVALUATION, **{"om-reach": "Nästan alla"}))
    assert sent.headers["location"] == EVALUATION
    assert row(celebrated, EvaluationLine)["body"] == "Nästan alla"
    assert form_at(client.get(EVALUATION).text, EVALUATION)["om-reach"] == ["Nästan alla"]
    assert "Nästan alla" in web.as_("ana").get(EVALUATION).text


def test_words_that_are_too_long_come_back(web: Web, celebrated: Driver) -> None:
    client = web.as_("ordf")
    answer = client.post(EVALUATION, data=fill(client, EVALUATION, **{"om-held": "x" * 2001}))
    assert (answer.status_code, 'href="#f-om-held"' in answer.text) == (422, True)


def test_an_indicator_with_values_stands_on_its_line_and_as_a_chart(web: Web, celebrated: Driver) -> None:
    define(celebrated)
    page = web.as_("ana").get(EVALUATION).text
    assert "Andel med tid inom 30 dagar: 60 %" in page.replace("\u00a0", " ")
    assert 'class="figure"' in page


def define(driver: Driver) -> None:
    driver.do(
        "define_indicator",
        name="Andel med tid inom 30 dagar",
        kind="outcome",
        direction="higher",
        share=True,
        every="month",
    )
    lines = [{"period": f"2021-{month:02}-01", "numerator": 50 + month, "denominator": 100} for month in range(1, 11)]
    slug = rows(driver, Indicator)[0]["slug"]
    driver.do("record_values", indicator=slug, values=lines)


def test_an_earlier_day_is_shown_as_it_was(web: Web, celebrated: Driver) -> None:
    day = celebrated.today
    celebrated.go_to(day + timedelta(days=2))
    celebrated.do("write_evaluation", remarks=[{"line": "reach", "text": "Nästan alla"}])
    client = web.as_("ana")
    assert "Nästan alla" not in client.get(f"{EVALUATION}?datum={day}").text
    assert client.get(f"{EVALUATION}?datum=igar").status_code == 422


def test_the_page_of_thanks_names_those_who_took_part_but_no_patient(web: Web, celebrated: Driver) -> None:
    page = web.as_("vcf").get(THANKS).text
    assert "Tack alla som har arbetat med" in page
    assert all(name in page for name in ("Åsa Öberg", "Maja Zetterlund", "Viktor Falk", "Vårdcentralen Falun"))
    assert "De nämns aldrig vid namn" in page


def test_a_lesson_is_met_at_the_matching_step_of_the_next_gap_analysis(web: Web, celebrated: Driver) -> None:
    client = web.as_("ordf")
    form = fill(client, LESSONS, text="Boka tiden direkt vid besöket", hinders=["process"], causes=["routine"])
    assert client.post(LESSONS, data=form).headers["location"] == LESSONS
    title = client.get(LESSONS).text
    assert "Boka tiden direkt vid besöket" in title
    step = "/forlopp/sepsis/gapanalys/medicin/steg/1"
    after = drive_to(web.app, web.clock, "sepsis", "mapping")
    after.do("invite_units", units=["medicin"], due_on=(after.today + timedelta(days=30)).isoformat())
    other = web.as_("med")
    assert "Boka tiden direkt vid besöket" in other.get(step).text
    assert "Övriga lärdomar från andra vårdförlopp: 1" in other.get(step).text
    other.post(step, data=fill(other, step, level="2", hinders=["process"], measure="Ny rutin"))
    assert "1 lärdom från andra vårdförlopp som kan passa här" in other.get(step).text


def test_a_lesson_without_a_tag_or_words_comes_back_and_one_can_be_taken_back(web: Web, celebrated: Driver) -> None:
    client = web.as_("ordf")
    for answers, fault in (({"text": "Boka direkt"}, "f-hinders"), ({"causes": ["routine"]}, "f-text")):
        answer = client.post(LESSONS, data=fill(client, LESSONS, **answers))
        assert (answer.status_code, f'href="#{fault}"' in answer.text) == (422, True)
    client.post(LESSONS, data=fill(client, LESSONS, text="Boka direkt", causes=["routine"]))
    ref = row(celebrated, Lesson)["ref"]
    assert client.post(f"{LESSONS}/{ref}/ta-bort").status_code == 303
    assert rows(celebrated, Lesson) == []


def test_a_year_is_opened_nominated_voted_on_and_published(web: Web, celebrated: Driver) -> None:
    year, head = celebrated.today.year, web.as_("chef")
    form = fill(head, AWARD, jurors=["lg", "ana", "reg"], nominate_until=f"{year}-12-31")
    assert head.post(AWARD, data=form).headers["location"] == f"{AWARD}/{year}"
    page = f"{AWARD}/{year}"
    nominated = {"nominera-introduction": "kol", "nominera-unit": "vc-falun", "nominera-motive": WHY}
    assert web.as_("ordf").post(f"{page}/nominera", data=nominated).status_code == 303
    assert web.as_("ordf").post(f"{page}/nominera", data=nominated).status_code == 422
    assert f'href="{page}"' in web.as_("lg").get("/").text
    for juror in ("lg", "ana", "reg"):
        assert "/publicera" not in head.get(page).text
        assert (
            web.as_(juror).post(f"{page}/rosta", data={"rosta-nomination": "1", "rosta-motive": WHY}).status_code == 303
        )
        assert "1 röst<" not in head.get(page).text
    sent = head.post(f"{page}/publicera", data={"publicera-nomination": "1", "publicera-motive": WHY})
    assert sent.status_code == 303
    assert f'href="{page}"' not in web.as_("lg").get("/").text
    shown = web.as_("vcf").get(page).text
    assert "3 röster" in shown
    assert "Vårdcentralen Falun" in web.as_("vcf").get(AWARD).text


def test_only_the_jury_votes_and_only_in_its_own_region(web: Web, celebrated: Driver) -> None:
    year, head = celebrated.today.year, web.as_("chef")
    head.post(AWARD, data=fill(head, AWARD, jurors=["lg", "ana", "reg"], nominate_until=f"{year}-12-31"))
    vote = {"rosta-nomination": "1", "rosta-motive": WHY}
    assert web.as_("chef").post(f"{AWARD}/{year}/rosta", data=vote).status_code == 404
    assert web.as_("lg").post(f"{AWARD}/{year}/rosta", data=vote).status_code == 422  # nothing is nominated
    assert web.as_("lg").get(f"{AWARD}/1999").status_code == 404


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"year": "i år"}, "f-year"),
        ({"year": "2010"}, "f-year"),
        ({"jurors": ["lg"]}, "f-jurors"),
        ({"nominate_until": "våren"}, "f-nominate_until"),
        ({"nominate_until": "2020-01-01"}, "f-nominate_until"),
    ],
)
def test_a_year_that_cannot_be_opened_is_told_at_the_question(
    web: Web, celebrated: Driver, answers: dict[str, object], fault: str
) -> None:
    head, usual = web.as_("chef"), {"jurors": ["lg", "ana", "reg"], "nominate_until": "2099-12-31"}
    answer = head.post(AWARD, data=fill(head, AWARD, **{**usual, **answers}))
    assert (answer.status_code, f'href="#{fault}"' in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("address", "most"), [(EVALUATION, 24), (THANKS, 23), (LESSONS, 7), (AWARD, 7), (f"{AWARD}/2023", 9)]
)
def test_a_page_takes_few_statements(web: Web, celebrated: Driver, address: str, most: int) -> None:
    client = web.as_("chef")
    client.post(AWARD, data={"year": "2023", "nominate_until": "2099-12-31", "jurors": ["lg", "ana", "reg"]})
    assert count_statements(web.app, client, address) <= most


def test_the_thanks_leave_as_a_mail_in_the_readers_language_and_stand_on_the_page(web: Web, celebrated: Driver) -> None:
    client = web.as_("ordf")
    with web.app.write() as work:
        work.update(Person, {"slug": "vcf"}, {"language": "en"})
        work.commit()
    words = "Nu får patienterna sin plan direkt."
    assert client.post(THANKS, data=fill(client, THANKS, words="x")).status_code == 422
    assert client.post(THANKS, data=fill(client, THANKS, words=words)).headers["location"] == THANKS
    sent = {address: (subject, text) for address, subject, text in mails(web.app, web.clock) if words in text}
    swedish, english = sent["mailto://med@forlopp.example"], sent["mailto://vcf@forlopp.example"]
    assert (swedish[0].endswith("tack för ert arbete"), english[0].endswith("thank you for your work")) == (True, True)
    assert "/forlopp/kol/tack" in swedish[1]
    page = client.get(THANKS).text
    assert (words in page, 'name="words"' in page) == (True, False)
