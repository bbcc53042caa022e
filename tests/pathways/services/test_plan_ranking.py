"""The management group's work: levels given by members, an order with its motives, and a log of every move."""

import pytest

from pathways.models.decision_basis import BasisVersion
from pathways.models.plan import Activity
from pathways.models.ranking import Ranking, RankingMove, Score
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, person_id, refusal, row, rows


@pytest.fixture
def ranking(at: At) -> Driver:
    """A plan of two activities that waits to be ranked; both close the same gaps."""
    return at("ranking")


@pytest.fixture
def scored(ranking: Driver) -> Driver:
    """The same plan, where one member puts the first activity ahead of the second."""
    first, second = refs(ranking)
    levels = [
        {"activity": first, "severity": 4, "feasibility": 4},
        {"activity": second, "severity": 1, "feasibility": 1},
    ]
    ranking.do("score_activities", by="lg", scores=levels)
    return ranking


def refs(driver: Driver) -> list[str]:
    return [str(one["ref"]) for one in rows(driver, Activity)]


def test_each_member_gives_levels_of_their_own_and_may_change_them(scored: Driver) -> None:
    first = refs(scored)[0]
    scored.do("score_activities", by="chef", scores=[{"activity": first, "severity": 2, "note": "Få drabbas"}])
    scored.do("score_activities", by="lg", scores=[{"activity": first, "severity": 3}])
    given = {one["person_id"]: one["severity"] for one in rows(scored, Score, activity_ref=first)}
    assert given == {person_id(scored.app, "lg"): 3, person_id(scored.app, "chef"): 2}


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([], "scores:order.empty_list"),
        ([{"activity": "99.9", "severity": 1}], "error.unknown_activity"),
        ([{"activity": "1.1", "severity": 5}], "scores.0.severity:order.too_large"),
        ([{"activity": "1.1", "gap": 0}], "scores.0.gap:order.too_small"),
        ([{"activity": "1.1", "affected": 6}], "scores.0.affected:order.too_large"),
        ([{"activity": "1.1"}, {"activity": "1.1"}], "order.rule"),
    ],
)
def test_levels_that_make_no_sense_are_refused(ranking: Driver, scores: list[Data], sentence: str) -> None:
    assert refusal(ranking, "score_activities", by="lg", scores=scores) == sentence


def test_levels_are_given_only_while_it_is_time_for_it(at: At) -> None:
    driver = at("communicated")
    driver.do("plan_activity", title="Utbilda alla", kind="training")
    scores = [{"activity": refs(driver)[0], "severity": 1}]
    assert refusal(driver, "score_activities", by="lg", scores=scores) == "error.not_ranking"


def test_an_order_against_the_score_needs_a_motive_for_the_one_that_was_moved(scored: Driver) -> None:
    first, second = refs(scored)
    assert refusal(scored, "rank", by="lg", order=[second, first], motive="Så här") == "error.move_without_motive"
    moves = [{"activity": second, "motive": "Rutinen saknas helt"}]
    scored.do("rank", by="lg", order=[second, first], motive="Så här", moves=moves)
    assert [(one["rank"], one["motive"]) for one in rows(scored, Activity)] == [
        (2, "Så här"),
        (1, "Rutinen saknas helt"),
    ]


def test_an_order_by_the_score_needs_none(scored: Driver) -> None:
    scored.do("rank", by="lg", order=refs(scored), motive="Så här")
    assert rows(scored, RankingMove) == []


def test_an_order_keeps_weights_the_order_by_score_and_its_motive(scored: Driver) -> None:
    scored.do("rank", by="lg", order=refs(scored), motive="Så här")
    kept = row(scored, Ranking)
    assert (kept["ranked"], kept["scored"], kept["motive"], kept["ranked_by"]) == (
        *(refs(scored), refs(scored)),
        *("Så här", person_id(scored.app, "lg")),
    )
    assert kept["weights"] == {"gap": 1.0, "affected": 1.0, "severity": 1.0, "feasibility": 1.0}


def test_every_move_is_kept_with_where_from_and_where_to(scored: Driver) -> None:
    first, second = refs(scored)
    scored.do("rank", by="lg", order=[first, second], motive="Så här")
    moves = [{"activity": second, "motive": "Rutinen saknas helt"}]
    scored.do("rank", by="sam", order=[second, first], motive="Nej, så här", moves=moves)
    told = {
        one["activity_ref"]: (one["from_place"], one["to_place"], one["scored_place"], one["motive"])
        for one in rows(scored, RankingMove)
    }
    assert told == {first: (1, 2, 1, None), second: (2, 1, 2, "Rutinen saknas helt")}


def test_what_is_declined_is_kept_as_a_move_out_of_the_order(scored: Driver) -> None:
    first, second = refs(scored)
    declined = [{"activity": second, "motive": "För dyr nu"}]
    scored.do("rank", by="lg", order=[first], motive="Så här", declined=declined)
    move = row(scored, RankingMove)
    assert (move["activity_ref"], move["to_place"], move["scored_place"], move["motive"]) == (
        second,
        None,
        2,
        "För dyr nu",
    )


@pytest.mark.parametrize("moves", [[{"activity": "99.9", "motive": "Därför"}], [{"activity": "1.1", "motive": "Ja"}]])
def test_a_motive_for_what_is_not_in_the_order_is_refused(ranking: Driver, moves: list[Data]) -> None:
    told = refusal(ranking, "rank", by="lg", order=refs(ranking), motive="Så här", moves=moves)
    assert told in {"order.rule", "moves.0.motive:order.too_short"}


def test_every_basis_is_kept_as_a_version_with_its_parts(ranking: Driver) -> None:
    meeting_on = ranking._next_meeting().isoformat()
    said = {"background": "Vanlig sjukdom", "consequences": "Färre inläggningar", "proposal": "Anta planen"}
    ranking.do("make_decision_basis", body="hsn", meeting_on=meeting_on, basis="Kort")
    ranking.do("make_decision_basis", body="hsn", meeting_on=meeting_on, basis="Längre", **said)
    told = [(one["number"], one["summary"], one["proposal"]) for one in rows(ranking, BasisVersion)]
    assert told == [(1, "Kort", None), (2, "Längre", "Anta planen")]
