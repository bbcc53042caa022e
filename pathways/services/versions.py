"""The versions of one pathway's national text, as far as rules ask about them."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from pathways.models.catalogue import PathwayVersion, VersionKind
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_version = table_of(PathwayVersion)
VERSIONS = select(_version.c.id, _version.c.label, _version.c.kind, _version.c.number).where(
    _version.c.pathway_id == bindparam("pathway")
)


class Versions:
    """The versions by id, the newest of all, and the newest that is final."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.by_id = {int(row["id"]): row for row in rows}
        finals = [row for row in rows if row["kind"] == VersionKind.FINAL]
        self.newest_final = max(finals, key=lambda row: int(row["number"]), default=None)
        self.newest = max(rows, key=lambda row: int(row["number"]), default=None)

    def label_of(self, version_id: int | None) -> str | None:
        """Return the label of a version, or None where there is none or it is not among these."""
        row = self.by_id.get(version_id) if version_id is not None else None
        return str(row["label"]) if row is not None else None


def versions_of(work: UnitOfWork, pathway_id: int) -> Versions:
    """Return the versions of one pathway."""
    return Versions(work.rows(VERSIONS, {"pathway": pathway_id}))
