"""Logs each request as one event with fields, and counts it; never an address, a name or what was typed.

The route's template is logged, not the path: links with secrets in them must not reach a log.
"""

import logging
import sys
import time
from uuid import uuid4

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "x-request-id"
log = structlog.stdlib.get_logger("forlopp.web")


class Meters:
    """The counters of one web process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "forlopp_requests", "Answered requests", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "forlopp_request_seconds",
            "Time to answer",
            ["route"],
            buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 1.0, 3.0),
            registry=self.registry,
        )


class Observer:
    """Gives each request an id, and tells of its end: method, route, status, milliseconds."""

    def __init__(self, app: ASGIApp, *, meters: Meters) -> None:
        self._app = app
        self._meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, began, status = uuid4().hex, time.perf_counter(), 500
        structlog.contextvars.bind_contextvars(request_id=request_id)

        async def send_observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (REQUEST_ID.encode(), request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_observed)
        finally:
            self._tell(scope, status, time.perf_counter() - began)
            structlog.contextvars.clear_contextvars()

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        self._meters.requests.labels(scope["method"], route, status).inc()
        self._meters.seconds.labels(route).observe(seconds)
        log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))


def route_of(scope: Scope) -> str:
    """Return the template of the route that answered, "-" where none did."""
    found = scope.get("route")
    if found is not None:
        return str(getattr(found, "path", "-"))
    for route in getattr(scope.get("app"), "routes", ()):
        if route.matches(scope)[0] is Match.FULL:
            return str(getattr(route, "path", "-"))
    return "-"


def configure_logs() -> None:
    """Send the process's logs to stderr as lines of JSON, with the request's id where there is one."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
