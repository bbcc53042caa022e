"""The form in which the log keeps things: plain values, digests of texts, and the chain of hashes.

What an event's hash covers is fixed for ever (`HASHED`); a later form would be a new version beside this one.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256

GENESIS = "0" * 64
HASHED = (
    "introduction_id",
    "seq",
    "command",
    "command_id",
    "actor_id",
    "on_behalf_id",
    "at",
    "reason",
    "payload",
    "chart",
    "configuration",
    "history",
    "profile_version",
)

_PLAIN = frozenset({str, int, bool, float})


def plain(value: object) -> object:
    """Return `value` as JSON has it: days and instants as ISO text (instants in UTC), members as their value."""
    if value is None or type(value) in _PLAIN:  # most values are; the questions below cost ten times as much
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(inner) for inner in value]
    return value


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=plain)


def canonical(value: object) -> str:
    """Return the one JSON text of `value` in its plain form: sorted keys, no spaces, letters as they are."""
    return _ENCODER.encode(value)


def event_hash(prev_hash: str, event: Mapping[str, object]) -> str:
    """Return the hash of `event` chained to `prev_hash`: SHA-256 over both, as hexadecimal text."""
    content = canonical({name: event[name] for name in HASHED})
    return sha256(f"{prev_hash}\n{content}".encode()).hexdigest()


def text_digest(salt: bytes, body: str) -> str:
    """Return the digest that stands for a text in the log; without the salt it tells nothing about the text."""
    return sha256(salt + body.encode()).hexdigest()
