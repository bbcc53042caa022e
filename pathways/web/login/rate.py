"""How often the doors may be tried: per client, and per address that is typed in. Counted in this process alone."""

from collections.abc import Callable
from hashlib import sha256

from fastapi import Depends, Request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from pathways.errors import PathwaysError

FORMS = RateLimitItemPerMinute(30)
"""A whole clinic may share one address towards us."""
LINKS = RateLimitItemPerMinute(60)
CALLS = RateLimitItemPerMinute(1200)
"""A program that asks more often than twenty times a second is stuck in a loop."""
ADDRESS = RateLimitItemPerMinute(5, 15)


class TooManyTries(PathwaysError):
    """The same client, or the same address, was tried too often; after a while it may be tried again."""

    sentence = "error.too_many_tries"
    status = 429

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(n=max(1, retry_after // 60))


class Turnstile:
    """Counts the tries of one web process."""

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def count(self, limit: RateLimitItem, door: str, key: str) -> None:
        """Count one try at a door; raise `TooManyTries` where the limit has been reached.

        Keys are kept as digests: a list of who tried to log in would be personal data.
        """
        if not self._limiter.hit(limit, door, sha256(key.encode()).hexdigest()):
            raise TooManyTries(limit.get_expiry())


def turnstile_of(request: Request) -> Turnstile:
    """Return the counter of the application that serves the request."""
    state = request.app.state
    if not hasattr(state, "turnstile"):
        state.turnstile = Turnstile()
    found = state.turnstile
    assert isinstance(found, Turnstile)
    return found


def per_client(door: str, limit: RateLimitItem) -> Callable[[Request], None]:
    """Return a dependency that counts each request of a client at a door."""

    def count(request: Request) -> None:
        client = request.client.host if request.client else "-"
        turnstile_of(request).count(limit, door, client)

    return count


FORM_LIMIT = Depends(per_client("form", FORMS))
LINK_LIMIT = Depends(per_client("link", LINKS))
