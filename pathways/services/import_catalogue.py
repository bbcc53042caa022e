"""Read the national catalogue into rows: all of it or nothing, and a second time changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from pathways.catalogue.schema import CataloguePathway
from pathways.models.catalogue import CatalogueImport, Pathway, PathwayGoal, PathwayStep, PathwayVersion
from pathways.storage.log import canonical
from pathways.storage.unit_of_work import UnitOfWork, table_of

_pathway, _version, _goal = table_of(Pathway), table_of(PathwayVersion), table_of(PathwayGoal)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueChange:
    """What an import changed: slugs of new and changed pathways, and how many versions are new."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    versions: int
    unchanged: int


def import_catalogue(work: UnitOfWork, pathways: Sequence[CataloguePathway]) -> CatalogueChange:
    """Write the pathways; nothing that an introduction leans on is removed, and versions are only added."""
    known = {row["slug"]: row for row in work.rows(select(_pathway))}
    new: list[str] = []
    changed: list[str] = []
    versions = 0
    for pathway in pathways:
        columns = _columns(pathway)
        row = known.get(pathway.slug)
        pathway_id = int(row["id"]) if row else work.insert_one(Pathway, {"slug": pathway.slug, **columns})
        if row is None:
            new.append(pathway.slug)
        elif any(row[name] != value for name, value in columns.items()):
            work.update(Pathway, {"id": pathway_id}, columns)
            changed.append(pathway.slug)
        versions += _add_versions(work, pathway_id, pathway)
        _write_goals(work, pathway_id, pathway)
    work.insert_one(CatalogueImport, _note(work, pathways, new=len(new), changed=len(changed)))
    return CatalogueChange(
        new=tuple(new), changed=tuple(changed), versions=versions, unchanged=len(pathways) - len(new) - len(changed)
    )


def _columns(pathway: CataloguePathway) -> dict[str, object]:
    return {
        "name": pathway.name,
        "npo": pathway.npo,
        "part": pathway.part,
        "note": pathway.version_note,
        "national_status": str(pathway.national_status),
        "quality_register": pathway.quality_register,
    }


def _add_versions(work: UnitOfWork, pathway_id: int, pathway: CataloguePathway) -> int:
    known = set(work.values(select(_version.c.label).where(_version.c.pathway_id == pathway_id)))
    new = [version for version in pathway.versions if version.label not in known]
    for number, version in enumerate(new, start=len(known) + 1):
        version_id = work.insert_one(
            PathwayVersion,
            {
                "pathway_id": pathway_id,
                "number": number,
                "label": version.label,
                "kind": version.kind,
                "published_on": version.published_on,
            },
        )
        work.insert(
            PathwayStep,
            [
                {
                    "version_id": version_id,
                    "step": step.ref,
                    "ordinal": ordinal,
                    "title_sv": step.title.sv,
                    "title_en": step.title.en,
                }
                for ordinal, step in enumerate(pathway.steps, start=1)
            ],
        )
    return len(new)


def _write_goals(work: UnitOfWork, pathway_id: int, pathway: CataloguePathway) -> None:
    known = set(work.values(select(_goal.c.name).where(_goal.c.pathway_id == pathway_id)))
    for ordinal, goal in enumerate(pathway.goal_indicators, start=1):
        columns = {**goal.model_dump(exclude={"name", "target_note"}), "ordinal": ordinal}
        if goal.name in known:
            work.update(PathwayGoal, {"pathway_id": pathway_id, "name": goal.name}, columns)
        else:
            work.insert(PathwayGoal, [{"pathway_id": pathway_id, "name": goal.name, **columns}])


def _note(work: UnitOfWork, pathways: Sequence[CataloguePathway], *, new: int, changed: int) -> dict[str, object]:
    content = canonical([pathway.model_dump(mode="json") for pathway in pathways])
    return {
        "digest": sha256(content.encode()).hexdigest(),
        "imported_at": work.now,
        "pathways_new": new,
        "pathways_changed": changed,
    }
