"""Secrets that people carry: how they are made, signed and written; pure but for chance.

A link's token is written in lower-case letters and digits alone, so that no mail program breaks it or leaves its end
behind. It is signed for one purpose: what was made for one thing opens no other.
"""

import hmac
import secrets
from base64 import b32decode, b32encode
from enum import StrEnum
from hashlib import sha256

BYTES = 32
_GROUP = 8  # base32 writes five bytes as eight letters


class Purpose(StrEnum):
    """What a signature is for; the words are part of what is signed, so they never change."""

    LOGIN_LINK = "forlopp login link 1"
    TASK_LINK = "forlopp task link 1"
    OIDC_STATE = "forlopp oidc state 1"
    OIDC_NONCE = "forlopp oidc nonce 1"
    OIDC_VERIFIER = "forlopp oidc verifier 1"


def new_token() -> str:
    """Return a secret that nobody can guess."""
    return encode(secrets.token_bytes(BYTES))


def digest_of(token: str) -> str:
    """Return what a database may keep of a token: it cannot be turned back."""
    return sha256(token.encode()).hexdigest()


def sign(secret: bytes, purpose: Purpose, data: bytes) -> bytes:
    """Return the signature over `data`, which only a holder of the secret can make."""
    return hmac.digest(secret, purpose.encode() + b"\0" + data, "sha256")


def encode(data: bytes) -> str:
    """Return bytes as lower-case letters and digits."""
    return b32encode(data).decode().rstrip("=").lower()


def find_bytes(text: str) -> bytes | None:
    """Return the bytes that `encode` wrote, or None for a text that it never writes."""
    try:
        data = b32decode(text.upper() + "=" * (-len(text) % _GROUP))
    except ValueError:
        return None
    return data if encode(data) == text else None
