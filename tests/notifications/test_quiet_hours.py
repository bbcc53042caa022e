"""When an at-once message may leave: a table on the wall clock of Stockholm."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from notifications.quiet_hours import QuietHours, leaves_at

STOCKHOLM = ZoneInfo("Europe/Stockholm")
USUAL = QuietHours(starts=time(18), ends=time(7), weekends=True)
EVERY_DAY = QuietHours(starts=time(18), ends=time(7), weekends=False)
LUNCH = QuietHours(starts=time(12), ends=time(13), weekends=False)
NONE = QuietHours(starts=time(0), ends=time(0), weekends=False)
FREE_WEEKENDS = QuietHours(starts=time(0), ends=time(0), weekends=True)


@pytest.mark.parametrize(
    ("quiet", "now", "leaves"),
    [
        pytest.param(USUAL, "2026-12-01 09:00", "2026-12-01 09:00", id="in the day: at once"),
        pytest.param(USUAL, "2026-12-01 07:00", "2026-12-01 07:00", id="the quiet hours end sharp"),
        pytest.param(USUAL, "2026-12-01 18:00", "2026-12-02 07:00", id="and begin sharp"),
        pytest.param(USUAL, "2026-12-01 06:59", "2026-12-01 07:00", id="early: the same morning"),
        pytest.param(USUAL, "2026-12-04 18:30", "2026-12-07 07:00", id="Friday night: Monday"),
        pytest.param(USUAL, "2026-12-05 12:00", "2026-12-07 07:00", id="Saturday noon: Monday"),
        pytest.param(USUAL, "2026-12-06 23:59", "2026-12-07 07:00", id="Sunday night: Monday"),
        pytest.param(EVERY_DAY, "2026-12-04 18:30", "2026-12-05 07:00", id="week-ends may be like other days"),
        pytest.param(LUNCH, "2026-12-01 12:30", "2026-12-01 13:00", id="hours within a day"),
        pytest.param(LUNCH, "2026-12-01 23:00", "2026-12-01 23:00", id="outside hours within a day"),
        pytest.param(NONE, "2026-12-05 03:00", "2026-12-05 03:00", id="no quiet hours at all"),
        pytest.param(FREE_WEEKENDS, "2026-12-05 03:00", "2026-12-07 00:00", id="only week-ends"),
        pytest.param(EVERY_DAY, "2026-03-28 20:00", "2026-03-29 07:00", id="the night with 23 hours"),
        pytest.param(EVERY_DAY, "2026-10-24 20:00", "2026-10-25 07:00", id="the night with 25 hours"),
    ],
)
def test_a_message_leaves_at_the_first_moment_that_disturbs_nobody(quiet: QuietHours, now: str, leaves: str) -> None:
    answer = leaves_at(_local(now), quiet, STOCKHOLM)
    assert answer == _local(leaves)


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)
