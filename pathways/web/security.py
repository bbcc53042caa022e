"""Guards every answer with headers and every change with a same-site check, before any page is asked.

No token can be lost in a fragment or a cached page: browsers say themselves where a request comes from.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
API = "/api/"
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
TRANSPORT = ("strict-transport-security", "max-age=31536000; includeSubDomains")
NOT_STORED = ("cache-control", "no-store")


class Guard:
    """Refuses changes asked for by another site with 403, and sets the security headers on all answers."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = [*HEADERS.items(), *([TRANSPORT] if https else [])]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers:
                    headers.setdefault(name, value)
                headers.setdefault(*NOT_STORED)
            await send(message)

        if may_change(scope["method"], scope["path"], Headers(scope=scope)):
            await self._app(scope, receive, send_guarded)
        else:
            await PlainTextResponse("Cross-site request refused.", 403)(scope, receive, send_guarded)


def may_change(method: str, path: str, headers: Headers) -> bool:
    """Say whether a request may reach its page: it only reads, or it comes from our own pages.

    The API takes bearer tokens and no cookies, so no other site can act in a visitor's name there.
    """
    if method in SAFE_METHODS or path.startswith(API):
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")
