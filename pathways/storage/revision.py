"""Which form of the database this release reads: kept apart so that a start needs no migration library."""

HEAD = "0001"
"""The newest migration."""

KNOWN = ("0001",)
"""All migrations of this release, oldest first."""
