"""Back from every consultation window of 2026 to 2030, against a table made another way and checked by hand.

Each row: the window, the regional board's last meeting in it, then by when the gap analysis must begin and be over,
the response be drafted, and the papers handed in; last the working days between the window's opening and the end of the
gap analysis, and whether all of it can be done in the window.

The table was printed once by `slow_way_back`, which shares no code with the product. Rows checked by hand against the
almanac: 2026-02-16, 2027-02-15, 2028-04-18 and 2029-11-15. The second of them in full: the board meets the second
Tuesday, 13 April 2027 (14 April is the closing day). 28 days before is 16 March, a Tuesday; 35 days before is 9 March;
21 days before that 16 February. Between 15 February and 9 March lie 16 working days: 16-19 and 22-26 February are
nine, 1-5 and 8-9 March seven. The window opens the day before work must begin: it can just be done.
"""

from datetime import date

import pytest

from pathways.planning.backward import check_window, plan_back
from pathways.planning.consultation import windows_of
from pathways.planning.squeeze import squeeze_of
from pathways.profiles.load import load_shipped_profile
from tests.pathways.planning import slow_way_back as slow

DALARNA = load_shipped_profile()
TABLE = """
2026-02-16 2026-04-14 2026-04-14 2026-02-17 2026-03-10 2026-03-17 2026-03-17 16 yes
2026-04-15 2026-06-12 2026-06-09 2026-04-14 2026-05-05 2026-05-12 2026-05-12 13 yes
2026-09-15 2026-11-13 2026-11-10 2026-09-15 2026-10-06 2026-10-13 2026-10-13 15 yes
2026-11-16 2027-02-12 2027-02-09 2026-12-15 2027-01-05 2027-01-12 2027-01-12 32 yes
2027-02-15 2027-04-14 2027-04-13 2027-02-16 2027-03-09 2027-03-16 2027-03-16 16 yes
2027-04-15 2027-06-14 2027-06-08 2027-04-13 2027-05-04 2027-05-11 2027-05-11 13 yes
2027-09-15 2027-11-12 2027-11-09 2027-09-14 2027-10-05 2027-10-12 2027-10-12 14 yes
2027-11-15 2028-02-14 2028-02-08 2027-12-14 2028-01-04 2028-01-11 2028-01-11 34 yes
2028-02-15 2028-04-13 2028-04-11 2028-02-15 2028-03-07 2028-03-14 2028-03-14 15 yes
2028-04-18 2028-06-14 2028-06-13 2028-04-18 2028-05-09 2028-05-16 2028-05-16 14 yes
2028-09-15 2028-11-14 2028-11-14 2028-09-19 2028-10-10 2028-10-17 2028-10-17 17 yes
2028-11-15 2029-02-14 2029-02-13 2028-12-19 2029-01-09 2029-01-16 2029-01-16 36 yes
2029-02-15 2029-04-13 2029-04-10 2029-02-13 2029-03-06 2029-03-13 2029-03-13 13 yes
2029-04-16 2029-06-14 2029-06-12 2029-04-17 2029-05-08 2029-05-15 2029-05-15 15 yes
2029-09-17 2029-11-14 2029-11-13 2029-09-18 2029-10-09 2029-10-16 2029-10-16 16 yes
2029-11-15 2030-02-14 2030-02-12 2029-12-18 2030-01-08 2030-01-15 2030-01-15 33 yes
2030-02-15 2030-04-12 2030-04-09 2030-02-12 2030-03-05 2030-03-12 2030-03-12 12 yes
2030-04-15 2030-06-14 2030-06-11 2030-04-16 2030-05-07 2030-05-14 2030-05-14 13 yes
2030-09-16 2030-11-14 2030-11-12 2030-09-17 2030-10-08 2030-10-15 2030-10-15 16 yes
2030-11-15 2031-02-14 2031-02-11 2030-12-17 2031-01-07 2031-01-14 2031-01-14 31 yes
"""
ROWS = [row.split() for row in TABLE.strip().splitlines()]
KNOWN_BOARDS = (date(2020, 12, 1), date(2021, 4, 20), date(2021, 11, 23), date(2022, 2, 22))


def test_the_table_holds_the_four_windows_of_every_year() -> None:
    assert len(ROWS) == 20
    assert [row[0] for row in ROWS] == [
        opens.isoformat() for year in range(2026, 2031) for opens, _ in slow.windows(year)
    ]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_back_from_a_window_is_as_in_the_table(row: list[str]) -> None:
    opens_on, closes_on, meets_on, begins_on, analysed_on, drafted_on, hand_in_on = map(date.fromisoformat, row[:7])
    window = next(one for one in windows_of(opens_on.year) if one.opens_on == opens_on)
    found = check_window(window, DALARNA, today=opens_on)
    days = {step.step: (step.starts_on, step.ends_on) for step in found.steps}
    assert window.closes_on == closes_on
    assert found.meeting is not None
    assert (found.meeting.meeting_on, found.meeting.hand_in_on) == (meets_on, hand_in_on)
    assert days["gap_analysis"] == (begins_on, analysed_on)
    assert days["response_draft"][1] == drafted_on
    squeeze = squeeze_of(found.steps, begin=opens_on, workdays=DALARNA.workdays)
    assert squeeze is not None
    assert (squeeze.available, "yes" if found.can_be_met else "no") == (int(row[7]), row[8])


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_table_is_what_the_slow_way_gives(row: list[str]) -> None:
    assert row == slow_row(date.fromisoformat(row[0])), "the table and the slow way differ: one was changed alone"


@pytest.mark.parametrize("meeting_on", KNOWN_BOARDS)
def test_back_from_the_known_boards_of_dalarna_both_ways_agree(meeting_on: date) -> None:
    body = DALARNA.find_body("hsn")
    assert body is not None
    plan = plan_back(body, meeting_on, DALARNA, today=date(2020, 1, 1))
    assert {step.step: (step.starts_on, step.ends_on) for step in plan.steps} == slow.way_back("hsn", meeting_on)


@pytest.mark.parametrize("year", range(2021, 2031))
def test_back_from_every_board_of_ten_years_both_ways_agree(year: int) -> None:
    body = DALARNA.find_body("hsn")
    assert body is not None
    for meeting_on in slow.meetings("hsn", date(year, 1, 1), date(year, 12, 31)):
        plan = plan_back(body, meeting_on, DALARNA, today=date(2020, 1, 1))
        assert {step.step: (step.starts_on, step.ends_on) for step in plan.steps} == slow.way_back("hsn", meeting_on)


def slow_row(opens_on: date) -> list[str]:
    """Return the row that the slow way gives for a window."""
    closes_on = next(closes for opens, closes in slow.windows(opens_on.year) if opens == opens_on)
    meets_on = slow.meetings("rs", opens_on, closes_on)[-1]
    way = slow.way_back("rs", meets_on)
    begins_on, analysed_on = way["gap_analysis"]
    days = (opens_on, closes_on, meets_on, begins_on, analysed_on, way["response_draft"][1], way["hand_in"][1])
    available = max(0, slow.workdays_between(opens_on, analysed_on)) if analysed_on > opens_on else 0
    can = "yes" if analysed_on >= opens_on else "no"
    return [*(day.isoformat() for day in days), str(available), can]
