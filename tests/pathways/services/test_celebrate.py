"""The evaluation's lines, lessons for the next pathway, and årets implementation."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from pathways.bootstrap import App
from pathways.errors import PathwaysError
from pathways.models.holding import EvaluationLine, JuryVote, Lesson, Nomination
from pathways.models.task import Task
from pathways.services.celebrate import award
from pathways.services.celebrate.award import Acting
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, person_id, refusal, rows, told
from tests.pathways.services.judge import spoken as say

WHY = "Enheten bar förändringen hela vägen."
ROLES = {"sam": {"coordinator"}, "ordf": {"lag_chair"}, "vcf": {"unit_representative"}}


def test_remarks_are_written_changed_and_taken_away(at: At) -> None:
    driver = at("evaluating")
    for remarks in ({"reach": "Nästan alla", "held": "Vet vi om ett år"}, {"reach": "Alla"}, {"held": ""}):
        given = [{"line": line, "text": text} for line, text in remarks.items()]
        driver.do("write_evaluation", by="ordf", remarks=given)
    assert [(row["line"], row["body"]) for row in rows(driver, EvaluationLine)] == [("reach", "Alla"), ("held", None)]


@pytest.mark.parametrize(
    ("place", "by", "remarks", "sentence"),
    [
        ("ranking", "sam", [{"line": "reach", "text": "x"}], "error.evaluation_not_now"),
        ("evaluating", "vcf", [{"line": "reach", "text": "x"}], "error.not_allowed"),
        ("evaluating", "sam", [{"line": "väder", "text": "x"}], "remarks.0.line:order.one_of"),
        ("evaluating", "sam", [{"line": "reach", "text": "x" * 2001}], "remarks.0.text:order.too_long"),
        ("evaluating", "sam", [{"line": "reach", "text": "x"}] * 2, "order.rule"),
    ],
)
def test_remarks_that_are_refused(at: At, place: str, by: str, remarks: list[object], sentence: str) -> None:
    assert refusal(at(place), "write_evaluation", by=by, remarks=remarks) == sentence


def test_a_lesson_is_kept_with_its_tags_and_can_be_taken_back(at: At) -> None:
    driver = at("evaluating")
    driver.do("record_lesson", by="res", text="Öva på plats", hinders=["people"], causes=["competence"], step="Remiss")
    row = rows(driver, Lesson)[0]
    assert (row["hinders"], row["causes"], row["step"], row["region_id"]) == (["people"], ["competence"], "Remiss", 1)
    driver.do("withdraw_lesson", lesson=row["ref"])
    assert rows(driver, Lesson) == []


@pytest.mark.parametrize(
    ("by", "data", "sentence"),
    [
        ("sam", {"text": "Öva på plats"}, "hinders:order.lesson_without_tag"),
        ("sam", {"text": "", "hinders": ["people"]}, "text:order.too_short"),
        ("sam", {"text": "Öva på plats", "causes": ["väder"]}, "causes.0:order.one_of"),
        ("m1", {"text": "Öva på plats", "hinders": ["people"]}, "error.not_allowed"),
    ],
)
def test_a_lesson_that_is_refused(at: At, by: str, data: Data, sentence: str) -> None:
    assert refusal(at("evaluating"), "record_lesson", by=by, **data) == sentence


def acting(app: App, slug: str) -> Acting:
    return Acting(person_id=person_id(app, slug), region_id=app.region_id(), roles=frozenset(ROLES.get(slug, ())))


def do(driver: Driver, what: str, by: str, **data: Any) -> str:  # Any: what each step takes
    """Carry out a step of the award, and return what was refused, empty where nothing was."""
    app, today = driver.app, driver.today
    days = {"open_award": {"today": today}, "nominate": {"today": today}}.get(what, {})
    try:
        with app.write() as work:
            getattr(award, what)(work, acting(app, by), **{"year": today.year, **days, **data})
            work.commit()
    except PathwaysError as error:
        return say(error)
    return ""


def opened(driver: Driver) -> Driver:
    until = date(driver.today.year, 12, 31)
    assert do(driver, "open_award", "sam", nominate_until=until, jurors=["lg", "ana", "chef"]) == ""
    return driver


def nominated(driver: Driver) -> Driver:
    assert do(opened(driver), "nominate", "ordf", introduction="kol", unit=None, motive=WHY) == ""
    assert do(driver, "nominate", "ordf", introduction="kol", unit="vc-falun", motive=WHY) == ""
    return driver


def count(driver: Driver, kind: type[SQLModel]) -> int:
    with driver.app.read() as work:
        return len(work.rows(select(*table_of(kind).c)))


def test_the_jury_votes_and_the_result_is_published(at: At) -> None:
    driver = nominated(at("celebrated"))
    for juror, choice in (("lg", 1), ("ana", 2), ("chef", 1), ("ana", 1)):
        assert do(driver, "vote", juror, nomination=choice, motive=WHY) == ""
    assert count(driver, JuryVote) == 3
    assert do(driver, "publish", "sam", nomination=2, motive=WHY) == "error.award_not_most_votes"
    assert do(driver, "publish", "sam", nomination=1, motive=WHY) == ""
    assert do(driver, "vote", "lg", nomination=1, motive=WHY) == "error.award_published"


def test_whoever_leaves_the_jury_takes_the_vote_along(at: At) -> None:
    driver = nominated(at("celebrated"))
    do(driver, "vote", "lg", nomination=1, motive=WHY)
    until = date(driver.today.year, 12, 31)
    assert do(driver, "open_award", "sam", nominate_until=until, jurors=["ana", "chef", "m1"]) == ""
    assert count(driver, JuryVote) == 0


@pytest.mark.parametrize(
    ("what", "by", "data", "sentence"),
    [
        (
            "open_award",
            "ordf",
            {"nominate_until": date(2030, 1, 1), "jurors": ["lg", "ana", "m1"]},
            "error.not_allowed",
        ),
        ("open_award", "sam", {"nominate_until": date(2030, 1, 1), "jurors": ["lg", "lg"]}, "error.award_jury_small"),
        ("open_award", "sam", {"nominate_until": date(2020, 1, 1), "jurors": ["lg"]}, "error.not_in_the_future"),
        ("open_award", "sam", {"nominate_until": date(2030, 1, 1), "jurors": [], "year": 2010}, "error.award_year"),
        ("nominate", "vcf", {"introduction": "kol", "unit": None, "motive": WHY}, "error.not_allowed"),
        ("nominate", "ordf", {"introduction": "kol", "unit": "ingen", "motive": WHY}, "error.unknown_unit"),
        ("nominate", "ordf", {"introduction": "anna", "unit": None, "motive": WHY}, "error.unknown_introduction"),
        ("nominate", "ordf", {"introduction": "kol", "unit": None, "motive": WHY}, "error.award_nominated"),
        ("nominate", "ordf", {"introduction": "kol", "unit": "medicin", "motive": "Bra"}, "error.award_motive"),
        (
            "nominate",
            "ordf",
            {"introduction": "kol", "unit": None, "motive": WHY, "year": 2010},
            "error.award_not_open",
        ),
        ("vote", "vcf", {"nomination": 1, "motive": WHY}, "error.award_not_juror"),
        ("vote", "sam", {"nomination": 1, "motive": WHY}, "error.award_not_juror"),
        ("vote", "lg", {"nomination": 99, "motive": WHY}, "error.award_no_nomination"),
        ("publish", "sam", {"nomination": 1, "motive": WHY}, "error.award_votes_missing"),
        ("publish", "ordf", {"nomination": 1, "motive": WHY}, "error.not_allowed"),
    ],
)
def test_what_an_award_refuses(at: At, what: str, by: str, data: Data, sentence: str) -> None:
    driver = nominated(at("celebrated"))
    assert do(driver, what, by, **data) == sentence
    assert (count(driver, Nomination), count(driver, JuryVote)) == (2, 0)


def test_what_has_not_been_celebrated_is_not_nominated_and_not_after_the_last_day(at: At) -> None:
    driver = opened(at("executing"))
    assert do(driver, "nominate", "ordf", introduction="kol", unit=None, motive=WHY) == "error.award_not_celebrated"
    year = driver.today.year
    driver.go_to(date(year + 1, 1, 15))
    answer = do(driver, "nominate", "ordf", introduction="kol", unit=None, motive=WHY, year=year)
    assert answer == "error.award_nominations_over"


def test_thanks_reach_everybody_who_took_part_at_once_in_the_words_of_whoever_thanks(at: At) -> None:
    driver = at("celebrated")
    driver.do("create_task", title="Ring Mora", due_on=driver.today.isoformat(), person="frammande")
    task = next(row["ref"] for row in rows(driver, Task) if row["own_title"] == "Ring Mora")
    driver.do("complete_task", by="frammande", task=task, outcome="Ringt")
    driver.do("say_thanks", by="ordf", words="Nu får patienterna sin plan direkt.")
    thanks = [one for one in told(driver.app) if one.kind == "thanks"]
    assert {one.to for one in thanks} == {"sam", "chef", "res", "m1", "m2", "m3", "vcf", "med", "alv", "frammande"}
    assert {(one.urgency, one.values["by"], one.values["words"], one.values["link"]) for one in thanks} == {
        ("at_once", "Åsa Öberg", "Nu får patienterna sin plan direkt.", "/forlopp/kol/tack")
    }


@pytest.mark.parametrize(
    ("place", "by", "words", "sentence"),
    [
        ("evaluating", "sam", "Tack alla!", "error.thanks_too_early"),
        ("celebrated", "m1", "Tack alla!", "error.not_allowed"),
        ("celebrated", "sam", "", "words:order.too_short"),
    ],
)
def test_thanks_that_are_refused(at: At, place: str, by: str, words: str, sentence: str) -> None:
    assert refusal(at(place), "say_thanks", by=by, words=words) == sentence


def test_thanks_are_sent_once(at: At) -> None:
    driver = at("celebrated")
    driver.do("say_thanks", words="Tack alla!")
    assert refusal(driver, "say_thanks", words="Tack igen!") == "error.thanked_before"
