"""The board: the department's status table in the view that the address asks for, live or as of a day."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.web.board_address import SORT_NAMES
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app, profile_named
from tests.pathways.queries.reading import later
from tests.pathways.queries.watching import watched
from tests.pathways.web.board.conftest import PLACES, furnish
from tests.pathways.web.board.page import Page, read
from tests.pathways.web.conftest import Web, over

ALL = [
    "Hjärtsvikt – nydebuterad",
    "KOL",
    "Kritisk benischemi",
    "Osteoporos – sekundärprevention efter fraktur",
    "Sepsis",
    "Stroke och TIA – tidiga insatser och vård",
]


def look(web: Web, query: str = "", by: str = "sam") -> Page:
    answer = web.as_(by).get(f"/forlopp{query}")
    assert answer.status_code == 200
    return read(answer)


def row_of(page: Page, name: str) -> list[str]:
    return next(row for row in page.rows if row[0].startswith(name))


def test_the_table_shows_every_introduction_in_swedish_order(six: Web) -> None:
    assert look(six).names == ALL


def test_a_row_says_where_it_stands_who_has_the_ball_and_what_is_next(six: Web) -> None:
    row = row_of(look(six), "KOL")
    assert row[1:6] == ["Klart", "Klart", "väntar på beslut", "– Återstår", "– Återstår"]
    assert row[7] == "Regina Strand nämndsekreterare"
    assert row[8] == "9 juli 2021 Förbered föredragningen"


@pytest.mark.parametrize(("name", "told"), [("Hjärtsvikt", "Stoppat"), ("Stroke", "Pausat")])
def test_what_rests_or_was_stopped_says_so_in_words(six: Web, name: str, told: str) -> None:
    assert told in row_of(look(six), name)


def test_late_tasks_are_counted_in_words(six: Web) -> None:
    assert "försenade" in row_of(look(six), "Osteoporos")[-1]


def test_the_summary_tells_how_many_there_are_and_where(six: Web) -> None:
    words = look(six).words
    assert "6 vårdförlopp: 1 i förberedelse, 1 i gapanalys, 1 i prioritering, 1 i genomförande, 1 pausat" in words


def test_what_is_usual_is_told_with_how_many_it_is_known_from_or_that_they_are_too_few(six: Web) -> None:
    assert "vanligt: för få för att säga" in row_of(look(six), "Osteoporos")[6]
    for slug in ("ibd-vuxna", "epilepsi"):  # the fourth and the fifth that have been through the preparation
        drive_to(six.app, six.clock, slug, "mapping")
    page = look(six)
    assert "vanligt: 0 dagar (från 5 införanden)" in row_of(page, "Osteoporos")[6]
    assert "dagar längre än vanligt" in row_of(page, "Osteoporos")[6]
    assert "vanligt: för få för att säga" in row_of(page, "Kritisk")[6]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?fas=gap_analysis", ["Sepsis"]),
        ("?lage=paused", ["Stroke och TIA – tidiga insatser och vård"]),
        ("?lage=awaiting_decision", ["KOL"]),
        ("?boll=registrar", ["KOL"]),
        ("?q=osteo", ["Osteoporos – sekundärprevention efter fraktur"]),
        ("?q=VÅRD", ["Stroke och TIA – tidiga insatser och vård"]),
        ("?q=vard", []),
        ("?q=regina+strand", ["KOL"]),
        ("?sena=ja&q=sepsis", ["Sepsis"]),
        ("?sena=yes&q=sepsis&fas=&lage=&boll=&datum=&sortera=namn", ["Sepsis"]),  # as the form sends it
        ("?fas=gap_analysis&lage=paused", []),
    ],
)
def test_filters_stand_in_the_address_and_combine(six: Web, query: str, names: list[str]) -> None:
    assert look(six, query).names == names


@pytest.mark.parametrize(("by", "names"), [("reg", ["KOL"]), ("frammande", [])])
def test_mine_are_those_that_wait_for_me(six: Web, by: str, names: list[str]) -> None:
    six.app.region_id()
    if by == "frammande":
        assert six.as_(by).get("/forlopp?mina=ja").status_code == 404
    else:
        assert look(six, "?mina=ja", by=by).names == names


def test_mine_are_those_i_hold_a_role_in_too(six: Web) -> None:
    assert "Kritisk benischemi" in look(six, "?mina=ja", by="res").names


@pytest.mark.parametrize("name", SORT_NAMES.values())
def test_every_column_sorts_both_ways_and_says_so(six: Web, name: str) -> None:
    first, turned = look(six, f"?sortera={name}"), look(six, f"?sortera=-{name}")
    assert sorted(first.names) == sorted(turned.names) == ALL
    assert list(first.sorts.values()) == ["ascending"]
    assert list(turned.sorts.values()) == ["descending"]


def test_a_heading_sorts_and_pressed_again_turns_the_order_round(six: Web) -> None:
    page = look(six, "?lage=active")
    assert page.links["Dagar i fasen"] == "/forlopp?lage=active&sortera=-dagar"
    again = read(six.as_("sam").get(page.links["Dagar i fasen"]))
    assert again.links["Dagar i fasen"] == "/forlopp?lage=active&sortera=dagar"


def test_days_sorted_show_the_longest_first(six: Web) -> None:
    days = [int(row[6].split()[0]) for row in look(six, "?sortera=-dagar").rows if row[6][0].isdigit()]
    assert days == sorted(days, reverse=True)
    assert len(days) == 5


def test_the_named_views_are_addresses_and_the_one_looked_at_is_marked(six: Web) -> None:
    answer = six.as_("sam").get("/forlopp?lage=awaiting_decision")
    assert read(answer).links["Väntar på beslut"] == "/forlopp?lage=awaiting_decision"
    assert '<a href="/forlopp?lage=awaiting_decision" aria-current="page">Väntar på beslut</a>' in answer.text


def test_each_filter_can_be_taken_away_by_itself(six: Web) -> None:
    links = look(six, "?fas=gap_analysis&sena=ja&sortera=-dagar").links
    assert links["Ta bort fas: Gapanalys ×"] == "/forlopp?sena=ja&sortera=-dagar"
    assert links["Ta bort bara försenade ×"] == "/forlopp?fas=gap_analysis&sortera=-dagar"


def test_the_view_has_a_whole_address_to_copy(six: Web) -> None:
    answer = six.as_("sam").get("/forlopp?q=sepsis&fas=&boll=")
    assert 'value="http://127.0.0.1/forlopp?q=sepsis"' in answer.text


def test_a_word_that_was_searched_for_is_shown_as_it_was_typed_and_never_as_markup(six: Web) -> None:
    answer = six.as_("sam").get("/forlopp", params={"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text


def test_an_empty_board_leads_to_the_catalogue(web: Web) -> None:
    page = look(web)
    assert "Inga vårdförlopp än" in page.words
    assert page.links["Till katalogen"] == "/katalog"


def test_a_view_that_nothing_fits_can_be_cleared(six: Web) -> None:
    page = look(six, "?q=finnsinte&datum=")
    assert "Inga vårdförlopp passar" in page.words
    assert page.links["Visa alla"] == "/forlopp"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?datum=2021-13-01", "Skriv datumet som 2026-06-30."),
        ("?datum=i+går", "Skriv datumet som 2026-06-30."),
        ("?datum=20210601", "Skriv datumet som 2026-06-30."),
        ("?datum=1021-06-01", "Skriv datumet som 2026-06-30."),
        ("?datum=2999-01-01", "Den dagen har inte varit än."),
        ("?fas=okänd", "Fas: det valet finns inte."),
        ("?boll=kungen", "Vem har bollen: det valet finns inte."),
        ("?sortera=--dagar", "Sortera efter: det valet finns inte."),
    ],
)
def test_an_address_that_cannot_be_used_says_what_is_wrong_beside_the_field(six: Web, query: str, told: str) -> None:
    answer = six.as_("sam").get(f"/forlopp{query}")
    assert answer.status_code == 422
    assert read(answer).words.count(told) == 2  # in the summary, which leads to the field, and beside it
    assert 'aria-invalid="true"' in answer.text


def test_what_was_typed_wrongly_is_not_lost(six: Web) -> None:
    answer = six.as_("sam").get("/forlopp?datum=30+juni&q=kol")
    assert 'value="30 juni"' in answer.text
    assert 'value="kol"' in answer.text


def test_a_day_before_the_first_introduction_shows_an_empty_board(six: Web) -> None:
    page = look(six, "?datum=2021-06-01")
    assert "Inga vårdförlopp den dagen" in page.words
    assert page.rows == []


def without_regional_names(page: Page) -> list[list[str]]:
    """The rows without who has the ball: the log does not know who held a role in the whole region."""
    return [[cell for n, cell in enumerate(row) if n != 7] for row in page.rows]


def test_the_board_of_an_earlier_day_shows_what_was_shown_that_day(web: Web) -> None:
    """The clock is stopped at the end of each day, for that is what "as of a day" means."""
    app, clock, shown = web.app, web.clock, {}
    for slug, place in (*PLACES.items(), ("osteoporos-sekundarprevention", "mapping"), ("kol", "executing")):
        driver = drive_to(app, clock, slug, place)
        day = driver.today
        clock.set(clock.now().replace(hour=21, minute=30))
        shown[day] = without_regional_names(look(web))
        later(driver, days=9)
    told = {day: without_regional_names(look(web, f"?datum={day}")) for day in shown}
    assert told == shown


def test_an_earlier_day_is_told_in_a_banner_that_leads_back_to_now(six: Web) -> None:
    page = look(six, "?datum=2021-07-01&fas=gap_analysis")
    assert "Så här såg det ut torsdag 1 juli 2021." in page.words
    assert page.links["Visa hur det är nu"] == "/forlopp?fas=gap_analysis"


def test_filters_hold_on_an_earlier_day_too(six: Web) -> None:
    day = six.clock.now().date() - timedelta(days=60)
    assert look(six, f"?datum={day}&lage=paused").names == ["Stroke och TIA – tidiga insatser och vård"]


def test_todays_own_date_is_now_and_names_those_who_hold_a_role(six: Web) -> None:
    page = look(six, f"?datum={six.clock.now().date()}")
    assert "Så här såg det ut" not in page.words
    assert "Regina Strand" in row_of(page, "KOL")[7]


def test_another_regions_introductions_are_never_seen(six: Web) -> None:
    neighbour = furnished_app(str(six.app.database.url), six.clock, code="SE-X", name="Region Gävleborg")
    try:
        drive_to(neighbour, six.clock, "ibd-vuxna", "mapping")
    finally:
        neighbour.database.dispose()
    assert look(six).names == ALL
    six.app.profiles = {**six.app.profiles, "SE-X": profile_named(six.app.profile, "SE-X", "Region Gävleborg")}
    theirs = read(six.as_("sam", code="SE-X").get("/forlopp"))
    assert [link for link in theirs.links.values() if link == "/forlopp/ibd-vuxna"]
    assert len(theirs.names) == 1


def test_whoever_is_not_logged_in_is_sent_to_the_login_and_back(six: Web) -> None:
    answer = six.anonymous().get("/forlopp?sena=ja")
    assert answer.headers["location"] == "/logga-in?till=/forlopp%3Fsena%3Dja"


@pytest.mark.parametrize("query", ["", "?datum={day}"], ids=["now", "as of a day"])
def test_the_page_asks_the_database_at_most_eight_times_however_many_rows_there_are(
    either_app: App, clock: SetClock, query: str
) -> None:
    web = over(either_app, clock)
    driver = drive_to(either_app, clock, "kol", "mapping")
    later(driver)
    client, address = web.as_("sam"), "/forlopp" + query.format(day=clock.now().date() - timedelta(days=1))
    client.get(address)
    with watched(either_app) as short:
        client.get(address)
    furnish(either_app, clock)
    address = "/forlopp" + query.format(day=clock.now().date() - timedelta(days=1))
    client = web.as_("sam")
    client.get(address)
    with watched(either_app) as long:
        client.get(address)
    assert len(long) == len(short) <= 8


def test_both_languages_are_whole(six: Web) -> None:
    client = six.as_("sam")
    client.post("/sprak", data={"language": "en", "till": "/forlopp"})
    words = read(client.get("/forlopp?sena=ja")).words
    assert "Who has the ball" in words
    assert "Vem har bollen" not in words
