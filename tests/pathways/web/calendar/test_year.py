"""The year in a browser: a list by month that says all, and a wheel that shows it."""

import re

import pytest

from tests.pathways.drive import drive_to
from tests.pathways.queries.watching import watched
from tests.pathways.web.board.page import Page, read
from tests.pathways.web.conftest import Web


def page_for(web: Web, query: str = "", *, by: str = "lg", status: int = 200) -> Page:
    answer = web.as_(by).get(f"/arshjul{query}")
    assert answer.status_code == status, answer.text[:600]
    return read(answer)


def months_of(web: Web, query: str = "") -> dict[str, str]:
    text = web.as_("lg").get(f"/arshjul{query}").text
    parts = re.findall(r'<section class="year-part".*?</section>', text, re.S)
    found = {}
    for part in parts:
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part)).strip()
        found[words.split(" ")[0]] = words
    return found


def test_the_year_holds_meetings_hand_in_days_consultations_and_reports(web: Web) -> None:
    months = months_of(web)
    assert next(iter(months)) == "Januari"
    assert len(months) == 12
    assert "23 HSN sammanträder" in months["November"]
    assert "26 Sista dag att lämna in till HSN 23 nov. 2021" in months["Oktober"]
    assert "15 Remiss öppnar, stänger 12 nov. 2021" in months["September"]
    assert "12 Remiss stänger" in months["November"]
    assert "30 Delredovisning till staten" in months["September"]
    assert "31 Årsredovisning och plan till staten" in months["Mars"]


def test_july_is_free_of_meetings_and_says_so(web: Web) -> None:
    assert "Inga sammanträden den här månaden" in months_of(web)["Juli"]


def test_a_cancelled_meeting_is_not_in_the_year(web: Web) -> None:
    web.as_("sam").post("/admin/organ/hsn/2021-09-21/stall-in")
    assert "HSN sammanträder" not in months_of(web)["September"]


def test_loops_and_follow_ups_of_the_region_are_in_their_months(web: Web) -> None:
    driver = drive_to(web.app, web.clock, "kol", "executing")
    year = driver.today.year
    page = page_for(web, f"?ar={year}&slag=loop")
    assert any(label.startswith("Lärandeloop 1: ") for label in page.links)
    drive_to(web.app, web.clock, "kol", "finished")
    year = web.clock.now().year
    words = page_for(web, f"?ar={year + 1}").words + page_for(web, f"?ar={year}").words
    assert "Uppföljning efter 6 månader: " in words


def test_one_body_can_be_shown_alone(web: Web) -> None:
    words = " ".join(months_of(web, "?organ=rs").values())
    assert "RS sammanträder" in words
    assert "HSN" not in words
    assert "Remiss" not in words


def test_nothing_of_a_kind_is_said_with_a_way_back(web: Web) -> None:
    page = page_for(web, "?organ=rs&slag=loop")
    assert "Inget i det här året passar det du har valt" in page.words
    assert page.links["Visa hela året"] == "/arshjul?ar=2021"


@pytest.mark.parametrize("query", ["?ar=1999", "?ar=x", "?ar=99999999999999999999", "?organ=finns", "?slag=<script>"])
def test_what_cannot_be_chosen_is_said_at_its_field(web: Web, query: str) -> None:
    assert "Välj något i listan" in page_for(web, query, status=422).words


@pytest.mark.parametrize("year", [2019, 2020, 2022, 2023, 2024])
def test_other_years_can_be_looked_at(web: Web, year: int) -> None:
    assert f"Årshjul {year}" in page_for(web, f"?ar={year}").words


def test_a_meeting_leads_to_its_page_and_a_guess_says_that_it_is_one(web: Web) -> None:
    page = page_for(web, "?organ=hsn&slag=meeting")
    assert page.links["HSN sammanträder, 23 nov. 2021"] == "/moten/hsn/2021-11-23"
    assert web.as_("lg").get("/moten/hsn/2021-11-23").status_code == 200
    later = page_for(web, "?ar=2024&organ=hsn&slag=meeting")
    assert "HSN sammanträder (enligt serien, inte bestämt)" in later.words
    assert not any(href.startswith("/moten/hsn/") for href in later.links.values())


def test_the_wheel_is_a_picture_with_words(web: Web) -> None:
    text = web.as_("lg").get("/arshjul").text
    (wheel,) = re.findall(r'<svg class="year-wheel".*?</desc>', text, re.S)
    assert "med januari överst" in wheel
    assert text.count('<path class="year-month') == 12


def test_the_year_leads_straight_to_the_month_that_is_now(web: Web) -> None:
    text = web.as_("lg").get("/arshjul").text
    assert '<a class="ds-link" href="#m-6">Till juni</a>' in text
    assert 'id="m-6">Juni<' in text
    assert "#m-6" not in web.as_("lg").get("/arshjul?ar=2022").text


def test_a_stranger_sees_no_year(web: Web) -> None:
    page_for(web, by="frammande", status=404)


def test_the_year_takes_the_same_number_of_statements_however_much_it_holds(web: Web) -> None:
    client = web.as_("lg")
    client.get("/arshjul")
    with watched(web.app) as before:
        client.get("/arshjul")
    drive_to(web.app, web.clock, "kol", "executing")
    with watched(web.app) as after:
        web.as_("lg").get("/arshjul")
    assert len([one for one in after if "meeting" in one or "timer" in one]) == len(
        [one for one in before if "meeting" in one or "timer" in one]
    )


def test_in_english_every_word_is_english(web: Web) -> None:
    client = web.as_("lg")
    client.post("/sprak", data={"language": "en"})
    words = read(client.get("/arshjul")).words
    assert "Consultation opens, closes" in words
    assert "sammanträder" not in words
