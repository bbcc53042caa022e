"""The ranking's pages: a member scores, moves measures with a motive, and everybody sees who moved what."""

import pytest

from pathways.models.plan import Activity
from pathways.models.ranking import Ranking, RankingMove, Score
from tests.pathways.drive import Driver
from tests.pathways.services.judge import row, rows
from tests.pathways.web.conftest import Web
from tests.pathways.web.plan.reading import Form, changed, count_statements, fill, form_at
from tests.pathways.web.plan.scene import refs, score

RANKING = "/forlopp/kol/rangordning"
ORDER, SCORES = f"{RANKING}/ordna", f"{RANKING}/poang"
WHOLE = {"motiv": "Störst gap för flest patienter", "gor": "spara"}


@pytest.fixture
def scored(ranking: Driver) -> Driver:
    """A plan that one member has scored: first, third, second by the score."""
    score(ranking, (4, 4), (2, 2), (3, 3))
    return ranking


def placed(driver: Driver) -> list[tuple[int | None, str | None]]:
    return [(one["rank"], one["motive"]) for one in rows(driver, Activity)]


def moved(web: Web, driver: Driver, what: str, number: int) -> Form:
    """The order's form after a move by a button, as the page that comes back holds it."""
    client = web.as_("lg")
    form = {**fill(client, ORDER), "gor": [f"{what}:{refs(driver)[number]}"]}
    answer = client.post(ORDER, data=form)
    assert answer.status_code == 303
    return form_at(client.get(answer.headers["location"].partition("#")[0]).text, ORDER)


def test_a_member_scores_and_may_not_plan(web: Web, ranking: Driver) -> None:
    client, (first, *_) = web.as_("lg"), refs(ranking)
    form = fill(
        client, SCORES, **{f"severity-{first}": "4", f"feasibility-{first}": "3", f"note-{first}": "Svår sjukdom"}
    )
    assert client.post(SCORES, data=form).headers["location"] == RANKING
    given = row(ranking, Score)
    assert (given["activity_ref"], given["severity"], given["feasibility"], given["gap"], given["note"]) == (
        *(first, 4, 3, None),
        "Svår sjukdom",
    )
    assert client.get("/forlopp/kol/plan/ny").status_code == 404


def test_scoring_again_replaces_the_earlier_levels(web: Web, scored: Driver) -> None:
    client, (first, *_) = web.as_("lg"), refs(scored)
    assert client.post(SCORES, data=fill(client, SCORES, **{f"severity-{first}": "1"})).status_code == 303
    assert [one["severity"] for one in rows(scored, Score)] == [1, 2, 3]


def test_nothing_judged_is_told_and_no_level_is_invented(web: Web, ranking: Driver) -> None:
    client, (first, *_) = web.as_("lg"), refs(ranking)
    assert "Bedöm minst en åtgärd." in client.post(SCORES, data=fill(client, SCORES)).text
    answer = client.post(SCORES, data=fill(client, SCORES, **{f"severity-{first}": "9"}))
    assert answer.status_code == 422
    assert f'href="#f-severity-{first}"' in answer.text
    assert rows(ranking, Score) == []


def test_a_draft_of_the_scores_is_kept_for_the_person_alone(web: Web, ranking: Driver) -> None:
    client, (first, *_) = web.as_("lg"), refs(ranking)
    form = fill(client, SCORES, gor="utkast", **{f"severity-{first}": "4"})
    assert client.post(SCORES, data=form).headers["location"] == SCORES
    assert form_at(client.get(SCORES).text, SCORES)[f"severity-{first}"] == ["4"]
    assert f"severity-{first}" not in form_at(web.as_("sam").get(SCORES).text, SCORES)


def test_the_page_shows_the_score_its_spread_the_cost_beside_and_the_weights(web: Web, scored: Driver) -> None:
    score(scored, (2, 4), (2, 2), (3, 3), by="sam")
    page = web.as_("lg").get(RANKING).text
    assert "2 svar, från 2 till 4" in page
    assert "alla 2 eniga" in page
    assert "2 personer har poängsatt: Lars Grahn, Sara Åkesson." in page
    assert "180\N{NO-BREAK SPACE}000 kr" in page
    assert "Vikter i regionens profil" in page


def test_the_page_says_whether_the_order_holds_when_weights_change(web: Web, scored: Driver) -> None:
    assert "±25 %: ja" in web.as_("lg").get(RANKING).text
    score(scored, (4, 3), (1, 1), (3, 4))
    assert "±25 %" in web.as_("lg").get(RANKING).text


def test_an_order_by_the_score_needs_one_motive(web: Web, scored: Driver) -> None:
    client = web.as_("lg")
    assert client.post(ORDER, data=fill(client, ORDER, **WHOLE)).headers["location"] == RANKING
    whole = WHOLE["motiv"]
    assert placed(scored) == [(1, whole), (3, whole), (2, whole)]
    assert row(scored, Ranking)["weights"] == {"gap": 1.0, "affected": 1.0, "severity": 1.0, "feasibility": 1.0}
    assert rows(scored, RankingMove) == []


def test_without_a_motive_for_the_whole_nothing_is_set_and_nothing_lost(web: Web, scored: Driver) -> None:
    client, (first, *_) = web.as_("lg"), refs(scored)
    form = fill(client, ORDER, **{"gor": "spara", f"motiv-{first}": "Patienterna bad om det"})
    answer = client.post(ORDER, data=form)
    assert answer.status_code == 422
    assert 'href="#f-motiv"' in answer.text
    assert form_at(answer.text, ORDER)[f"motiv-{first}"] == ["Patienterna bad om det"]
    assert rows(scored, Ranking) == []


def test_a_measure_that_was_moved_needs_a_motive_of_its_own(web: Web, scored: Driver) -> None:
    form, second = moved(web, scored, "upp", 1), refs(scored)[1]
    assert form[f"plats-{second}"] == ["2"]
    client = web.as_("lg")
    answer = client.post(ORDER, data=changed(form, WHOLE))
    assert answer.status_code == 422
    assert f'href="#f-motiv-{second}"' in answer.text
    assert form_at(answer.text, ORDER)["motiv"] == [WHOLE["motiv"]]
    form = changed(form_at(answer.text, ORDER), {"gor": "spara", f"motiv-{second}": "Rutinen saknas helt"})
    assert client.post(ORDER, data=form).status_code == 303
    assert placed(scored)[1] == (2, "Rutinen saknas helt")


def test_the_log_tells_who_moved_what_from_where_to_where_and_why(web: Web, scored: Driver) -> None:
    client, second = web.as_("lg"), refs(scored)[1]
    client.post(ORDER, data=fill(client, ORDER, **WHOLE))
    form = changed(moved(web, scored, "upp", 1), {**WHOLE, f"motiv-{second}": "Rutinen saknas helt"})
    assert client.post(ORDER, data=form).status_code == 303
    page = web.as_("sam").get(RANKING).text
    told = "”Gemensam rutin för exacerbation” gick från plats 3 till plats 2 (enligt poängen: plats 3)."
    assert told in page
    assert page.count("Lars Grahn satte ordningen") == 2
    assert "Motivering: Rutinen saknas helt" in page


def test_places_can_be_typed_as_numbers(web: Web, scored: Driver) -> None:
    client, (first, second, third) = web.as_("lg"), refs(scored)
    numbers = {f"plats-{first}": "3", f"plats-{second}": "1", f"plats-{third}": "2"}
    sorted_by_number = client.post(ORDER, data=fill(client, ORDER, gor="sortera", **numbers))
    assert sorted_by_number.headers["location"] == f"{ORDER}#ordningen"
    page = client.get(ORDER).text
    places = [page.index(f'id="rad-{ref}"') for ref in (second, third, first)]
    assert places == sorted(places)


@pytest.mark.parametrize("typed", ["", "0", "2", "x", "-1", "²"])
def test_a_place_that_cannot_be_is_said_at_its_field(web: Web, scored: Driver, typed: str) -> None:
    client, first = web.as_("lg"), refs(scored)[0]
    answer = client.post(ORDER, data=fill(client, ORDER, **WHOLE, **{f"plats-{first}": typed}))
    assert answer.status_code == 422
    assert 'href="#f-plats-' in answer.text
    assert rows(scored, Ranking) == []


def test_what_finds_no_room_now_stays_visible_with_its_motive(web: Web, scored: Driver) -> None:
    client, third = web.as_("lg"), refs(scored)[2]
    form = fill(client, ORDER, **WHOLE, **{f"ryms-inte-{third}": "yes"})
    answer = client.post(ORDER, data=form)
    assert answer.status_code == 422
    assert f'href="#f-motiv-{third}"' in answer.text
    assert (
        client.post(ORDER, data=changed(form, {f"motiv-{third}": "Journalsystemet byts nästa år"})).status_code == 303
    )
    for address in (RANKING, "/forlopp/kol/plan"):
        page = web.as_("res").get(address).text
        assert "Ryms inte nu" in page
        assert "Journalsystemet byts nästa år" in page


def test_pressing_twice_sets_the_order_once(web: Web, scored: Driver) -> None:
    client = web.as_("lg")
    form = fill(client, ORDER, **WHOLE)
    assert [client.post(ORDER, data=form).status_code for _ in range(2)] == [303, 303]
    assert len(rows(scored, Ranking)) == 1


def test_an_order_that_somebody_set_meanwhile_is_shown_beside_mine(web: Web, scored: Driver) -> None:
    client = web.as_("lg")
    form = fill(client, ORDER, **WHOLE)
    first, second, third = refs(scored)
    scored.do("rank", order=[first, third, second], motive="Samordnarens ordning")
    answer = client.post(ORDER, data=form)
    assert answer.status_code == 409
    assert "Sara Åkesson satte en ordning" in answer.text
    again = changed(form_at(answer.text, ORDER), {"gor": "spara"})
    assert again["motiv"] == [WHOLE["motiv"]]
    assert client.post(ORDER, data=again).status_code == 303
    assert len(rows(scored, Ranking)) == 2


def test_a_change_beside_the_order_stops_nobody(web: Web, scored: Driver) -> None:
    client = web.as_("lg")
    form = fill(client, ORDER, **WHOLE)
    scored.do("update_activity", activity=refs(scored)[0], support="Lungkliniken")
    assert client.post(ORDER, data=form).status_code == 303


def test_the_draft_of_an_order_is_gone_when_it_is_set(web: Web, scored: Driver) -> None:
    moved(web, scored, "ned", 0)
    client, first = web.as_("lg"), refs(scored)[0]
    assert "Det här är ditt utkast" in client.get(ORDER).text
    form = fill(client, ORDER, **WHOLE, **{f"motiv-{first}": "Kan vänta ett år"})
    client.post(ORDER, data=form)
    assert "Det här är ditt utkast" not in client.get(ORDER).text


def test_one_can_begin_again_from_the_score(web: Web, scored: Driver) -> None:
    form = moved(web, scored, "ned", 0)
    client = web.as_("lg")
    client.post(ORDER, data=changed(form, {"gor": "poang"}))
    assert form_at(client.get(ORDER).text, ORDER)[f"plats-{refs(scored)[0]}"] == ["1"]


@pytest.mark.parametrize("address", [ORDER, SCORES])
@pytest.mark.parametrize("who", ["res", "reg", "med", "frammande"])
def test_only_those_who_rank_see_the_forms(web: Web, scored: Driver, address: str, who: str) -> None:
    client = web.as_(who)
    assert client.get(address).status_code == 404
    assert client.post(address, data={"gor": "spara"}).status_code == 404


@pytest.mark.parametrize("who", ["frammande", "med", "reg"])
def test_others_do_not_see_the_ranking(web: Web, scored: Driver, who: str) -> None:
    assert web.as_(who).get(RANKING).status_code == 404


@pytest.mark.parametrize("address", [ORDER, SCORES])
def test_nothing_is_ranked_before_it_is_time_for_it(web: Web, plan: Driver, address: str) -> None:
    assert web.as_("lg").get(address).status_code == 404
    assert "rangordnas när planen är föreslagen" in web.as_("lg").get(RANKING).text


def test_the_page_asks_the_database_as_often_however_many_measures_there_are(web: Web, scored: Driver) -> None:
    client = web.as_("lg")
    few = count_statements(web.app, client, RANKING)
    for number in range(8):
        scored.do("plan_activity", title=f"Aktivitet {number}", kind="routine")
    scored.do(
        "rank",
        order=refs(scored),
        motive="Så här",
        moves=[{"activity": one, "motive": "Därför"} for one in refs(scored)],
    )
    assert few == count_statements(web.app, client, RANKING) <= 20
