"""When a failed try is repeated and when it is given up: a table."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.retry import DELAYS, Bury, Retry, next_attempt

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("attempt", "wait"),
    [(1, MINUTE), (2, 5 * MINUTE), (3, 15 * MINUTE), (4, HOUR), (5, 4 * HOUR), (6, 12 * HOUR), (7, 24 * HOUR)],
)
def test_each_failure_waits_longer_than_the_one_before(attempt: int, wait: timedelta) -> None:
    assert next_attempt(attempt, permanent=False, now=NOW) == Retry(NOW + wait)


def test_the_tries_outlast_a_server_that_is_down_over_a_long_week_end() -> None:
    assert sum(DELAYS, timedelta()) > timedelta(days=4)


def test_the_last_transient_failure_is_given_up_with_the_number_of_tries() -> None:
    last = len(DELAYS) + 1
    assert isinstance(next_attempt(last - 1, permanent=False, now=NOW), Retry)
    assert next_attempt(last, permanent=False, now=NOW) == Bury("gave up after 11 tries")


def test_a_permanent_failure_is_given_up_at_the_first_try() -> None:
    assert next_attempt(1, permanent=True, now=NOW) == Bury("permanent: trying again will not help")
