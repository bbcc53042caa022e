"""Ways to see that a child process answers: over HTTP, by an open port, by a file it touches. Nothing heavy."""

import asyncio
import socket
from contextlib import closing, suppress
from pathlib import Path

from pathways.cli.processes import Probe

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 5.0


def http_ok(port: int, path: str) -> Probe:
    """Whether GET `path` on loopback answers 200."""

    async def ask() -> bool:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                reader, writer = await asyncio.open_connection(LOOPBACK, port)
                writer.write(f"GET {path} HTTP/1.0\r\nHost: {LOOPBACK}\r\n\r\n".encode())
                answer = await reader.readline()
                writer.close()
                await writer.wait_closed()
                return b" 200 " in answer
        return False

    return ask


def port_open(port: int) -> Probe:
    """Whether something listens on the port on loopback."""

    async def ask() -> bool:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                _, writer = await asyncio.open_connection(LOOPBACK, port)
                writer.close()
                await writer.wait_closed()
                return True
        return False

    return ask


def file_touched(path: Path) -> Probe:
    """Whether the file exists; the one who starts the child removes the old one."""

    async def ask() -> bool:
        return path.exists()

    return ask


def both(first: Probe, second: Probe) -> Probe:
    """Whether the first says yes, and then the second."""

    async def ask() -> bool:
        return await first() and await second()

    return ask


def is_free(port: int) -> bool:
    """Whether a server could listen on this port on loopback now."""
    with closing(socket.socket()) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def find_free_port() -> int:
    """A port on loopback that nobody uses at the moment."""
    with closing(socket.socket()) as trial:
        trial.bind((LOOPBACK, 0))
        port: int = trial.getsockname()[1]
        return port
