"""The versions of national texts: those the catalogue holds now, or those that a log had named by an earlier moment."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import bindparam, select

from pathways.models.catalogue import PathwayVersion
from pathways.models.gap import GapInvitation
from pathways.models.introduction import Introduction
from pathways.queries.material import Material
from pathways.services.facts import Versions
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_version, _introduction = table_of(PathwayVersion), table_of(Introduction)
_OF_REGION = select(_version.c.id, _version.c.pathway_id, _version.c.label, _version.c.kind, _version.c.number).where(
    _version.c.pathway_id.in_(
        select(_introduction.c.pathway_id).where(_introduction.c.region_id == bindparam("region"))
    )
)
_OF_ONE = _OF_REGION.where(_version.c.pathway_id == bindparam("pathway"))


class Shelf:
    """The versions of all pathways that a region introduces."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            self._rows[row["pathway_id"]].append(row)

    def now(self, pathway_id: int) -> Versions:
        """Return the versions of a pathway that the catalogue holds now."""
        return Versions(self._rows[pathway_id])

    def named_by(self, material: Material) -> Versions:
        """Return the versions that an introduction's log has named: a later import changes nothing that was."""
        own = material.head.own
        named = {own["analysed_version_id"], own["adopted_version_id"]}
        named |= {row["version_id"] for row in material.of(GapInvitation)}
        return Versions([row for row in self._rows[material.head.pathway_id] if row["id"] in named])


def load_shelf(work: UnitOfWork, *, region_id: int, pathway_id: int | None = None) -> Shelf:
    """Return the versions of the pathways that a region introduces or has introduced, or of only one of them."""
    if pathway_id is None:
        return Shelf(work.rows(_OF_REGION, {"region": region_id}))
    return Shelf(work.rows(_OF_ONE, {"region": region_id, "pathway": pathway_id}))
