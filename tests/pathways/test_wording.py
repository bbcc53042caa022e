"""Days and instants in a sentence are told as a reader says them; what somebody typed is left as it was typed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pathways.locale import texts
from pathways.wording import Wording

FALUN = ZoneInfo("Europe/Stockholm")
SWEDISH, ENGLISH = Wording(texts("sv"), FALUN), Wording(texts("en"), FALUN)
TOLD = [
    ("held_on", "2026-03-05", "5 mars 2026", "5 March 2026"),
    ("whatever", date(2026, 3, 5), "5 mars 2026", "5 March 2026"),
    ("as_of", "2026-03-05", "5 mars 2026", "5 March 2026"),
    ("at", "2026-03-05T13:05:00+00:00", "5 mars 2026 kl. 14.05", "5 March 2026 at 14:05"),
    ("until", datetime(2026, 7, 5, 13, 5, tzinfo=UTC), "5 juli 2026 kl. 15.05", "5 July 2026 at 15:05"),
]
LEFT = [
    ("given", "2026-03-05"),
    ("name", "2026-03-05"),
    ("nearest", "2026-03-05"),
    ("day", "2026-02-30"),
    ("at", "2026-03-05T13:05:00"),
    ("as_of", "2026"),
    ("as_of", "417"),
    ("n", 20260305),
    ("days", "2026-03-05, 2026-03-06"),
]


@pytest.mark.parametrize(("name", "value", "swedish", "english"), TOLD)
def test_a_day_or_an_instant_is_told_in_words(name: str, value: object, swedish: str, english: str) -> None:
    assert SWEDISH.in_words({name: value}) == {name: swedish}
    assert ENGLISH.in_words({name: value}) == {name: english}


@pytest.mark.parametrize(("name", "value"), LEFT)
def test_what_was_typed_or_is_no_day_is_left_as_it_is(name: str, value: object) -> None:
    assert SWEDISH.in_words({name: value}) == {name: value}


def test_without_a_region_an_instant_is_told_in_world_time() -> None:
    assert Wording(texts("sv")).in_words({"at": "2026-03-05T13:05:00+00:00"}) == {"at": "5 mars 2026 kl. 13.05"}


def test_a_refusal_says_its_day_as_a_reader_does() -> None:
    told = SWEDISH.sentence("error.meeting_past", {"held_on": "2026-03-05"})
    assert told == "5 mars 2026 har varit."
