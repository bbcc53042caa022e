"""What the web needs: sessions, one-time links, the region's own login service, tokens of programs.

One function per theme. Only new tables, and one new column with a default: the release before can go on writing.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from notifications.utc import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("web_session", "login_link", "used_link", "person_login", "oidc_group", "api_token")


def upgrade() -> None:
    add_sessions()
    add_links()
    add_login_service()
    add_api_tokens()


def downgrade() -> None:
    op.drop_column("region_role", "from_oidc")
    for name in reversed(TABLES):
        op.drop_table(name)


def add_sessions() -> None:
    op.create_table(
        "web_session",
        _text("id", 64),
        _number("person_id"),
        _number("region_id"),
        sa.Column("way", sa.String(length=40), nullable=False),
        _text("language", 2),
        _instant("created_at"),
        _instant("last_seen_at"),
        _instant("expires_at"),
        _instant("ended_at", nullable=True),
        _json("notices"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        _points_to("web_session", "person"),
        _points_to("web_session", "region"),
    )
    op.create_index(op.f("ix_web_session_person_id"), "web_session", ["person_id"])
    op.create_index(op.f("ix_web_session_expires_at"), "web_session", ["expires_at"])


def add_links() -> None:
    op.create_table(
        "login_link",
        _text("token_hash", 64),
        _number("region_id", nullable=True),
        _number("person_id", nullable=True),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        _text("target", 500),
        _instant("made_at"),
        _instant("expires_at"),
        _instant("used_at", nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_login_link")),
        _points_to("login_link", "person"),
        _points_to("login_link", "region"),
    )
    op.create_index(op.f("ix_login_link_person_id"), "login_link", ["person_id"])
    op.create_index(op.f("ix_login_link_expires_at"), "login_link", ["expires_at"])
    op.create_table(
        "used_link",
        _text("token_hash", 64),
        _number("region_id"),
        _number("person_id"),
        _instant("used_at"),
        _instant("expires_at"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_used_link")),
        _points_to("used_link", "person"),
        _points_to("used_link", "region"),
    )
    op.create_index(op.f("ix_used_link_expires_at"), "used_link", ["expires_at"])


def add_login_service() -> None:
    op.create_table(
        "person_login",
        _number("person_id"),
        _number("region_id"),
        _text("oidc_issuer", 300, nullable=True),
        _text("oidc_subject", 255, nullable=True),
        _instant("first_login_at"),
        _instant("last_login_at"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_login")),
        sa.UniqueConstraint("oidc_issuer", "oidc_subject", name=op.f("uq_person_login_oidc_issuer_oidc_subject")),
        _points_to("person_login", "person"),
        _points_to("person_login", "region"),
    )
    op.create_table(
        "oidc_group",
        sa.Column("id", sa.Integer(), nullable=False),
        _number("region_id"),
        _text("name", 200),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oidc_group")),
        sa.UniqueConstraint("region_id", "name", "role", name=op.f("uq_oidc_group_region_id_name_role")),
        _points_to("oidc_group", "region"),
    )
    op.add_column("region_role", sa.Column("from_oidc", sa.Boolean(), nullable=False, server_default=sa.false()))


def add_api_tokens() -> None:
    op.create_table(
        "api_token",
        _text("token_hash", 64),
        _number("region_id"),
        _number("person_id"),
        _text("name", 100),
        _json("scopes"),
        _instant("made_at"),
        _instant("expires_at", nullable=True),
        _instant("revoked_at", nullable=True),
        _instant("last_used_at", nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_api_token")),
        _points_to("api_token", "person"),
        _points_to("api_token", "region"),
    )
    op.create_index(op.f("ix_api_token_region_id"), "api_token", ["region_id"])


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable, autoincrement=False)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(timezone=True), nullable=nullable)


def _json(name: str) -> sa.Column[object]:
    kind = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    return sa.Column(name, kind, nullable=False)


def _points_to(table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{other}_id_{other}"))
