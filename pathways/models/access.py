"""Who is let in, and by what: sessions, one-time links, groups of the region's own login service, tokens of programs.

No secret stands in these rows, only digests of secrets: whoever reads the database can log in as nobody.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE, enum_column
from pathways.profiles.vocabulary import Role

DIGEST_LENGTH = 64


class LoginWay(StrEnum):
    """How somebody came in."""

    MAIL_LINK = "mail_link"  # a link that was mailed to the person's address
    SET_UP_LINK = "set_up_link"  # the link that the command line printed for the first administrator
    OIDC = "oidc"  # the region's own login service
    DEMO = "demo"  # picked on the start page of the demo


class LinkPurpose(StrEnum):
    """What a one-time link was made for."""

    LOGIN = "login"  # asked for on the login page
    SET_UP = "set_up"  # printed for an administrator


def _instant(*, nullable: bool = False, index: bool = False) -> Column[datetime]:
    return Column(UtcDateTime, nullable=nullable, index=index)


class WebSession(SQLModel, table=True):
    """One browser in which somebody is logged in; `id` is the digest of what its cookie holds.

    `notices` are sentences for the next page: text id, values and a way to undo. `language` is empty until chosen.
    """

    __tablename__ = "web_session"

    id: str = Field(primary_key=True, max_length=DIGEST_LENGTH)
    person_id: int = Field(foreign_key="person.id", index=True)
    region_id: int = Field(foreign_key="region.id")
    way: LoginWay = Field(sa_column=enum_column(LoginWay))
    language: str = Field(default="", max_length=2)
    created_at: datetime = Field(sa_column=_instant())
    last_seen_at: datetime = Field(sa_column=_instant())
    expires_at: datetime = Field(sa_column=_instant(index=True))
    ended_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    notices: list[dict[str, object]] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))


class LoginLink(SQLModel, table=True):
    """A one-time link. Without a person it leads nowhere: made for an unknown address, so that both cost the same."""

    __tablename__ = "login_link"

    token_hash: str = Field(primary_key=True, max_length=DIGEST_LENGTH)
    region_id: int | None = Field(default=None, foreign_key="region.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    purpose: LinkPurpose = Field(sa_column=enum_column(LinkPurpose))
    target: str = Field(default="/", max_length=500)
    made_at: datetime = Field(sa_column=_instant())
    expires_at: datetime = Field(sa_column=_instant(index=True))
    used_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))


class UsedLink(SQLModel, table=True):
    """That the link of a task's mail has been used; kept until the link would have expired."""

    __tablename__ = "used_link"

    token_hash: str = Field(primary_key=True, max_length=DIGEST_LENGTH)
    region_id: int = Field(foreign_key="region.id")
    person_id: int = Field(foreign_key="person.id")
    used_at: datetime = Field(sa_column=_instant())
    expires_at: datetime = Field(sa_column=_instant(index=True))


class PersonLogin(SQLModel, table=True):
    """When a person first and last logged in, and as whom the region's login service knows them."""

    __tablename__ = "person_login"
    __table_args__ = (UniqueConstraint("oidc_issuer", "oidc_subject"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    region_id: int = Field(foreign_key="region.id")
    oidc_issuer: str | None = Field(default=None, max_length=300)
    oidc_subject: str | None = Field(default=None, max_length=255)
    first_login_at: datetime = Field(sa_column=_instant())
    last_login_at: datetime = Field(sa_column=_instant())


class OidcGroup(SQLModel, table=True):
    """Which role a group of the login service gives in a region; without a role it only lets its members in."""

    __tablename__ = "oidc_group"
    __table_args__ = (UniqueConstraint("region_id", "name", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    name: str = Field(max_length=200)
    role: Role | None = Field(default=None, sa_column=enum_column(Role, nullable=True))


class ApiToken(SQLModel, table=True):
    """A program that may act as a person, within its scopes."""

    __tablename__ = "api_token"

    token_hash: str = Field(primary_key=True, max_length=DIGEST_LENGTH)
    region_id: int = Field(foreign_key="region.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    name: str = Field(max_length=100)
    scopes: list[str] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))
    made_at: datetime = Field(sa_column=_instant())
    expires_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    revoked_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    last_used_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
