"""Which program calls: its bearer token is looked up at every request, and asked for the scope of the route."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from pathways.bootstrap import App
from pathways.errors import PathwaysError
from pathways.services.access.api_token import EVENTS, READ, WRITE, Caller, find_caller
from pathways.services.policy import VIEWS
from pathways.web.login.rate import CALLS, LINKS, turnstile_of

bearer = HTTPBearer(auto_error=False, description="Token from Administration; sent as `Authorization: Bearer ...`.")


class TokenMissing(PathwaysError):
    """No token came with the request, or one that is not good any more."""

    sentence = "error.token_missing"
    status = 401


class ScopeMissing(PathwaysError):
    """The token is good, but not for this."""

    sentence = "error.scope_missing"
    status = 403


@dataclass
class Call:
    """One request of a program, in the region of the person it acts as."""

    installation: App
    caller: Caller

    @cached_property
    def app(self) -> App:
        """Return the application within the caller's region."""
        return self.installation.within(self.caller.region_code)

    @cached_property
    def now(self) -> datetime:
        """Return the instant of this request."""
        return self.app.clock.now()

    def require_view(self, view: str) -> None:
        """Refuse with `ScopeMissing` where the person's roles do not open this kind of data."""
        if not VIEWS[view] & self.caller.roles:
            raise ScopeMissing(scope=view)


def _with(scope: str) -> Callable[..., Call]:
    def call(request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> Call:
        app: App = request.app.state.installation
        with app.read() as work:
            caller = find_caller(work, credentials.credentials) if credentials is not None else None
        if caller is None:
            turnstile_of(request).count(LINKS, "api", request.client.host if request.client else "-")
            raise TokenMissing
        turnstile_of(request).count(CALLS, "calls", caller.token_hash)
        if scope not in caller.scopes:
            raise ScopeMissing(scope=scope)
        return Call(app, caller)

    return call


Reading = Annotated[Call, Depends(_with(READ))]
Writing = Annotated[Call, Depends(_with(WRITE))]
Following = Annotated[Call, Depends(_with(EVENTS))]
