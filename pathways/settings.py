"""Settings of one installation, read once from the environment and refused at the start if wrong."""

from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SQLITE_FILE = "forlopp.db"
SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """What differs between installations; every field is an environment variable `FORLOPP_<FIELD>`.

    `trusted_proxies` are the addresses whose word on who asks is taken (`X-Forwarded-For`), with commas between.
    `secret` signs the links of mails; left empty, one is made and kept in the home. The fields that begin with `oidc_`
    name the region's own login service, and are given together or not at all.
    """

    model_config = SettingsConfigDict(env_prefix="FORLOPP_", extra="ignore", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("forlopp"))
    database_url: str = ""
    mail_url: str = ""
    profile: str = ""
    base_url: str = "http://127.0.0.1:8410"
    trusted_proxies: str = ""
    web_port: int = Field(default=8410, ge=1, le=65535)
    prefect_port: int = Field(default=4210, ge=1, le=65535)
    sweep_minutes: int = Field(default=5, ge=1, le=60)
    secret: SecretStr = SecretStr("")
    oidc_issuer: str = ""
    oidc_client_id: str = Field(default="", validate_default=True)
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    oidc_scope: str = "openid email profile"
    oidc_groups_claim: str = Field(default="groups", min_length=1)

    @field_validator("mail_url")
    @classmethod
    def _known_mail(cls, url: str) -> str:
        if url and not url.startswith(("smtp://", "smtps://", "smtp+starttls://")):
            raise ValueError("expected smtp://HOST:PORT?from=SENDER, smtps://... or smtp+starttls://...")
        return url

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:///", "postgresql")):
            raise ValueError("expected sqlite:///PATH or postgresql://...")
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    @field_validator("secret")
    @classmethod
    def _hard_to_guess(cls, secret: SecretStr) -> SecretStr:
        if 0 < len(secret.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"expected at least {SHORTEST_SECRET} characters")
        return secret

    @field_validator("oidc_issuer")
    @classmethod
    def _known_issuer(cls, issuer: str) -> str:
        url = urlsplit(issuer)
        if issuer and url.scheme != "https" and url.hostname not in {"127.0.0.1", "localhost", "::1"}:
            raise ValueError("expected https://HOST/PATH")
        return issuer.rstrip("/")

    @field_validator("oidc_client_id", "oidc_client_secret")
    @classmethod
    def _with_the_issuer(cls, given: str | SecretStr, info: ValidationInfo) -> str | SecretStr:
        if bool(given) != bool(info.data.get("oidc_issuer")):
            raise ValueError("expected together with oidc_issuer")
        return given

    @property
    def has_oidc(self) -> bool:
        """Say whether the region's own login service is named."""
        return bool(self.oidc_issuer)

    @cached_property
    def database(self) -> str:
        """Address of the database: the one that was set, else an SQLite file in the home folder."""
        return self.database_url or f"sqlite:///{self.home / SQLITE_FILE}"

    @cached_property
    def simulation_file(self) -> Path:
        """Where `forlopp simulate` writes, so that it never meets real data."""
        return self.home / "simulation.db"
