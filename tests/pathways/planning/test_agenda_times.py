"""When items end, which want the same time, and how long the whole agenda takes."""

import pytest

from pathways.planning.agenda import USUAL_MINUTES, Slot, ends_at, find_overlaps, hours_of, span_of

ENDS = [
    ("09:00", 30, "09:30"),
    ("09:45", 30, "10:15"),
    ("23:50", 30, "23:59"),
    ("00:00", 1, "00:01"),
    (None, 30, None),
    ("09:00", None, None),
]


@pytest.mark.parametrize(("starts_at", "minutes", "end"), ENDS)
def test_an_item_ends_its_minutes_later(starts_at: str | None, minutes: int | None, end: str | None) -> None:
    assert ends_at(starts_at, minutes) == end


OVERLAPS: list[tuple[list[tuple[int, str, int | None]], tuple[tuple[int, int], ...]]] = [
    ([], ()),
    ([(1, "09:00", 30)], ()),
    ([(1, "09:00", 30), (2, "09:30", 30)], ()),
    ([(1, "09:00", 31), (2, "09:30", 30)], ((1, 2),)),
    ([(2, "09:30", 30), (1, "09:00", 31)], ((1, 2),)),
    ([(1, "09:00", None), (2, "09:00", None)], ((1, 2),)),
    ([(1, "09:00", None), (2, "09:01", None)], ()),
    ([(1, "09:00", 120), (2, "09:30", 30), (3, "10:00", 30)], ((1, 2), (1, 3))),
]


@pytest.mark.parametrize(("slots", "pairs"), OVERLAPS)
def test_items_that_want_the_same_time_are_found(
    slots: list[tuple[int, str, int | None]], pairs: tuple[tuple[int, int], ...]
) -> None:
    assert find_overlaps(Slot(*one) for one in slots) == pairs


SPANS: list[tuple[list[tuple[int, str, int | None]], tuple[str, int] | None]] = [
    ([], None),
    ([(1, "09:00", 30)], ("09:00", 30)),
    ([(1, "10:00", 30), (2, "09:00", None)], ("09:00", 90)),
    ([(1, "09:00", None)], ("09:00", 1)),
]


@pytest.mark.parametrize(("slots", "span"), SPANS)
def test_an_agenda_lasts_from_its_first_item_to_the_end_of_its_last(
    slots: list[tuple[int, str, int | None]], span: tuple[str, int] | None
) -> None:
    assert span_of([Slot(*one) for one in slots]) == span


HOURS: list[tuple[str | None, list[tuple[int, str, int | None]], tuple[str, int] | None]] = [
    (None, [], None),
    (None, [(1, "10:00", 30)], ("10:00", 30)),
    ("09:00", [], ("09:00", USUAL_MINUTES)),
    ("09:00", [(1, "10:00", 30)], ("09:00", 90)),
    ("09:00", [(1, "08:00", 30)], ("09:00", USUAL_MINUTES)),
    ("13:00", [(1, "13:00", None)], ("13:00", 1)),
]


@pytest.mark.parametrize(("starts_at", "slots", "hours"), HOURS)
def test_a_meeting_begins_at_its_own_time_and_lasts_as_long_as_its_agenda(
    starts_at: str | None, slots: list[tuple[int, str, int | None]], hours: tuple[str, int] | None
) -> None:
    assert hours_of(starts_at, [Slot(*one) for one in slots]) == hours
