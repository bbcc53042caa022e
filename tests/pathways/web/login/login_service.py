"""A login service in this process: it answers like a real one, and lies where a test tells it to."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

from pathways.clock import Clock

ISSUER = "https://inloggning.example"
CLIENT_ID, CLIENT_SECRET = "forlopp", "hemligt & långt"  # a secret of the fake
Json = dict[str, Any]  # Any: what a service says is JSON of any kind


@dataclass
class FakeService:
    """One service and the one person who is logged in there. `lies` change what the signed answer says."""

    clock: Clock
    person: Json = field(
        default_factory=lambda: {
            "sub": "s-1",
            "email": "res@forlopp.example",
            "email_verified": True,
            "groups": ["analys"],
        }
    )
    lies: Json = field(default_factory=dict)
    lies_about_itself: Json = field(default_factory=dict)
    only_when_asked: frozenset[str] = frozenset()
    is_down: bool = False
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    signs_with: RSAKey | None = None
    forge: Callable[[str], str] = str
    asked: list[str] = field(default_factory=list)
    _codes: dict[str, Json] = field(default_factory=dict)

    @property
    def transport(self) -> httpx.MockTransport:
        """What a client of the service is given instead of a network."""
        return httpx.MockTransport(self._answer)

    def send_back(self, address: str) -> dict[str, str]:
        """Plays the browser that was sent to `address`: the person logs in, and the parameters come back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": ISSUER}

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if self.is_down:
            raise httpx.ConnectError("nobody is there")
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx.Response(200, json=self._itself())
            case "/keys":
                return httpx.Response(200, json={"keys": [self.key.as_dict(private=False)]})
            case "/token":
                return self._tokens(request)
            case "/me":
                assert request.headers["authorization"] == "Bearer access"
                return httpx.Response(200, json=self.person)
        return httpx.Response(404)

    def _itself(self) -> Json:
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/auth",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "userinfo_endpoint": f"{ISSUER}/me",
            **self.lies_about_itself,
        }

    def _tokens(self, request: httpx.Request) -> httpx.Response:
        given = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        asked = self._codes.pop(given.get("code", ""), None)
        if asked is None or not _proves(given.get("code_verifier", ""), asked["code_challenge"]):
            return httpx.Response(400, json={"error": "invalid_grant"})
        return httpx.Response(
            200,
            json={
                "access_token": "access",
                "token_type": "Bearer",
                "id_token": self.forge(self._signed(asked["nonce"])),
            },
        )

    def _signed(self, nonce: str) -> str:
        now = int(self.clock.now().timestamp())
        own = {"iss": ISSUER, "aud": CLIENT_ID, "nonce": nonce, "iat": now, "exp": now + 300}
        told = {name: value for name, value in self.person.items() if name not in self.only_when_asked}
        claims = {name: value for name, value in {**own, **told, **self.lies}.items() if value is not None}
        key = self.signs_with or self.key
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


def _proves(verifier: str, challenge: str) -> bool:
    return sha256(verifier.encode()).digest() == urlsafe_b64decode(challenge + "=")


def without_signature(token: str) -> str:
    """The same answer, which says that it needs no signature."""
    return f"{_part({'alg': 'none'})}.{token.split('.')[1]}."


def signed_as_secret(token: str, public: bytes) -> str:
    """The same answer, signed by somebody who takes the public key for a shared secret."""
    head = f"{_part({'alg': 'HS256', 'kid': 'first'})}.{token.split('.')[1]}"
    signature = hmac.digest(public, head.encode(), "sha256")
    return f"{head}.{urlsafe_b64encode(signature).decode().rstrip('=')}"


def _part(value: Json) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def at(seconds: int, clock: Clock) -> int:
    """So many seconds from now, as tokens write it."""
    return int(clock.now().timestamp()) + seconds
