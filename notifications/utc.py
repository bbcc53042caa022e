"""How an instant is stored: the one column type for times in this product.

SQLite drops time zones and would give back a value that means another moment. This type refuses a naive value
on the way in and gives an aware UTC value on the way out, the same on SQLite and PostgreSQL.
"""

from datetime import UTC, datetime

from sqlalchemy import DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from notifications.errors import NaiveInstant


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant: UTC text on SQLite, `timestamptz` on PostgreSQL. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Gives UTC; SQLite stores it without the zone, so that text order is time order."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveInstant(f"this instant has no time zone: {value.isoformat()}")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  # the signature is SQLAlchemy's
    ) -> datetime | None:
        """Gives an aware UTC instant, whatever the session's time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
