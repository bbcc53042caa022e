"""The demo's own mail receiver: takes every mail on loopback and puts it into a folder, one .eml file each.

Nothing is sent on, nothing is printed. It lives in the supervisor's process.
"""

import asyncio
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"
LARGEST = 10_000_000  # bytes of one mail


class Folder:
    """Stores what arrives, numbered in the order of arrival; numbering goes on after a restart."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._count = len(list(path.glob("*.eml")))

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        """Answer 250 only when the mail is on disk as a whole."""
        self._count += 1
        unfinished = self._path / f"{self._count:06d}.part"
        content = envelope.content
        unfinished.write_bytes(content if isinstance(content, bytes) else (content or "").encode())
        unfinished.replace(unfinished.with_suffix(".eml"))
        return "250 Stored"


async def receive(port: int, folder: Path, stop: asyncio.Event) -> None:
    """Take mail until `stop` is set."""
    loop = asyncio.get_running_loop()
    handler = Folder(folder)

    def session() -> SMTP:
        return SMTP(handler, data_size_limit=LARGEST, enable_SMTPUTF8=True, loop=loop)

    server = await loop.create_server(session, LOOPBACK, port)
    async with server:
        await stop.wait()
