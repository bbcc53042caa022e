"""A bundle: several introductions whose gap analyses are made together. It belongs to the region and moves nothing.

What happens within it (invitations, answers) happens to its introductions, one event in each.
"""

import re
from collections.abc import Sequence
from unicodedata import normalize

from sqlalchemy import bindparam, select

from pathways.errors import InvalidOrder, Problem, Refused, Unknown
from pathways.models.gap import GapBundle, GapBundleMember
from pathways.models.introduction import Introduction
from pathways.services.case import Case
from pathways.storage.unit_of_work import UnitOfWork, table_of

_bundle, _member, _introduction = table_of(GapBundle), table_of(GapBundleMember), table_of(Introduction)
_OF_CASE = (
    select(_bundle.c.id)
    .join(_member, _member.c.bundle_id == _bundle.c.id)
    .where(
        _bundle.c.region_id == bindparam("region"),
        _bundle.c.slug == bindparam("slug"),
        _member.c.introduction_id == bindparam("case"),
    )
)
_SLUGS = select(_bundle.c.slug).where(_bundle.c.region_id == bindparam("region"))
_OPEN = (
    select(_introduction.c.id, _introduction.c.slug)
    .where(_introduction.c.region_id == bindparam("region"), _introduction.c.standing.in_(("active", "paused")))
    .order_by(_introduction.c.slug)
)
_TAKEN = (
    select(_introduction.c.slug)
    .join(_member, _member.c.introduction_id == _introduction.c.id)
    .where(_introduction.c.id.in_(bindparam("cases", expanding=True)))
    .order_by(_introduction.c.slug)
)
FEWEST, LONGEST_NAME, LONGEST_SLUG = 2, 120, 50


def make_bundle(work: UnitOfWork, *, region_id: int, name: str, members: Sequence[str], made_by: int | None) -> str:
    """Write a bundle of open introductions and return its slug.

    Refuses a name that is empty, fewer than two introductions, one that nobody knows, and one that is in a bundle.
    """
    known = {row["slug"]: row["id"] for row in work.rows(_OPEN, {"region": region_id})}
    chosen = list(dict.fromkeys(members))
    _check(name, chosen)
    if strange := next((slug for slug in chosen if slug not in known), None):
        raise Unknown("introduction", strange, known)
    if taken := work.values(_TAKEN, {"cases": [known[slug] for slug in chosen]}):
        raise Refused("error.in_a_bundle", slugs=", ".join(taken))
    slug = _free_slug(name, set(work.values(_SLUGS, {"region": region_id})))
    made = {"region_id": region_id, "slug": slug, "name": name.strip(), "made_at": work.now, "made_by": made_by}
    bundle_id = work.insert_one(GapBundle, made)
    rows = [
        {"bundle_id": bundle_id, "introduction_id": known[slug], "ordinal": ordinal}
        for ordinal, slug in enumerate(chosen, start=1)
    ]
    work.insert(GapBundleMember, rows)
    return slug


def bundle_id_of(case: Case, slug: str) -> int:
    """Return the bundle of that name, where the introduction takes part in it."""
    found = case.work.value(_OF_CASE, {"region": case.region_id, "slug": slug, "case": case.id})
    if found is None:
        raise Unknown("gap_bundle", slug, case.work.values(_SLUGS, {"region": case.region_id}))
    return int(found)


def _check(name: str, members: Sequence[str]) -> None:
    problems = list_name_problems(name)
    if len(members) < FEWEST:
        problems.append(Problem("members", "order.bundle_too_small", {"n": FEWEST}))
    if problems:
        raise InvalidOrder("make_bundle", problems)


def list_name_problems(name: str) -> list[Problem]:
    """Return what is wrong with a bundle's name."""
    if not name.strip():
        return [Problem("name", "order.missing", {"given": "", "expected": ""})]
    if len(name.strip()) > LONGEST_NAME:
        return [Problem("name", "order.too_long", {"given": name[:20], "expected": LONGEST_NAME})]
    return []


def _free_slug(name: str, taken: set[str]) -> str:
    """Return a name for addresses: letters a to z, figures and hyphens, with a number where it is taken."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-") or "samlad"
    free = (f"{base}-{number}" if number > 1 else base for number in range(1, len(taken) + 2))
    return next(slug for slug in free if slug not in taken)
