"""An introduction's forecast, what if the board met another day, and how forecasts have held: read in a browser."""

import re

import pytest

from pathways.locale import texts
from pathways.measurement.forecasting import Calibration
from pathways.services.ask import Ask
from pathways.web.flow_words import tell_calibration
from tests.pathways.drive import drive_to
from tests.pathways.web.board.page import read
from tests.pathways.web.conftest import Web
from tests.pathways.web.flow.conftest import AWAITING, FRESH, QUICK, SLOW


def words(web: Web, path: str, slug: str = "sam") -> str:
    answer = web.as_(slug).get(path)
    assert answer.status_code == 200, answer.text[:300]
    return read(answer).words


def test_the_introductions_page_tells_the_nearest_milestone_and_leads_on(flowing: Web) -> None:
    drive_to(flowing.app, flowing.clock, SLOW, "mapping")
    page = read(flowing.as_("sam").get(f"/forlopp/{FRESH}"))
    told = r"Om det går som för andra: gapanalysen börjar, troligen omkring \d+ \S+ 2021, med god marginal senast"
    assert re.search(told, page.words)
    assert page.links["Alla milstolpar, och tänk om beslutet tas en annan dag"] == f"/forlopp/{FRESH}/prognos"


def test_while_one_of_few_is_still_behind_no_safe_day_is_promised(flowing: Web) -> None:
    told = words(flowing, f"/forlopp/{FRESH}")
    assert "gapanalysen börjar, troligen omkring" in told
    assert "För få har kommit så långt för att säga när det är säkert." in told
    assert "god marginal" not in told


def test_of_one_slower_than_all_before_nothing_is_promised(flowing: Web) -> None:
    assert "Om det går som för andra" not in words(flowing, f"/forlopp/{SLOW}")
    assert "Det går inte att göra någon prognos än" in words(flowing, f"/forlopp/{SLOW}/prognos")


def test_an_earlier_day_is_told_without_a_forecast(flowing: Web) -> None:
    assert "Om det går som för andra" not in words(flowing, f"/forlopp/{SLOW}?datum=2021-07-01")


def test_the_forecast_tells_what_it_is_told_from(flowing: Web) -> None:
    page = read(flowing.as_("lg").get(f"/forlopp/{FRESH}/prognos"))
    (row,) = page.rows[:1]
    assert row[0] == "Gapanalysen börjar"
    assert row[3] == "8 vårdförlopp i regionen"


def test_what_rests_has_no_forecast_and_says_why(flowing: Web) -> None:
    flowing.app.run(QUICK[0], "pause", {"until_on": "2022-06-01"}, _asked("Pandemi"))
    assert "Införandet vilar eller har avslutats" in words(flowing, f"/forlopp/{QUICK[0]}/prognos")


def test_a_meeting_of_the_list_tells_what_follows(flowing: Web) -> None:
    client = flowing.as_("sam")
    page = client.get(f"/forlopp/{AWAITING}/prognos").text
    (key, *_) = re.findall(r'<option value="([a-z_]+:[\d-]+)"', page)
    told = read(client.get(f"/forlopp/{AWAITING}/prognos", params={"mote": key})).words
    assert "ska underlaget vara inlämnat senast" in told
    assert "Hur många som brukar hinna går inte att säga" in told
    assert "För få vårdförlopp har kommit längre än till beslutet" in told


@pytest.mark.parametrize("meeting", ["hsn:2001-01-01", "ingen", "hsn:", "<script>"])
def test_a_meeting_that_is_not_ahead_is_refused_beside_the_field(flowing: Web, meeting: str) -> None:
    answer = flowing.as_("sam").get(f"/forlopp/{AWAITING}/prognos", params={"mote": meeting})
    assert answer.status_code == 422
    assert "Välj ett sammanträde i listan" in read(answer).words
    assert "<script>" not in answer.text.split("<main")[1]


def test_how_forecasts_held_is_told(flowing: Web) -> None:
    assert "Ingen prognos går att bedöma i efterhand än" in words(flowing, f"/forlopp/{FRESH}/prognos")


def test_an_unknown_introduction_has_no_forecast(flowing: Web) -> None:
    assert flowing.as_("sam").get("/forlopp/finns-inte/prognos").status_code == 404
    assert flowing.as_("frammande").get(f"/forlopp/{FRESH}/prognos").status_code == 404


def test_in_english_every_word_is_english(flowing: Web) -> None:
    client = flowing.as_("sam")
    client.post("/sprak", data={"language": "en"})
    told = read(client.get(f"/forlopp/{FRESH}/prognos")).words
    assert "If it goes as for others: the gap analysis begins, probably about" in told


def _asked(reason: str) -> Ask:
    return Ask(actor="sam", reason=reason)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Calibration(judged=0, kept=0, early=0), "Ingen prognos går att bedöma"),
        (Calibration(judged=4, kept=4, early=1), "4 av 4 prognoser .* för få för att säga"),
        (Calibration(judged=20, kept=17, early=9), r"17 av 20 prognoser .* \(85 procent\)"),
    ],
)
def test_of_few_judged_forecasts_no_percent_is_told(found: Calibration, said: str) -> None:
    class Reader:
        texts = texts("sv")

    assert re.search(said, tell_calibration(Reader(), found))  # type: ignore[arg-type]  # of a visit only the words
