"""Talks to the region's own login service by OpenID Connect: code flow with PKCE, from discovery to a checked answer.

What the service says of a person is handed on as `Vouched`; who may come in is decided in `access.oidc_login`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.oauth2 import OAuth2Client
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from pathways.services.access.oidc_login import Vouched
from pathways.settings import Settings
from pathways.web.login.oidc_attempt import Attempt, LoginInterrupted, LoginServiceSilent
from pathways.web.observe import log

CALLBACK = "/logga-in/oidc/svar"
TIMEOUT_SECONDS = 10.0
KNOWN_FOR = timedelta(hours=1)
LEEWAY_SECONDS = 60
ALGORITHMS = tuple(f"{family}{size}" for family in ("RS", "PS", "ES") for size in (256, 384, 512))
_WORDS_OF_THE_SERVICE = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")

Claims = Mapping[str, Any]  # Any: what a service says of a person is JSON of any kind


@dataclass(frozen=True, slots=True)
class _Known:
    """What the service said of itself, and when."""

    words: Claims
    keys: KeySet
    read_at: datetime


@dataclass(slots=True)
class LoginService:
    """The login service that the settings name. What it says of itself is remembered for an hour."""

    settings: Settings
    base_url: str
    transport: httpx.BaseTransport | None = None
    _known: _Known | None = field(default=None)

    def address_for(self, attempt: Attempt, *, now: datetime) -> str:
        """Return the address that a browser is sent to; raise `LoginServiceSilent`."""
        with self._http() as http:
            words = self._get_known(http, now).words
            address, _state = self._client(http).create_authorization_url(
                words["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(address)

    def vouch(self, attempt: Attempt, code: str, *, now: datetime) -> Vouched:
        """Return whom the service vouches for, for the code that a browser brought back.

        Raises `LoginInterrupted` for a code or an answer that is not good, and `LoginServiceSilent`.
        """
        with self._http() as http:
            known = self._get_known(http, now)
            try:
                answer = self._fetch(http, known.words, attempt, code)
                claims = self._checked(http, known, str(answer.get("id_token", "")), attempt, now=now)
                return self._vouched(self._completed(http, known.words, answer, claims))
            except httpx.HTTPError as error:
                raise _silent(error) from error
            except (AuthlibBaseError, JoseError, ValueError, KeyError) as error:
                log.warning("login_not_vouched", cause=type(error).__name__)
                raise LoginInterrupted from error

    def _http(self) -> httpx.Client:
        return httpx.Client(timeout=TIMEOUT_SECONDS, transport=self.transport)

    def _client(self, http: httpx.Client) -> OAuth2Client:
        return OAuth2Client(
            http,
            client_id=self.settings.oidc_client_id,
            scope=self.settings.oidc_scope,
            redirect_uri=self.base_url.rstrip("/") + CALLBACK,
            code_challenge_method="S256",
        )

    def _get_known(self, http: httpx.Client, now: datetime) -> _Known:
        if self._known is None or not now - KNOWN_FOR < self._known.read_at <= now:
            self._known = self._read_known(http, now)
        return self._known

    def _read_known(self, http: httpx.Client, now: datetime) -> _Known:
        try:
            words = _json(http.get(f"{self.settings.oidc_issuer}/.well-known/openid-configuration"))
            if any(not isinstance(words.get(name), str) for name in _WORDS_OF_THE_SERVICE):
                raise ValueError("the service does not say where to go")
            if words["issuer"].rstrip("/") != self.settings.oidc_issuer:
                raise ValueError("the service calls itself by another name")
            keys = KeySet.import_key_set(_json(http.get(words["jwks_uri"])))  # type: ignore[arg-type]  # checked by the library
        except (httpx.HTTPError, JoseError, ValueError, KeyError) as error:
            raise _silent(error) from error
        return _Known(words, keys, now)

    def _fetch(self, http: httpx.Client, words: Claims, attempt: Attempt, code: str) -> Claims:
        """Change the code for the service's answer; who we are is told in the way that the service takes."""
        name, secret = self.settings.oidc_client_id, self.settings.oidc_client_secret.get_secret_value()
        ways = words.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" in ways:
            who: dict[str, Any] = {"auth": httpx.BasicAuth(quote_plus(name), quote_plus(secret))}  # Any: as authlib's
        else:
            who = {"auth": httpx.Auth(), "client_id": name, "client_secret": secret}
        answer: Claims = self._client(http).fetch_token(
            words["token_endpoint"],
            grant_type="authorization_code",
            code=code,
            code_verifier=attempt.verifier,
            **who,
        )
        return answer

    def _checked(self, http: httpx.Client, known: _Known, id_token: str, attempt: Attempt, *, now: datetime) -> Claims:
        """Return what the signed answer says, once signature, issuer, audience, time and nonce are found right."""
        try:
            claims = jwt.decode(id_token, known.keys, algorithms=ALGORITHMS).claims
        except InvalidKeyIdError:  # the service has changed its keys within the hour
            self._known = self._read_known(http, now)
            claims = jwt.decode(id_token, self._known.keys, algorithms=ALGORITHMS).claims
        own = self.settings.oidc_client_id
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": known.words["issuer"]},
            sub={"essential": True},
            aud={"essential": True, "value": own},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": attempt.nonce},
        ).validate(claims)
        if claims.get("azp", own) != own:
            raise ValueError("the answer was made for another program")
        return claims

    def _completed(self, http: httpx.Client, words: Claims, answer: Claims, claims: Claims) -> Claims:
        """Return the claims with what the service tells only where it is asked for it."""
        wanted = {"email", "email_verified", self.settings.oidc_groups_claim}
        if wanted <= claims.keys() or not isinstance(words.get("userinfo_endpoint"), str):
            return claims
        bearer = {"authorization": f"Bearer {answer['access_token']}"}
        told = _json(http.get(words["userinfo_endpoint"], headers=bearer))
        if told.get("sub") != claims["sub"]:
            raise ValueError("the service tells of somebody else")
        return {**told, **claims}

    def _vouched(self, claims: Claims) -> Vouched:
        verified = claims.get("email_verified")
        address = claims.get("email") if verified is True or verified == "true" else None  # some services write it so
        groups = claims.get(self.settings.oidc_groups_claim) or []
        named = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
        return Vouched(
            issuer=str(claims["iss"]),
            subject=str(claims["sub"]),
            address=address if isinstance(address, str) else "",
            groups=frozenset(str(name) for name in named),
        )


def _json(answer: httpx.Response) -> Claims:
    answer.raise_for_status()
    told = answer.json()
    if not isinstance(told, dict):
        raise ValueError("the service does not answer with an object")
    return told


def _silent(error: Exception) -> LoginServiceSilent:
    log.warning("login_service_silent", cause=type(error).__name__)
    return LoginServiceSilent()
