"""The timeline: the same view along a line of days, drawn for those who see and told in a table for all."""

import re
from datetime import date, timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.queries.board_page import BoardLine, cells_of
from pathways.queries.timeline import Bar, Lane, Mark
from pathways.web.gantt import MONTHS_AHEAD, MONTHS_BACK, scale_for
from tests.pathways.drive import drive_to
from tests.pathways.queries.reading import later
from tests.pathways.queries.test_board_choice import EMPTY
from tests.pathways.queries.watching import watched
from tests.pathways.web.board.conftest import furnish
from tests.pathways.web.board.page import Page, read
from tests.pathways.web.conftest import Web, over

TODAY = date(2021, 6, 9)


def look(web: Web, query: str = "") -> Page:
    answer = web.as_("sam").get(f"/forlopp/tidslinje{query}")
    assert answer.status_code == 200
    return read(answer)


def lane(*bars: Bar, marks: tuple[Mark, ...] = ()) -> Lane:
    return Lane(BoardLine(EMPTY, None, cells_of(EMPTY)), bars, marks)


def test_the_address_is_the_timelines_and_not_an_introductions(six: Web) -> None:
    assert "Vårdförloppens tidslinje" in look(six).words


@pytest.mark.parametrize("query", ["", "?lage=paused", "?fas=gap_analysis", "?q=osteo", "?sortera=-dagar", "?mina=ja"])
def test_the_timeline_has_the_lanes_of_the_boards_view(six: Web, query: str) -> None:
    board = read(six.as_("sam").get(f"/forlopp{query}")).names
    answer = six.as_("sam").get(f"/forlopp/tidslinje{query}")
    drawn = re.findall(r'<span class="lane__pathway">([^<]+)</span>', answer.text)
    assert drawn == board


def test_each_lane_is_a_link_with_a_picture_that_has_a_title_and_a_description(six: Web) -> None:
    text = six.as_("sam").get("/forlopp/tidslinje?q=kol&datum=2021-07-20").text
    assert '<a class="lane" href="/forlopp/kol">' in text
    assert 'role="img"' in text
    assert "<title id=" in text
    (told,) = re.findall(r"<desc id=[^>]+>([^<]+)</desc>", text)
    assert "Planerat: Möte i HSN 21 sep. 2021." in told
    assert "Prioritering sedan 24 juni 2021." in told


def test_the_table_says_the_same_as_the_drawing(six: Web) -> None:
    rows = look(six, "?q=kol&datum=2021-07-20").rows
    told = {(row[-4], row[-1]) for row in rows}
    assert ("Prioritering", "Pågår") in told
    assert ("Prioritering", "Prognos efter planerad dag") in told
    assert ("Möte i HSN", "Planerat") in told


def test_a_milestone_that_should_have_been_says_so(six: Web) -> None:
    told = {row[-4]: row[-1] for row in look(six, "?q=kol").rows}
    assert told["Möte i HSN"] == told["Sista dag för beslutet"] == "Planerat, men dagen har gått"


def test_a_rest_is_told_in_words(six: Web) -> None:
    assert "Paus" in {row[-1] for row in look(six, "?lage=paused").rows}


@pytest.mark.parametrize(
    ("query", "told"), [("?datum=i+morgon", "Skriv datumet som"), ("?datum=2999-01-01", "Den dagen har inte varit än")]
)
def test_a_day_that_cannot_be_used_is_told_beside_the_field(six: Web, query: str, told: str) -> None:
    answer = six.as_("sam").get(f"/forlopp/tidslinje{query}")
    assert answer.status_code == 422
    assert told in read(answer).words


def test_the_timeline_of_an_earlier_day_knows_nothing_of_later_ones(six: Web) -> None:
    assert {row[0] for row in look(six, "?datum=2021-06-12").rows if len(row) == 5} == {
        "Osteoporos – sekundärprevention efter fraktur"
    }


def test_an_empty_timeline_leads_to_the_catalogue(web: Web) -> None:
    assert look(web).links["Till katalogen"] == "/katalog"


def test_board_and_timeline_lead_to_each_other_in_the_same_view(six: Web) -> None:
    board = read(six.as_("sam").get("/forlopp?sena=ja&sortera=-dagar"))
    assert board.links["Visa som tidslinje"] == "/forlopp/tidslinje?sena=ja&sortera=-dagar"
    assert look(six, "?sena=ja").links["Visa som tabell"] == "/forlopp?sena=ja"


@pytest.mark.parametrize("query", ["", "?datum={day}"], ids=["now", "as of a day"])
def test_the_page_asks_the_database_at_most_eight_times_however_many_rows_there_are(
    either_app: App, clock: SetClock, query: str
) -> None:
    web = over(either_app, clock)
    later(drive_to(either_app, clock, "kol", "mapping"))
    address = "/forlopp/tidslinje" + query.format(day=clock.now().date() - timedelta(days=1))
    client = web.as_("sam")
    client.get(address)
    with watched(either_app) as short:
        client.get(address)
    furnish(either_app, clock)
    client, address = web.as_("sam"), "/forlopp/tidslinje" + query.format(day=clock.now().date() - timedelta(days=1))
    client.get(address)
    with watched(either_app) as long:
        client.get(address)
    assert len(long) == len(short) <= 8


def test_the_line_begins_and_ends_with_whole_quarters_and_holds_today() -> None:
    scale = scale_for([lane(Bar("actual", "preparation", date(2021, 2, 20), TODAY))], today=TODAY)
    assert (scale.first, scale.last) == (date(2021, 1, 1), date(2021, 10, 1))
    assert [quarter.number for quarter in scale.quarters] == [1, 2, 3]
    assert 0 < scale.x(TODAY) < 100


def test_what_lies_far_off_is_cut_at_the_edge() -> None:
    gone = Bar("actual", "finished", date(2012, 1, 1), date(2012, 2, 1))
    far = (gone, Bar("forecast", "learning", TODAY, date(2030, 1, 1)))
    mark = Mark("follow_up", date(2031, 1, 1), is_done=False)
    scale = scale_for([lane(*far, marks=(mark,))], today=TODAY)
    assert scale.first >= TODAY - timedelta(days=31 * (MONTHS_BACK + 3))
    assert scale.last <= TODAY + timedelta(days=31 * (MONTHS_AHEAD + 4))
    (block,) = scale.blocks(lane(*far), ["", ""])
    assert block.x + block.width == pytest.approx(100)
    assert scale.points(lane(marks=(mark,))) == ()


def test_a_word_stands_in_a_bar_only_where_there_is_room() -> None:
    short = Bar("actual", "preparation", date(2021, 5, 1), date(2021, 5, 4))
    bars = (short, Bar("actual", "learning", date(2021, 5, 4), TODAY))
    scale = scale_for([lane(*bars)], today=TODAY)
    assert [block.word for block in scale.blocks(lane(*bars), ["Förberedelse", "Lärande"])] == ["", "Lärande"]
