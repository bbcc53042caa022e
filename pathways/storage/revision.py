"""Which form of the database this release reads: kept apart so that a start needs no migration library."""

HEAD = "0006"
"""The newest migration."""

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006")
"""All migrations of this release, oldest first."""
