"""Rename a bundle. Its address stays as it is: it stands in mails that were sent."""

from sqlalchemy import bindparam, select

from pathways.errors import InvalidOrder, Unknown
from pathways.models.gap import GapBundle
from pathways.services.administration.office import Office
from pathways.services.gap.bundle import list_name_problems
from pathways.storage.unit_of_work import table_of

_bundle = table_of(GapBundle)
_SLUGS = select(_bundle.c.slug).where(_bundle.c.region_id == bindparam("region"))
_NAME = select(_bundle.c.name).where(_bundle.c.region_id == bindparam("region"), _bundle.c.slug == bindparam("slug"))


def rename_bundle(office: Office, slug: str, name: str) -> None:
    """Give the bundle another name; the one that it has already changes nothing.

    Refuses a name that is empty or too long, and a bundle that the region does not have.
    """
    office.permit("manage_gap_bundles")
    keys = {"region_id": office.region_id, "slug": slug}
    found = office.work.find(_NAME, {"region": office.region_id, "slug": slug})
    if found is None:
        raise Unknown("gap_bundle", slug, office.work.values(_SLUGS, {"region": office.region_id}))
    if problems := list_name_problems(name):
        raise InvalidOrder("rename_gap_bundle", problems)
    if found["name"] != name.strip():
        office.work.update(GapBundle, keys, {"name": name.strip()})
        office.record("rename_gap_bundle", slug)
