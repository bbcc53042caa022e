"""Settings of one installation, read once from the environment and refused at the start if wrong."""

from functools import cached_property
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SQLITE_FILE = "forlopp.db"


class Settings(BaseSettings):
    """What differs between installations; every field is an environment variable `FORLOPP_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="FORLOPP_", extra="ignore", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("forlopp"))
    database_url: str = ""
    mail_url: str = ""
    profile: str = ""
    base_url: str = "http://127.0.0.1:8410"
    prefect_port: int = Field(default=4210, ge=1, le=65535)
    sweep_minutes: int = Field(default=5, ge=1, le=60)

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

    @cached_property
    def database(self) -> str:
        """Address of the database: the one that was set, else an SQLite file in the home folder."""
        return self.database_url or f"sqlite:///{self.home / SQLITE_FILE}"

    @cached_property
    def simulation_file(self) -> Path:
        """Where `forlopp simulate` writes, so that it never meets real data."""
        return self.home / "simulation.db"
