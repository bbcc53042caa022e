"""One attempt to log in at the region's login service, between the way there and the way back.

All that must not be lost or forged stands in a signed cookie of the browser that began; state, nonce and verifier
follow from one random value and the installation's secret. So an answer meant for another browser is refused.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from pathways.errors import PathwaysError
from pathways.services.access.link_target import own_path
from pathways.services.access.token import Purpose, encode, find_bytes, new_token, sign

LIFE = timedelta(minutes=10)


class LoginInterrupted(PathwaysError):
    """The way to the login service and back was not walked to its end, or not by this browser."""

    sentence = "error.login_interrupted"
    status = 400


class LoginServiceSilent(PathwaysError):
    """The region's login service does not answer, or not as such a service must; trying later is the remedy."""

    sentence = "error.login_service_silent"
    status = 503


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an attempt is known by: `state` goes there and comes back, `nonce` comes in the signed answer."""

    state: str
    nonce: str
    verifier: str
    target: str


def begin_attempt(target: str, *, secret: bytes, now: datetime) -> tuple[Attempt, str]:
    """Return a new attempt, and the value of the cookie that holds it."""
    state, wanted = new_token(), own_path(target)
    data = json.dumps({"state": state, "target": wanted, "until": int((now + LIFE).timestamp())}).encode()
    cookie = f"{encode(data)}.{encode(sign(secret, Purpose.OIDC_STATE, data))}"
    return _attempt(state, wanted, secret), cookie


def resume_attempt(cookie: str, state: str, *, secret: bytes, now: datetime) -> Attempt:
    """Return the attempt that the browser began; raise `LoginInterrupted` for a forged, old or foreign one."""
    body, _, signature = cookie.partition(".")
    data, signed = find_bytes(body), find_bytes(signature)
    if not data or not signed or not compare_digest(signed, sign(secret, Purpose.OIDC_STATE, data)):
        raise LoginInterrupted
    held = json.loads(data)
    if held["until"] <= now.timestamp() or not compare_digest(str(held["state"]).encode(), state.encode()):
        raise LoginInterrupted
    return _attempt(held["state"], held["target"], secret)


def _attempt(state: str, target: str, secret: bytes) -> Attempt:
    nonce = encode(sign(secret, Purpose.OIDC_NONCE, state.encode()))
    verifier = encode(sign(secret, Purpose.OIDC_VERIFIER, state.encode()))
    return Attempt(state=state, nonce=nonce, verifier=verifier, target=target)
