"""The working paper of a review: many hands at once, nobody overwrites, and only those who take part."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import InvalidOrder, NotAllowed, Refused
from pathways.services.review.field import Clash, Saved
from pathways.services.review.questions import find_asked
from tests.pathways.drive import drive_to
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import spoken
from tests.pathways.services.reviewing import paper_of, write


def test_an_answer_is_saved_with_a_version_of_its_own(at: At) -> None:
    driver = at("reviewing")
    first = write(driver, "w-risks", "Ont om tid")
    again = write(driver, "w-risks", "Ont om tid och folk", seen=1)
    other = write(driver, "w-celebrate", "Tårta")
    assert [one.answer.version for one in (first, again, other) if isinstance(one, Saved)] == [1, 2, 1]


def test_somebody_elses_newer_answer_stands_and_both_are_handed_back(at: At) -> None:
    driver = at("reviewing")
    write(driver, "w-risks", "Ont om tid", by="res")
    done = write(driver, "w-risks", "Ont om folk")
    assert isinstance(done, Clash)
    assert (done.mine, done.theirs.text, done.theirs.by, done.theirs.version) == (
        "Ont om folk",
        "Ont om tid",
        "Rut Ängström",
        1,
    )


def test_two_who_write_the_same_do_not_collide(at: At) -> None:
    driver = at("reviewing")
    write(driver, "w-closing", "yes", by="res")
    assert isinstance(write(driver, "w-closing", "yes"), Saved)


def test_an_open_page_never_stands_in_its_own_way(at: At) -> None:
    driver = at("reviewing")
    write(driver, "w-risks", "Ont om", hand="sidan")
    again = write(driver, "w-risks", "Ont om tid", hand="sidan")  # sent before the first answer came back
    other = write(driver, "w-risks", "Ont om folk", hand="en annan sida")
    assert (isinstance(again, Saved), isinstance(other, Clash)) == (True, True)


def test_an_answer_is_taken_back_by_an_empty_one(at: At) -> None:
    driver = at("reviewing")
    write(driver, "w-risks", "Ont om tid")
    write(driver, "w-risks", "  ", seen=1)
    paper = paper_of(driver)
    assert (paper.texts, paper.seen) == ({}, 2)


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("w-nothing", "a", "w-nothing:order.unknown_field"),
        ("x-risks", "a", "x-risks:order.unknown_field"),
        ("a-risks", "a", "a-risks:order.unknown_field"),
        ("a-1.1-1-learned", "a", "a-1.1-1-learned:order.unknown_field"),
        ("w-decision", "sleep", "w-decision:order.one_of"),
        ("w-present", "lag_chair,kung", "w-present:order.one_of"),
        ("w-minutes", "-3", "w-minutes:order.integer"),
        ("w-hold_check_done", "nja", "w-hold_check_done:order.yes_no"),
        ("w-question", "x" * 301, "w-question:order.too_long"),
        ("w-risks", "x" * 2001, "w-risks:order.too_long"),
        ("w-risks", "a\x00b", "w-risks:order.other"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(at: At, key: str, text: str, sentence: str) -> None:
    with pytest.raises(InvalidOrder) as refused:
        write(at("reviewing"), key, text)
    assert spoken(refused.value) == sentence


@pytest.mark.parametrize("by", ["vcf", "lg", "adm", "frammande"])
def test_who_takes_no_part_writes_nothing(at: At, by: str) -> None:
    driver = at("reviewing")
    with pytest.raises(NotAllowed):
        write(driver, "w-risks", "Hej", by=by)


@pytest.mark.parametrize("place", ["executing", "adjusting", "finished"])
def test_nothing_is_written_where_no_review_is_open(at: At, place: str) -> None:
    driver = at(place)
    with pytest.raises(Refused, match="review_closed"):
        write(driver, "w-risks", "Hej")


def test_keys_are_taken_apart_as_they_were_put_together() -> None:
    found = [find_asked(key) for key in ("w-risks", "a-14.1-due_on", "i-20.3-0-reset_why")]
    assert [(one.part, one.about, one.question.name) for one in found if one] == [
        ("w", "", "risks"),
        ("a", "14.1", "due_on"),
        ("i", "20.3-0", "reset_why"),
    ]


def test_of_many_who_save_at_once_one_is_first_and_the_others_see_both(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "reviewing")
    start = Barrier(4)

    def save(person: str) -> Saved | Clash:
        start.wait()
        return write(driver, "w-risks", f"Sagt av {person}", by=person)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(save, ("ordf", "res", "m1", "ana")))
    saved = [one for one in done if isinstance(one, Saved)]
    clashes = [one for one in done if isinstance(one, Clash)]
    assert (len(saved), len(clashes)) == (1, 3)
    assert {one.theirs.text for one in clashes} == {saved[0].answer.text}


def test_answers_to_different_questions_saved_at_once_all_stand(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "reviewing")
    names = ("risks", "celebrate", "help_wanted", "closing_why")
    start = Barrier(len(names))

    def save(name: str) -> Saved | Clash:
        start.wait()
        return write(driver, f"w-{name}", name)

    with ThreadPoolExecutor(len(names)) as pool:
        done = list(pool.map(save, names))
    assert all(isinstance(one, Saved) for one in done)
