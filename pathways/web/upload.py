"""A file that a form brings, read with a limit: what is too large is not taken in, however large it says it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.types import Message

from pathways.services.task.files import LARGEST
from pathways.web.forms import read_form
from pathways.web.visit import VisitDep

AROUND = 64 * 1024
"""Room for the form's other fields and for what stands between them."""
LET_GO = 3 * LARGEST
"""So much of a body that is too large is read and thrown away, so that the browser shows our answer."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What came in: the fields, and the file where there was one. Nothing of a body that was too large is kept."""

    fields: dict[str, list[str]]
    name: str = ""
    content: bytes = b""
    is_too_large: bool = False


class _TooMuch(Exception):
    """The body went past the limit; what is left of it is not wanted."""


async def read_upload(request: Request, visit: VisitDep) -> Upload:  # noqa: ARG001 - nobody unknown sends us a body
    """Return the form that was posted; one that is too large is let go of as it comes in."""
    counter = _Counter(request.receive)
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > LARGEST + AROUND:
        await counter.let_go()
        return Upload({}, is_too_large=True)
    try:
        async with Request(request.scope, counter.receive).form(max_files=1, max_fields=20) as form:
            file = form.get("file")
            content = await file.read() if isinstance(file, UploadFile) else b""
            name = file.filename or "" if isinstance(file, UploadFile) else ""
            return Upload(read_form(form), name, content)
    except _TooMuch:
        await counter.let_go()
        return Upload({}, is_too_large=True)


class _Counter:
    """Counts the bytes of a body as they come in."""

    def __init__(self, receive: Callable[[], Awaitable[Message]]) -> None:
        self._receive = receive
        self._taken = 0
        self._is_over = False

    async def receive(self) -> Message:
        """Return the next part; raise `_TooMuch` past the limit."""
        message = await self._next()
        if self._taken > LARGEST + AROUND:
            raise _TooMuch
        return message

    async def let_go(self) -> None:
        """Read on without keeping anything, up to a limit of its own."""
        while not self._is_over and self._taken <= LET_GO:
            await self._next()

    async def _next(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        self._is_over = message["type"] != "http.request" or not message.get("more_body", False)
        return message


UploadDep = Annotated[Upload, Depends(read_upload)]
