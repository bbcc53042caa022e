"""Finds the secret that signs links: the one that was set, else one that is made once and kept in the home."""

import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from pathways.errors import PathwaysError
from pathways.settings import Settings

FILE = "secret"
LENGTH = 32


class SecretUnusable(PathwaysError):
    """The file of the secret is cut short; links signed with it could be forged, so nothing is signed."""

    sentence = "error.secret_unusable"


def read_secret(settings: Settings) -> bytes:
    """Return the installation's secret; make it where there is none. Several machines must be given the same one.

    Raises `SecretUnusable` for a file that is too short.
    """
    given = settings.secret.get_secret_value()
    if given:
        return sha256(given.encode()).digest()
    file = settings.home / FILE
    if not file.exists():
        _make(file)
    secret = file.read_bytes()
    if len(secret) < LENGTH:
        raise SecretUnusable(file=str(file))
    return secret


def _make(file: Path) -> None:
    """Write a new secret that only its owner may read; of two processes that do it at once, the first one's stands."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, prefix=f"{FILE}-") as fresh:  # made with mode 0600
        fresh.write(secrets.token_bytes(LENGTH))
        fresh.flush()
        os.fsync(fresh.fileno())
        with suppress(FileExistsError):
            os.link(fresh.name, file)
